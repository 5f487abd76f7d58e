//! Names: comparing them, and showing them as people write them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text for comparing names: lower case, without marks (NFKD, plus the letters that do not decompose: ß, ø, ł, æ, …),
/// plain apostrophes and hyphens, single spaces. For comparing only, never shown.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ŋ' => folded.push('n'),
            '’' | '‘' | 'ʼ' | '`' | '´' => folded.push('\''),
            '‐' | '‑' | '–' | '—' | '−' => folded.push('-'),
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            c if is_combining_mark(c) => {}
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether two names are the same but for case, marks, order around a comma, courtesy titles and full stops.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    !a.is_empty() && a == b
}

/// What names that are the same have in common; empty for what is no name.
pub(crate) fn key(name: &str) -> String {
    words(name).join(" ")
}

/// Whether what was written can stand for a person of this name: the whole name, a first or a last name, "Ana S.",
/// "A. Silva", or a name with a middle one left out. Whether it stands for this one alone is the caller's to see.
#[must_use]
pub fn name_matches(written: &str, name: &str) -> bool {
    let (written, name) = (words(written), words(name));
    if written.is_empty() || name.is_empty() {
        return false;
    }
    if written == name {
        return true;
    }
    let [first, rest @ ..] = name.as_slice() else {
        return false;
    };
    match written.as_slice() {
        [one] => {
            one.chars().count() > 1 && (one == first || rest.last() == Some(one))
                || rest.len() > 1 && *one == rest.join(" ")
        }
        [one, more @ ..] => {
            let begins = one == first || one.chars().count() == 1 && first.starts_with(one.as_str());
            let last = more.last().zip(rest.last());
            let ends = last.is_some_and(|(written, last)| {
                written == last
                    || written.chars().count() == 1 && last.starts_with(written.as_str()) && one.chars().count() > 1
            });
            // Whatever stands between must be of the name, in order.
            let mut between = rest.iter();
            begins && ends && more.iter().all(|word| between.any(|other| other.starts_with(word.as_str())))
                || written.len() == rest.len() && written == rest
        }
        [] => false,
    }
}

/// Initials in capitals, hyphenated parts counting: "Tim Berners-Lee" is "TBL", "elf Pavlik" "EP".
#[must_use]
pub fn initials(name: &str) -> String {
    let shown = display_name(name);
    shown
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑'))
        .filter(|word| !is_title(&fold(word)))
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase)
        .collect()
}

/// A name fit to be shown, out of what calendars hold: quotes and a trailing bracket gone ("Ana Silva (Acme)"), "Silva,
/// Ana" turned round, "ANA SILVA" in usual case, an address made into a name. Everything else stays as written.
#[must_use]
pub fn display_name(written: &str) -> String {
    let mut name: String = written.split_whitespace().collect::<Vec<_>>().join(" ");
    name = name
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '\'' | ',' | ';'))
        .to_owned();
    if let Some(email) = super::normalize_email(&name) {
        let before = name.split('<').next().map(str::trim).unwrap_or_default().trim_matches('"').to_owned();
        if before.is_empty() || before.contains('@') {
            return super::name_from_email(&email);
        }
        name = before;
    }
    while let (true, Some(open)) = (name.ends_with([')', ']']), name.rfind(['(', '['])) {
        if open == 0 {
            break;
        }
        name.truncate(open);
        name.truncate(name.trim_end().len());
    }
    if let Some((last, first)) = name.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        if is_suffix(&fold(first)) || last.is_empty() || first.is_empty() {
            // "Ana Silva, PhD" is no family name first.
        } else if !first.contains(',') {
            name = format!("{first} {last}");
        }
    }
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if name.contains(' ') && letters().count() > 4 && letters().all(char::is_uppercase) {
        name = name
            .split(' ')
            .map(|word| word.split('-').map(capitalize).collect::<Vec<_>>().join("-"))
            .collect::<Vec<_>>()
            .join(" ");
    }
    name
}

/// First letter in upper case, the others in lower case.
pub(super) fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

fn words(name: &str) -> Vec<String> {
    let folded = fold(&display_name(name));
    let mut words: Vec<String> = folded
        .split([' ', '-', '.', ','])
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    while words.len() > 1 && is_title(&words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
        words.pop();
    }
    words
}

