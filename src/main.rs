//! The `hackweek` binary: hands the arguments to `cli` and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hackweek::cli::main(std::env::args_os())
}
