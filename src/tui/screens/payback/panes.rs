//! Where the panes of the Payback screen are.

use ratatui::layout::Rect;

use crate::week::payback::CheckList;

/// The checklists, in the order of the method.
pub(super) const LISTS: [CheckList; 4] = [
    CheckList::Document,
    CheckList::Test,
    CheckList::Refactor,
    CheckList::Standard,
];

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The items that need a decision.
    #[default]
    Decide,
    /// A checklist, by its place in `LISTS`.
    List(usize),
    /// Half and half.
    Halves,
    /// Its commits, in place of the right side.
    Commits,
}

impl Focus {
    /// All that `tab` goes through.
    const RING: [Focus; 6] = [
        Focus::Decide,
        Focus::Halves,
        Focus::List(0),
        Focus::List(1),
        Focus::List(2),
        Focus::List(3),
    ];

    /// The next pane, or the one before.
    pub fn step(self, forward: bool) -> Self {
        let here = match self {
            Focus::Commits => Focus::Halves,
            other => other,
        };
        let at = Self::RING.iter().position(|focus| *focus == here);
        let by = if forward { 1 } else { Self::RING.len() - 1 };
        Self::RING[(at.unwrap_or(0) + by) % Self::RING.len()]
    }

    /// Whether it is of the left side.
    pub fn is_left(self) -> bool {
        matches!(self, Focus::List(_))
    }
}

/// How much there is to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Lines of each checklist.
    pub lists: [usize; 4],
    /// Repositories.
    pub repositories: usize,
}

/// Where things are. A pane that is not shown has no height; each has its rule in its first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panes {
    /// The gauge.
    pub gauge: Rect,
    /// The checklists.
    pub lists: [Rect; 4],
    /// The column between the sides, from its first row to the row after its last.
    pub divider: Option<(u16, u16, u16)>,
    /// What needs a decision, and more of the selected item.
    pub decide: Rect,
    /// Half and half.
    pub halves: Rect,
    /// By repository.
    pub repositories: Rect,
    /// The commits.
    pub commits: Rect,
}

/// From this width on both sides are shown.
const BOTH: u16 = 90;

/// The widest right side.
const WIDEST: u16 = 60;

/// Lays out `body`.
pub(super) fn panes(body: Rect, focus: Focus, counts: Counts) -> Panes {
    let gauge_rows = match body.height {
        20.. => 5,
        8.. => 3,
        4.. => 2,
        _ => 0,
    };
    let gauge = Rect {
        height: gauge_rows,
        ..body
    };
    let below = Rect {
        y: body.y + gauge_rows,
        height: body.height - gauge_rows,
        ..body
    };
    let nothing = Rect { height: 0, ..below };
    let (left, right, divider) = if body.width >= BOTH {
        let side = ((body.width - 3) / 2 + 1).min(WIDEST);
        let x = body.x + body.width - side;
        let left = Rect {
            width: body.width - side - 3,
            ..below
        };
        let right = Rect {
            x,
            width: side,
            ..below
        };
        (left, right, Some((x - 2, below.y, below.bottom())))
    } else if focus.is_left() {
        (below, nothing, None)
    } else {
        (nothing, below, None)
    };
    let of_lists = lists(left, focus, counts.lists);
    let (decide, halves, repositories, commits) = match focus {
        Focus::Commits => (nothing, nothing, nothing, right),
        _ => {
            let (decide, halves, repositories) = side(right, counts.repositories);
            (decide, halves, repositories, nothing)
        }
    };
    Panes {
        gauge,
        lists: of_lists,
        divider,
        decide,
        halves,
        repositories,
        commits,
    }
}

/// The lists one below the other: each has its rule and, where there is no room for all, as many
/// lines as the others; the focused one is the last to be cut.
fn lists(area: Rect, focus: Focus, lines: [usize; 4]) -> [Rect; 4] {
    // An empty list says that it is.
    let wanted = lines.map(|lines| lines.max(1));
    let mut given = [0_usize; 4];
    let mut left = usize::from(area.height).saturating_sub(4);
    let first = match focus {
        Focus::List(list) => Some(list),
        _ => None,
    };
    let order = first
        .into_iter()
        .chain((0..4).filter(|list| Some(*list) != first));
    let order: Vec<usize> = order.filter(|list| *list < 4).collect();
    while left > 0 && given != wanted {
        for list in &order {
            if left > 0 && given[*list] < wanted[*list] {
                given[*list] += 1;
                left -= 1;
            }
        }
    }
    let mut y = area.y;
    given.map(|rows| {
        let height = u16::try_from(rows + 1).unwrap_or(u16::MAX);
        let height = height.min(area.bottom().saturating_sub(y));
        let rect = Rect { y, height, ..area };
        y += height;
        rect
    })
}

/// What needs a decision above, half and half and the repositories below it.
fn side(area: Rect, repositories: usize) -> (Rect, Rect, Rect) {
    let wanted = u16::try_from(repositories.clamp(1, 4) + 1).unwrap_or(2);
    let (halves, repositories) = match area.height {
        15.. => (4, wanted),
        10.. => (4, 0),
        _ => (0, 0),
    };
    // A blank row sets the decisions apart, and another the foot.
    let blank = u16::from(area.height >= 18);
    let decide = Rect {
        height: area.height - halves - repositories - blank,
        ..area
    };
    let halves = Rect {
        y: decide.bottom(),
        height: halves,
        ..area
    };
    let repositories = Rect {
        y: halves.bottom(),
        height: repositories,
        ..area
    };
    (decide, halves, repositories)
}
