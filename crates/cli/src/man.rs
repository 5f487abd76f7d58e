//! The man page: one for the whole command, with every subcommand's synopsis and options.

use std::io::{self, Write};

use clap::{Arg, Command};
use clap_mangen::Man;

/// The page in roff, from the definition of the command.
pub fn page(mut command: Command) -> io::Result<Vec<u8>> {
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    subcommands(&command, &mut page)?;
    man.render_extra_section(&mut page)?;
    writeln!(page, ".SH ENVIRONMENT")?;
    for (name, what) in [("THROUGHLINE_VAULT", "The vault's folder."), ("NO_COLOR", "No colours, whatever its value.")]
    {
        writeln!(page, ".TP\n\\fB{name}\\fR\n{}", escape(what))?;
    }
    writeln!(page, ".SH EXIT STATUS\n0 done; 1 failed; 2 wrong usage.")?;
    Ok(page)
}

fn subcommands(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        if sub.has_subcommands() {
            subcommands(sub, page)?;
        }
        if !sub.is_subcommand_required_set() {
            leaf(sub, page)?;
        }
    }
    Ok(())
}

fn leaf(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace(" [OPTIONS]", "");
    writeln!(page, ".SS \"{}\"", escape(&usage).replace('"', "\\(dq"))?;
    if let Some(about) = command.get_about() {
        writeln!(page, "{}.", escape(&about.to_string()))?;
    }
    let own =
        |arg: &&Arg| !arg.is_global_set() && !arg.is_hide_set() && arg.get_id() != "help" && arg.get_help().is_some();
    for arg in command.get_arguments().filter(own) {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(page, ".TP\n\\fB{}\\fR\n{}", escape(&arg.to_string()), escape(&help))?;
    }
    Ok(())
}

/// Text as roff takes it: `\`, `-`, and a line's first `.` and `'` mean something there.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_is_on_the_page() {
        let page = String::from_utf8(page(crate::args::Cli::command()).unwrap()).unwrap();
        for words in
            ["throughline meeting attendee add", "throughline today", "throughline queue", "\\-\\-accept\\-deletions"]
        {
            assert!(page.contains(words), "{words} is missing");
        }
        assert!(!page.contains("\\-\\-large"), "what is hidden stays so");
    }
}
