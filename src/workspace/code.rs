//! The lines around a place, read from the object database as a commit has them.

use std::path::{Component, Path, PathBuf};

use super::source::Source;
use super::{Error, Workspace};
use crate::debt::comment::{self, Token};
use crate::debt::language::{self, Syntax};
use crate::history::commits;
use crate::history::reader::Content;
use crate::history::trees::Trees;
use crate::interned::{Blobs, Paths};
use crate::object_id::ObjectId;

/// Larger files are not lexed for their comments.
const MOST_LEXED: usize = 1 << 20;

/// Bytes of a line beyond which nothing is shown.
const MOST_OF_LINE: usize = 600;

/// Which lines are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The repository's name.
    pub repository: String,
    /// The commit to read from, as 40 or 64 digits; `None` for the followed tips.
    pub commit: Option<String>,
    /// Whether the commit's first parent is meant: what the commit took away is still there.
    pub before: bool,
    /// The path in the tree; `None` for the commit's message.
    pub path: Option<String>,
    /// The line, from 1.
    pub line: u32,
}

/// Lines of one file or message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// Where the file is in the work tree; `None` where it is not there, and in a bare repository.
    pub file: Option<PathBuf>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// Its pieces, in order. Lossy text as it is in the file, control characters included; a very
    /// long line is cut.
    pub pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether it stands in a comment.
    pub comment: bool,
    /// What it says.
    pub text: String,
}

impl Workspace {
    /// Reads the lines at most `around` lines away from a place. `None` when the file is not there,
    /// is too large, or its path is not text.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn code(&self, place: &Place, around: u32) -> Result<Option<Code>, Error> {
        let entry = self
            .repositories
            .iter()
            .find(|e| e.name == place.repository);
        let Some(source) = entry.and_then(|entry| entry.source.as_ref()) else {
            return Ok(None);
        };
        let asked = place.commit.as_deref().map(str::parse::<ObjectId>);
        let tips: Vec<ObjectId> = match asked {
            Some(Ok(id)) => vec![id],
            Some(Err(_)) => return Ok(None),
            None => {
                // The index's tips, since the item was found there; git may have gone on.
                let tips = source.index(&self.detection)?.tips()?;
                tips.unwrap_or_else(|| source.tips().to_vec())
            }
        };
        for tip in tips {
            let text = match &place.path {
                Some(path) => file_at(source, tip, place.before, path.as_bytes())?,
                None => Some(message(source, tip)?),
            };
            if let Some(text) = text {
                let path = place.path.as_deref();
                return Ok(Some(Code {
                    lines: lines(&text, path, place.line, around),
                    file: path.and_then(|path| in_work_tree(source, path)),
                }));
            }
        }
        Ok(None)
    }
}

fn message(source: &Source, commit: ObjectId) -> Result<Vec<u8>, Error> {
    source.repository().read_with(|reader| {
        let commit = commits::commit(reader, commit, |text| text.as_bytes().to_vec())?;
        Ok(commit.message)
    })
}

fn file_at(
    source: &Source,
    commit: ObjectId,
    before: bool,
    path: &[u8],
) -> Result<Option<Vec<u8>>, Error> {
    source.repository().read_with(|reader| {
        let mut commit = commits::commit(reader, commit, |_| ())?;
        if before {
            let Some(parent) = commit.parents.first() else {
                return Ok(None);
            };
            commit = commits::commit(reader, *parent, |_| ())?;
        }
        let (paths, blobs) = (Paths::default(), Blobs::default());
        let Some(blob) = Trees::new(reader, &paths, &blobs).file_at(commit.tree, path)? else {
            return Ok(None);
        };
        Ok(match reader.blob(blobs.get(blob))? {
            Content::Read(object) => Some(object.data().to_vec()),
            Content::TooLarge => None,
        })
    })
}

