//! What `.gitattributes` files say of a path, in git's order of precedence.
//!
//! Rules: `gitattributes(5)`, and `attr.c` of git where the manual is silent. Only the attributes that
//! decide on leaving a file out are kept; lines that set none of them cost nothing later.

use std::collections::HashMap;

use globset::{Candidate, GlobSet, GlobSetBuilder};
use xxhash_rust::xxh3::Xxh3;

use super::path_pattern::PathPattern;

/// The longest line read, in bytes; git ignores longer ones as well (`ATTR_MAX_LINE_LENGTH`).
pub const MAX_LINE: usize = 2_048;

/// The most lines kept over all files of a repository.
pub const MAX_LINES: usize = 20_000;

/// The most bytes of patterns that no table answers, over all files: it bounds what one path costs, whatever the
/// patterns are. Some 1,000 usual lines.
pub const MAX_COSTLY_BYTES: usize = 32 * 1_024;

/// What is said of one attribute for one path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing is said, or `!attr` took it back.
    #[default]
    Unspecified,
    /// `attr`
    Set,
    /// `-attr`
    Unset,
    /// `attr=value`
    Value(Box<[u8]>),
}

impl State {
    /// Yes, no or not said, as linguist reads it: any value but `false` is a yes.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Unspecified => None,
            Self::Set => Some(true),
            Self::Unset => Some(false),
            Self::Value(value) => Some(&**value != b"false"),
        }
    }
}

/// The attributes that bear on what is scanned, for one path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathAttributes {
    /// `linguist-vendored`
    pub vendored: State,
    /// `linguist-generated`
    pub generated: State,
    /// `linguist-documentation`; documentation is scanned, so nothing follows from it.
    pub documentation: State,
    /// `linguist-detectable`; it speaks of language statistics, so nothing follows from it.
    pub detectable: State,
    /// `linguist-language`, a name of linguist's list.
    pub language: State,
    /// `diff`; unset makes git treat the file as binary, and the macro `binary` unsets it.
    pub diff: State,
    /// `text`; unset only keeps line ends as they are.
    pub text: State,
    /// `binary`, the macro itself.
    pub binary: State,
}

/// Names of [`PathAttributes`], in the order of [`PathAttributes::slot`]; a macro's number follows these.
const NAMES: [&[u8]; 8] = [
    b"linguist-vendored",
    b"linguist-generated",
    b"linguist-documentation",
    b"linguist-detectable",
    b"linguist-language",
    b"diff",
    b"text",
    b"binary",
];

impl PathAttributes {
    fn slot(&mut self, attribute: usize) -> Option<&mut State> {
        Some(match attribute {
            0 => &mut self.vendored,
            1 => &mut self.generated,
            2 => &mut self.documentation,
            3 => &mut self.detectable,
            4 => &mut self.language,
            5 => &mut self.diff,
            6 => &mut self.text,
            7 => &mut self.binary,
            _ => return None,
        })
    }
}

type Assignments = Vec<(usize, State)>;

/// One file's patterns and what each line assigns.
#[derive(Debug)]
struct Lines {
    patterns: GlobSet,
    assignments: Vec<Assignments>,
}

/// All attribute files of one version of a repository.
#[derive(Debug, Default)]
pub struct Attributes {
    info: Option<Lines>,
    /// By directory, without a slash at the end; the root is the empty name.
    directories: HashMap<Box<[u8]>, Lines>,
    /// What each macro assigns, by attribute number.
    macros: HashMap<usize, Assignments>,
    attributes: usize,
    ignored: usize,
    fingerprint: u64,
}

