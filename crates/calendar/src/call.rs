//! Where to join a call.

/// Hosts whose links in running text are calls; a leading dot takes every subdomain.
const HOSTS: &[&str] = &[
    "meet.google.com",
    "zoom.us",
    ".zoom.us",
    ".zoom.com",
    ".zoomgov.com",
    "teams.microsoft.com",
    "teams.live.com",
    "teams.microsoft.us",
    ".webex.com",
    "meet.jit.si",
    "8x8.vc",
    "whereby.com",
    ".whereby.com",
    "meet.goto.com",
    "app.gotomeeting.com",
    "global.gotomeeting.com",
    "bluejeans.com",
    "chime.aws",
    "facetime.apple.com",
    "v.ringcentral.com",
    "join.skype.com",
    "meet.lync.com",
    ".meet.lync.com",
    "gather.town",
    "app.gather.town",
    "discord.gg",
    ".daily.co",
    "talky.io",
    "app.slack.com",
];

/// The first `https` address in a property that is there to hold one.
#[must_use]
pub fn stated(text: &str) -> Option<String> {
    addresses(text).next()
}

/// The first address of a known video service in running text or HTML.
#[must_use]
pub fn find(text: &str) -> Option<String> {
    addresses(text).find(|address| {
        let rest = &address["https://".len()..];
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let pathless = rest.len() <= host.len() + 1;
        !pathless
            && (HOSTS.iter().any(|known| match known.strip_prefix('.') {
                Some(_) => host.ends_with(known),
                None => host == *known,
            }) || host.starts_with("jitsi."))
    })
}

fn addresses(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find("https://")?;
            let found = &rest[start..];
            let end = found
                .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\^{}|)]".contains(c))
                .unwrap_or(found.len());
            rest = &found[end..];
            let address = found[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).replace("&amp;", "&");
            // A name before `@` is a trick to look like another host.
            let host = address["https://".len()..].split(['/', '?', '#']).next().unwrap_or_default();
            if host.contains('.') && !host.contains('@') {
                return Some(address);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_in_text_and_in_html_but_not_behind_look_alikes() {
        let cases: &[(&str, Option<&str>)] = &[
            ("Join: https://meet.google.com/abc-defg-hij.", Some("https://meet.google.com/abc-defg-hij")),
            ("<a href=\"https://acme.zoom.us/j/1?pwd=a&amp;b=1\">x</a>", Some("https://acme.zoom.us/j/1?pwd=a&b=1")),
            (
                "<https://teams.microsoft.com/l/meetup-join/19%3a>",
                Some("https://teams.microsoft.com/l/meetup-join/19%3a"),
            ),
            ("https://acme.webex.com/meet/ana", Some("https://acme.webex.com/meet/ana")),
            ("https://meet.jit.si/Standup", Some("https://meet.jit.si/Standup")),
            ("https://evil.example/?u=https://zoom.us", None),
            ("https://zoom.us.evil.example/j/1", None),
            ("https://zoom.us@evil.example/j/1", None),
            ("http://zoom.us/j/1", None),
            ("https://zoom.us/", None),
            ("see https://example.com/agenda then https://zoom.us/j/9", Some("https://zoom.us/j/9")),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text).as_deref(), *expected, "{text}");
        }
    }
}
