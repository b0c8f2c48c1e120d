-- What people wrote: the log of events, which is the truth, and what is kept beside it.
-- One step of the schema; a later one is a file of its own. The application sets user_version.

-- A team's board, by the key with which the workspace finds it. Nothing is shared between boards.
CREATE TABLE project (
    project INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE
) STRICT;

-- Who this installation is and was. A file that was copied to another machine, or is another file
-- than it was, gets a new writer: two that write under one name would part the log.
CREATE TABLE writer (
    writer  TEXT NOT NULL PRIMARY KEY,
    machine TEXT NOT NULL,
    inode   TEXT NOT NULL,
    sealed  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What writers had seen of each other when they wrote: one row for many events.
CREATE TABLE seen (
    seen   INTEGER PRIMARY KEY,
    vector TEXT NOT NULL UNIQUE
) STRICT;

-- `arrival` is the order here, and differs between clones; `body` is the envelope as it is shared;
-- `command` is the id of the command's first event.
CREATE TABLE event (
    arrival INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES project,
    writer  TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    command TEXT NOT NULL,
    entity  TEXT NOT NULL,
    seen    INTEGER NOT NULL REFERENCES seen,
    body    TEXT NOT NULL,
    UNIQUE (project, writer, seq)
) STRICT;
CREATE INDEX event_by_command ON event (project, command);
CREATE INDEX event_by_entity ON event (project, entity);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;

-- The numbers that people see: T-14, D-05. Those of tasks follow from the order of arrival and are
-- made again by a rebuild; those of debt are given as items come up and stay.
CREATE TABLE number (
    project INTEGER NOT NULL REFERENCES project,
    kind    TEXT NOT NULL CHECK (kind IN ('T', 'D')),
    number  INTEGER NOT NULL,
    entity  TEXT NOT NULL,
    PRIMARY KEY (project, kind, number),
    UNIQUE (project, kind, entity)
) STRICT, WITHOUT ROWID;
