//! Who writes on this installation.

use std::fs;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::week::Writer;

/// The name that the operating system gave this machine when it was installed; empty where it gave
/// none. A container of the same image can have the same.
pub(super) fn machine() -> String {
    const PLACES: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
    let found = PLACES
        .iter()
        .find_map(|place| fs::read_to_string(place).ok());
    found
        .map(|name| name.trim().chars().take(64).collect())
        .unwrap_or_default()
}

/// The writer of this file on this machine. Where the file came from another machine, or is a copy,
/// the old writer is sealed and a new one begins: what the old one wrote stays its own.
pub(super) fn current(
    transaction: &Transaction<'_>,
    machine: &str,
    inode: &str,
    random: u128,
) -> rusqlite::Result<Writer> {
    let known: Option<String> = transaction
        .query_row(
            "SELECT writer FROM writer WHERE sealed = 0 AND machine = ?1 AND inode = ?2",
            params![machine, inode],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(writer) = known.and_then(|known| known.parse().ok()) {
        return Ok(writer);
    }
    let writer = Writer::new(random);
    transaction.execute("UPDATE writer SET sealed = 1", [])?;
    transaction.execute(
        "INSERT INTO writer (writer, machine, inode) VALUES (?1, ?2, ?3)",
        params![writer.as_str(), machine, inode],
    )?;
    Ok(writer)
}
