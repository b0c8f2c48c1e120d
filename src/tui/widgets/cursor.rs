//! A cursor on a list: it stays at its thing, wherever that goes.

use super::window;

/// A cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The key of the thing it is at.
    pub held: Option<String>,
    /// Its row.
    pub row: usize,
    /// The first row in view.
    pub offset: usize,
}

impl Cursor {
    /// Finds the thing again in a list that may be another one; where it is gone, what is now in its
    /// place. `height` is how many rows are in view.
    pub fn settle(&mut self, keys: &[String], height: usize) {
        let held = self.held.as_ref();
        let found = held.and_then(|held| keys.iter().position(|key| key == held));
        let row = found.unwrap_or(self.row);
        self.put(row, keys, height);
    }

    /// Goes to a row.
    pub fn put(&mut self, row: usize, keys: &[String], height: usize) {
        self.row = row.min(keys.len().saturating_sub(1));
        self.held = keys.get(self.row).cloned();
        self.offset = window::offset(self.offset, self.row, keys.len(), height);
    }

    /// Moves by so many rows.
    pub fn go(&mut self, by: i64, keys: &[String], height: usize) {
        self.put(window::moved(self.row, by, keys.len()), keys, height);
    }

    /// Takes a thing that is not in the list yet: once it is, the cursor is at it.
    pub fn hold(&mut self, key: &str) {
        self.held = Some(key.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn it_stays_at_its_thing_and_in_the_list() {
        let mut cursor = Cursor::default();
        cursor.settle(&keys(&["a", "b", "c"]), 2);
        cursor.go(1, &keys(&["a", "b", "c"]), 2);
        assert_eq!((cursor.row, cursor.held.as_deref()), (1, Some("b")));
        cursor.settle(&keys(&["b", "a", "c"]), 2);
        assert_eq!(cursor.row, 0);
        // Gone: what has moved up into its place.
        cursor.settle(&keys(&["a", "c"]), 2);
        assert_eq!((cursor.row, cursor.held.as_deref()), (0, Some("a")));
        cursor.settle(&[], 2);
        assert_eq!((cursor.row, cursor.held.as_deref()), (0, None));
    }

    #[test]
    fn what_is_waited_for_is_found_when_it_comes() {
        let mut cursor = Cursor::default();
        cursor.hold("z");
        cursor.settle(&keys(&["a", "z"]), 5);
        assert_eq!(cursor.row, 1);
    }
}
