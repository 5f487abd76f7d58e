//! An item's sentence without what is told beside it.

use chrono::NaiveDate;
use throughline_app::view::{Action, Decision};

use crate::text::clean;
use crate::words;

/// The sentence without what is told beside it: the handle of its one owner in front, and the day written as a date.
/// Says whether there was such a handle.
pub fn plain_action(action: &Action) -> (String, bool) {
    let text = clean(&action.text);
    let cues = ["due:", "📅 ", "📅", "due by ", "due ", "by "];
    let undated = |due: NaiveDate| {
        let told = cues.iter().map(|cue| format!("{cue}{due}")).find(|told| text.contains(told.as_str()));
        told.map(|told| text.replacen(&told, "", 1))
    };
    let dated = action.due.and_then(undated).unwrap_or_else(|| text.clone());
    // Whichever of their handles: one merged into another keeps what was written.
    let rest = match action.owners.as_slice() {
        [owner] if !owner.inferred => dated.strip_prefix('@').and_then(|rest| {
            let end = rest.find([' ', ':', ',']).filter(|&end| end > 0)?;
            // `@scope/package` is nobody.
            (!rest[..end].contains('/')).then(|| &rest[end..])
        }),
        _ => None,
    };
    let tidy = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        words.trim_start_matches([':', ',', ' ']).trim_end_matches([',', ' ']).to_owned()
    };
    let plain = tidy(rest.unwrap_or(&dated));
    let plain = if rest.is_some() { undirected(&plain).to_owned() } else { plain };
    match (plain, rest.is_some()) {
        (plain, _) if plain.is_empty() => (text, false),
        found => found,
    }
}

/// "@ana to send it": with whose it is goes what led to the verb.
fn undirected(text: &str) -> &str {
    text.strip_prefix("to ").unwrap_or(text)
}

/// An action's sentence where nothing is known of it but that: without the handle in front, where that is one alone.
pub fn unowned(text: &str) -> String {
    let text = clean(text);
    let rest = text.strip_prefix('@').and_then(|rest| {
        let (handle, rest) = rest.split_at(rest.find([' ', ':', ','])?);
        let rest = rest.trim_start_matches([':', ',', ' ']);
        let goes_on = ["and ", "& ", "+ ", "@"].iter().any(|more| rest.to_lowercase().starts_with(more));
        (!handle.is_empty() && !handle.contains('/') && !goes_on && !rest.is_empty())
            .then(|| words::capital(undirected(rest)))
    });
    rest.unwrap_or(text)
}

/// A sentence without the day it is due, where that is written as a date at its end.
pub fn undated(text: &str) -> String {
    let text = clean(text);
    let mut words: Vec<&str> = text.split(' ').collect();
    let is_day = |word: &&str| word.trim_start_matches("due:").parse::<NaiveDate>().is_ok();
    if words.last().is_some_and(is_day) {
        words.pop();
        while words.last().is_some_and(|word| matches!(*word, "by" | "due" | "📅")) {
            words.pop();
        }
    }
    let rest = words.join(" ");
    let rest = rest.trim_end_matches([',', ' ']);
    if rest.is_empty() { text } else { rest.to_owned() }
}

/// The sentence without what is told beside it: who decided, by handle, and when to look again. Topics stay.
pub fn plain_decision(decision: &Decision) -> String {
    let text = clean(&decision.text);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut topics = Vec::new();
    loop {
        let last = words.last().copied().unwrap_or_default();
        let when = words.iter().rposition(|word| word.eq_ignore_ascii_case("revisit")).unwrap_or(words.len());
        if last.len() > 1 && last.starts_with('#') {
            topics.extend(words.pop());
        } else if last.starts_with('@') && !decision.decided_by.is_empty() {
            words.pop();
        } else if decision.revisit.is_some() && (1..=4).contains(&(words.len() - when).saturating_sub(1)) {
            words.truncate(when);
        } else {
            break;
        }
    }
    if words.is_empty() {
        return words::capital(&text);
    }
    words.extend(topics.into_iter().rev());
    words::capital(&words.join(" "))
}

/// A rationale behind the word "because".
pub fn reason(text: &str) -> String {
    let rest = text.get(..8).filter(|word| word.eq_ignore_ascii_case("because ")).map(|_| &text[8..]);
    words::capital(rest.unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::testing::{action, date, decision, person_ref};

    #[test]
    fn who_decided_and_when_to_look_again_are_told_beside_a_decision() {
        for (written, told) in [
            ("invoices quarterly, in euro #acme", "Invoices quarterly, in euro #acme"),
            ("Cap it #acme/pricing revisit in 3 months @tom @lena", "Cap it #acme/pricing"),
            ("Cap it @tom revisit by June #acme", "Cap it #acme"),
            (
                "we revisit the cap in spring, with Tom and the others @tom",
                "We revisit the cap in spring, with Tom and the others",
            ),
            ("ask @tom first", "Ask @tom first"),
            ("@tom @lena", "@tom @lena"),
        ] {
            let decided = Decision {
                decided_by: vec![person_ref(3, "Tom Marsh")],
                revisit: Some(date("2027-02-05")),
                ..decision(50, written, "2026-11-05")
            };
            assert_eq!(plain_decision(&decided), told);
        }
        let undecided = decision(50, "ask @tom and revisit it @tom", "2026-11-05");
        let undecided = Decision { decided_by: vec![], revisit: None, ..undecided };
        assert_eq!(plain_decision(&undecided), "Ask @tom and revisit it @tom", "nobody is told to have decided");
    }

    #[test]
    fn the_handle_of_the_one_owner_is_told_beside_an_action() {
        for (written, told) in [
            ("@tom send it", ("send it", true)),
            ("@thomas: send it", ("send it", true)),
            ("@scope/package goes up", ("@scope/package goes up", false)),
            ("send it to @tom", ("send it to @tom", false)),
        ] {
            let of = action(60, written, (3, "Tom Marsh"), None);
            assert_eq!(plain_action(&of), (told.0.to_owned(), told.1), "{written}");
        }
    }

    #[test]
    fn a_due_day_at_the_end_is_told_beside_the_sentence() {
        for (written, told) in [
            ("@tom send it due:2026-11-30", "@tom send it"),
            ("@tom send it, by 2026-11-30", "@tom send it"),
            ("send it 📅 2026-11-30", "send it"),
            ("send it by Friday", "send it by Friday"),
            ("due:2026-11-30", "due:2026-11-30"),
        ] {
            assert_eq!(undated(written), told);
        }
    }

    #[test]
    fn because_is_said_once() {
        for (written, told) in
            [("Because it pays", "It pays"), ("it pays", "It pays"), ("Becausé", "Becausé"), ("", "")]
        {
            assert_eq!(reason(written), told);
        }
    }
}
