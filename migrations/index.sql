-- The index of one repository: derived from git, thrown away and made again at any doubt.
-- Numbers are dense and made here; a commit's number is above those of its parents.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paths (
    no   INTEGER PRIMARY KEY,
    path BLOB NOT NULL
) STRICT;

-- What markers say; tier is 0 for declared and 1 for suspected.
CREATE TABLE markers (
    no       INTEGER PRIMARY KEY,
    tier     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    text     TEXT NOT NULL,
    assignee TEXT,
    ticket   TEXT
) STRICT;

-- `Name <mail>` as commits have it.
CREATE TABLE people (
    no   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- Times are seconds since 1970 in UTC, offsets minutes east of it. `reachable` is 1 for what the
-- tips of meta reach. A generation is one above the parents' highest: an order that does not depend on
-- when which commit was scanned. Several commits in a row share the state that none of them changed.
CREATE TABLE commits (
    no               INTEGER PRIMARY KEY,
    id               BLOB NOT NULL,
    parents          BLOB NOT NULL,
    generation       INTEGER NOT NULL,
    state            INTEGER NOT NULL,
    person           INTEGER NOT NULL,
    authored         INTEGER NOT NULL,
    authored_offset  INTEGER NOT NULL,
    committed        INTEGER NOT NULL,
    committed_offset INTEGER NOT NULL,
    reachable        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX commits_by_id ON commits (id);

-- Which items a tree holds: a difference to the state `base`, or to nothing where that is null.
CREATE TABLE states (
    no    INTEGER PRIMARY KEY,
    base  INTEGER,
    delta BLOB NOT NULL
) STRICT;

-- What happened to items. An item of a commit message has no path.
CREATE TABLE events (
    no          INTEGER PRIMARY KEY,
    commit_no   INTEGER NOT NULL,
    item        INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    path        INTEGER,
    line        INTEGER NOT NULL,
    marker      INTEGER NOT NULL,
    context     INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_item ON events (item);
CREATE INDEX events_by_commit ON events (commit_no);

-- Commits that say of others that they pay or revert them.
CREATE TABLE sayings (
    commit_no INTEGER NOT NULL,
    reverts   INTEGER NOT NULL,
    operand   TEXT NOT NULL,
    PRIMARY KEY (commit_no, reverts, operand)
) STRICT, WITHOUT ROWID;

-- Where the items of the tips stand, by file, in the order of the text.
CREATE TABLE places (
    path   INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    line   INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    PRIMARY KEY (path, at, item)
) STRICT, WITHOUT ROWID;

-- Contents that were not read, by where they stood, with the reason in words; folders without one.
CREATE TABLE unread (
    path BLOB NOT NULL,
    blob BLOB NOT NULL,
    why  TEXT NOT NULL,
    PRIMARY KEY (path, blob)
) STRICT, WITHOUT ROWID;

-- Those of them that the tips hold.
CREATE TABLE skipped (
    path BLOB NOT NULL,
    why  TEXT NOT NULL,
    PRIMARY KEY (path, why)
) STRICT, WITHOUT ROWID;
