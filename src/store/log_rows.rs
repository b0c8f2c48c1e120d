//! Events and numbers as rows.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Error;
use super::database::{Database, failed};
use crate::week::{Event, Id, Numbered, Seen, Ulid, Writer};

/// The largest event that is taken, in bytes of its JSON.
const LARGEST: usize = 64 * 1024;

/// Reads events, sharing what many of them have in common.
#[derive(Default)]
pub(super) struct Reading {
    writers: HashMap<String, Writer>,
    seen: HashMap<i64, Arc<Seen>>,
}

impl Reading {
    /// The event of a row: arrival, writer, seen, body, seq.
    fn event(
        &mut self,
        connection: &Connection,
        row: &rusqlite::Row<'_>,
    ) -> rusqlite::Result<Result<Event, Error>> {
        let seen = self.seen(connection, row.get(2)?)?;
        let (writer, body) = (row.get_ref(1)?.as_str()?, row.get_ref(3)?.as_str()?);
        let seq: i64 = row.get(4)?;
        let read = match seen {
            Ok(seen) => self.parse(writer, seen, body),
            Err(why) => Err(why),
        };
        Ok(read.map_err(|why| Error::NoEvent {
            writer: writer.to_owned(),
            seq,
            why,
        }))
    }

    fn seen(
        &mut self,
        connection: &Connection,
        row: i64,
    ) -> rusqlite::Result<Result<Arc<Seen>, String>> {
        /// What writers had seen changes with every exchange: enough of the last ones.
        const SHARED: usize = 1024;
        if let Some(seen) = self.seen.get(&row) {
            return Ok(Ok(Arc::clone(seen)));
        }
        let vector: String = connection
            .prepare_cached("SELECT vector FROM seen WHERE seen = ?1")?
            .query_row([row], |row| row.get(0))?;
        let parsed: Seen = match serde_json::from_str(&vector) {
            Ok(parsed) => parsed,
            Err(why) => return Ok(Err(why.to_string())),
        };
        if self.seen.len() >= SHARED {
            self.seen.clear();
        }
        let parsed = Arc::new(parsed);
        self.seen.insert(row, Arc::clone(&parsed));
        Ok(Ok(parsed))
    }

    fn parse(&mut self, writer: &str, seen: Arc<Seen>, body: &str) -> Result<Event, String> {
        let writer = match self.writers.get(writer) {
            Some(writer) => writer.clone(),
            None => {
                let parsed: Writer = writer.parse().map_err(|why| format!("{why}"))?;
                self.writers.insert(writer.to_owned(), parsed.clone());
                parsed
            }
        };
        Event::of_json(body, writer, seen).map_err(|why| why.to_string())
    }
}

/// Reads the events of a project that arrived after one, in their order, each with its arrival.
/// One that can't be read ends it: nothing is skipped silently.
pub(super) fn after(
    connection: &Connection,
    database: &dyn Fn(rusqlite::Error) -> Error,
    project: i64,
    arrival: i64,
    mut take: impl FnMut(i64, Event),
) -> Result<(), Error> {
    let mut reading = Reading::default();
    let mut statement = connection
        .prepare_cached(
            "SELECT arrival, writer, seen, body, seq FROM event \
             WHERE project = ?1 AND arrival > ?2 ORDER BY arrival",
        )
        .map_err(database)?;
    let mut rows = statement
        .query(params![project, arrival])
        .map_err(database)?;
    while let Some(row) = rows.next().map_err(database)? {
        let arrival = row.get(0).map_err(database)?;
        take(arrival, reading.event(connection, row).map_err(database)??);
    }
    Ok(())
}

