//! Where the panes of the Debt screen are.

use ratatui::layout::Rect;

/// The pane that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The items.
    #[default]
    List,
    /// The code around the selected one.
    Code,
}

/// Where things are. A pane that is not shown has no height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panes {
    /// The items.
    pub list: Rect,
    /// The column between the list and the code.
    pub divider: Option<u16>,
    /// The code.
    pub code: Rect,
    /// The life of the selected item.
    pub life: Rect,
    /// The chart, its rule first.
    pub chart: Rect,
}

/// The narrowest list and the narrowest code that stand side by side.
const LEAST: (u16, u16) = (40, 24);

/// Lays out `body`. `wider` is by how many columns the user made the code wider; `events` is how many
/// rows the life of the selected item would take; `charted` is whether there is anything to chart.
pub fn panes(body: Rect, focus: Focus, wider: i16, events: usize, charted: bool) -> Panes {
    // Blank rows keep the chart away from what is below.
    let (chart_rows, blank) = match body.height {
        24.. if charted => (7, 2),
        17.. if charted => (5, 0),
        24.. => (2, 1),
        9.. => (2, 0),
        _ => (0, 0),
    };
    let above = body.height - chart_rows - blank;
    let chart = Rect {
        y: body.y + above,
        height: chart_rows,
        ..body
    };
    let upper = Rect {
        height: above,
        ..body
    };
    let nothing = Rect { height: 0, ..upper };
    if body.width >= 100 {
        let most = body.width - 3 - LEAST.0;
        let wished = (40 + (body.width - 100))
            .min(60)
            .saturating_add_signed(wider);
        let side = wished.clamp(LEAST.1, most);
        let divider = body.x + body.width - side - 2;
        let list = Rect {
            width: body.width - side - 3,
            ..upper
        };
        let side = Rect {
            x: divider + 2,
            width: side,
            ..upper
        };
        let (code, life) = split(side, events);
        return Panes {
            list,
            divider: Some(divider),
            code,
            life,
            chart,
        };
    }
    if above >= 24 {
        let (list, side) = (above / 2, above - above / 2);
        let list = Rect {
            height: list,
            ..upper
        };
        let side = Rect {
            y: upper.y + list.height,
            height: side,
            ..upper
        };
        let (code, life) = split(side, events);
        return Panes {
            list,
            divider: None,
            code,
            life,
            chart,
        };
    }
    match focus {
        Focus::List => Panes {
            list: upper,
            divider: None,
            code: nothing,
            life: nothing,
            chart,
        },
        Focus::Code => {
            let (code, life) = split(upper, events);
            Panes {
                list: nothing,
                divider: None,
                code,
                life,
                chart,
            }
        }
    }
}

/// Code above, life below: as many rows as it has events, but no more than two fifths.
fn split(side: Rect, events: usize) -> (Rect, Rect) {
    let most = side.height * 2 / 5;
    let rows = u16::try_from(events.saturating_add(1))
        .unwrap_or(u16::MAX)
        .min(most);
    let life = if rows < 2 { 0 } else { rows };
    let code = Rect {
        height: side.height - life,
        ..side
    };
    let life = Rect {
        y: side.y + code.height,
        height: life,
        ..side
    };
    (code, life)
}
