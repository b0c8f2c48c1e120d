//! A chart of bars by work hour, with a line of what was planned.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::tui::theme::Ink;
use crate::week::burndown::Point;

/// Columns of the scale at the left: a figure, a blank, the axis.
const SCALE: u16 = 5;

/// The figure at the top: the least of a round series that is not below `peak`, halves being whole.
pub fn top_of(peak: usize) -> usize {
    let mut unit = 1;
    loop {
        for step in [2, 4, 10] {
            if let Some(top) = Some(step * unit).filter(|top| *top >= peak.max(4)) {
                return top;
            }
        }
        if unit > usize::MAX / 100 {
            return peak;
        }
        unit *= 10;
    }
}

/// How many columns the bars of so many points take when at most `most` are there.
pub fn width_of(points: usize, most: u16) -> u16 {
    u16::try_from(points.saturating_mul(2))
        .unwrap_or(u16::MAX)
        .min(most.saturating_sub(SCALE))
}

/// Draws the chart into `area`, the last row of which names the days, and returns the column after
/// its bars. `names` has the name of each day's number.
pub fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    points: &[Point],
    names: &dyn Fn(u8) -> String,
    until: &str,
) -> u16 {
    let rows = area.height.saturating_sub(1);
    let columns = width_of(points.len(), area.width);
    let left = area.x + SCALE;
    if rows == 0 || columns == 0 {
        return left;
    }
    let planned = points.iter().filter_map(|point| point.plan);
    let planned = planned.fold(0.0_f64, f64::max).ceil();
    let peak = points
        .iter()
        .filter_map(|point| point.open)
        .max()
        .unwrap_or(0);
    // A plan begins at what was open, so it is as small a figure.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let top = top_of(peak.max(planned as usize));
    let half = rows / 2;
    for row in 0..rows {
        let (figure, sign) = match row {
            0 => (top.to_string(), canvas.glyphs().tick),
            row if row == half && rows >= 4 => ((top / 2).to_string(), canvas.glyphs().tick),
            row if row + 1 == rows => ("0".to_owned(), canvas.glyphs().tick),
            _ => (String::new(), canvas.glyphs().axis),
        };
        canvas.right(area.x + 3, area.y + row, 3, &figure, Ink::Dim);
        canvas.text(area.x + 4, area.y + row, 1, sign, Ink::Dim);
    }
    let point_at = |column: u16| {
        let at = usize::from(column) * points.len() / usize::from(columns);
        points.get(at)
    };
    let mut day = 0;
    let mut named_until = 0;
    for column in 0..columns {
        let Some(point) = point_at(column) else {
            continue;
        };
        let x = left + column;
        if point.day != day {
            day = point.day;
            let name = names(day);
            named_until = canvas.text(x, area.y + rows, columns - column, &name, Ink::Dim);
        }
        if let Some(open) = point.open {
            bar(
                canvas,
                Rect {
                    x,
                    width: 1,
                    height: rows,
                    ..area
                },
                open,
                top,
            );
        }
        // Every second column, so that it reads as a dotted line.
        if column % 2 == 0
            && let Some(plan) = plan_at(points, f64::from(column) / f64::from(columns))
        {
            dot(
                canvas,
                Rect {
                    x,
                    width: 1,
                    height: rows,
                    ..area
                },
                plan,
                point.open,
                top,
            );
        }
    }
    let wide = u16::try_from(until.len()).unwrap_or(u16::MAX);
    let x = left + columns;
    if !until.is_empty() && x.saturating_sub(wide) > named_until {
        canvas.text(x.saturating_sub(wide), area.y + rows, wide, until, Ink::Dim);
    }
    x
}

/// The plan at a share of the width, between the points that it has.
fn plan_at(points: &[Point], share: f64) -> Option<f64> {
    let at = share * points.len() as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let before = at.floor() as usize;
    let from = points.get(before)?.plan?;
    let to = points.get(before + 1).and_then(|point| point.plan);
    let to = to.unwrap_or(from);
    Some(from + (to - from) * at.fract())
}

/// Eighths of a cell that a figure takes: something is never drawn as nothing.
fn eighths(figure: usize, top: usize, rows: u16) -> usize {
    let all = usize::from(rows) * 8;
    let eighths = figure.saturating_mul(all).div_ceil(top.max(1));
    eighths.min(all)
}

fn bar(canvas: &mut Canvas<'_>, area: Rect, open: usize, top: usize) {
    let bars = canvas.glyphs().bars;
    let mut left = eighths(open, top, area.height);
    for row in (0..area.height).rev() {
        let part = left.min(8);
        if let Some(sign) = part.checked_sub(1).and_then(|at| bars.get(at)) {
            canvas.text(area.x, area.y + row, 1, sign, Ink::Plain);
        }
        left -= part;
    }
}

/// A dot of the plan, where no bar covers it.
fn dot(canvas: &mut Canvas<'_>, area: Rect, plan: f64, open: Option<usize>, top: usize) {
    let share = (plan / top.max(1) as f64).clamp(0.0, 1.0);
    let rows = f64::from(area.height);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let from_below = ((share * rows).ceil() as u16).clamp(1, area.height);
    let covered = open.map_or(0, |open| eighths(open, top, area.height).div_ceil(8));
    if usize::from(from_below) > covered {
        let sign = canvas.glyphs().dot;
        canvas.text(
            area.x,
            area.y + area.height - from_below,
            1,
            sign,
            Ink::Accent,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_round_and_its_half_whole() {
        for (peak, top) in [
            (0, 4),
            (3, 4),
            (5, 10),
            (18, 20),
            (21, 40),
            (41, 100),
            (399, 400),
        ] {
            assert_eq!(top_of(peak), top, "{peak}");
        }
        assert!(top_of(usize::MAX) > 0);
    }

    #[test]
    fn one_is_seen_and_all_is_full() {
        assert_eq!(eighths(0, 20, 5), 0);
        assert_eq!(eighths(1, 400, 5), 1);
        assert_eq!(eighths(20, 20, 5), 40);
        assert_eq!(eighths(10, 20, 5), 20);
    }
}
