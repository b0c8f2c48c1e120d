//! Where the panes of the Standup screen are.

use ratatui::layout::Rect;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The people.
    #[default]
    Round,
    /// The promises that are due today.
    Promises,
    /// The parked topics.
    Parked,
    /// The clock, the debt, and the blockers; in the demo, what is shown.
    Side,
}

impl Focus {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Round, Self::Promises, Self::Parked, Self::Side];
}

/// Where things are; the rule of each pane is its first row. A pane that is not shown has no height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panes {
    /// The people.
    pub round: Rect,
    /// The promises that are due today.
    pub promises: Rect,
    /// The parked topics.
    pub parked: Rect,
    /// The column between both sides.
    pub divider: Option<u16>,
    /// The clock, the debt, the blockers.
    pub side: Rect,
    /// Two lines on debt and demo, where there is no room for the side.
    pub foot: Rect,
}

/// The most promises and topics that are always in view.
const MOST: u16 = 4;

/// Columns of the side on a screen of 100.
const SIDE: u16 = 35;

/// Lays out `body` for so many promises and parked topics.
pub(super) fn panes(body: Rect, focus: Focus, promises: usize, parked: usize) -> Panes {
    let nothing = Rect { height: 0, ..body };
    let whole = Panes {
        round: nothing,
        promises: nothing,
        parked: nothing,
        divider: None,
        side: nothing,
        foot: nothing,
    };
    if body.width >= 100 {
        let side = (SIDE + (body.width - 100)).min(60);
        let divider = body.x + body.width - side - 2;
        let left = Rect {
            width: body.width - side - 3,
            ..body
        };
        return Panes {
            divider: Some(divider),
            side: Rect {
                x: divider + 2,
                width: side,
                ..body
            },
            ..stacked(left, whole, promises, parked)
        };
    }
    match (focus, body.height) {
        (Focus::Side, _) => Panes {
            side: body,
            ..whole
        },
        (_, 17..) => stacked(body, whole, promises, parked),
        (Focus::Round, height) => {
            let foot = if height >= 8 { 2 } else { 0 };
            Panes {
                round: Rect {
                    height: height - foot,
                    ..body
                },
                foot: Rect {
                    y: body.bottom() - foot,
                    height: foot,
                    ..body
                },
                ..whole
            }
        }
        // Both, and nothing of the people.
        (_, height) => {
            let rows = u16::try_from(promises)
                .unwrap_or(u16::MAX)
                .saturating_add(1);
            let first = rows.min(height / 2);
            Panes {
                promises: Rect {
                    height: first,
                    ..body
                },
                parked: Rect {
                    y: body.y + first,
                    height: height - first,
                    ..body
                },
                ..whole
            }
        }
    }
}

/// The people above, what is due and what is parked below.
fn stacked(area: Rect, whole: Panes, promises: usize, parked: usize) -> Panes {
    let rows = |rows: usize| {
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(MOST);
        if area.height < 12 { 0 } else { rows + 1 }
    };
    let (promises, parked) = (rows(promises), rows(parked));
    let above = area.height.saturating_sub(promises + parked);
    Panes {
        round: Rect {
            height: above,
            ..area
        },
        promises: Rect {
            y: area.y + above,
            height: promises,
            ..area
        },
        parked: Rect {
            y: area.y + above + promises,
            height: parked,
            ..area
        },
        ..whole
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn panes_lie_in_their_body_and_the_focused_one_is_seen(
            width in 0_u16..200, height in 0_u16..70,
            promises in 0_usize..90, parked in 0_usize..90, at in 0_usize..4,
        ) {
            let focus = Focus::ALL[at];
            let body = Rect { x: 0, y: 3, width, height };
            let all = panes(body, focus, promises, parked);
            for pane in [all.round, all.promises, all.parked, all.side, all.foot] {
                prop_assert!(pane.height == 0 || body.union(pane) == body);
            }
            let left = all.round.height + all.promises.height + all.parked.height;
            prop_assert!(left + all.foot.height <= height);
            let focused = [all.round, all.promises, all.parked, all.side][at];
            prop_assert!(height < 12 || focused.height > 0);
        }
    }
}