impl Attributes {
    /// Reads the texts of attribute files.
    ///
    /// `files` holds the directory of each `.gitattributes` (the empty name for the root; paths `/`-separated as
    /// in git) and its text, in any order; `info` is the text of `info/attributes`, which overrules them. Lines
    /// that git would not accept, patterns that match nothing and what exceeds the limits of this module are left out.
    pub fn parse(files: &[(&[u8], &[u8])], info: Option<&[u8]>) -> Self {
        let mut sorted: Vec<_> = files
            .iter()
            .map(|&(directory, text)| (directory.strip_suffix(b"/").unwrap_or(directory), text))
            .collect();
        // The root first, then by depth: macros are the root's, and limits hit the deepest first.
        sorted.sort_by_key(|&(directory, _)| {
            (memchr::memchr_iter(b'/', directory).count(), directory)
        });
        sorted.dedup_by_key(|(directory, _)| *directory);

        let mut reader = Reader::new();
        let read: Vec<_> = sorted
            .iter()
            .map(|&(directory, text)| (directory, reader.lines(text, directory.is_empty())))
            .collect();
        let info = info.map(|text| reader.lines(text, true));
        reader.finish(read, info)
    }

    /// What is said of the file at `path`.
    pub fn of(&self, path: &[u8]) -> PathAttributes {
        let mut found = PathAttributes::default();
        if self.directories.is_empty() && self.info.is_none() {
            return found;
        }
        let mut answer = Answer {
            decided: vec![false; self.attributes],
            pending: Vec::new(),
            attributes: self,
        };
        let mut matched = Vec::new();
        if let Some(lines) = &self.info {
            answer.take(lines, path, &mut matched, &mut found);
        }
        // From the file's own directory up to the root.
        let slashes = memchr::memrchr_iter(b'/', path).map(|at| (&path[..at], &path[at + 1..]));
        for (directory, relative) in slashes.chain([(&path[..0], path)]) {
            if let Some(lines) = self.directories.get(directory) {
                answer.take(lines, relative, &mut matched, &mut found);
            }
        }
        found
    }

    /// How many lines were left out because of a limit or a pattern that cannot be used.
    pub fn ignored_lines(&self) -> usize {
        self.ignored
    }

    /// Equal for texts that say the same of every path; lines on other attributes do not change it.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

/// The answer for one path while it is put together; the first word on an attribute decides.
struct Answer<'a> {
    decided: Vec<bool>,
    pending: Vec<(usize, &'a State)>,
    attributes: &'a Attributes,
}

impl<'a> Answer<'a> {
    fn take(
        &mut self,
        lines: &'a Lines,
        path: &[u8],
        matched: &mut Vec<usize>,
        found: &mut PathAttributes,
    ) {
        lines
            .patterns
            .matches_candidate_into(&Candidate::from_bytes(path), matched);
        for line in matched.iter().rev() {
            self.assign(&lines.assignments[*line], found);
        }
    }

    /// The last assignment of a line counts first; a macro that is set is spelled out on the spot.
    fn assign(&mut self, assignments: &'a Assignments, found: &mut PathAttributes) {
        self.push(assignments);
        while let Some((attribute, state)) = self.pending.pop() {
            if std::mem::replace(&mut self.decided[attribute], true) {
                continue;
            }
            if let Some(slot) = found.slot(attribute) {
                slot.clone_from(state);
            }
            if *state == State::Set
                && let Some(expansion) = self.attributes.macros.get(&attribute)
            {
                self.push(expansion);
            }
        }
    }

    fn push(&mut self, assignments: &'a Assignments) {
        let states = assignments
            .iter()
            .map(|(attribute, state)| (*attribute, state));
        self.pending.extend(states);
    }
}

/// A line that assigns to a pattern, before it is known which attributes matter.
struct Line {
    pattern: Vec<u8>,
    assignments: Assignments,
}

/// Reads files in ascending precedence, so that a later macro replaces an earlier one.
struct Reader {
    names: HashMap<Box<[u8]>, usize>,
    macros: HashMap<usize, Assignments>,
    ignored: usize,
}

impl Reader {
    fn new() -> Self {
        let names: HashMap<Box<[u8]>, usize> = (NAMES.iter().zip(0..))
            .map(|(name, number)| (Box::from(*name), number))
            .collect();
        // git's only built-in macro is `-diff -merge -text`.
        let binary = vec![(5, State::Unset), (6, State::Unset)];
        Self {
            names,
            macros: HashMap::from([(7, binary)]),
            ignored: 0,
        }
    }

