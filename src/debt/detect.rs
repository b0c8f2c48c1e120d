//! From a file's path and content to its sightings: which rules hold for it.

mod pieces;
mod reading;
#[cfg(test)]
mod tests;

use std::hash::Hasher;

use xxhash_rust::xxh3::Xxh3;

use super::comment::{self, Token, TokenKind};
use super::facts::{Markers, Seen};
use super::language::{self, Syntax};
use super::left_out::{MAX_BLOB, PathRules, Why};
use super::rules::Rules;
use super::{Sighting, lines, marker};

pub use reading::Reading;

/// What a path alone says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It is not scanned.
    LeftOut(Why),
    /// It is read as this.
    Text(Syntax, Shape),
    /// Its first line says how it is read.
    ByFirstLine(Shape),
}

/// What else of a path decides whether a content is left out: equal contents at paths of one kind have
/// the same sightings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape(u64);

/// Raised with every change of how texts are read or items followed: what an older one found is
/// found anew.
pub const VERSION: u64 = 5;

/// The rules for one repository: for markers and for files.
#[derive(Debug)]
pub struct Detector {
    markers: Rules,
    files: PathRules,
}

impl Detector {
    /// Puts the rules together.
    pub fn new(markers: Rules, files: PathRules) -> Detector {
        Detector { markers, files }
    }

    /// Returns the rules for markers.
    pub fn rules(&self) -> &Rules {
        &self.markers
    }

    /// Returns a number that is another one when the rules could find something else.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Xxh3::new();
        hash.write_u64(VERSION);
        hash.write_u64(self.markers.fingerprint());
        hash.write_u64(self.files.fingerprint());
        hash.finish()
    }

    /// Says what kind of file is at a path.
    pub fn kind(&self, path: &[u8]) -> Kind {
        if let Some(why) = self.files.why(path) {
            return Kind::LeftOut(why);
        }
        let shape = Shape(self.files.shape(path));
        match language::syntax_of_path(path) {
            Some(syntax) => Kind::Text(syntax, shape),
            None => Kind::ByFirstLine(shape),
        }
    }

    /// Finds the sightings of a text, in its order, or says why the text is left out.
    pub fn sightings(&self, kind: Kind, path: &[u8], text: &[u8]) -> Result<Vec<Sighting>, Why> {
        let syntax = self.syntax(kind, path, text)?;
        Ok(self.sightings_as(syntax, text))
    }

    /// Returns a reader of texts: best for the versions of a file, one after the other.
    pub fn reading<'a, T: AsRef<[u8]>>(&'a self, markers: &'a Markers) -> Reading<'a, T> {
        Reading::new(self, markers)
    }

    /// Says how a text is read, or why it is left out.
    fn syntax(&self, kind: Kind, path: &[u8], text: &[u8]) -> Result<Syntax, Why> {
        let syntax = match kind {
            Kind::LeftOut(why) => return Err(why),
            Kind::Text(syntax, _) => Some(syntax),
            Kind::ByFirstLine(_) => None,
        };
        if text.len() as u64 > MAX_BLOB {
            return Err(Why::TooLarge);
        }
        if let Some(why) = self.files.why_of_content(path, text) {
            return Err(why);
        }
        Ok(syntax.unwrap_or_else(|| language::syntax_of_first_line(text)))
    }

    fn sightings_as(&self, syntax: Syntax, text: &[u8]) -> Vec<Sighting> {
        match syntax {
            Syntax::Code(language) => {
                let tokens = comment::comments(language, text);
                let mut found = marker::in_whole(text, &tokens, &self.markers);
                let code = marker::in_code(text, &tokens, &self.markers);
                if !code.is_empty() {
                    found.extend(code);
                    found.sort_by_key(|sighting| sighting.line);
                }
                found
            }
            Syntax::Prose(_) => marker::in_prose(text, &self.markers),
            Syntax::Unknown => marker::in_unknown(text, &self.markers),
        }
    }
}

/// Returns the comments of a text, in its order. Where comments cannot be told from the rest, the
/// lines of its sightings stand for them.
pub fn comments(path: &[u8], text: &[u8], seen: &[Seen]) -> Vec<Token> {
    let syntax = language::syntax_of_path(path);
    match syntax.unwrap_or_else(|| language::syntax_of_first_line(text)) {
        Syntax::Code(language) => comment::comments(language, text),
        Syntax::Prose(_) | Syntax::Unknown => lines_of(text, seen),
    }
}

fn lines_of(text: &[u8], seen: &[Seen]) -> Vec<Token> {
    let lines = lines::split(text);
    // How many sightings begin less how many end: their sum from the top is how many there are.
    let mut steps = vec![0_i64; lines.len() + 2];
    let mut step = |line: u32, by: i64| {
        let line = (line as usize).min(steps.len() - 1);
        steps[line] += by;
    };
    for seen in seen {
        step(seen.line, 1);
        step(seen.last_line.saturating_add(1), -1);
    }
    let mut tokens: Vec<Token> = Vec::new();
    let (mut start, mut here) = (0, steps[0]);
    for (line, step) in lines.into_iter().zip(&steps[1..]) {
        let end = start + line.len();
        here += step;
        if here > 0 {
            tokens.push(Token {
                start,
                end,
                body_start: start,
                body_end: end,
                kind: TokenKind::Line,
            });
        }
        start = end + 1;
    }
    tokens
}
