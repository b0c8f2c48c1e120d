//! How an item went: with its code changed, with its code gone, or with its words alone.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::comment::Token;
use super::facts::Seen;
use super::lines::{self, Changed};

/// How an item was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The code around it changed.
    Fixed,
    /// Its code or its file went with it.
    Deleted,
    /// The words went and nothing else did: a doubt, since nothing was paid.
    CommentOnly,
    /// A commit message or a person said so; only for an item of a commit message.
    Said,
}

/// A text of which only the code is left.
pub struct Code<'a> {
    lines: Vec<CodeLine<'a>>,
}

struct CodeLine<'a> {
    /// From 1, as in the text.
    number: u32,
    indent: usize,
    code: Cow<'a, [u8]>,
}

/// A tab counts as this many blanks when two indents are compared.
const TAB: usize = 8;

/// No block is followed further than this many lines of code.
const BLOCK: usize = 200;

/// Lines of code before an item, in its block, that count as around it.
const BEFORE: usize = 3;

impl<'a> Code<'a> {
    /// Takes the comments out of `text`; `comments` are in the order of the text.
    pub fn of(text: &'a [u8], comments: &[Token]) -> Code<'a> {
        let mut code = Vec::new();
        let mut comments = comments.iter().peekable();
        let mut start = 0;
        for (number, line) in lines::split(text).into_iter().enumerate() {
            let end = start + line.len();
            while comments.peek().is_some_and(|token| token.end <= start) {
                comments.next();
            }
            let mut left: Cow<'a, [u8]> = line.into();
            for token in comments.clone().take_while(|token| token.start < end) {
                let from = token.start.max(start) - start;
                let to = token.end.min(end) - start;
                if line[to..].trim_ascii().is_empty() {
                    // Blanks at the end say nothing.
                    left = match left {
                        Cow::Borrowed(line) => line[..from].into(),
                        Cow::Owned(mut line) => {
                            line.truncate(from);
                            line.into()
                        }
                    };
                } else if from < to {
                    left.to_mut()[from..to].fill(b' ');
                }
            }
            if !left.trim_ascii().is_empty() {
                let blank = left.iter().take_while(|b| b.is_ascii_whitespace());
                code.push(CodeLine {
                    number: number as u32 + 1,
                    indent: blank.map(|b| if *b == b'\t' { TAB } else { 1 }).sum(),
                    code: left,
                });
            }
            start = end + 1;
        }
        Code { lines: code }
    }

    /// Returns the block that an item stands at, as a range of code lines, and the line of code
    /// that is its own: the one it trails, else the next one in its block, else the last before.
    ///
    /// The block is what follows at the indent of the item's code or deeper, with what is before
    /// it for a few lines: a comment above a function stands at the whole function.
    fn block(&self, seen: Seen) -> Option<(std::ops::Range<usize>, usize)> {
        let next = self.lines.partition_point(|line| line.number < seen.line);
        let trailing = self
            .lines
            .get(next)
            .is_some_and(|l| l.number <= seen.last_line);
        let own = if next < self.lines.len() {
            let closes = !trailing
                && next > 0
                && self.lines[next].indent < self.lines[next - 1].indent
                && self.lines[next].code.trim_ascii().len() <= 3;
            if closes { next - 1 } else { next }
        } else {
            next.checked_sub(1)?
        };
        let indent = self.lines[own].indent;
        let mut end = own + 1;
        let mut deeper = false;
        while end < self.lines.len() && end - own < BLOCK {
            let line = &self.lines[end];
            if line.indent < indent {
                break;
            }
            // At the outermost level the next thing begins where the indent falls back, but for
            // what only closes this one.
            if indent == 0 && line.indent == 0 && deeper && line.code.trim_ascii().len() > 3 {
                break;
            }
            deeper |= line.indent > indent;
            end += 1;
        }
        let before = self.lines[..own]
            .iter()
            .rev()
            .take(BEFORE)
            .take_while(|line| line.indent >= indent && indent > 0)
            .count();
        Some((own - before..end, own))
    }
}

/// What a file became: its code, and how that differs from the code before.
pub struct Became<'a> {
    code: Code<'a>,
    changed: Changed,
}

impl<'a> Became<'a> {
    /// Compares the code of a file with what it became.
    pub fn of(old: &Code<'_>, code: Code<'a>) -> Became<'a> {
        let changed = Changed::between(
            old.lines.iter().map(|line| &*line.code),
            code.lines.iter().map(|line| &*line.code),
        );
        Became { code, changed }
    }
}

