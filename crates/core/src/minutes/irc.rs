//! What is said to the bot of the W3C.

use std::sync::LazyLock;

use regex::Regex;

use super::label::Group;
use super::line::Line;
use super::regex;
use super::section::raw;
use super::split::Raw;

/// "present+ Ana, Ben", "<ana> present+"; whether the line was one.
pub(super) fn read(line: &Line, raws: &mut Vec<Raw>) -> bool {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:\[?\d\d:\d\d(?::\d\d)?\]?\s*)?(?:(?:<|\[)([^>\]\s]+)(?:>|\])\s*|([\w-]+):\s*)?(present|regrets)\s?\+:?\s*(.*)$",
        )
    });
    let Some(found) = COMMAND.captures(&line.text) else { return false };
    let group = if found[3].eq_ignore_ascii_case("present") { Group::PRESENT } else { Group::REGRETS };
    let nick = found.get(1).or(found.get(2)).map_or("", |nick| nick.as_str());
    let text = Some(found[4].trim()).filter(|text| !text.is_empty() && *text != "me").unwrap_or(nick);
    if !text.is_empty() {
        raws.push(Raw { text: text.replace('_', " "), single: false, ..raw(line, group, false) });
    }
    true
}
