//! E-mail addresses as calendars and people write them.

use super::name::capitalize;

/// The address in lower case, out of `mailto:ANA@Acme.com`, `"Ana" <ana@acme.com>`, ` ana@acme.com ` or a plain one;
/// `None` where there is none (`invalid:nomail`, `urn:uuid:…`, a name).
///
/// Lower case throughout: RFC 5321 lets a mailbox tell case apart, no provider does.
#[must_use]
pub fn normalize_email(written: &str) -> Option<String> {
    let mut text = written.trim();
    if let (Some(open), Some(close)) = (text.rfind('<'), text.rfind('>'))
        && open < close
    {
        text = &text[open + 1..close];
    }
    text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ',' | ';'));
    if text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        text = &text[7..];
    }
    let text = text.split('?').next().unwrap_or_default().trim();
    let address = text.replace("%40", "@").to_lowercase();
    is_address(&address).then_some(address)
}

/// The first address standing in a text, in lower case, and where it stands (byte range).
#[must_use]
pub fn find_email(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    for (at, _) in text.match_indices('@') {
        let before = text[..at].char_indices().rev().take_while(|(_, c)| is_local(*c)).last();
        let after = text[at + 1..].char_indices().take_while(|(_, c)| is_domain(*c)).last();
        if let (Some((start, _)), Some((last, c))) = (before, after) {
            let mut end = at + 1 + last + c.len_utf8();
            while text[..end].ends_with(['.', '-']) {
                end -= 1;
            }
            let start = start + text[start..at].len() - text[start..at].trim_start_matches(['.', '\'']).len();
            let address = text[start..end].to_lowercase();
            if is_address(&address) && address.rsplit('@').next().is_some_and(|domain| domain.contains('.')) {
                return Some((start..end, address));
            }
        }
    }
    None
}

/// A name for somebody of whom only an address is known: `ana.silva@x.org` is "Ana Silva", `asilva42@x.org` "Asilva".
#[must_use]
pub fn name_from_email(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    let local = local.split('+').next().unwrap_or_default();
    let words: Vec<String> = local
        .split(['.', '_', '-'])
        .map(|word| word.trim_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(capitalize)
        .collect();
    if words.is_empty() { local.to_owned() } else { words.join(" ") }
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && local
            .chars()
            .all(|c| is_local(c) || matches!(c, '/' | '=' | '~' | '!' | '#' | '$' | '*' | '^' | '{' | '}' | '|'))
        && !domain.is_empty()
        && domain.chars().all(is_domain)
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && !domain.contains("..")
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '&')
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_wrapped() {
        for written in [
            "ana@acme.com",
            " Ana@ACME.com ",
            "mailto:ana@acme.com",
            "MAILTO:ana@acme.com",
            "mailto:ana@acme.com?subject=Hi",
            "\"Ana Silva\" <ana@acme.com>",
            "<ana@acme.com>",
            "mailto:ana%40acme.com",
            "'ana@acme.com'",
            "ana@acme.com;",
        ] {
            assert_eq!(normalize_email(written).as_deref(), Some("ana@acme.com"), "{written}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for written in [
            "",
            "Ana",
            "invalid:nomail",
            "urn:uuid:1",
            "@acme.com",
            "ana@",
            "a b@acme.com",
            "a@b@c",
            "a@.b",
            "ana@acme..com",
        ] {
            assert_eq!(normalize_email(written), None, "{written}");
        }
    }

    #[test]
    fn an_address_is_found_in_a_sentence() {
        for (text, expected) in [
            ("Ana (ana@acme.com), Ben", Some("ana@acme.com")),
            ("write to Ana.S@Acme.co.uk.", Some("ana.s@acme.co.uk")),
            ("@ana and @ben", None),
            ("ana@home", None),
            ("é@x@y.org", Some("x@y.org")),
        ] {
            assert_eq!(find_email(text).map(|(_, email)| email).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_gives_a_name() {
        for (email, expected) in [
            ("ana.silva@acme.com", "Ana Silva"),
            ("ana_silva@acme.com", "Ana Silva"),
            ("ANA@acme.com", "Ana"),
            ("ana.silva+calendar@acme.com", "Ana Silva"),
            ("asilva42@acme.com", "Asilva"),
            ("42@acme.com", "42"),
            ("marie-claire.dupont@acme.fr", "Marie Claire Dupont"),
        ] {
            assert_eq!(name_from_email(email), expected, "{email}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_address_read_once_reads_the_same_again(text in "\\PC{0,40}") {
            if let Some(email) = normalize_email(&text) {
                proptest::prop_assert_eq!(normalize_email(&email), Some(email));
            }
            if let Some((range, _)) = find_email(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
