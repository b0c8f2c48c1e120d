//! The commands of the help in groups, in the order in which a week needs them.

use clap::Command;
use clap::builder::StyledStr;

use super::args::STYLES;

/// What a group is for, and its commands.
const GROUPS: [(&str, &[&str]); 5] = [
    ("The debt", &["debt", "scan", "rebuild"]),
    ("Every day", &["week", "standup", "note", "undo", "redo"]),
    (
        "Day 1, and the way there",
        &["task", "promise", "team", "roadmap"],
    ),
    (
        "Days 2 to 5",
        &["show", "review", "check", "retro", "summary"],
    ),
    (
        "hackweek itself",
        &[
            "demo",
            "doctor",
            "config",
            "keys",
            "completions",
            "man",
            "help",
        ],
    ),
];

/// Gives a command the help in which its commands stand in groups. One that is in no group stands
/// at the end.
pub(super) fn grouped(command: Command) -> Command {
    let mut groups: Vec<(&str, Vec<&str>)> = (GROUPS.iter())
        .map(|(title, names)| (*title, names.to_vec()))
        .collect();
    let known = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let others = command.get_subcommands().map(Command::get_name);
    let others: Vec<String> = others
        .filter(|name| !known(name))
        .map(str::to_owned)
        .collect();
    if !others.is_empty() {
        groups.push(("More", others.iter().map(String::as_str).collect()));
    }
    let mut text = StyledStr::new();
    let mut write = |piece: String| {
        // A string that is written to never fails.
        let _ = std::fmt::Write::write_str(&mut text, &piece);
    };
    let (head, name) = (STYLES.get_header(), STYLES.get_literal());
    write("{about-with-newline}\n{usage-heading} {usage}\n".to_owned());
    for (title, names) in groups {
        write(format!("\n{head}{title}:{head:#}\n"));
        for command in names
            .iter()
            .filter_map(|name| command.find_subcommand(name))
        {
            let about = command.get_about().map(ToString::to_string);
            let about = about.unwrap_or_default();
            write(format!(
                "  {name}{:<12}{name:#} {about}\n",
                command.get_name()
            ));
        }
    }
    write(format!(
        "\n{head}Options:{head:#}\n{{options}}{{after-help}}"
    ));
    command.help_template(text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    #[test]
    fn every_command_is_in_one_group() {
        let command = Cli::command();
        let mut names: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        names.retain(|name| *name != "help");
        names.sort_unstable();
        let mut known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        known.sort_unstable();
        assert_eq!(names, known);
    }
}
