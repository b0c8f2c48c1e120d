//! Which rows of a list are in view.

/// Rows that stay in view before and after the selected one, where there are any.
const MARGIN: usize = 2;

/// The first row in view, given the one before, so that `selected` is in view and no room is lost at
/// the end.
pub fn offset(before: usize, selected: usize, rows: usize, height: usize) -> usize {
    let most = rows.saturating_sub(height);
    let margin = MARGIN.min(height.saturating_sub(1) / 2);
    let least = (selected + margin + 1).saturating_sub(height);
    let first = before.max(least).min(selected.saturating_sub(margin));
    first.min(most)
}

/// Moves a selection by so many rows, and stays in the list.
pub fn moved(selected: usize, by: i64, rows: usize) -> usize {
    let last = rows.saturating_sub(1) as i64;
    let to = (selected as i64).saturating_add(by).clamp(0, last.max(0));
    usize::try_from(to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_window_moves_only_when_it_must() {
        assert_eq!(offset(0, 5, 100, 10), 0);
        assert_eq!(offset(0, 8, 100, 10), 1);
        assert_eq!(offset(20, 25, 100, 10), 20);
        assert_eq!(offset(20, 21, 100, 10), 19);
        assert_eq!(offset(95, 99, 100, 10), 90);
        assert_eq!(offset(5, 2, 3, 10), 0);
    }

    proptest! {
        #[test]
        fn the_selected_row_is_in_view(
            before in 0_usize..200, selected in 0_usize..100, rows in 1_usize..100, height in 1_usize..40,
        ) {
            let selected = selected.min(rows - 1);
            let first = offset(before, selected, rows, height);
            prop_assert!(first <= selected && selected < first + height);
        }

        #[test]
        fn a_selection_stays_in_its_list(selected in 0_usize..50, by: i64, rows in 0_usize..50) {
            prop_assert!(moved(selected, by, rows) <= rows.saturating_sub(1));
        }
    }
}