/// Tells how the item seen at `seen` in `old` went, when `new` is what its file became: `None` for a
/// file that went, or is left out now.
pub fn how(old: &Code<'_>, seen: Seen, new: Option<&Became<'_>>) -> How {
    let Some(Became { code, changed }) = new else {
        return How::Deleted;
    };
    let Some((block, own)) = old.block(seen) else {
        // A file of comments: there is no code that could have changed.
        return if code.lines.is_empty() {
            How::CommentOnly
        } else {
            How::Fixed
        };
    };
    let touched = |hunk: &lines::Hunk| {
        let (start, end) = (hunk.old.start as usize, hunk.old.end as usize);
        // What is inserted between two lines of the block is in the block.
        (start < block.end && end > block.start)
            || (start == end && start >= block.start && start <= block.end)
    };
    let hunks = changed.hunks();
    let first = hunks.partition_point(|hunk| (hunk.old.end as usize) < block.start);
    let mut near = hunks[first..]
        .iter()
        .take_while(|hunk| hunk.old.start as usize <= block.end);
    if !near.any(touched) {
        return How::CommentOnly;
    }
    let own_gone = changed
        .hunk_of_old(own as u32)
        .map(|number| &changed.hunks()[number]);
    match own_gone {
        Some(hunk) if hunk.new.is_empty() => How::Deleted,
        _ => How::Fixed,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::facts::MarkerNo;
    use super::*;

    /// Reads `//` comments only: what a comment is, is not at stake here.
    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(at) = line.find("//") {
                let end = start + line.trim_end().len();
                tokens.push(Token {
                    start: start + at,
                    end,
                    body_start: start + at + 2,
                    body_end: end,
                    kind: super::super::comment::TokenKind::Line,
                });
            }
            start += line.len();
        }
        tokens
    }

    fn went(old: &str, new: Option<&str>) -> How {
        let line = old.lines().position(|l| l.contains("TODO")).unwrap() as u32 + 1;
        let seen = Seen {
            marker: MarkerNo(0),
            line,
            last_line: line,
            context: 0,
        };
        let old_code = Code::of(old.as_bytes(), &tokens(old));
        let became = new.map(|new| Became::of(&old_code, Code::of(new.as_bytes(), &tokens(new))));
        how(&old_code, seen, became.as_ref())
    }

    #[test]
    fn words_alone() {
        let old =
            "fn a() {\n    // TODO: x\n    one();\n    two();\n}\nfn b() {\n    three();\n}\n";
        let new = "fn a() {\n    one();\n    two();\n}\nfn b() {\n    three();\n}\n";
        assert_eq!(went(old, Some(new)), How::CommentOnly);
        // A change of another function pays nothing here.
        assert_eq!(
            went(old, Some(&new.replace("three", "four"))),
            How::CommentOnly
        );
        // Nor does reindenting.
        assert_eq!(
            went(old, Some(&new.replace("    ", "\t"))),
            How::CommentOnly
        );
    }

    #[test]
    fn code_around_it_changed() {
        let old = "fn a() {\n    // TODO: x\n    one();\n    two();\n}\n";
        for new in [
            "fn a() {\n    won();\n    two();\n}\n",
            "fn a() {\n    one();\n    zwei();\n}\n",
            "fn a() {\n    one();\n    two();\n    three();\n}\n",
            "fn a() {\n    zero();\n    one();\n    two();\n}\n",
        ] {
            assert_eq!(went(old, Some(new)), How::Fixed, "{new}");
        }
    }

    #[test]
    fn a_comment_above_a_function_stands_at_all_of_it() {
        let old = "// TODO: x\nfn a() {\n    one();\n    two();\n}\n\nfn b() {}\n";
        let new = "fn a() {\n    one();\n    zwei();\n}\n\nfn b() {}\n";
        assert_eq!(went(old, Some(new)), How::Fixed);
        let new = "fn a() {\n    one();\n    two();\n}\n\nfn c() {}\n";
        assert_eq!(went(old, Some(new)), How::CommentOnly);
    }

    #[test]
    fn its_code_went() {
        let old = "fn a() {\n    zero();\n    // TODO: x\n    one();\n    two();\n}\n";
        assert_eq!(
            went(old, Some("fn a() {\n    zero();\n    two();\n}\n")),
            How::Deleted
        );
        let old = "fn a() {\n    zero();\n    one(); // TODO: x\n}\n";
        assert_eq!(went(old, Some("fn a() {\n    zero();\n}\n")), How::Deleted);
        assert_eq!(went(old, None), How::Deleted);
    }

    #[test]
    fn a_file_of_comments_has_no_code_to_change() {
        assert_eq!(went("// TODO: x\n// y\n", Some("// y\n")), How::CommentOnly);
        assert_eq!(went("// TODO: x\n", Some("one();\n")), How::Fixed);
    }
}
