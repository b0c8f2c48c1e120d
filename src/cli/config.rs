//! `hackweek config`: the settings in force, their file, and a file to start from.

use super::args::ConfigCommand;
use super::exit::{Failure, Verdict, say};
use super::output::Target;
use super::{Session, laid_out};
use crate::report::safe_text::Safe;
use crate::workspace;

/// Shows, names or begins the configuration.
pub(super) fn run(session: &Session, command: ConfigCommand) -> Result<Verdict, Failure> {
    session.needs_table("config")?;
    let options = session.options()?;
    if command == ConfigCommand::Init {
        if session.shared.output.is_some() {
            return Err(Failure::usage(
                "config init writes the configuration file, not --output",
                "name the file with --config FILE",
            ));
        }
        let configuration = workspace::configuration(&options)?;
        let path = &configuration.path;
        let target = Target::new(Some(path), session.shared.force)?;
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).map_err(|source| Failure::Output {
                path: path.clone(),
                source,
            })?;
        }
        target.write(configuration.template.as_bytes())?;
        say(&format!(
            "hackweek: wrote {}\n",
            Safe::new(&path.to_string_lossy())
        ));
        return Ok(Verdict::Fine);
    }
    let target = session.target()?;
    let configuration = workspace::configuration(&options)?;
    let bytes = laid_out(|out| match command {
        ConfigCommand::Path => {
            // A path is taken by programs: as it is, unless that could play with a terminal.
            writeln!(out, "{}", Safe::new(&configuration.path.to_string_lossy()))
        }
        ConfigCommand::Show | ConfigCommand::Init => {
            write!(out, "{}", Safe::lines(&configuration.effective))
        }
    })?;
    target.write(&bytes)?;
    if command == ConfigCommand::Path && !configuration.found {
        say("hackweek: there is no such file yet; `hackweek config init` writes one\n");
    }
    Ok(Verdict::Fine)
}
