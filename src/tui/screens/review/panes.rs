//! Where the panes of the Review screen are.

use ratatui::layout::Rect;

use crate::week::review::Bucket;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The findings of a bucket.
    Bucket(Bucket),
    /// What the presenter says.
    Notes,
    /// The questions.
    Questions,
}

impl Default for Focus {
    fn default() -> Self {
        Self::Bucket(Bucket::Refactor)
    }
}

impl Focus {
    /// All of them, as `tab` goes through them.
    pub const ALL: [Focus; 5] = [
        Focus::Bucket(Bucket::Refactor),
        Focus::Bucket(Bucket::MustChange),
        Focus::Bucket(Bucket::GetToDelete),
        Focus::Notes,
        Focus::Questions,
    ];

    /// Its place among them.
    pub fn place(self) -> usize {
        Self::ALL
            .iter()
            .position(|focus| *focus == self)
            .unwrap_or(0)
    }

    /// The next pane, or the one before, around the ends.
    pub fn step(self, forward: bool) -> Self {
        let by = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL[(self.place() + by) % Self::ALL.len()]
    }

    /// The pane beside it in its row; itself at the end.
    pub fn beside(self, right: bool) -> Self {
        let last = match self {
            Focus::Bucket(_) => 0..=2,
            Focus::Notes | Focus::Questions => 3..=4,
        };
        let at = self.place();
        let to = if right { at + 1 } else { at.saturating_sub(1) };
        Self::ALL[to.clamp(*last.start(), *last.end())]
    }
}

/// Where things are. A pane that is not shown has no height; each has its rule in its first row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panes {
    /// The buckets, from left to right.
    pub buckets: [Rect; 3],
    /// Show and tell.
    pub notes: Rect,
    /// Who has presented.
    pub presented: Rect,
    /// The questions.
    pub questions: Rect,
    /// What day 4 is getting.
    pub day_4: Rect,
    /// Columns between panes, each from its first row to the row after its last.
    pub dividers: Vec<(u16, u16, u16)>,
}

/// Rows of show and tell with what is below it.
const TELL: u16 = 13;

/// The narrowest place for three columns.
const THREE: u16 = 72;

/// The widest questions.
const WIDEST: u16 = 60;

/// Lays out `body`.
pub(super) fn panes(body: Rect, focus: Focus) -> Panes {
    let nothing = Rect { height: 0, ..body };
    let mut panes = Panes {
        buckets: [nothing; 3],
        notes: nothing,
        presented: nothing,
        questions: nothing,
        day_4: nothing,
        dividers: Vec::new(),
    };
    let on_buckets = matches!(focus, Focus::Bucket(_));
    // Where not all fit, a page of findings and a page of what is told.
    if body.width >= 90 && body.height >= 22 {
        // Of further rows a third is for what is told.
        let tell = TELL + body.height.saturating_sub(24) / 3;
        let upper = Rect {
            height: body.height - tell,
            ..body
        };
        let lower = Rect {
            y: upper.bottom(),
            height: tell,
            ..body
        };
        panes.set_buckets(upper, focus);
        panes.set_tell(lower, focus);
    } else if on_buckets {
        panes.set_buckets(body, focus);
    } else {
        panes.set_tell(body, focus);
    }
    panes
}

impl Panes {
    fn set_buckets(&mut self, area: Rect, focus: Focus) {
        if area.width < THREE {
            let at = focus.place().min(2);
            self.buckets[at] = area;
            return;
        }
        let each = (area.width - 6) / 3;
        let first = area.width - 6 - 2 * each;
        let mut x = area.x;
        for (at, width) in [first, each, each].into_iter().enumerate() {
            self.buckets[at] = Rect { x, width, ..area };
            x += width + 3;
            if at < 2 {
                self.dividers.push((x - 2, area.y, area.bottom()));
            }
        }
    }

    fn set_tell(&mut self, area: Rect, focus: Focus) {
        let (left, right) = if area.width >= THREE {
            let side = (area.width * 7 / 20).min(WIDEST);
            let x = area.x + area.width - side;
            self.dividers.push((x - 2, area.y, area.bottom()));
            let left = Rect {
                width: area.width - side - 3,
                ..area
            };
            (
                left,
                Rect {
                    x,
                    width: side,
                    ..area
                },
            )
        } else if focus == Focus::Questions {
            (Rect { height: 0, ..area }, area)
        } else {
            (area, Rect { height: 0, ..area })
        };
        (self.notes, self.presented) = below(left, 4);
        (self.questions, self.day_4) = below(right, 3);
    }
}

/// A pane, and one of so many rows below it where there is room for both.
fn below(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = if area.height >= rows + 5 { rows } else { 0 };
    let upper = Rect {
        height: area.height - rows,
        ..area
    };
    let lower = Rect {
        y: upper.bottom(),
        height: rows,
        ..area
    };
    (upper, lower)
}