    fn lines(&mut self, text: &[u8], macros_allowed: bool) -> Vec<Line> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        // git reads a text up to its first NUL.
        let text = &text[..memchr::memchr(0, text).unwrap_or(text.len())];
        let mut lines = Vec::new();
        for line in text.split(|&b| b == b'\n') {
            if line.len() >= MAX_LINE {
                self.ignored += 1;
                continue;
            }
            let line = trim_start(line);
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            if let Some(rest) = line.strip_prefix(b"[attr]")
                && rest.first().is_some_and(|b| !is_blank(*b))
            {
                if macros_allowed {
                    self.define(rest);
                }
                continue;
            }
            let Some((pattern, rest)) = split_pattern(line) else {
                continue;
            };
            let Some(assignments) = self.assignments(rest).filter(|found| !found.is_empty()) else {
                continue;
            };
            lines.push(Line {
                pattern,
                assignments,
            });
        }
        lines
    }

    fn define(&mut self, rest: &[u8]) {
        let end = rest.iter().position(|b| is_blank(*b)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        if is_name(name)
            && let Some(assignments) = self.assignments(rest)
        {
            let number = self.number(name);
            self.macros.insert(number, assignments);
        }
    }

    /// None where one name is not valid: git drops the whole line.
    fn assignments(&mut self, text: &[u8]) -> Option<Assignments> {
        let mut found = Vec::new();
        for word in text.split(|&b| is_blank(b)).filter(|w| !w.is_empty()) {
            let (name, state) = match word {
                [b'-', name @ ..] => (name, State::Unset),
                [b'!', name @ ..] => (name, State::Unspecified),
                _ => match memchr::memchr(b'=', word) {
                    Some(at) => (&word[..at], State::Value(word[at + 1..].into())),
                    None => (word, State::Set),
                },
            };
            // `-attr=value` is what git takes for `-attr`.
            let name = name.split(|&b| b == b'=').next().unwrap_or(name);
            if !is_name(name) {
                return None;
            }
            found.push((self.number(name), state));
        }
        Some(found)
    }

    fn number(&mut self, name: &[u8]) -> usize {
        let next = self.names.len();
        *self.names.entry(name.into()).or_insert(next)
    }

    fn finish(self, read: Vec<(&[u8], Vec<Line>)>, info: Option<Vec<Line>>) -> Attributes {
        let matters = self.mattering();
        let mut names = vec![Box::default(); self.names.len()];
        for (name, number) in self.names {
            names[number] = name;
        }
        let attributes = names.len();
        let mut compiler = Compiler {
            matters,
            names,
            lines_left: MAX_LINES,
            costly_left: MAX_COSTLY_BYTES,
            ignored: self.ignored,
            hash: Xxh3::new(),
        };
        let mut macros: Vec<_> = self.macros.into_iter().collect();
        macros.sort_by(|(a, _), (b, _)| compiler.names[*a].cmp(&compiler.names[*b]));
        for (number, assignments) in &mut macros {
            assignments.retain(|(attribute, _)| compiler.matters[*attribute]);
            write_hash(&mut compiler.hash, &compiler.names[*number]);
            compiler.hash_assignments(assignments);
        }
        let info = info.and_then(|lines| compiler.compile(b"\0info", lines));
        let mut directories = HashMap::new();
        for (directory, lines) in read {
            if let Some(lines) = compiler.compile(directory, lines) {
                directories.insert(Box::from(directory), lines);
            }
        }
        Attributes {
            info,
            directories,
            macros: macros.into_iter().collect(),
            attributes,
            ignored: compiler.ignored,
            fingerprint: compiler.hash.digest(),
        }
    }

    /// Which attributes matter: the named ones and all macros. An attribute that is neither decides nothing.
    fn mattering(&self) -> Vec<bool> {
        (0..self.names.len())
            .map(|number| number < NAMES.len() || self.macros.contains_key(&number))
            .collect()
    }
}

struct Compiler {
    matters: Vec<bool>,
    names: Vec<Box<[u8]>>,
    lines_left: usize,
    costly_left: usize,
    ignored: usize,
    hash: Xxh3,
}

impl Compiler {
    fn compile(&mut self, directory: &[u8], lines: Vec<Line>) -> Option<Lines> {
        let mut patterns = GlobSetBuilder::new();
        let mut kept = Vec::new();
        for mut line in lines {
            line.assignments
                .retain(|(attribute, _)| self.matters[*attribute]);
            if line.assignments.is_empty() {
                continue;
            }
            let pattern = match PathPattern::parse(&line.pattern) {
                Ok(pattern) if pattern.matches_files() => pattern,
                Ok(_) => continue,
                Err(_) => {
                    self.ignored += 1;
                    continue;
                }
            };
            let Ok(glob) = pattern.itself() else {
                self.ignored += 1;
                continue;
            };
            let pattern_cost = pattern.as_str().len();
            let cost = if pattern.is_costly() { pattern_cost } else { 0 };
            if self.lines_left == 0 || self.costly_left < cost {
                self.ignored += 1;
                continue;
            }
            self.lines_left -= 1;
            self.costly_left -= cost;
            patterns.add(glob);
            write_hash(&mut self.hash, pattern.as_str().as_bytes());
            self.hash_assignments(&line.assignments);
            kept.push(line.assignments);
        }
        if kept.is_empty() {
            return None;
        }
        write_hash(&mut self.hash, directory);
        self.hash.update(b"\xff");
        match patterns.build() {
            Ok(patterns) => Some(Lines {
                patterns,
                assignments: kept,
            }),
            Err(_) => {
                self.ignored += kept.len();
                None
            }
        }
    }

