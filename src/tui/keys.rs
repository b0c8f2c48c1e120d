//! The table of keys as text, for `hackweek keys` and for documentation.

use super::actions::{Place, Row, rows};
use super::key::Keys;
use super::keymap::Keymap;
use super::screens::Screen;

fn keys_of(map: &Keymap, row: &Row) -> String {
    let keys: Vec<String> = map
        .keys_of(row.action)
        .iter()
        .map(Keys::to_string)
        .collect();
    keys.join(" ")
}

/// The places, each with its groups of rows, in the table's order.
fn places() -> Vec<(&'static str, Vec<&'static Row>)> {
    let of = |place: Place| rows().filter(|row| row.action.place() == place).collect();
    let mut places = vec![("On every screen", of(Place::Everywhere))];
    for screen in Screen::ALL {
        places.push((screen.name(), of(Place::On(*screen))));
    }
    places
}

/// The table as plain text.
pub fn table(map: &Keymap) -> String {
    let mut text = String::new();
    for (place, rows) in places() {
        text.push_str(&format!("{place}\n"));
        for row in rows {
            let line = format!("  {:<14} {:<22} {}", keys_of(map, row), row.name, row.says);
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    text.push_str(
        "E in the key help (?) sets others, and so does [keys] in hackweek.toml: \"debt.edit\" = [\"E\"]\n",
    );
    text
}

/// The table as Markdown.
pub fn markdown(map: &Keymap) -> String {
    let mut text = String::from("# Keys\n");
    for (place, rows) in places() {
        text.push_str(&format!(
            "\n## {place}\n\n| Keys | Does | Name |\n|---|---|---|\n"
        ));
        for row in rows {
            let keys: Vec<String> = map
                .keys_of(row.action)
                .iter()
                .map(|keys| format!("`{}`", keys.to_string().replace('|', "\\|")))
                .collect();
            text.push_str(&format!(
                "| {} | {} | `{}` |\n",
                keys.join(" "),
                row.says,
                row.name
            ));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_action_is_in_both() {
        let map = Keymap::new(&[]).unwrap();
        for row in rows() {
            assert!(table(&map).contains(row.name), "{}", row.name);
            assert!(
                markdown(&map).contains(&format!("`{}`", row.name)),
                "{}",
                row.name
            );
        }
    }
}
