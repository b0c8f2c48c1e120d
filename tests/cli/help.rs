//! The help as it is read at 80 columns.

fn rendered(path: &[&str]) -> String {
    let mut command = hackweek::cli::command()
        .term_width(80)
        .disable_version_flag(true);
    command.build();
    let mut found = &mut command;
    for name in path {
        found = found.find_subcommand_mut(name).unwrap();
    }
    found.clone().term_width(80).render_help().to_string()
}

#[test]
fn help_of_hackweek() {
    insta::assert_snapshot!(rendered(&[]));
}

#[test]
fn help_of_debt() {
    insta::assert_snapshot!(rendered(&["debt"]));
}

#[test]
fn no_help_is_wider_than_eighty_columns() {
    for path in [
        &[][..],
        &["debt"],
        &["scan"],
        &["rebuild"],
        &["doctor"],
        &["demo"],
        &["week"],
        &["week", "goal"],
        &["standup"],
        &["standup", "block"],
        &["task"],
        &["promise"],
        &["promise", "edit"],
        &["note"],
        &["team"],
        &["roadmap"],
        &["roadmap", "add"],
        &["show"],
        &["show", "seen"],
        &["review"],
        &["review", "add"],
        &["check"],
        &["check", "add"],
        &["retro"],
        &["retro", "action"],
        &["retro", "action", "add"],
        &["config"],
        &["config", "set"],
        &["man"],
    ] {
        for line in rendered(path).lines() {
            assert!(line.chars().count() <= 80, "{path:?}: {line}");
        }
    }
}