    fn hash_assignments(&mut self, assignments: &Assignments) {
        for (attribute, state) in assignments {
            let (sign, value): (&[u8], &[u8]) = match state {
                State::Unspecified => (b"!", b""),
                State::Set => (b"+", b""),
                State::Unset => (b"-", b""),
                State::Value(value) => (b"=", value),
            };
            for part in [&self.names[*attribute], sign, value] {
                write_hash(&mut self.hash, part);
            }
        }
        self.hash.update(b"\xff");
    }
}

fn write_hash(hash: &mut Xxh3, bytes: &[u8]) {
    hash.update(&(bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn trim_start(line: &[u8]) -> &[u8] {
    let start = line.iter().position(|b| !is_blank(*b));
    &line[start.unwrap_or(line.len())..]
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_name(name: &[u8]) -> bool {
    let valid = |b: &u8| b.is_ascii_alphanumeric() || b"-._".contains(b);
    !name.is_empty() && !name.starts_with(b"-") && name.iter().all(valid)
}

/// The pattern at the start of a line and what follows it; a pattern may be quoted as a C string. A pattern whose
/// quotes do not close begins with a plain quote, as in git.
fn split_pattern(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    if line.starts_with(b"\"")
        && let Some(unquoted) = unquote(line)
    {
        return Some(unquoted);
    }
    let end = line.iter().position(|b| is_blank(*b))?;
    Some((line[..end].to_vec(), &line[end..]))
}

/// `unquote_c_style` of git.
fn unquote(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = line.strip_prefix(b"\"")?;
    let mut out = Vec::new();
    loop {
        let (&byte, after) = rest.split_first()?;
        rest = after;
        match byte {
            b'"' => return Some((out, rest)),
            b'\\' => {
                let (&escape, after) = rest.split_first()?;
                rest = after;
                out.push(match escape {
                    b'a' => 7,
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' => 11,
                    b'\\' | b'"' => escape,
                    b'0'..=b'3' => {
                        let (digits, after) = rest.split_at_checked(2)?;
                        if !digits.iter().all(|d| (b'0'..=b'7').contains(d)) {
                            return None;
                        }
                        rest = after;
                        ((escape - b'0') << 6) | ((digits[0] - b'0') << 3) | (digits[1] - b'0')
                    }
                    _ => return None,
                });
            }
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
#[path = "attributes_tests.rs"]
mod tests;
