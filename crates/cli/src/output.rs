//! What goes out: results on standard output, for eyes or as JSON; failures and progress on standard error.

use std::io::{self, Write};

use anstream::AutoStream;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};
use throughline_app::Failure;

use crate::failure::Stop;
use crate::render::{Look, Show, to_text};
use crate::text::{clean, clean_lines, steers};

/// Where a run prints, and how.
#[derive(Debug, Clone)]
pub struct Output {
    pub json: bool,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    pub look: Look,
}

impl Output {
    /// A shape: as it looks, or as it is.
    pub fn print<T: Show + Serialize>(&self, shape: &T) -> Result<(), Stop> {
        if self.json { self.print_json(shape) } else { self.write(&to_text(shape, &self.look)) }
    }

    /// A shape as it is.
    pub fn print_json(&self, shape: &impl Serialize) -> Result<(), Stop> {
        self.write(&to_json(shape)?)
    }

    /// Text a person or a program wants as it is. Only a terminal is spared what would steer it.
    pub fn print_raw(&self, text: &str) -> Result<(), Stop> {
        if self.terminal {
            let text = clean_lines(text);
            let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            self.write(&format!("{text}{end}"))
        } else {
            self.write(text)
        }
    }

    /// What a person is to know while the command waits. A program that reads the result is told on standard error.
    pub fn say(&self, text: &str) -> Result<(), Stop> {
        let text = format!("{text}\n");
        if self.json { write(io::stderr(), &text) } else { self.write(&text) }
    }

    /// What a person is to know beside a result that goes elsewhere; nothing where there is nothing to say.
    pub fn warn(&self, text: &str) -> Result<(), Stop> {
        if text.is_empty() { Ok(()) } else { write(io::stderr(), &clean_lines(text)) }
    }

    fn write(&self, text: &str) -> Result<(), Stop> {
        // An old console gets its colours by calls: what the page holds as escapes is made into these.
        if self.look.color { write(AutoStream::always(io::stdout()), text) } else { write(io::stdout(), text) }
    }
}

/// The shape of a failure.
#[derive(Serialize)]
struct Failed<'f> {
    error: &'f Failure,
}

/// A failure as one sentence and a hint, or as JSON.
pub fn print_failure(failure: &Failure, json: bool, color: bool) -> Result<(), Stop> {
    let text = if json {
        to_json(&Failed { error: failure })?
    } else {
        let (strong, quiet) = if color {
            (anstyle::Style::new().bold(), anstyle::Style::new().dimmed())
        } else {
            (anstyle::Style::new(), anstyle::Style::new())
        };
        let mut text = format!("{strong}error:{strong:#} {}\n", clean(&failure.message));
        if let Some(hint) = &failure.hint {
            text.push_str(&format!("{quiet}hint: {}{quiet:#}\n", clean(hint)));
        }
        text
    };
    if color { write(AutoStream::always(io::stderr()), &text) } else { write(io::stderr(), &text) }
}

fn write(mut out: impl Write, text: &str) -> Result<(), Stop> {
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// One line of JSON.
pub fn to_json(shape: &impl Serialize) -> Result<String, Stop> {
    let mut line = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut line, Harmless(CompactFormatter));
    shape.serialize(&mut serializer).map_err(io::Error::from)?;
    line.push(b'\n');
    String::from_utf8(line).map_err(|error| io::Error::other(error).into())
}

/// JSON with what would steer a terminal escaped; what a program reads is the same.
struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(steers) {
            let (harmless, tail) = rest.split_at(at);
            self.0.write_string_fragment(writer, harmless)?;
            let mut chars = tail.chars();
            for c in chars.by_ref().take(1) {
                write!(writer, "\\u{:04x}", u32::from(c))?;
            }
            rest = chars.as_str();
        }
        self.0.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_one_line_that_cannot_steer_a_terminal_and_reads_back_the_same() {
        let shape = json!({ "title": "\u{1b}[31m \u{9b}2J \u{202e}x\u{7f} é\n", "none": null });
        let line = to_json(&shape).unwrap();
        assert_eq!(line, "{\"none\":null,\"title\":\"\\u001b[31m \\u009b2J \\u202ex\\u007f é\\n\"}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), shape);
    }
}
