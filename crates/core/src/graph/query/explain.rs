//! A query in words.

use super::{Compare, Query, Sort, Term, Test};

impl Query {
    /// One sentence that says what is asked, so that a person sees whether they were understood.
    #[must_use]
    pub fn explain(&self) -> String {
        let kind = self.kind.as_str();
        let kind = format!("{}{}", kind[..1].to_uppercase(), &kind[1..]);
        let terms: Vec<_> = self.terms.iter().map(words).collect();
        match terms.split_last() {
            None => format!("{kind}, all of them"),
            Some((only, [])) => format!("{kind} where {only}"),
            Some((last, rest)) => format!("{kind} where {} and {last}", rest.join(", ")),
        }
    }
}

fn words(term: &Term) -> String {
    let says = term.key.says;
    let not = if term.negated { "not: " } else { "" };
    let said = match &term.test {
        Test::None => format!("{says}: none"),
        Test::Any => format!("{says}: any"),
        Test::Is(value) => format!("{says}: {value}"),
        Test::Count(compare, number) => format!("{says}: {}{number}", side(*compare)),
        Test::Age(compare, days) => format!("{says}: {} ago", long(*compare, *days)),
        Test::Day(_, day) if term.key.sort == Sort::Bound => format!("{} {day}", term.key.name),
        Test::Day(Compare::Equal, day) => format!("{says}: {day}"),
        Test::Day(compare, day) => {
            let side = match compare {
                Compare::Over => "after",
                Compare::AtLeast => "from",
                Compare::Under => "before",
                _ => "until",
            };
            format!("{says}: {side} {day}")
        }
    };
    format!("{not}{said}")
}

fn side(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "",
        Compare::Over => "more than ",
        Compare::AtLeast => "at least ",
        Compare::Under => "fewer than ",
        Compare::AtMost => "at most ",
    }
}

fn long(compare: Compare, days: u32) -> String {
    let side = match compare {
        Compare::Over => "more than",
        Compare::AtLeast => "at least",
        Compare::Under => "less than",
        _ => "at most",
    };
    let (number, unit) = match days {
        0 => (0, "day"),
        days if days % 365 == 0 => (days / 365, "year"),
        days if days % 30 == 0 => (days / 30, "month"),
        days if days % 7 == 0 => (days / 7, "week"),
        days => (days, "day"),
    };
    format!("{side} {number} {unit}{}", if number == 1 { "" } else { "s" })
}
