//! One pattern of git's path dialect, put into words that `globset` compiles.
//!
//! The dialect is that of `gitignore(5)` as `gitattributes(5)` uses it. `globset` matches whole sets in
//! one pass and never backtracks, but reads `{a,b}`, `[!a]` and an unclosed `[` in its own way,
//! so a pattern is rewritten here into the part of its dialect where both agree.

use globset::{Glob, GlobBuilder};

/// Why a pattern cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing but slashes or nothing at all.
    #[error("it is empty")]
    Empty,
    /// A `[` without its `]`, or with an unknown `[:class:]`. Git never matches such a pattern.
    #[error("its [...] is not closed or has an unknown [:class:]")]
    Class,
    /// A class in which no character can match, such as `[/]`.
    #[error("its [...] matches nothing")]
    EmptyClass,
    /// A `\` at the end. Git never matches such a pattern.
    #[error("it ends in a single \\")]
    DanglingEscape,
    /// Bytes that are not UTF-8, or a `[...]` that names characters beyond ASCII.
    #[error("it is not plain UTF-8")]
    NotUtf8,
    /// It begins with `!`.
    #[error("it begins with !, which has no meaning here")]
    Negative,
    /// `globset` refused what we made of it.
    #[error("it cannot be compiled")]
    Refused,
}

/// A pattern, relative to the directory it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    glob: String,
    directory_only: bool,
    costly: bool,
}

impl PathPattern {
    /// Reads a pattern as written, already without quotes.
    ///
    /// A pattern with a slash before its end is anchored, others match a name at any depth; a slash at the end means
    /// directories only.
    ///
    /// # Errors
    /// What cannot match or cannot be expressed; see [`PatternError`].
    pub fn parse(text: &[u8]) -> Result<Self, PatternError> {
        if text.starts_with(b"!") {
            return Err(PatternError::Negative);
        }
        let (text, directory_only) = match text.strip_suffix(b"/") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let anchored = text.contains(&b'/');
        let text = text.strip_prefix(b"/").unwrap_or(text);
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        let mut rewrite = Rewrite::new(text, anchored);
        rewrite.run()?;
        let body = String::from_utf8(rewrite.out).map_err(|_| PatternError::NotUtf8)?;
        let glob = if anchored { body } else { format!("**/{body}") };
        Ok(Self {
            glob,
            directory_only,
            costly: rewrite.costly && !is_extension(text),
        })
    }

    /// Whether it can match a file itself, not only the files below a directory.
    pub fn matches_files(&self) -> bool {
        !self.directory_only
    }

    /// Whether matching needs an automaton rather than a table; such patterns are what callers cap.
    pub fn is_costly(&self) -> bool {
        self.costly
    }

    /// The rewritten pattern: equal for patterns that match the same way.
    pub fn as_str(&self) -> &str {
        &self.glob
    }

    /// The matcher for the path itself.
    ///
    /// # Errors
    /// [`PatternError::Refused`] from the glob compiler.
    pub fn itself(&self) -> Result<Glob, PatternError> {
        build(&self.glob)
    }

    /// The matcher for all that lies below the path.
    ///
    /// # Errors
    /// [`PatternError::Refused`] from the glob compiler.
    pub fn below(&self) -> Result<Glob, PatternError> {
        build(&format!("{}/**", self.glob))
    }
}

fn build(glob: &str) -> Result<Glob, PatternError> {
    GlobBuilder::new(glob)
        .literal_separator(true)
        .backslash_escape(true)
        .empty_alternates(true)
        .build()
        .map_err(|_| PatternError::Refused)
}

/// `*.ext`, which `globset` looks up in a table.
fn is_extension(text: &[u8]) -> bool {
    text.strip_prefix(b"*.")
        .is_some_and(|rest| !rest.iter().any(|b| b".*?[\\/".contains(b)))
}

/// The state of one rewriting: `wildmatch.c` of git, as a translation.
struct Rewrite<'a> {
    text: &'a [u8],
    at: usize,
    anchored: bool,
    out: Vec<u8>,
    costly: bool,
}

