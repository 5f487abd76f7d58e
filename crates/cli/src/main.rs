//! The `throughline` command: what was typed goes to a function of `throughline_app`, what comes back is printed, for
//! eyes or as JSON.

mod args;
mod dispatch;
mod edge;
mod failure;
mod input;
mod man;
mod output;
mod progress;
mod render;
mod session;
mod text;
mod words;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::process::ExitCode;

use clap::error::ErrorKind as Refusal;
use clap::{CommandFactory, FromArgMatches};
use throughline_app::Failure;

use args::{Cli, options_first};
use edge::{Edge, asked_for};
use failure::Stop;
use session::Session;

/// Done, failed, wrong usage.
const FAILED: u8 = 1;
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let line: Vec<OsString> = options_first(std::env::args_os().collect());
    let edge = Edge::read();
    let no_color = asked_for("--no-color", &line);
    let color = if no_color { clap::ColorChoice::Never } else { clap::ColorChoice::Auto };
    let read =
        Cli::command().color(color).try_get_matches_from(&line).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match read {
        Ok(cli) => cli,
        Err(error) => return refused(&error, asked_for("--json", &line), edge.error_color && !no_color),
    };
    let json = cli.global.json;
    match run(cli, &edge) {
        Ok(code) => code,
        Err(stop) => ended(&stop, json, edge.error_color && !no_color),
    }
}

fn run(cli: Cli, edge: &Edge) -> Result<ExitCode, Stop> {
    let mut session = Session::new(&cli.global, edge);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let done = dispatch::run(cli.command, &mut session).await;
        session.close().await;
        done
    })
}

/// Help and version were asked for; all else was wrong usage.
fn refused(error: &clap::Error, json: bool, color: bool) -> ExitCode {
    match error.kind() {
        Refusal::DisplayHelp | Refusal::DisplayVersion => {
            // Whoever closed the pipe has read enough.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        Refusal::DisplayHelpOnMissingArgumentOrSubcommand if !json => {
            let _ = error.print();
            ExitCode::from(USAGE)
        }
        _ => ended(&failure::usage(error).into(), json, color),
    }
}

fn ended(stop: &Stop, json: bool, color: bool) -> ExitCode {
    let failure = match stop {
        Stop::Failure(failure) => failure.clone(),
        // `throughline actions | head` is no failure.
        Stop::Output(error) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Stop::Output(error) => Failure::new("output_failed", format!("The result could not be written: {error}.")),
    };
    let code = ExitCode::from(if failure.usage { USAGE } else { FAILED });
    // Where even standard error is gone, the exit code still tells.
    let _ = output::print_failure(&failure, json, color);
    code
}
