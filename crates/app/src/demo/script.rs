//! The notes as they stand in `content/`: blocks headed `=== WHAT [K] PART`, with `%` lines on the meeting.
//!
//! WHAT is the key of a series (then K counts its occurrences from today, see [`super::schedule::Planned::at`]), of a
//! single meeting, `adhoc:KEY`, or `person:HANDLE`. PART is `prep`, `notes` or `private`.

use throughline_core::model::{MyRole, NotePart};

/// What a block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Series(&'static str, i32),
    Single(&'static str),
    AdHoc(&'static str),
    Person(&'static str),
}

/// One block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) target: Target,
    pub(super) part: NotePart,
    pub(super) purpose: Option<&'static str>,
    pub(super) role: Option<MyRole>,
    /// Handles of those invited who were not there.
    pub(super) absent: Vec<&'static str>,
    pub(super) text: String,
}

/// The blocks of one file of content; a block whose head cannot be read is left out.
pub(super) fn parse(content: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Option<Block>> = Vec::new();
    for line in content.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            blocks.push(parse_head(head));
            continue;
        }
        let Some(Some(block)) = blocks.last_mut() else { continue };
        if let Some(purpose) = line.strip_prefix("%purpose ") {
            block.purpose = Some(purpose);
        } else if let Some(role) = line.strip_prefix("%role ") {
            block.role = role.parse().ok();
        } else if let Some(absent) = line.strip_prefix("%absent ") {
            block.absent = absent.split(' ').collect();
        } else {
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    for block in &mut blocks {
        block.text = format!("{}\n", block.text.trim_matches('\n'));
    }
    blocks
}

fn parse_head(head: &'static str) -> Option<Block> {
    let mut words = head.split(' ');
    let what = words.next()?;
    let mut part = words.next()?;
    let target = if let Ok(k) = part.parse::<i32>() {
        part = words.next()?;
        Target::Series(what, k)
    } else if let Some(key) = what.strip_prefix("adhoc:") {
        Target::AdHoc(key)
    } else if let Some(handle) = what.strip_prefix("person:") {
        Target::Person(handle)
    } else {
        Target::Single(what)
    };
    let part = part.parse().ok()?;
    Some(Block { target, part, purpose: None, role: None, absent: Vec::new(), text: String::new() })
}
