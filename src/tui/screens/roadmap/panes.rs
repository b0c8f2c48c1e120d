//! Where the panes of the Roadmap screen are.

use ratatui::layout::Rect;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The features.
    #[default]
    Features,
    /// When the milestones come.
    When,
    /// What the project is.
    Whiteboard,
}

/// Where things are, each with its rule. What is not shown has no height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// What the project is.
    pub whiteboard: Rect,
    /// The features, with their heads.
    pub features: Rect,
    /// When the milestones come.
    pub when: Rect,
    /// What the last hack changed.
    pub after: Rect,
}

/// Rows of the whiteboard and of what the last hack changed, with their rules.
const WHITEBOARD: u16 = 3;
const AFTER: u16 = 3;

/// Rows of the features' rule and heads.
pub(super) const HEAD: u16 = 2;

/// Lays out `body` for so many features, and so many lines of when.
pub fn panes(body: Rect, focus: Focus, features: usize, when: usize) -> Panes {
    let rows = |count: usize| u16::try_from(count.max(1)).unwrap_or(u16::MAX);
    let (features, when) = (
        rows(features).saturating_add(HEAD),
        rows(when).saturating_add(1),
    );
    if body.height < 17 {
        let rest = |y: u16| Rect {
            y: body.y + y,
            height: body.height - y,
            ..body
        };
        let first = |height: u16| Rect { height, ..body };
        return match focus {
            Focus::Features => Panes {
                features: body,
                ..Panes::default()
            },
            Focus::When => {
                let when = when.min(body.height);
                Panes {
                    when: first(when),
                    after: rest(when),
                    ..Panes::default()
                }
            }
            Focus::Whiteboard => Panes {
                whiteboard: body,
                ..Panes::default()
            },
        };
    }
    // What is missing is taken from the features first, down to four, then from below.
    let left = body.height - WHITEBOARD;
    let least = (HEAD + 4).min(features);
    let wanted = when.saturating_add(AFTER);
    let features = features.min(left.saturating_sub(wanted).max(least));
    let when = when.min(left - features);
    let after = left - features - when;
    let after = if after < 2 { 0 } else { after.min(AFTER + 1) };
    let mut y = body.y;
    let mut take = |height: u16| {
        let area = Rect { y, height, ..body };
        y += height;
        area
    };
    Panes {
        whiteboard: take(WHITEBOARD),
        features: take(features),
        when: take(when),
        after: take(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_are_within_the_body_one_below_the_other() {
        for height in 0..=60 {
            let body = Rect::new(0, 4, 100, height);
            for (features, when) in [(0, 0), (8, 6), (40, 9)] {
                for focus in [Focus::Features, Focus::When, Focus::Whiteboard] {
                    let panes = panes(body, focus, features, when);
                    let all = [panes.whiteboard, panes.features, panes.when, panes.after];
                    let mut y = body.y;
                    for area in all.iter().filter(|area| area.height > 0) {
                        assert_eq!(area.intersection(body), *area, "{height} {features}");
                        assert!(area.y >= y, "{height} {features} {area:?}");
                        y = area.bottom();
                    }
                }
            }
        }
    }

    #[test]
    fn at_100x30_it_is_the_drawing() {
        let panes = panes(Rect::new(0, 4, 100, 24), Focus::Features, 8, 6);
        let rows = [panes.features.y, panes.when.y, panes.after.y];
        assert_eq!(rows, [7, 17, 24]);
    }
}
