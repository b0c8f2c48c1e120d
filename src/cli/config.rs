//! `hackweek config`: the settings in force, their file, and a file to start from.

use super::args::ConfigCommand;
use super::exit::{Failure, Verdict, say};
use super::output::Target;
use super::{Session, laid_out};
use crate::report::json;
use crate::report::safe_text::Safe;
use crate::report::schema::DOCUMENTS;
use crate::workspace;

/// Shows, names or begins the configuration.
pub(super) fn run(session: &Session, command: &ConfigCommand) -> Result<Verdict, Failure> {
    session.needs_table("config")?;
    let options = session.options()?;
    if let ConfigCommand::Schema { document } = command {
        return schema(session, document.as_deref());
    }
    if *command == ConfigCommand::Init {
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
        ConfigCommand::Show | ConfigCommand::Init | ConfigCommand::Schema { .. } => {
            write!(out, "{}", Safe::lines(&configuration.effective))
        }
    })?;
    target.write(&bytes)?;
    if *command == ConfigCommand::Path && !configuration.found {
        say("hackweek: there is no such file yet; `hackweek config init` writes one\n");
    }
    Ok(Verdict::Fine)
}

/// Prints the schema of a document, or which there are.
fn schema(session: &Session, name: Option<&str>) -> Result<Verdict, Failure> {
    let target = session.target()?;
    let asked = DOCUMENTS.iter().find(|it| Some(it.name) == name);
    let bytes = laid_out(|out| match asked {
        Some(document) => json::write(&document.json_schema(), out),
        None => DOCUMENTS.iter().try_for_each(|it| {
            writeln!(
                out,
                "{:<10} {:<22} {} --format json",
                it.name, it.schema, it.command
            )
        }),
    })?;
    target.write(&bytes)?;
    Ok(Verdict::Fine)
}
