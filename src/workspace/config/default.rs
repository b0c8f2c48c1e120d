//! The text of a `hackweek.toml` that changes nothing and explains everything.

/// A `hackweek.toml` with every key at its default. A key that has no value to show stands as an
/// example behind a `#` without a blank.
pub const DEFAULT: &str = r##"# hackweek.toml: what a team's weeks are like and what its debt is.
#
# Read from --config FILE, else from the data directory, else from the configuration directory.
# The first that is there counts, whole. Nothing is read from a scanned repository.
# `hackweek config set` and the palette (:) of the screens change one value of it.

[week]
# One timezone for the whole team, as in the IANA database. Without it: the machine's.
#timezone = "Europe/Berlin"

# The weekday of day 1. The days are the five working dates from there on.
first_day = "monday"

# The days that bring in the debt of the week.
hack_days = [1, 2]

# When the debt is due. "24:00" is the end of day 4, "18:00" an hour of it, "thu 18:00" an hour of a
# weekday whatever the holidays do.
deadline = "24:00"

# Dates on which nobody works: the days of the week behind them move on.
holidays = []
#holidays = [2026-12-24, 2026-12-25]

# Which time of a commit counts: "author", when it was written, or "committer", when it was made.
time = "author"

# Single days on other dates: the week, the number of the day, the date.
[week.moved]
#"2026-W47.5" = 2026-11-21

[standup]
# How many seconds each speaks, and how many minutes a standup lasts. One that runs keeps what it
# began with.
seconds = 90
minutes = 15

[plan]
# How many minutes planning lasts. It rings at the end and ten minutes before.
minutes = 60

# How many tasks one person can have in a week.
per_person = 3

[demo]
# How many seconds each has in the demo.
seconds = 180

[review]
# How many minutes each has in the review.
minutes = 15

[retro]
# How many votes each has in the retro.
votes = 5

[debt]
# Tags that declare debt.
tags = ["TODO", "FIXME", "XXX", "HACK"]

# Words that declare debt as "don't do this" does.
declared_phrases = []
#declared_phrases = ["delete me"]

# Words that make a comment suspected, besides the built-in ones.
phrases = []
#phrases = ["no idea why"]

# Paths that are left out, as globs from the root of the repository.
excludes = []
#excludes = ["third_party/**"]

# Whether stubs (todo!(), raise NotImplementedError) and skipped tests (#[ignore], it.skip) count.
stubs = false
skipped_tests = false

[git]
# The branches that are followed, as globs. None: what HEAD names.
branches = []
#branches = ["main", "hack/*"]

[report]
# Templates of your own in place of the built-in standup and summary, as paths from the folder of this
# file. The end of the name says in place of which format: .md for markdown, .html for html, any other
# for the page of text. "": none.
standup_template = ""
summary_template = ""
#summary_template = "summary.md"

[ui]
# Whether the screens take the mouse: wheel and click. Without it the terminal selects text.
mouse = true

# The signs that are drawn: "unicode", "ascii", or "auto", as the locale has it.
glyphs = "auto"

# Keys of the screens, in place of their own: `hackweek keys` lists the actions. [] takes them away.
# E in the key help (?) of the screens changes them here.
[keys]
#"debt.edit" = ["E", "ctrl-e"]
#"move.top" = ["g g"]
"##;
