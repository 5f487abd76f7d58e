//! Reading a query.

use chrono::{Days, NaiveDate};

use super::{Compare, Kind, Query, Sort, Term, Test, keys};

/// Why a text is no query; `message` names what was read, `hint` what would be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// One sentence.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// More terms than anybody writes.
const TERMS: usize = 50;

impl Query {
    /// Reads a query. `today` is the user's date, for `today-14`.
    ///
    /// # Errors
    /// Where the kind, a key or a value is not known: nothing is guessed and nothing left out.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, Problem> {
        let words = words(text)?;
        let kinds = || Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        let Some((first, rest)) = words.split_first() else {
            return Err(problem("The query is empty", format!("Begin with one of {}", kinds())));
        };
        let kind = kind(first).ok_or_else(|| {
            problem(format!("“{first}” is nothing to ask for"), format!("Begin with one of {}", kinds()))
        })?;
        if rest.len() > TERMS {
            return Err(problem("The query has too many terms", format!("Write at most {TERMS}")));
        }
        let terms = rest.iter().map(|word| term(kind, word, today)).collect::<Result<_, _>>()?;
        Ok(Self { kind, terms })
    }
}

/// `person` and `people`, `action` and `actions`: either is understood.
fn kind(word: &str) -> Option<Kind> {
    let word = word.to_lowercase();
    let singular = match word.as_str() {
        "person" => Kind::People,
        "organization" | "org" | "orgs" => Kind::Organizations,
        "meeting" => Kind::Meetings,
        "action" => Kind::Actions,
        "decision" => Kind::Decisions,
        "question" => Kind::Questions,
        other => return other.parse().ok(),
    };
    Some(singular)
}

fn problem(message: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem { message: message.into(), hint: hint.into() }
}

/// Splits at spaces outside quotes; quotes are taken off.
fn words(text: &str) -> Result<Vec<String>, Problem> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if quoted {
        return Err(problem("A quote is not closed", "Write \" on both sides: title:\"weekly sync\""));
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

fn term(kind: Kind, word: &str, today: NaiveDate) -> Result<Term, Problem> {
    let (negated, rest) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
    let known = keys(kind);
    let found = known
        .iter()
        .filter_map(|key| {
            let (name, rest) = rest.split_at_checked(key.name.len())?;
            name.eq_ignore_ascii_case(key.name).then_some((key, rest))
        })
        .filter_map(|(key, rest)| Some((key, operator(rest)?)))
        .max_by_key(|(key, _)| key.name.len());
    let Some((key, (compare, value))) = found else {
        let names: Vec<_> = known.iter().map(|key| key.name).collect();
        return Err(problem(
            format!("“{word}” is no condition on {kind}"),
            format!("Write key:value with one of {}", names.join(", ")),
        ));
    };
    let test = test(key.sort, compare, value, today).ok_or_else(|| {
        problem(format!("“{value}” does not fit {}{}", key.name, sign(compare)), hint(key.name, key.sort))
    })?;
    Ok(Term { key, test, negated })
}

fn operator(rest: &str) -> Option<(Compare, &str)> {
    let signs = [
        (">=", Compare::AtLeast),
        ("<=", Compare::AtMost),
        (">", Compare::Over),
        ("<", Compare::Under),
        (":", Compare::Equal),
    ];
    signs.into_iter().find_map(|(sign, compare)| Some((compare, rest.strip_prefix(sign)?)))
}

pub(super) fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => ":",
        Compare::Over => ">",
        Compare::AtLeast => ">=",
        Compare::Under => "<",
        Compare::AtMost => "<=",
    }
}

fn test(sort: Sort, compare: Compare, value: &str, today: NaiveDate) -> Option<Test> {
    let equal = compare == Compare::Equal;
    let lower = value.to_lowercase();
    match sort {
        Sort::Choice(words) => (equal && words.contains(&lower.as_str())).then_some(Test::Is(lower)),
        Sort::Count => Some(Test::Count(compare, value.parse().ok()?)),
        Sort::Bound if equal => Some(Test::Day(Compare::Equal, day(value, today)?)),
        Sort::Bound => None,
        _ if equal && lower == "none" => Some(Test::None),
        _ if equal && lower == "any" => Some(Test::Any),
        Sort::Presence => None,
        Sort::Day => Some(Test::Day(compare, day(value, today)?)),
        Sort::Age => (!equal).then_some(Test::Age(compare, age(value)?)),
        Sort::Topic => equal_text(equal, value.trim_start_matches('#')),
        Sort::Person => equal_text(equal, value.trim_start_matches('@')),
        Sort::Text | Sort::Organization => equal_text(equal, value),
    }
}

fn equal_text(equal: bool, value: &str) -> Option<Test> {
    (equal && !value.trim().is_empty()).then(|| Test::Is(value.trim().to_owned()))
}

fn day(value: &str, today: NaiveDate) -> Option<NaiveDate> {
    let Some(rest) = value.strip_prefix("today") else { return value.parse().ok() };
    if rest.is_empty() {
        Some(today)
    } else if let Some(days) = rest.strip_prefix('-') {
        today.checked_sub_days(Days::new(span(days)?.into()))
    } else {
        today.checked_add_days(Days::new(span(rest.strip_prefix('+')?)?.into()))
    }
}

/// Days alone, or with their unit.
fn span(value: &str) -> Option<u32> {
    value.parse().ok().or_else(|| age(value))
}

/// In days: a month is 30, a year 365.
fn age(value: &str) -> Option<u32> {
    let unit = value.chars().last()?;
    let number: u32 = value.strip_suffix(unit)?.parse().ok()?;
    let days = match unit {
        'd' => 1,
        'w' => 7,
        'm' => 30,
        'y' => 365,
        _ => return None,
    };
    number.checked_mul(days).filter(|days| *days < 100_000)
}

fn hint(name: &str, sort: Sort) -> String {
    match sort {
        Sort::Text => format!("Write {name}:words, {name}:none or {name}:any"),
        Sort::Choice(words) => format!("Write {name}: and one of {}", words.join(", ")),
        Sort::Person => format!("Write {name}:me, a name, a handle or an address, {name}:none or {name}:any"),
        Sort::Organization => format!("Write {name}: and a name or a domain, {name}:none or {name}:any"),
        Sort::Topic => format!("Write {name}:topic, {name}:none or {name}:any"),
        Sort::Count => format!("Write a number: {name}>=3 or {name}:0"),
        Sort::Age => format!("Write a time gone by: {name}>3w, with d, w, m or y, or {name}:none"),
        Sort::Day => format!("Write a day: {name}<today+7, {name}:2026-03-01 or {name}:none"),
        Sort::Presence => format!("Write {name}:none or {name}:any"),
        Sort::Bound => format!("Write a day: {name}:2026-03-01 or {name}:today-28"),
    }
}