fn is_title(folded: &str) -> bool {
    matches!(folded.trim_end_matches('.'), "dr" | "mr" | "mrs" | "ms" | "prof" | "professor" | "sir")
}

fn is_suffix(folded: &str) -> bool {
    matches!(
        folded.trim_end_matches('.'),
        "jr" | "sr" | "ii" | "iii" | "iv" | "phd" | "ph.d" | "md" | "esq" | "msc" | "mba"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_and_marks() {
        for (a, b) in [
            ("Ána  SILVA", "ana silva"),
            ("Łukasz Żak", "lukasz zak"),
            ("Straße", "STRASSE"),
            ("Søren", "soren"),
            ("Æsa", "aesa"),
            ("Nick O’Leary", "nick o'leary"),
            ("İpek", "ipek"),
            ("Ｆｕｌｌ", "full"),
            (" x ", "x"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn a_name_is_the_same_in_either_order() {
        for (a, b, expected) in [
            ("Ana Silva", "ana silva", true),
            ("Silva, Ana", "Ana Silva", true),
            ("Dr. Ana Silva", "Ana Silva", true),
            ("Ana Silva, PhD", "Ana Silva", true),
            ("Ana Silva (Acme)", "Ana Silva", true),
            ("Jean Luc Picard", "Jean-Luc Picard", true),
            ("Ana Silva", "Ana Sousa", false),
            ("Ana", "Ana Silva", false),
            ("", "", false),
        ] {
            assert_eq!(same_name(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn part_of_a_name_can_stand_for_it() {
        for (written, name, expected) in [
            ("Ana", "Ana Silva", true),
            ("Silva", "Ana Silva", true),
            ("ana silva", "Ana Silva", true),
            ("Ana S.", "Ana Silva", true),
            ("A. Silva", "Ana Silva", true),
            ("Ana Silva", "Ana Maria Silva", true),
            ("Ana M Silva", "Ana Maria Silva", true),
            ("De Martin", "Noel De Martin", true),
            ("Pavlik", "elf Pavlik", true),
            ("A", "Ana Silva", false),
            ("An", "Ana Silva", false),
            ("Ana Sousa", "Ana Silva", false),
            ("Ben Silva", "Ana Silva", false),
            ("Ana B. Silva", "Ana Maria Silva", false),
            ("Ana Silva", "Ana", false),
            ("A. S.", "Ana Silva", false),
            ("", "Ana", false),
        ] {
            assert_eq!(name_matches(written, name), expected, "{written} {name}");
        }
    }

    #[test]
    fn initials_count_hyphenated_parts() {
        for (name, expected) in [
            ("Ana Silva", "AS"),
            ("Tim Berners-Lee", "TBL"),
            ("Pierre-Antoine Champin", "PAC"),
            ("elf Pavlik", "EP"),
            ("Silva, Ana", "AS"),
            ("Élodie Durand", "ÉD"),
            ("Dr. Ana Silva (Acme)", "AS"),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_shown_as_people_write_them() {
        for (written, expected) in [
            ("Ana Silva", "Ana Silva"),
            ("\"Ana Silva\"", "Ana Silva"),
            ("'Ana  Silva'", "Ana Silva"),
            ("Silva, Ana", "Ana Silva"),
            ("Ana Silva, PhD", "Ana Silva, PhD"),
            ("ANA SILVA", "Ana Silva"),
            ("SILVA, ANA-MARIA", "Ana-Maria Silva"),
            ("Ana Silva (Acme)", "Ana Silva"),
            ("Ana Silva [Acme] (she/her)", "Ana Silva"),
            ("(Acme)", "(Acme)"),
            ("ana.silva@acme.com", "Ana Silva"),
            ("Ana Silva <ana@acme.com>", "Ana Silva"),
            ("elf Pavlik", "elf Pavlik"),
            ("JJ", "JJ"),
            ("", ""),
        ] {
            assert_eq!(display_name(written), expected, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn any_text_can_be_a_name(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let _ = (name_matches(&a, &b), same_name(&a, &b), initials(&a), display_name(&b));
        }
    }
}
