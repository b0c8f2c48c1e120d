//! Where the panes of the Retro screen are.

use ratatui::layout::Rect;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The cards of what stays.
    #[default]
    Keep,
    /// The cards of what changes.
    Change,
    /// The cards of what is tried.
    Try,
    /// The actions of the last retro.
    Before,
    /// The actions of this one.
    Next,
    /// The summary.
    Summary,
}

impl Focus {
    /// All, in the order in which tab goes through them.
    pub const ALL: [Self; 6] = [
        Self::Keep,
        Self::Change,
        Self::Try,
        Self::Before,
        Self::Next,
        Self::Summary,
    ];

    /// Its place in that order.
    pub fn at(self) -> usize {
        self as usize
    }

    /// The next or the previous one, around the ends.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let count = Self::ALL.len();
        let by = if forward { 1 } else { count - 1 };
        Self::ALL[(self.at() + by) % count]
    }
}

/// Where things are, each with its rule. What is not shown has no height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The three columns of cards.
    pub columns: [Rect; 3],
    /// The line of the topic, without a rule.
    pub topic: Rect,
    /// The actions of the last retro.
    pub before: Rect,
    /// The actions of this one.
    pub next: Rect,
    /// What the week came to, and the beer.
    pub week: Rect,
    /// The column between the left and the summary.
    pub divider: Option<u16>,
    /// The summary.
    pub summary: Rect,
    /// As what it can be sent.
    pub send: Rect,
}

/// How many things there are to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Actions of the last retro.
    pub before: usize,
    /// Actions of this one.
    pub next: usize,
    /// Whether a topic is talked over.
    pub topic: bool,
}

/// Rows of the week's figures with their rule; of the beer with a blank before it.
const WEEK: (u16, u16) = (6, 2);

/// Rows of the ways to send, with their rule.
const SEND: u16 = 4;

/// Columns of the right pane at 100 columns.
const SIDE: u16 = 37;

/// Lays out `body`.
pub fn panes(body: Rect, focus: Focus, counts: Counts) -> Panes {
    if body.width >= 100 {
        let side = (SIDE + (body.width - 100)).min(60);
        let left = Rect {
            width: body.width - side - 3,
            ..body
        };
        let right = Rect {
            x: body.right() - side,
            width: side,
            ..body
        };
        let mut panes = stack(left, counts);
        panes.divider = Some(right.x - 2);
        (panes.summary, panes.send) = split(right);
        return panes;
    }
    if focus == Focus::Summary {
        let (summary, send) = split(body);
        return Panes {
            summary,
            send,
            ..Panes::default()
        };
    }
    if body.height >= 17 {
        return stack(body, counts);
    }
    // One pane: the cards with what the week came to, or the actions.
    if matches!(focus, Focus::Before | Focus::Next) {
        let rows = u16::try_from(counts.before.max(1)).unwrap_or(u16::MAX);
        let before = rows.saturating_add(1).min(body.height / 2);
        let (before, next) = cut(body, before);
        return Panes {
            before,
            next,
            ..Panes::default()
        };
    }
    let week = if body.height >= 14 { WEEK.0 } else { 0 };
    let (cards, week) = cut(body, body.height - week);
    let (columns, topic) = columns(cards, Some(focus), counts.topic);
    Panes {
        columns,
        topic,
        week,
        ..Panes::default()
    }
}

/// The first rows of an area, and the rest.
fn cut(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let first = Rect {
        height: rows,
        ..area
    };
    let rest = Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    };
    (first, rest)
}

fn split(side: Rect) -> (Rect, Rect) {
    let send = if side.height >= 12 { SEND } else { 0 };
    cut(side, side.height - send)
}

/// Cards, actions and figures below each other.
fn stack(area: Rect, counts: Counts) -> Panes {
    let rows = |count: usize| u16::try_from(count.clamp(1, 12)).unwrap_or(1);
    let (mut before, mut next) = (rows(counts.before), rows(counts.next));
    let beer = if area.height >= 23 { WEEK.1 } else { 0 };
    let mut week = WEEK.0 + beer;
    let least = if area.height >= 20 { 7 } else { 5 };
    // What there is no room for: actions beyond three, then figures.
    let over = |before: u16, next: u16, week: u16| {
        (least + before + next + 2 + week).saturating_sub(area.height)
    };
    while over(before, next, week) > 0 && before.max(next) > 3 {
        *(if before >= next {
            &mut before
        } else {
            &mut next
        }) -= 1;
    }
    week -= over(before, next, week).min(week);
    if week < 2 {
        week = 0;
    }
    let cards = area.height.saturating_sub(before + next + 2 + week);
    let (cards, rest) = cut(area, cards);
    let (before, rest) = cut(rest, before + 1);
    let (next, week) = cut(rest, next + 1);
    let (columns, topic) = columns(cards, None, counts.topic);
    Panes {
        columns,
        topic,
        before,
        next,
        week,
        ..Panes::default()
    }
}

/// The columns of the cards, and the line of the topic below them. Where three are too narrow, the
/// focused one alone.
fn columns(area: Rect, focus: Option<Focus>, topic: bool) -> ([Rect; 3], Rect) {
    let topic = u16::from(topic && area.height >= 4);
    let (area, topic) = cut(area, area.height - topic);
    let nothing = Rect { height: 0, ..area };
    if area.width < 57 {
        let own = focus.map_or(0, |focus| focus.at().min(2));
        let mut columns = [nothing; 3];
        columns[own] = area;
        return (columns, topic);
    }
    let edge = |at: u16| area.x + area.width * at / 3;
    let column = |at: u16| Rect {
        x: edge(at),
        width: edge(at + 1) - edge(at),
        ..area
    };
    ([column(0), column(1), column(2)], topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_are_within_the_body_and_never_meet() {
        for width in (0..=200).step_by(7) {
            for height in 0..=60 {
                let body = Rect::new(0, 4, width, height);
                for (before, next, topic) in [(0, 0, false), (3, 3, true), (40, 40, true)] {
                    let counts = Counts {
                        before,
                        next,
                        topic,
                    };
                    for focus in Focus::ALL {
                        check(body, &panes(body, focus, counts));
                    }
                }
            }
        }
    }

    fn check(body: Rect, panes: &Panes) {
        let [keep, change, try_] = panes.columns;
        let all = [
            keep,
            change,
            try_,
            panes.topic,
            panes.before,
            panes.next,
            panes.week,
            panes.summary,
            panes.send,
        ];
        for (at, area) in all.iter().enumerate().filter(|(_, area)| !area.is_empty()) {
            assert_eq!(area.intersection(body), *area, "{body:?} {at}");
            for other in all[at + 1..].iter().filter(|area| !area.is_empty()) {
                assert!(!area.intersects(*other), "{body:?} {area:?} {other:?}");
            }
        }
    }

    #[test]
    fn at_100x30_it_is_the_drawing() {
        let counts = Counts {
            before: 3,
            next: 3,
            topic: false,
        };
        let panes = panes(Rect::new(0, 4, 100, 24), Focus::Keep, counts);
        assert_eq!((panes.before.y, panes.next.y, panes.week.y), (12, 16, 20));
        assert_eq!((panes.divider, panes.summary.x), (Some(61), 63));
        assert_eq!(panes.send.y, 24);
    }
}
