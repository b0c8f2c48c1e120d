//! What a lexer must know at the start of a line to go on from there.

use crate::debt::language::Language;

/// How deep texts, holes, elements and embedded languages are followed into each other. What goes
/// deeper is read as plain text of its parent, which bounds the size of a state.
const DEEPEST: usize = 48;

/// Where a lexer stands at the start of a line: all that it needs to go on from there. The default
/// is the start of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineState {
    pub(super) frames: Vec<Frame>,
    pub(super) prev: Prev,
    /// Open brackets less closed ones, kept where a language's statements hang on them.
    pub(super) brackets: i32,
}

/// What the lexer stands in, from the outside inwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frame {
    /// Code inside a string or an element: `${ … }`. `text` is the rule of the string to go on
    /// with, `None` in an element; `depth` counts the braces open in it.
    Hole { text: Option<u16>, depth: u32 },
    /// A part of the file in another language.
    Embedded { language: Language, region: Region },
    /// `<div …` up to its `>`.
    ElementTag,
    /// Between `<div>` and `</div>`.
    ElementText,
}

/// What ends an embedded language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Region {
    /// `</script`.
    Script,
    /// `</script` or the next `<?`.
    ScriptWithPhp,
    /// `</style`.
    Style,
    /// A `?>` among the tokens of PHP itself.
    Php,
    /// `%>`.
    Percent,
    /// A line of `---`.
    FrontMatter,
}

/// What stands before, as far as it tells a regular expression from a division.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Prev {
    /// Nothing, or an operator: an operand must follow.
    #[default]
    Operator,
    /// A name that is no keyword.
    Name,
    /// A literal or a closing bracket.
    Value,
}

/// Pushes a frame unless the stack is as deep as it may get; says whether it did.
pub(super) fn push(frames: &mut Vec<Frame>, frame: Frame) -> bool {
    let fits = frames.len() < DEEPEST;
    if fits {
        frames.push(frame);
    }
    fits
}
