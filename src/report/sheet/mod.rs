//! A sheet: what a report of the week says, in which order, before it has a format.
//!
//! The words and figures are chosen once, by `standup/sheet` and `summary/sheet`; the four files
//! here only lay them out. So no two formats can disagree. Every piece says whose words it holds,
//! since each format escapes strangers' words in its own way.

pub(super) mod debt;
pub(super) mod html;
pub(super) mod inline;
pub(super) mod markdown;
pub(super) mod slack;
pub(super) mod text;

/// A report of the week.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// The heading.
    pub(super) title: Line,
    /// What it is about: week, time, repositories.
    pub(super) about: Line,
    /// The one sentence that matters.
    pub(super) lead: Line,
    /// The debt as a bar.
    pub(super) meter: Vec<Part>,
    /// The rest.
    pub(super) sections: Vec<Section>,
    /// What is said below all.
    pub(super) foot: Line,
}

/// A part of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// How much.
    pub(super) figure: u64,
    /// Of what.
    pub(super) name: &'static str,
    /// How it is drawn.
    pub(super) fill: Fill,
}

/// How a part of a bar is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    Paid,
    Late,
    Kept,
    Open,
}

/// A section under its own heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// The heading.
    pub(super) title: Line,
    /// What stands beside it.
    pub(super) beside: Line,
    /// What is in it.
    pub(super) blocks: Vec<Block>,
    /// How many levels it stands below the sheet: 1, or 2 for one that belongs to the one before.
    pub(super) level: u8,
    /// Whether a short message has it too.
    pub(super) brief: bool,
    /// Whether its lines are short, so that two such sections have room side by side.
    pub(super) narrow: bool,
}

/// A part of a section.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A sentence.
    Sentence(Line),
    /// A heading of what follows, below that of the section.
    Over(&'static str),
    /// Some lines, each with its mark; `more` were left out.
    List { entries: Vec<Entry>, more: usize },
    /// Rows under names.
    Table(Table),
    /// The debt by day.
    Days(Vec<Day>),
}

/// A line of a list.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) mark: Mark,
    pub(super) line: Line,
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Done,
    Open,
    Carried,
    Cut,
    Blocked,
    Now,
}

/// Rows under names. The first cell of a row is its heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// What it shows, for who cannot see it at a glance.
    pub(super) caption: &'static str,
    /// The names of the columns, and whether figures stand in them.
    pub(super) columns: Vec<(&'static str, bool)>,
    pub(super) rows: Vec<Vec<Line>>,
}

impl Table {
    /// The same without the columns in which no row has anything.
    pub(super) fn without_empty_columns(mut self) -> Self {
        let full = |at: usize| {
            self.rows
                .iter()
                .any(|row| row.get(at).is_some_and(|it| !it.is_empty()))
        };
        let kept: Vec<bool> = (0..self.columns.len()).map(full).collect();
        let mut keep = kept.iter();
        self.columns
            .retain(|_| keep.next().copied().unwrap_or(false));
        for row in &mut self.rows {
            let mut keep = kept.iter();
            row.retain(|_| keep.next().copied().unwrap_or(false));
        }
        self
    }
}

/// The debt of a day.
#[derive(Clone, Debug)]
pub(super) struct Day {
    /// `Mon 16`.
    pub(super) name: String,
    /// What came, what went and what was left; `None` for a day to come.
    pub(super) figures: Option<[u64; 3]>,
    /// Whether the debt is due on it.
    pub(super) due: bool,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Our own words and figures.
    Plain(String),
    /// The same, where the eye should go.
    Strong(String),
    /// The same, where it need not.
    Soft(String),
    /// The same, where something missed its time.
    Bad(String),
    /// What somebody of the team wrote on the board.
    Words(String),
    /// What somebody wrote into a commit or a file.
    Quote(String),
    /// Somebody's name.
    Name(String),
    /// A marker: `TODO`.
    Tag(String),
    /// Where something is: a path with its line, a commit; with its address.
    Place(String, Option<String>),
}

/// A line of pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line(pub(super) Vec<Piece>);

/// The longest piece, in characters.
const LONGEST: usize = 160;

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn of(plain: impl Into<String>) -> Self {
        Self::new().plain(plain)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn put(mut self, piece: Piece) -> Self {
        self.0.push(piece);
        self
    }

    pub(super) fn plain(self, text: impl Into<String>) -> Self {
        self.put(Piece::Plain(text.into()))
    }

    /// A blank at its end is no part of it: to Markdown and Slack, asterisks after a blank are
    /// asterisks.
    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        let text = text.into();
        let bare = text.trim_end();
        let blank = text[bare.len()..].to_owned();
        let line = self.put(Piece::Strong(bare.to_owned()));
        match blank.is_empty() {
            true => line,
            false => line.plain(blank),
        }
    }

    pub(super) fn soft(self, text: impl Into<String>) -> Self {
        self.put(Piece::Soft(text.into()))
    }

    pub(super) fn bad(self, text: impl Into<String>) -> Self {
        self.put(Piece::Bad(text.into()))
    }

    /// What commands call something: `D-05`.
    pub(super) fn label(self, text: &str) -> Self {
        // A number of ours, or the start of an id. GitHub makes a link of `GH-1`, which is neither.
        let number = text.strip_prefix("T-").or(text.strip_prefix("D-"));
        let plain = |c: char| c.is_ascii_alphanumeric();
        match text.len() <= 16 && number.unwrap_or(text).chars().all(plain) {
            true => self.strong(text),
            false => self.words(text),
        }
    }

    pub(super) fn words(self, text: &str) -> Self {
        self.put(Piece::Words(cut(text)))
    }

    pub(super) fn quote(self, text: &str) -> Self {
        self.put(Piece::Quote(cut(text)))
    }

    pub(super) fn name(self, text: &str) -> Self {
        self.put(Piece::Name(super::sentences::cut(text, 60)))
    }

    /// Several names, or what stands for none.
    pub(super) fn names(mut self, names: &[String], none: &str) -> Self {
        if names.is_empty() {
            return self.plain(none);
        }
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self = self.plain(", ");
            }
            self = self.name(name);
        }
        self
    }

    pub(super) fn tag(self, text: &str) -> Self {
        self.put(Piece::Tag(super::sentences::cut(text, 24)))
    }

    pub(super) fn place(self, text: &str, address: Option<String>) -> Self {
        self.put(Piece::Place(cut(text), address))
    }

    /// Another line after this.
    pub(super) fn and(mut self, other: Line) -> Self {
        self.0.extend(other.0);
        self
    }
}

fn cut(text: &str) -> String {
    super::sentences::cut(text, LONGEST)
}

impl Entry {
    pub(super) fn new(mark: Mark, line: Line) -> Self {
        Self { mark, line }
    }
}

impl Block {
    /// A list of the first so many entries.
    pub(super) fn list(mut entries: Vec<Entry>, most: usize) -> Self {
        let more = entries.len().saturating_sub(most);
        entries.truncate(most);
        Self::List { entries, more }
    }
}

/// The words of a piece alone.
fn words(piece: &Piece) -> &str {
    match piece {
        Piece::Plain(text)
        | Piece::Strong(text)
        | Piece::Soft(text)
        | Piece::Bad(text)
        | Piece::Words(text)
        | Piece::Quote(text)
        | Piece::Name(text)
        | Piece::Tag(text)
        | Piece::Place(text, _) => text,
    }
}
