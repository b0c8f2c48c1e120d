//! `hackweek doctor`: is the installation sound, and does the ledger agree with git.

use super::args;
use super::exit::{Failure, Verdict};
use super::progress::ScanBar;
use super::signals::Signals;
use super::{Session, laid_out};
use crate::report::safe_text::Safe;
use crate::workspace::{self, CheckState, Verification, Workspace};

/// How many commits are compared unless asked otherwise.
const SAMPLES: u32 = 20;

/// Checks, and with `--verify` verifies.
pub(super) fn run(session: &Session, args: &args::Doctor) -> Result<Verdict, Failure> {
    session.needs_table("doctor")?;
    let target = session.target()?;
    if args.verify {
        let signals = Signals::watch()?;
        let mut workspace = Workspace::open(session.options()?)?;
        let bar = ScanBar::new(session.terminal.ascii);
        let verified = workspace.verify(
            args.samples.unwrap_or(SAMPLES),
            args.seed.unwrap_or(0),
            &|progress| bar.update(progress),
            signals.cancel(),
        );
        drop(bar);
        signals.check()?;
        return verdict_of(&verified?, session, &target);
    }
    let options = session.options()?;
    let checks = workspace::examine(&options);
    let bytes = laid_out(|out| {
        let terminal = session.terminal;
        let colour = if terminal.colour {
            "colour"
        } else {
            "no colour"
        };
        let signs = if terminal.ascii { "ASCII" } else { "Unicode" };
        line(
            out,
            session,
            CheckState::Good,
            "hackweek",
            env!("CARGO_PKG_VERSION"),
            None,
        )?;
        let found = format!("{} columns, {colour}, {signs} signs", terminal.width);
        line(out, session, CheckState::Good, "terminal", &found, None)?;
        checks.iter().try_for_each(|check| {
            line(
                out,
                session,
                check.state,
                &check.what,
                &check.found,
                check.hint.as_deref(),
            )
        })
    })?;
    target.write(&bytes)?;
    let bad = checks.iter().any(|check| check.state == CheckState::Bad);
    Ok(if bad { Verdict::Partial } else { Verdict::Fine })
}

fn verdict_of(
    verification: &Verification,
    session: &Session,
    target: &super::output::Target,
) -> Result<Verdict, Failure> {
    let bytes = laid_out(|out| {
        for repository in &verification.repositories {
            let agrees = repository.mismatches.is_empty();
            let state = if agrees {
                CheckState::Good
            } else {
                CheckState::Bad
            };
            let found = match repository.mismatches.len() {
                0 => "the ledger agrees with git".to_owned(),
                1 => "1 mismatch".to_owned(),
                several => format!("{several} mismatches"),
            };
            line(out, session, state, &repository.name, &found, None)?;
            for (figure, meaning) in &repository.figures {
                writeln!(out, "   {figure:>9}  {}", Safe::new(meaning))?;
            }
            for mismatch in &repository.mismatches {
                writeln!(out, "     {}", Safe::new(mismatch))?;
            }
        }
        Ok(())
    })?;
    target.write(&bytes)?;
    let agree = verification
        .repositories
        .iter()
        .all(|one| one.mismatches.is_empty());
    Ok(if agree { Verdict::Fine } else { Verdict::Found })
}

/// ` ✓ data       /home/ann/.local/share/hackweek`, its hint below it.
fn line(
    out: &mut dyn std::io::Write,
    session: &Session,
    state: CheckState,
    what: &str,
    found: &str,
    hint: Option<&str>,
) -> std::io::Result<()> {
    let (sign, plain, sgr) = match state {
        CheckState::Good => ("✓", "x", "32"),
        CheckState::Warn => ("!", "!", "33"),
        CheckState::Bad => ("✗", "!", "31"),
    };
    let sign = if session.terminal.ascii { plain } else { sign };
    let sign = match session.terminal.colour {
        true => format!("\x1b[{sgr}m{sign}\x1b[0m"),
        false => sign.to_owned(),
    };
    writeln!(
        out,
        " {sign} {:<12} {}",
        Safe::new(what).as_str(),
        Safe::new(found)
    )?;
    match hint {
        Some(hint) => writeln!(out, "   {:<12} hint: {}", "", Safe::new(hint)),
        None => Ok(()),
    }
}
