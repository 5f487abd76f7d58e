//! Names for files that Windows, macOS, Linux and Obsidian all take.

use std::collections::BTreeSet;

use throughline_core::people::fold;

/// Octets of a name without its extension: far from the 255 of most file systems, the 143 of encrypted ones, and the
/// 260 characters a whole path may have on Windows.
const LONGEST: usize = 110;

/// The text as the name of a file, without an extension; empty where nothing of it can be.
///
/// Out go what Windows and Obsidian's links forbid, what cannot be seen and could disguise a name, and dots and spaces
/// at the ends.
pub(super) fn sound(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '/' | '\\' | ':' | '|' => name.push('-'),
            '<' | '>' | '"' | '?' | '*' | '#' | '^' | '[' | ']' => name.push(' '),
            c if c.is_control() || c.is_whitespace() => name.push(' '),
            // Marks of direction, and what is no character at all; the joiners of emoji and Persian stay.
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            '\u{fff0}'..='\u{ffff}' => {}
            c => name.push(c),
        }
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = shorten(trim(&name), LONGEST);
    if is_reserved(name) { format!("_{name}") } else { name.to_owned() }
}

fn trim(name: &str) -> &str {
    // A leading dot hides a file, a leading hyphen reads as an option, and Windows drops dots and spaces at the end.
    name.trim_start_matches(['.', ' ', '-']).trim_end_matches(['.', ' '])
}

fn shorten(name: &str, longest: usize) -> &str {
    if name.len() <= longest {
        return name;
    }
    let cut = &name[..name.floor_char_boundary(longest)];
    // At a word's end, where that costs little.
    let cut = cut.rfind(' ').filter(|at| *at > longest * 2 / 3).map_or(cut, |at| &cut[..at]);
    trim(cut.trim_end_matches('\u{200d}'))
}

/// Names of devices on Windows, whatever the extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        stem => stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).is_some_and(|number| {
            let mut digits = number.chars();
            matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        }),
    }
}

/// Names given so far, so that no two files are one on a disk that knows no case and no composed letters.
#[derive(Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// The path `folder/name.md`, with a number after the name where it is taken.
    pub(super) fn path(&mut self, folder: &str, name: &str) -> String {
        let mut path = format!("{folder}/{name}");
        let mut number = 2;
        // Folding tells fewer names apart than any file system does.
        while !self.0.insert(fold(&path.to_uppercase())) {
            path = format!("{folder}/{name} ({number})");
            number += 1;
        }
        path.push_str(".md");
        path
    }
}