/// The file of a path in the work tree, if it is a file in it: a path that leads out of it is not.
fn in_work_tree(source: &Source, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let inside = path.components().all(|c| matches!(c, Component::Normal(_)));
    let file = source.repository().workdir()?.join(path);
    (inside && file.is_file()).then_some(file)
}

/// Cuts the wanted lines out of a text and tells their comments from the rest.
fn lines(text: &[u8], path: Option<&str>, line: u32, around: u32) -> Vec<Line> {
    let comments = path.map_or_else(Vec::new, |path| comments_of(path, text));
    let (first, last) = (
        line.saturating_sub(around).max(1),
        line.saturating_add(around),
    );
    let mut found = Vec::new();
    let mut start = 0;
    for (number, end) in (1..=last).zip(line_ends(text)) {
        if number >= first {
            found.push(Line {
                number,
                pieces: pieces(text, start, end, &comments),
            });
        }
        start = end + 1;
    }
    found
}

fn comments_of(path: &str, text: &[u8]) -> Vec<Token> {
    if text.len() > MOST_LEXED {
        return Vec::new();
    }
    let syntax = language::syntax_of_path(path.as_bytes())
        .unwrap_or_else(|| language::syntax_of_first_line(text));
    match syntax {
        Syntax::Code(language) => comment::comments(language, text),
        Syntax::Prose(_) => comment::html_comments(text),
        Syntax::Unknown => Vec::new(),
    }
}

/// Where each line ends, its line end excluded.
fn line_ends(text: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let rest = match text.last() {
        Some(b'\n') | None => None,
        Some(_) => Some(text.len()),
    };
    memchr::memchr_iter(b'\n', text).chain(rest)
}

fn pieces(text: &[u8], start: usize, end: usize, comments: &[Token]) -> Vec<Piece> {
    let end = match text[start..end].last() {
        Some(b'\r') => end - 1,
        _ => end,
    };
    let end = end.min(start + MOST_OF_LINE);
    let mut pieces = Vec::new();
    let mut push = |from: usize, until: usize, comment: bool| {
        if from < until {
            pieces.push(Piece {
                comment,
                text: String::from_utf8_lossy(&text[from..until]).into_owned(),
            });
        }
    };
    let mut at = start;
    let first = comments.partition_point(|comment| comment.end <= start);
    for comment in &comments[first..] {
        if comment.start >= end {
            break;
        }
        let (from, until) = (comment.start.max(at), comment.end.min(end));
        push(at, from, false);
        push(from, until, true);
        at = until.max(at);
    }
    push(at, end, false);
    pieces
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn shown(lines: &[Line]) -> Vec<String> {
        let piece = |piece: &Piece| match piece.comment {
            true => format!("<{}>", piece.text),
            false => piece.text.clone(),
        };
        let line = |line: &Line| {
            let text: String = line.pieces.iter().map(piece).collect();
            format!("{} {text}", line.number)
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn the_lines_around_a_place_with_their_comments() {
        let text = b"a\nlet b = 1; // TODO b\nc /* d\ne */ f\r\ng\n";
        assert_eq!(
            shown(&lines(text, Some("x.rs"), 3, 1)),
            ["2 let b = 1; <// TODO b>", "3 c </* d>", "4 <e */> f"]
        );
    }

    #[test]
    fn any_line_of_any_text_is_cut_out_without_a_panic() {
        assert_eq!(shown(&lines(b"", Some("x.rs"), 1, 9)), [""; 0]);
        assert_eq!(shown(&lines(b"\n\nx", Some("x.rs"), 3, 0)), ["3 x"]);
        assert_eq!(shown(&lines(b"x\n", Some("x.rs"), 7, 2)), [""; 0]);
        assert_eq!(shown(&lines(b"\xff\n", None, 1, 0)), ["1 \u{fffd}"]);
        let long = vec![b'x'; 5_000];
        let cut = lines(&long, None, 1, u32::MAX);
        assert_eq!(cut[0].pieces[0].text.len(), MOST_OF_LINE);
    }
}
