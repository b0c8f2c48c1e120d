//! Commits as they are written.

use git2::ObjectType;

use super::Error;
use super::reader::{Content, Reader};
use crate::object_id::ObjectId;

/// A moment as a commit gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment {
    /// Seconds since 1970-01-01 in UTC; any number, since nothing keeps a commit from claiming it.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// One commit without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit<M> {
    /// Its id.
    pub id: ObjectId,
    /// Its tree.
    pub tree: ObjectId,
    /// Its parents, in order; none where the history was cut off by a shallow clone.
    pub parents: Vec<ObjectId>,
    /// `Name <mail>` as written, not yet looked up in the mailmap.
    pub author: String,
    /// When it was written.
    pub authored: Moment,
    /// When it was committed.
    pub committed: Moment,
    /// What `walk` made of its message.
    pub message: M,
}

/// Reads one commit. `message` gets the text of its message.
///
/// # Errors
/// A commit that is not there, or names no tree.
pub fn commit<M>(
    reader: &Reader<'_>,
    id: ObjectId,
    message: impl FnOnce(&str) -> M,
) -> Result<Commit<M>, Error> {
    match reader.read(id, ObjectType::Commit, "the history")? {
        Content::Read(object) => parse(id, object.data(), message),
        Content::TooLarge => None,
    }
    .ok_or_else(|| reader.malformed(id, "the history"))
}

/// Reads the text of a commit object; `None` where it names no tree or a malformed parent. Of a
/// malformed author or date as much is taken as can be read.
fn parse<M>(id: ObjectId, data: &[u8], message: impl FnOnce(&str) -> M) -> Option<Commit<M>> {
    let mut rest = data;
    let mut line = || -> Option<&[u8]> {
        let end = memchr::memchr(b'\n', rest)?;
        let (line, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        Some(line)
    };
    let hex = |text: &[u8]| std::str::from_utf8(text).ok()?.parse::<ObjectId>().ok();
    let tree = hex(line()?.strip_prefix(b"tree ")?)?;
    let mut parents = Vec::new();
    let mut author: &[u8] = b"";
    let mut committer: &[u8] = b"";
    let mut encoding: &[u8] = b"";
    while let Some(header) = line() {
        if header.is_empty() {
            break;
        }
        if let Some(parent) = header.strip_prefix(b"parent ") {
            parents.push(hex(parent)?);
        } else if let Some(ident) = header.strip_prefix(b"author ")
            && author.is_empty()
        {
            author = ident;
        } else if let Some(ident) = header.strip_prefix(b"committer ")
            && committer.is_empty()
        {
            committer = ident;
        } else if let Some(name) = header.strip_prefix(b"encoding ") {
            encoding = name;
        }
    }
    let latin = !encoding.is_empty() && !encoding.eq_ignore_ascii_case(b"utf-8");
    let (author, authored) = ident(author, latin);
    let (_, committed) = ident(committer, latin);
    Some(Commit {
        id,
        tree,
        parents,
        author,
        authored: authored.or(committed).unwrap_or_default(),
        committed: committed.or(authored).unwrap_or_default(),
        message: message(&decode(rest, latin)),
    })
}

/// Decodes UTF-8, or, where the commit names another encoding or the bytes are not UTF-8, Latin-1.
fn decode(bytes: &[u8], latin: bool) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !latin || bytes.is_ascii() => text.into(),
        _ => bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>()
            .into(),
    }
}

/// Splits `Name <mail> seconds +zone`.
fn ident(line: &[u8], latin: bool) -> (String, Option<Moment>) {
    let close = memchr::memrchr(b'>', line);
    let (who, when) = line.split_at(close.map_or(line.len(), |at| at + 1));
    let mut words = when
        .split(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty())
        .filter_map(|word| std::str::from_utf8(word).ok());
    let seconds = words.next().and_then(|word| word.parse::<i64>().ok());
    let offset = words.next().and_then(zone).unwrap_or(0);
    let who = decode(who.trim_ascii(), latin).into_owned();
    (who, seconds.map(|seconds| Moment { seconds, offset }))
}

/// Reads `+hhmm` as minutes; beyond a day it is taken as UTC, as git does.
fn zone(word: &str) -> Option<i32> {
    let number: i32 = word.parse().ok()?;
    let minutes = number.abs() / 100 * 60 + number.abs() % 100;
    (minutes < 24 * 60).then_some(minutes * number.signum())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &[u8]) -> Option<Commit<String>> {
        parse(ObjectId::from_bytes([7; 20]), text, str::to_owned)
    }

    const TREE: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";

    #[test]
    fn a_commit_is_read_as_it_was_written() {
        let text = format!(
            "{TREE}parent {0}\nparent {0}\nauthor A B <a@b> 1700000000 +0530\n\
             committer C <c> 1700000001 -0800\ngpgsig x\n y\n\nsubject\n\nbody\n",
            "11".repeat(20)
        );
        let commit = read(text.as_bytes()).unwrap();
        assert_eq!(commit.parents.len(), 2);
        assert_eq!(commit.author, "A B <a@b>");
        assert_eq!(
            commit.authored,
            Moment {
                seconds: 1_700_000_000,
                offset: 330
            }
        );
        assert_eq!(commit.committed.offset, -480);
        assert_eq!(commit.message, "subject\n\nbody\n");
    }

    #[test]
    fn absurd_dates_and_names_are_taken_as_they_are() {
        let text =
            format!("{TREE}author <> 99999999999999999 +9999\ncommitter x -5000000000 +0\n\n");
        let commit = read(text.as_bytes()).unwrap();
        assert_eq!(commit.authored.seconds, 99_999_999_999_999_999);
        assert_eq!(commit.authored.offset, 0);
        assert_eq!(commit.committed.seconds, 99_999_999_999_999_999);
        assert_eq!(commit.author, "<>");
    }

    #[test]
    fn a_commit_without_a_tree_is_refused() {
        assert!(read(b"author A <a> 1 +0000\n\nx").is_none());
        assert!(read(b"").is_none());
    }

    #[test]
    fn another_encoding_is_read_as_latin_1() {
        let mut text = format!("{TREE}author x <y> 1 +0000\nencoding ISO-8859-1\n\n").into_bytes();
        text.extend(b"caf\xe9");
        assert_eq!(read(&text).unwrap().message, "caf\u{e9}");
    }
}
