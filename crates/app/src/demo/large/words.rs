//! Words for the large vault: names from syllables, so that first names are unique; sentences from parts.

use std::fmt::Write as _;

use super::super::prng::Prng;
use super::Guestbook;

const HEADS: &[&str] = &[
    "Ba", "Ce", "Da", "El", "Fa", "Gi", "Ha", "Il", "Jo", "Ka", "Le", "Ma", "Ne", "Or", "Pa", "Qui", "Ro", "Sa", "Te",
    "Ul", "Va", "Wi", "Xa", "Yo", "Ze",
];
const HEARTS: &[&str] = &["li", "mo", "ra", "ne", "shi", "to", "vi", "du", "be", "cha"];
const TAILS: &[&str] = &["na", "ro", "ta", "min", "kel", "sha", "do", "len", "ri", "s"];
const LAST: &[&str] = &[
    "Albrecht",
    "Bishop",
    "Castell",
    "Dufour",
    "Engel",
    "Fontaine",
    "Grover",
    "Holm",
    "Ibarra",
    "Jansen",
    "Kessler",
    "Lindqvist",
    "Moretti",
    "Nakagawa",
    "Osei",
    "Petrov",
    "Quist",
    "Rahim",
    "Salas",
    "Tanaka",
    "Ulrich",
    "Vargas",
    "Weber",
    "Yilmaz",
    "Zeller",
    "Abara",
    "Brandt",
    "Conti",
    "Demir",
    "Eklund",
    "Farkas",
];
const PLACES: &[&str] = &[
    "alder",
    "birchwood",
    "copper",
    "delta",
    "ember",
    "falcon",
    "granite",
    "harvest",
    "indigo",
    "juniper",
    "kestrel",
    "lantern",
    "marble",
    "nimbus",
    "orchard",
];
const TRADES: &[&str] =
    &["works", "labs", "freight", "partners", "systems", "foods", "energy", "media", "health", "capital"];
const WHATS: &[&str] = &[
    "the rollout plan",
    "the price list",
    "the access review",
    "the onboarding guide",
    "the capacity figures",
    "the draft contract",
    "the backlog",
    "the retention policy",
    "the test report",
    "the vendor shortlist",
    "the training slots",
    "the release notes",
    "the cost estimate",
    "the support rota",
    "the data export",
    "the risk register",
    "the migration script",
    "the survey answers",
    "the invoice run",
    "the partner brief",
];
const DOES: &[&str] = &[
    "send",
    "review",
    "update",
    "present",
    "check",
    "rewrite",
    "split up",
    "agree on",
    "close out",
    "share",
    "translate",
    "measure",
    "archive",
    "walk through",
];
const WHYS: &[&str] = &[
    "so that finance can plan",
    "before the audit",
    "as the client asked twice",
    "because last time it was late",
    "for the regional team",
    "with the new template",
    "without changing the scope",
    "after the freeze",
    "as a condition of the renewal",
    "in two languages",
];
const DUES: &[&str] =
    &[" by Friday", " by end of month", " within 2 weeks", "", " by tomorrow", " by next Tuesday", ""];
const TOPICS: &[&str] = &[
    "#rollout",
    "#pricing",
    "#security",
    "#hiring",
    "#data/retention",
    "#data/export",
    "#client/delta",
    "#client/ember",
    "#support",
    "#budget",
    "#roadmap",
    "#quality",
];
const SAID: &[&str] = &[
    "The numbers moved less than feared",
    "Two sites are ahead and one is behind",
    "The room was split on timing",
    "Nobody objected to the outline",
    "The last estimate was off by a third",
    "The client repeated what they wrote",
    "There was some relief about the tests",
    "The discussion went in circles until the table was on screen",
];
const TITLES: &[&str] = &[
    "sync",
    "review",
    "planning",
    "check-in",
    "steering committee",
    "workshop",
    "retro",
    "1:1",
    "interview",
    "office hours",
];

/// Unique for `n` below 2,500.
pub(super) fn first_name(n: usize) -> String {
    let (head, heart, tail) = (n % HEADS.len(), n / HEADS.len() % HEARTS.len(), n / (HEADS.len() * HEARTS.len()));
    format!("{}{}{}", HEADS[head], HEARTS[heart], TAILS[(tail + heart) % TAILS.len()])
}

pub(super) fn surname(n: usize) -> &'static str {
    LAST[n * 7 % LAST.len()]
}

/// Unique for `n` below 150; the label of a domain.
pub(super) fn organization(n: usize) -> String {
    format!("{}-{}", PLACES[n % PLACES.len()], TRADES[n / PLACES.len() % TRADES.len()])
}

/// A meeting's title.
pub(super) fn title(rng: &mut Prng, n: usize) -> String {
    let mut place = rng.pick(PLACES).to_string();
    if let Some(first) = place.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    format!("{place} {} {}", TITLES[n % TITLES.len()], 1 + n / 97)
}

/// A note of `items` items: seven actions, three decisions and two questions in every twelve.
pub(super) fn note(rng: &mut Prng, people: &[&Guestbook], items: usize, n: usize) -> String {
    let mut out = format!("## Round {n}\n\n{}; {}.\n\n", rng.pick(SAID), rng.pick(WHYS));
    for item in 0..items {
        let who = rng.pick(people);
        let (does, what, why) = (rng.pick(DOES), rng.pick(WHATS), rng.pick(WHYS));
        let topic = if rng.below(3) == 0 { format!(" {}", rng.pick(TOPICS)) } else { String::new() };
        let done = if rng.below(5) < 4 { "x" } else { " " };
        let number = n * 12 + item;
        let _ = match item % 12 {
            0 | 4 | 8 => writeln!(out, "- [{done}] @{} {does} {what} {why}{}{topic}", who.handle, rng.pick(DUES)),
            1 | 6 => writeln!(out, "- [{done}] {} to {does} {what}, case {number}{}{topic}", who.name, rng.pick(DUES)),
            2 => writeln!(
                out,
                "- => We {does} {what} {why}, case {number}{topic}\n   Because {}.",
                rng.pick(SAID).to_lowercase()
            ),
            3 => writeln!(out, "- ?? Who is to {does} {what} {why}{topic}"),
            5 => writeln!(out, "- Decision: {what} stays as it is, case {number}{topic}"),
            7 | 9 => writeln!(out, "- !! @{} {does} {what}, case {number}{}{topic}", who.handle, rng.pick(DUES)),
            10 => writeln!(out, "- Question: does {what} hold {why}, case {number}{topic}"),
            _ => writeln!(out, "- Decided: {does} {what} {why}, case {number}{topic}"),
        };
    }
    let _ = writeln!(out, "\n{}.", rng.pick(SAID));
    out
}
