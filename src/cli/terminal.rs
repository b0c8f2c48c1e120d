//! What the terminal can show: colour, width, signs. Decided once, from values handed in.

use super::args::Colour;

/// Columns where no terminal says how many it has.
const COLUMNS: usize = 80;

/// What the result may be drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// Whether to colour.
    pub(crate) colour: bool,
    /// Cells in a row.
    pub(crate) width: usize,
    /// Whether to draw with ASCII signs alone.
    pub(crate) ascii: bool,
}

impl Terminal {
    /// Decides from `--color`, from where the result goes, and from the environment, which is asked
    /// through `variable`.
    ///
    /// A flag goes before NO_COLOR, NO_COLOR before CLICOLOR_FORCE, that before TERM and the rest.
    /// <https://no-color.org>, <https://bixense.com/clicolors>
    pub(crate) fn decide(
        choice: Colour,
        to_terminal: bool,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let colour = match choice {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if set("NO_COLOR").is_some() => false,
            Colour::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            Colour::Auto => {
                to_terminal
                    && set("TERM").is_none_or(|term| term != "dumb")
                    && set("CLICOLOR").is_none_or(|value| value != "0")
            }
        };
        let width = set("COLUMNS").and_then(|columns| columns.parse().ok());
        let width = width
            .filter(|columns| (1..=10_000).contains(columns))
            .unwrap_or(COLUMNS);
        Self {
            colour,
            width,
            ascii: wants_ascii(&set),
        }
    }
}

/// Whether the locale cannot be trusted with signs that are not ASCII: it is not UTF-8, or its
/// fonts draw lines and blocks two cells wide, as those of Chinese, Japanese and Korean may.
fn wants_ascii(set: &dyn Fn(&str) -> Option<String>) -> bool {
    if cfg!(windows) {
        return false;
    }
    let locale = set("LC_ALL")
        .or_else(|| set("LC_CTYPE"))
        .or_else(|| set("LANG"));
    let locale = locale.unwrap_or_default().to_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    let wide = ["zh", "ja", "ko"]
        .iter()
        .any(|language| locale.starts_with(language));
    !utf8 || wide
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(choice: Colour, to_terminal: bool, variables: &[(&str, &str)]) -> Terminal {
        Terminal::decide(choice, to_terminal, &|name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colour_follows_flag_then_environment_then_terminal() {
        use Colour::{Always, Auto, Never};
        for (choice, to_terminal, variables, colour) in [
            (Auto, true, &[("TERM", "xterm")][..], true),
            (Auto, false, &[("TERM", "xterm")], false),
            (Auto, true, &[], true),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[("NO_COLOR", "1")], false),
            (Auto, true, &[("NO_COLOR", "")], true),
            (Auto, true, &[("CLICOLOR", "0")], false),
            (Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (
                Auto,
                false,
                &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
                false,
            ),
            (Always, false, &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
            (Never, true, &[("CLICOLOR_FORCE", "1")], false),
        ] {
            let decided = decide(choice, to_terminal, variables);
            assert_eq!(
                decided.colour, colour,
                "{choice:?} {to_terminal} {variables:?}"
            );
        }
    }

    #[test]
    fn width_is_what_columns_says_or_eighty() {
        assert_eq!(decide(Colour::Auto, false, &[]).width, 80);
        assert_eq!(
            decide(Colour::Auto, false, &[("COLUMNS", "120")]).width,
            120
        );
        assert_eq!(
            decide(Colour::Auto, false, &[("COLUMNS", "wide")]).width,
            80
        );
        assert_eq!(decide(Colour::Auto, false, &[("COLUMNS", "0")]).width, 80);
    }

    #[cfg(unix)]
    #[test]
    fn ascii_where_the_locale_is_not_utf8_or_draws_wide() {
        for (variables, ascii) in [
            (&[("LANG", "de_DE.UTF-8")][..], false),
            (&[("LANG", "C.utf8")], false),
            (&[], true),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], true),
            (&[("LANG", "ja_JP.UTF-8")], true),
            (
                &[("LANG", "ja_JP.UTF-8"), ("LC_CTYPE", "en_GB.UTF-8")],
                false,
            ),
        ] {
            assert_eq!(
                decide(Colour::Auto, true, variables).ascii,
                ascii,
                "{variables:?}"
            );
        }
    }
}