/// The events that a condition on the table finds, in the order of arrival.
fn select(
    database: &Database,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<Event>, Error> {
    let failed = database.failed("read");
    let sql = format!(
        "SELECT arrival, writer, seen, body, seq FROM event WHERE {condition} ORDER BY arrival"
    );
    let mut statement = database.reader().prepare_cached(&sql).map_err(&failed)?;
    let mut reading = Reading::default();
    let mut rows = statement.query(values).map_err(&failed)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().map_err(&failed)? {
        events.push(reading.event(database.reader(), row).map_err(&failed)??);
    }
    Ok(events)
}

/// The events of a command.
pub(super) fn of_command(
    database: &Database,
    project: i64,
    command: Ulid,
) -> Result<Vec<Event>, Error> {
    select(
        database,
        "project = ?1 AND command = ?2",
        params![project, command.to_string()],
    )
}

/// The events about something.
pub(super) fn about(database: &Database, project: i64, entity: &Id) -> Result<Vec<Event>, Error> {
    select(
        database,
        "project = ?1 AND entity = ?2",
        params![project, entity.as_str()],
    )
}

/// The events of a writer after one.
pub(super) fn of_writer(
    database: &Database,
    project: i64,
    writer: &Writer,
    after: u64,
) -> Result<Vec<Event>, Error> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    select(
        database,
        "project = ?1 AND writer = ?2 AND seq > ?3",
        params![project, writer.as_str(), after],
    )
}

/// Appends an event; returns whether it is new here.
pub(super) fn append(
    transaction: &Transaction<'_>,
    database: &std::path::Path,
    project: i64,
    event: &Event,
) -> Result<bool, Error> {
    let failed = failed(database.to_owned(), "write to");
    let writer = event.writer.as_str();
    let unwritable = |why: serde_json::Error| Error::NoEvent {
        writer: writer.to_owned(),
        seq: i64::try_from(event.seq).unwrap_or(i64::MAX),
        why: why.to_string(),
    };
    let body = event.to_json().map_err(unwritable)?;
    let seen = serde_json::to_string(&*event.seen).map_err(unwritable)?;
    if body.len() > LARGEST || seen.len() > LARGEST {
        return Err(Error::TooLarge {
            writer: writer.to_owned(),
        });
    }
    let known: Option<String> = transaction
        .prepare_cached("SELECT body FROM event WHERE project = ?1 AND writer = ?2 AND seq = ?3")
        .and_then(|mut known| {
            let row = known.query_row(params![project, writer, event.seq.cast_signed()], |row| {
                row.get(0)
            });
            row.optional()
        })
        .map_err(&failed)?;
    if let Some(known) = known {
        return if known == body {
            Ok(false)
        } else {
            Err(Error::Rewritten {
                writer: writer.to_owned(),
                seq: event.seq,
            })
        };
    }
    let seen = seen_row(transaction, &seen).map_err(&failed)?;
    transaction
        .prepare_cached(
            "INSERT INTO event (project, writer, seq, command, entity, seen, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .and_then(|mut insert| {
            insert.execute(params![
                project,
                writer,
                event.seq.cast_signed(),
                event.command_id().to_string(),
                event.entity.as_str(),
                seen,
                body,
            ])
        })
        .map_err(&failed)?;
    Ok(true)
}

/// The row of what a writer had seen; a new one where there is none.
fn seen_row(transaction: &Transaction<'_>, vector: &str) -> rusqlite::Result<i64> {
    let known: Option<i64> = transaction
        .prepare_cached("SELECT seen FROM seen WHERE vector = ?1")?
        .query_row([vector], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    transaction.execute("INSERT INTO seen (vector) VALUES (?1)", [vector])?;
    Ok(transaction.last_insert_rowid())
}

/// Writes down a number that was given; one that is there already stays.
pub(super) fn put_number(
    transaction: &Transaction<'_>,
    project: i64,
    kind: Numbered,
    number: u32,
    entity: &Id,
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO number (project, kind, number, entity) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT DO NOTHING",
    )?;
    insert.execute(params![
        project,
        kind.letter().to_string(),
        number,
        entity.as_str()
    ])?;
    Ok(())
}

/// The numbers of a kind that were given.
pub(super) fn numbers(
    connection: &Connection,
    project: i64,
) -> rusqlite::Result<Vec<(Numbered, u32, Id)>> {
    let mut statement =
        connection.prepare_cached("SELECT kind, number, entity FROM number WHERE project = ?1")?;
    let rows = statement.query_map([project], |row| {
        let (kind, number, entity): (String, u32, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((kind, number, entity))
    })?;
    let mut numbers = Vec::new();
    for row in rows {
        let (kind, number, entity) = row?;
        let kind = kind.chars().next().and_then(Numbered::of_letter);
        if let (Some(kind), Ok(entity)) = (kind, entity.parse()) {
            numbers.push((kind, number, entity));
        }
    }
    Ok(numbers)
}