impl<'a> Rewrite<'a> {
    fn new(text: &'a [u8], anchored: bool) -> Self {
        Self {
            text,
            at: 0,
            anchored,
            out: Vec::with_capacity(text.len() + 8),
            costly: false,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn run(&mut self) -> Result<(), PatternError> {
        while let Some(byte) = self.peek() {
            match byte {
                b'*' => self.stars(),
                b'?' => {
                    self.costly = true;
                    self.at += 1;
                    self.out.push(b'?');
                }
                b'[' => {
                    self.costly = true;
                    self.at += 1;
                    self.class()?;
                }
                b'\\' => {
                    self.costly = true;
                    let next = self.text.get(self.at + 1);
                    self.literal(*next.ok_or(PatternError::DanglingEscape)?);
                    self.at += 2;
                }
                _ => {
                    self.literal(byte);
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    fn literal(&mut self, byte: u8) {
        if b"*?[]{},\\".contains(&byte) {
            self.out.push(b'\\');
        }
        self.out.push(byte);
    }

    /// Two stars or more that fill a whole path component cross directories; any others do not.
    ///
    /// git compares what stands before the first wildcard apart and then takes the stars to begin a component: `a**` and
    /// `a**/b` match in `a1/x/` as well. (`match_pathname` in its `dir.c`; the manual does not tell.)
    fn stars(&mut self) {
        let start = self.at;
        while self.peek() == Some(b'*') {
            self.at += 1;
        }
        let first = !self.costly;
        self.costly = true;
        let before = start.checked_sub(1).and_then(|at| self.text.get(at));
        let after = self.peek();
        if !self.anchored || self.at - start < 2 || !matches!(after, None | Some(b'/')) {
            self.out.push(b'*');
        } else if matches!(before, None | Some(b'/')) {
            self.out.extend_from_slice(b"**");
        } else if !first {
            self.out.push(b'*');
        } else {
            self.more_components();
            let rest: &[u8] = match self.peek() {
                None => b"{*,*/**}",
                Some(_) => b"{,*/**/}",
            };
            self.out.extend_from_slice(rest);
        }
    }

    /// Skips the slash and further `**` components, which add nothing to one.
    fn more_components(&mut self) {
        while self.peek() == Some(b'/') {
            let rest = &self.text[self.at + 1..];
            let stars = rest.iter().take_while(|&&b| b == b'*').count();
            if stars < 2 || !matches!(rest.get(stars), None | Some(b'/')) {
                self.at += 1;
                return;
            }
            self.at += 1 + stars;
        }
    }

    /// From behind the `[` to behind the `]`.
    fn class(&mut self) -> Result<(), PatternError> {
        let negated = matches!(self.peek(), Some(b'!' | b'^'));
        if negated {
            self.at += 1;
        }
        let mut members = [false; 256];
        let mut previous: Option<u8> = None;
        let mut first = true;
        loop {
            let byte = self.peek().ok_or(PatternError::Class)?;
            match byte {
                b']' if !first => {
                    self.at += 1;
                    break;
                }
                b'-' if previous.is_some()
                    && !matches!(self.text.get(self.at + 1), None | Some(b']')) =>
                {
                    self.at += 1;
                    let high = self.member()?;
                    for byte in previous.unwrap_or(high)..=high {
                        mark(&mut members, byte);
                    }
                    previous = None;
                }
                b'[' if self.text.get(self.at + 1) == Some(&b':') => {
                    previous = self.named_class(&mut members)?;
                }
                _ => {
                    let byte = self.member()?;
                    mark(&mut members, byte);
                    previous = Some(byte);
                }
            }
            first = false;
        }
        self.write_class(negated, &members)
    }

    fn member(&mut self) -> Result<u8, PatternError> {
        if self.peek() == Some(b'\\') {
            self.at += 1;
        }
        let byte = self.peek().ok_or(PatternError::Class)?;
        self.at += 1;
        Ok(byte)
    }

    /// `[:alpha:]` and its like. A `[:` whose next `]` has no `:` before it is a plain `[`, as in git.
    fn named_class(&mut self, members: &mut [bool; 256]) -> Result<Option<u8>, PatternError> {
        let rest = self.text.get(self.at + 2..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|&b| b == b']')
            .ok_or(PatternError::Class)?;
        let Some(name) = rest[..end].strip_suffix(b":") else {
            self.at += 1;
            mark(members, b'[');
            return Ok(Some(b'['));
        };
        let belongs: fn(&u8) -> bool = match name {
            b"alnum" => u8::is_ascii_alphanumeric,
            b"alpha" => u8::is_ascii_alphabetic,
            b"blank" => |b| matches!(b, b' ' | b'\t'),
            b"cntrl" => u8::is_ascii_control,
            b"digit" => u8::is_ascii_digit,
            b"graph" => u8::is_ascii_graphic,
            b"lower" => u8::is_ascii_lowercase,
            b"print" => |b| matches!(b, b' '..=b'~'),
            b"punct" => u8::is_ascii_punctuation,
            b"space" => |b| matches!(b, b' ' | b'\t'..=b'\r'),
            b"upper" => u8::is_ascii_uppercase,
            b"xdigit" => u8::is_ascii_hexdigit,
            _ => return Err(PatternError::Class),
        };
        for byte in 0..=127 {
            if belongs(&byte) {
                mark(members, byte);
            }
        }
        self.at += 2 + end + 1;
        Ok(None)
    }

    /// Every member by name, `]` first and `-` last, so that none of them has a second meaning.
    fn write_class(&mut self, negated: bool, members: &[bool; 256]) -> Result<(), PatternError> {
        if members[128..].contains(&true) {
            return Err(PatternError::NotUtf8);
        }
        let named = |byte: u8| members[usize::from(byte)] && byte != b'/';
        let plain = (0..128u8).filter(|&b| named(b) && !b"]!^-".contains(&b));
        let marks = b"!^-".iter().copied().filter(|&b| named(b));
        if !negated && !named(b']') && plain.clone().next().is_none() {
            // `[!^]` would be read as a negation: alternatives say the same.
            let marks: Vec<u8> = marks.collect();
            match marks.as_slice() {
                [] => return Err(PatternError::EmptyClass),
                [one] => self.out.push(*one),
                [one, more @ ..] => {
                    self.out.extend_from_slice(&[b'{', *one]);
                    for mark in more {
                        self.out.extend_from_slice(&[b',', *mark]);
                    }
                    self.out.push(b'}');
                }
            }
            return Ok(());
        }
        self.out.push(b'[');
        if negated {
            self.out.push(b'!');
        }
        if named(b']') {
            self.out.push(b']');
        }
        if negated {
            self.out.push(b'/');
        }
        self.out.extend(plain);
        self.out.extend(marks);
        self.out.push(b']');
        Ok(())
    }
}

fn mark(members: &mut [bool; 256], byte: u8) {
    members[usize::from(byte)] = true;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = PathPattern::parse(pattern.as_bytes()).unwrap();
        pattern.itself().unwrap().compile_matcher().is_match(path)
    }

    #[test]
    fn a_slash_anchors_and_a_name_floats() {
        assert!(matches("*.c", "a/b/x.c"));
        assert!(matches("/x.c", "x.c"));
        assert!(!matches("/x.c", "a/x.c"));
        assert!(matches("a/*.c", "a/x.c"));
        assert!(!matches("a/*.c", "b/a/x.c"));
        assert!(!matches("a/*.c", "a/b/x.c"));
    }

    #[test]
    fn two_stars_cross_directories_only_as_a_whole_component() {
        assert!(matches("a/**/b", "a/b"));
        assert!(matches("a/**/b", "a/x/y/b"));
        assert!(matches("a/***/b", "a/x/y/b"));
        assert!(matches("**/b", "b"));
        assert!(matches("a/**", "a/x/y"));
        assert!(!matches("a/x**y/b", "a/xz/zy/b"));
        assert!(matches("a/x**y/b", "a/xzzy/b"));
        assert!(matches("**b", "x/ab"));
    }

    #[test]
    fn stars_behind_a_plain_beginning_cross_directories_as_in_git() {
        for (pattern, yes, no) in [
            ("/a**", "a1/x/y", "b/a1"),
            ("/a**", "a", "b"),
            ("/a**/b", "a1/x/b", "a1/x/c"),
            ("/a**/b", "ab", "abc"),
            ("/a**/**/*", "a", "b"),
            ("/a**b", "a1b", "a1/b"),
            ("/?a**", "xab", "xa/b"),
        ] {
            assert!(matches(pattern, yes), "{pattern} {yes}");
            assert!(!matches(pattern, no), "{pattern} {no}");
        }
    }

    #[test]
    fn braces_and_commas_are_plain() {
        assert!(matches("{a,b}.c", "{a,b}.c"));
        assert!(!matches("{a,b}.c", "a.c"));
    }

    #[test]
    fn classes_are_those_of_git() {
        for (pattern, yes, no) in [
            ("[a-c]x", "bx", "dx"),
            ("[!a-c]x", "dx", "bx"),
            ("[^a]x", "bx", "ax"),
            ("[]a]x", "]x", "bx"),
            ("[!]]x", "ax", "]x"),
            ("[a-]x", "-x", "bx"),
            (r"[\]]x", "]x", r"\x"),
            ("[[:digit:]_]x", "7x", "ax"),
            ("[[:digit:]-]x", "-x", "ax"),
            (r"[\!\^]x", "^x", "ax"),
            (r"[\!]x", "!x", "ax"),
            ("d[!x]y", "d-y", "d/y"),
            ("d/[^x]", "d/y", "d//"),
        ] {
            assert!(matches(pattern, yes), "{pattern} {yes}");
            assert!(!matches(pattern, no), "{pattern} {no}");
        }
    }

    #[test]
    fn what_cannot_match_is_an_error() {
        for (pattern, error) in [
            ("", PatternError::Empty),
            ("/", PatternError::Empty),
            ("[a", PatternError::Class),
            ("[[:none:]]", PatternError::Class),
            ("x[/]", PatternError::EmptyClass),
            ("a\\", PatternError::DanglingEscape),
            ("!a", PatternError::Negative),
            ("[é]", PatternError::NotUtf8),
        ] {
            assert_eq!(
                PathPattern::parse(pattern.as_bytes()),
                Err(error),
                "{pattern}"
            );
        }
        assert_eq!(PathPattern::parse(b"\xff*"), Err(PatternError::NotUtf8));
    }

    #[test]
    fn only_patterns_beyond_the_tables_are_costly() {
        let costly = |text: &str| PathPattern::parse(text.as_bytes()).unwrap().is_costly();
        assert!(!costly("*.rs"));
        assert!(!costly("docs/a.md"));
        assert!(costly("docs/*.md"));
        assert!(costly("*.tar.*"));
    }
}
