//! Which addresses the system may be asked to open. They come from notes and calendars, so from strangers.

use tauri::Url;
use throughline_app::{Failure, Result};

/// What opens a page, a letter or a telephone call.
const COMMON: &[&str] = &["http", "https", "mailto", "tel"];

/// What joins a call in a program of its own.
const CALLS: &[&str] =
    &["zoommtg", "zoomus", "msteams", "webex", "webexteams", "jitsi-meet", "facetime", "facetime-audio", "skype"];

/// The address, where the system may be asked to open it.
///
/// # Errors
/// `link_refused`
pub fn checked(text: &str) -> Result<Url> {
    let refused = || {
        Failure::new("link_refused", "This link is of a kind that is not opened from here.")
            .hint("Links to web pages, letters, telephone numbers and calls are.")
    };
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(refused());
    }
    let url = Url::parse(text).map_err(|_| refused())?;
    let safe = match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        // Some mail programs would take a file of the user's along.
        "mailto" => !url.query_pairs().any(|(name, _)| name.to_ascii_lowercase().starts_with("attach")),
        scheme => COMMON.contains(&scheme) || CALLS.contains(&scheme),
    };
    safe.then_some(url).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_letters_telephones_and_calls_are_opened() {
        for link in [
            "https://example.org/a?b=c#d",
            "http://localhost:8080/",
            "HTTPS://EXAMPLE.ORG",
            " https://example.org ",
            "mailto:ana@example.org?subject=Recap&body=Hello",
            "tel:+49-30-1234",
            "zoommtg://zoom.us/join?confno=1",
            "msteams:/l/meetup-join/19",
            "webex://example.webex.com/meet",
        ] {
            assert!(checked(link).is_ok(), "{link}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "smb://server/share",
            "ms-msdt:/id",
            "search-ms:query=x",
            "ssh://host",
            "tauri://localhost",
            "attachment://localhost/a.png",
            "mailto:ana@example.org?attach=/etc/passwd",
            "mailto:ana@example.org?ATTACHMENT=x",
            "/etc/passwd",
            "C:\\Windows\\System32\\calc.exe",
            "example.org",
            "https://",
            "-flag",
            "",
        ] {
            assert_eq!(checked(link).unwrap_err().code, "link_refused", "{link}");
        }
    }
}
