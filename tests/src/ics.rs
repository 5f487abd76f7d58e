/// An iCalendar file of these events (RFC 5545: lines end in CRLF).
#[must_use]
pub fn calendar(events: &[String]) -> String {
    let head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Scenarios//EN\nX-WR-CALNAME:Work\n";
    format!("{head}{}END:VCALENDAR\n", events.concat()).replace('\n', "\r\n")
}

/// An event: its UID, its title and the other lines, the times among them.
#[must_use]
pub fn event(uid: &str, title: &str, rest: &str) -> String {
    let rest = lines(rest);
    format!("BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T000000Z\nSUMMARY:{title}\n{rest}END:VEVENT\n")
}

/// Lines without the indent they have in a test.
#[must_use]
pub fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}
