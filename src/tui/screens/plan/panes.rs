//! Where the panes of the Plan screen are.

use ratatui::layout::Rect;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The tasks.
    #[default]
    Tasks,
    /// The promises.
    Promises,
}

/// How many rows the panes would fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wants {
    /// Rows of the longest column.
    pub tasks: usize,
    /// Promises.
    pub promises: usize,
    /// Rows of what is said of the selected thing.
    pub detail: usize,
}

/// Where things are; the rule of each pane is its first row. A pane that is not shown has no height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panes {
    /// The hour and the goal.
    pub hour: Rect,
    /// The tasks, the cut list as the last row.
    pub tasks: Rect,
    /// The promises.
    pub promises: Rect,
    /// What is said of the selected thing.
    pub detail: Rect,
}

/// The least that both lists take where both are shown: a rule, a title, two rows.
const LEAST: u16 = 4;

/// Lays out `body`.
pub(super) fn panes(body: Rect, focus: Focus, wants: Wants) -> Panes {
    let hour = match body.height {
        18.. => 3,
        9.. => 2,
        4.. => 1,
        _ => 0,
    };
    let rows = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX);
    // A rule and the owners above, the cut list below.
    let tasks = rows(wants.tasks).max(1).saturating_add(3);
    let promises = rows(wants.promises).max(1).saturating_add(2);
    let detail = rows(wants.detail).saturating_add(1);
    let left = body.height - hour;
    let (tasks, promises) = if left < 2 * LEAST + 4 {
        // No room for both: tab turns to the other.
        match focus {
            Focus::Tasks => (left, 0),
            Focus::Promises => (0, promises.min(left)),
        }
    } else {
        let (first, second) = match focus {
            Focus::Tasks => (tasks, promises),
            Focus::Promises => (promises, tasks),
        };
        let first = first.min(left - LEAST);
        let second = second.min(left - first);
        match focus {
            Focus::Tasks => (first, second),
            Focus::Promises => (second, first),
        }
    };
    let spare = left.saturating_sub(tasks).saturating_sub(promises);
    // A title alone says nothing.
    let detail = if spare < 2 { 0 } else { detail.min(spare) };
    // What nobody needs goes to the tasks, which are to grow.
    let blank = match spare.saturating_sub(detail) {
        blank if tasks > 0 && promises > 0 => blank.saturating_sub(1),
        _ => 0,
    };
    let mut y = body.y;
    let mut next = |height: u16| {
        let area = Rect { y, height, ..body };
        y = y.saturating_add(height);
        area
    };
    Panes {
        hour: next(hour),
        tasks: next(tasks + blank),
        promises: next(promises),
        detail: next(detail),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn panes_lie_in_their_body_one_below_the_other(
            width in 0_u16..200, height in 0_u16..70,
            tasks in 0_usize..90, promises in 0_usize..90, detail in 0_usize..20, first: bool,
        ) {
            let focus = if first { Focus::Tasks } else { Focus::Promises };
            let body = Rect { x: 0, y: 3, width, height };
            let all = panes(body, focus, Wants { tasks, promises, detail });
            let mut y = body.y;
            for pane in [all.hour, all.tasks, all.promises, all.detail] {
                prop_assert_eq!(pane.y, y);
                y += pane.height;
            }
            prop_assert!(y <= body.bottom());
            let focused = if first { all.tasks } else { all.promises };
            prop_assert!(height < 4 || focused.height >= 3.min(height - 1));
        }
    }
}
