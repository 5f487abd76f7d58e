use super::world::{World, id, name, names, view, world};
use crate::graph::{Brief, ChangeKind, Logged, LoggedKind};
use crate::model::MeetingId;

impl World {
    fn brief(&self, meeting: &str) -> Brief {
        self.graph.brief(id(meeting).into(), &self.view).unwrap()
    }

    fn changes(&self, meeting: &str, log: &[Logged]) -> Vec<String> {
        let brief = self.graph.brief_with(id(meeting).into(), &self.view, log).unwrap();
        let word = |kind| match kind {
            ChangeKind::Done => "done".to_owned(),
            ChangeKind::Dropped => "dropped".to_owned(),
            ChangeKind::Redated { from, to } => {
                format!(
                    "{} -> {}",
                    from.map_or("none".into(), |d| d.to_string()),
                    to.map_or("none".into(), |d| d.to_string())
                )
            }
            ChangeKind::HandedOver { from, to } => format!("{} to {}", names(from), names(to)),
            ChangeKind::Decided => "decided".to_owned(),
            ChangeKind::Superseded { by } => format!("superseded by {}", name(by)),
            ChangeKind::Answered { by: Some(by) } => format!("answered by {}", name(by)),
            ChangeKind::Answered { by: None } => "ticked".to_owned(),
        };
        brief.changes.iter().map(|change| format!("{}: {}", change.text, word(change.kind.clone()))).collect()
    }
}

#[test]
fn a_brief_of_what_is_not_there_is_none() {
    assert_eq!(world("").graph.brief(MeetingId(id("m1")), &view("2026-03-10T09:00:00Z")), None);
    let world = world("action a1 in ghost by me");
    assert_eq!(world.graph.brief(MeetingId(id("ghost")), &world.view), None);
}

#[test]
fn last_meetings_are_the_series_then_these_people_by_overlap_and_recency() {
    let check = |text: &str, expected: &str| {
        let world = world(&format!("{text}\nmeeting next 2026-03-10 series=weekly with me ana ben"));
        assert_eq!(names(world.brief("next").last_meetings), expected, "{text}");
    };
    check("", "");
    check("meeting a 2026-03-03 series=weekly with me ana\nmeeting b 2026-02-24 series=weekly with me ana", "a b");
    check("meeting a 2026-03-03 series=weekly with me\nmeeting b 2026-03-09 with me ana ben", "a b");
    check("meeting gone 2026-03-03 series=weekly cancelled with me ana", "");
    check("meeting gone 2026-03-03 series=weekly held=no with me ana", "");
    check("meeting kept 2026-03-03 series=weekly cancelled held=yes with me ana", "kept");
    check("meeting later 2026-03-17 series=weekly with me ana ben", "");
    check("meeting focus 2026-03-03 focus with me ana ben", "");
    // more of these people, then sooner
    check("meeting a 2026-03-09 with me ana\nmeeting b 2026-03-02 with me ana ben", "b a");
    check("meeting a 2026-03-02 with me ana\nmeeting b 2026-03-09 with me ana", "b a");
    check("meeting a 2025-03-09 with me ana ben\nmeeting b 2026-03-09 with me ana", "b a");
    // who declined or was absent counts least, who may come half
    check("meeting a 2026-03-09 with me ana -ben\nmeeting b 2026-03-09 with me ana ben", "b a");
    check("meeting a 2026-03-09 with me ana ?ben\nmeeting b 2026-03-09 with me ana !ben", "a b");
    // strangers are none of it
    check("meeting a 2026-03-09 with me cid", "");
}

#[test]
fn a_one_to_one_says_more_than_an_all_hands() {
    let crowd: Vec<String> = (0..60).map(|i| format!("p{i}")).collect();
    let world = world(&format!(
        "meeting all 2026-03-09 with me ana ben cid dan eve {}
         meeting one 2026-01-09 with me ana
         meeting next 2026-03-10 with me ana ben cid dan eve",
        crowd.join(" ")
    ));
    assert_eq!(names(world.brief("next").last_meetings), "one all");
    assert_eq!(names(world.graph.brief(id("one").into(), &world.view).unwrap().last_meetings), "");
}

#[test]
fn last_meetings_are_five_of_the_series_and_five_others() {
    let text: Vec<String> = (1..=8)
        .flat_map(|day| {
            [
                format!("meeting s{day} 2026-02-0{day} series=s with me ana"),
                format!("meeting o{day} 2026-02-1{day} with me ana"),
            ]
        })
        .chain(["meeting next 2026-03-10 series=s with me ana".to_owned()])
        .collect();
    assert_eq!(names(world(&text.join("\n")).brief("next").last_meetings), "s8 s7 s6 s5 s4 o8 o7 o6 o5 o4");
}

#[test]
fn open_actions_go_both_ways() {
    let check = |item: &str, mine: &str, theirs: &str| {
        let world = world(&format!(
            "meeting both 2026-03-02 with me ana
             meeting hers 2026-03-02 with ana cid
             meeting other 2026-03-02 with me cid
             meeting was 2026-03-02 series=weekly with me -ana
             meeting next 2026-03-10 series=weekly with me ana ben
             {item}"
        ));
        let brief = world.brief("next");
        assert_eq!((names(brief.mine).as_str(), names(brief.theirs).as_str()), (mine, theirs), "{item}");
    };
    check("action a in both by me", "a", "");
    check("action a in both by ana", "", "a");
    check("action a in both by me,ana", "a", "a");
    check("action a in both", "", "");
    check("action a in both by cid", "", "");
    check("action a in other by me", "", "");
    check("action a in other by me names ana", "a", "");
    check("action a in was by me", "a", "");
    check("action a in hers by ana", "", "");
    check("action a in hers by ana names me", "", "a");
    check("action a in hers by me", "a", "");
    check("action a by ana names me", "", "a");
    check("action a in next by ana part=prep", "", "");
    check("action a in both by me status=done done=2026-03-03", "", "");
    check("action a in both by me status=dropped", "", "");
    check("action a in both by me part=private", "", "");
    check("action a in both by me snoozed=2026-03-11", "", "");
    check("action a in both by me snoozed=2026-03-10", "a", "");
    check("action a in both by me archived", "", "");
}

#[test]
fn what_is_said_in_a_meeting_is_not_what_to_know_before_it() {
    let said = |meeting: &str| {
        let world = world(&format!(
            "meeting last 2026-03-03 series=weekly with me ana
             meeting next 2026-03-10 series=weekly topics=pricing with me ana
             action mine in {meeting} by me
             action theirs in {meeting} by ana
             question open in {meeting}
             decision held in {meeting} by ana topics=pricing revisit=2026-03-10
             action done in {meeting} by me status=done done=2026-03-10"
        ));
        let brief = world.brief("next");
        [brief.mine, brief.theirs, brief.questions, brief.decisions, brief.revisit].map(names).join(" | ")
    };
    assert_eq!(said("last"), "mine | theirs | open | held | held");
    assert_eq!(said("next"), " |  |  |  | ");
}

#[test]
fn overdue_comes_first_then_by_due_date_then_the_oldest_and_who_declined_last() {
    let world = world(
        "meeting old 2026-02-01 with me ana cid
         meeting new 2026-03-01 with me ana cid
         action due in new by ana due=2026-04-01
         action soon in new by ana due=2026-03-12
         action late in new by ana due=2026-03-09
         action later in new by ana due=2026-02-09
         action young in new by ana
         action aged in old by ana
         action his in old by cid due=2026-01-01
         meeting next 2026-03-10 with me ana -cid",
    );
    assert_eq!(names(world.brief("next").theirs), "later late soon due aged young his");
}

#[test]
fn what_this_series_and_much_the_same_people_promised_comes_before_what_one_of_them_did_elsewhere() {
    let world = world(
        "meeting before 2026-03-03 series=client with me tom lena pia theo
         meeting contract 2026-03-04 with me tom theo
         meeting staff 2026-03-05 with me pia theo ravi leo greta dana
         meeting alone 2026-03-06 with me pia
         action headcount in alone by me due=2026-02-01
         action cap in before by me due=2026-03-20
         action clause in contract by me
         action rota in staff by theo due=2026-02-01
         action plan in before by tom due=2026-03-20
         action deputy in contract by tom due=2026-03-01
         meeting next 2026-03-10 series=client with me tom lena pia theo",
    );
    let brief = world.brief("next");
    assert_eq!(names(brief.mine), "cap clause headcount", "what the client waits for stands before a colleague's");
    assert_eq!(names(brief.theirs), "deputy plan rota");
}

#[test]
fn lists_are_cut_and_a_large_room_keeps_to_its_own() {
    let crowd: Vec<String> = (0..30).map(|i| format!("p{i}")).collect();
    let crowd = crowd.join(" ");
    let many: Vec<String> = (0..70).map(|i| format!("action t{i:02} in one by p0")).collect();
    let world = world(&format!(
        "meeting one 2026-03-02 with me p0
         meeting last 2026-03-03 series=all with me {crowd}
         action ours in last by p1
         action mine in one by me
         {}
         meeting next 2026-03-10 series=all with me {crowd}
         meeting two 2026-03-10 with me p0",
        many.join("\n")
    ));
    let large = world.brief("next");
    assert_eq!((names(large.mine).as_str(), names(large.theirs).as_str()), ("", "ours"));
    let small = world.brief("two");
    assert_eq!(small.theirs.len(), 50);
    assert_eq!(names(small.mine), "mine");
}

#[test]
fn questions_stay_until_answered() {
    let check = |text: &str, expected: &str| {
        let world = world(&format!(
            "meeting was 2026-02-24 series=weekly with me ana
             meeting last 2026-03-03 series=weekly with me ana
             meeting side 2026-03-04 with me ana
             meeting else 2026-03-04 with me cid
             meeting after 2026-03-17 series=weekly with me ana
             meeting next 2026-03-10 series=weekly with me ana
             {text}"
        ));
        assert_eq!(names(world.brief("next").questions), expected, "{text}");
    };
    check("question q in last", "q");
    check("question q in last\nquestion p in was\nquestion s in side", "p q s");
    check("question q in last part=private", "");
    check("question q in last\naction a in side by me answers=q", "");
    check("question q in last\ndecision d in next part=prep proposed answers=q", "q");
    check("question q in last\nquestion q2 in last answers=q", "q2");
    check("question q in else", "");
    check("question q in after part=prep", "");
}

#[test]
fn live_decisions_are_of_the_series_the_topics_and_the_people() {
    let check = |text: &str, decisions: &str, revisit: &str| {
        let world = world(&format!(
            "meeting last 2026-03-03 series=weekly topics=client with me ana
             meeting side 2026-03-04 with me ana
             meeting else 2026-03-05 with me cid
             meeting next 2026-03-20 series=weekly with me ana
             {text}"
        ));
        let brief = world.brief("next");
        assert_eq!((names(brief.decisions).as_str(), names(brief.revisit).as_str()), (decisions, revisit), "{text}");
    };
    check("decision d in last", "d", "");
    check("decision d in last part=private", "", "");
    check("decision d in next part=prep proposed", "", "");
    check("decision d in last\ndecision e in else supersedes=d", "", "");
    check("decision d in last\ndecision e in else part=private supersedes=d", "", "");
    check("decision d in else", "", "");
    check("decision d in else topics=client/acme", "d", "");
    check("decision d in else topics=clients", "", "");
    check("decision d in else by ana", "d", "");
    check("decision a in side\ndecision b in else topics=client\ndecision c in last", "c b a", "");
    check("decision d in last revisit=2026-03-20", "d", "d");
    check("decision d in last revisit=2026-03-21", "d", "");
    check("decision d in last revisit=2026-03-01\ndecision e in side revisit=2026-01-01", "d e", "e d");
}

#[test]
fn what_changed_is_told_since_the_last_meeting_of_the_series() {
    let check = |text: &str, expected: &[&str]| {
        let world = world(&format!(
            "meeting was 2026-02-24 series=weekly with me ana
             meeting last 2026-03-03 series=weekly with me ana
             meeting side 2026-03-05 with me ana
             meeting next 2026-03-10 series=weekly with me ana
             {text}"
        ));
        assert_eq!(world.changes("next", &[]), expected, "{text}");
    };
    check("action a in was by ana status=done done=2026-03-04", &["a: done"]);
    check("action a in was by ana status=done done=2026-03-02", &[]);
    check("action a in was by ana part=private status=done done=2026-03-04", &[]);
    check("action a in was by cid status=dropped done=2026-03-04", &["a: dropped"]);
    check("action a in was by ana status=dropped", &[]);
    check("decision d in side created=2026-03-06", &["d: decided"]);
    check("decision d in last created=2026-03-06", &[]);
    check("decision d in last\ndecision e in side supersedes=d", &["d: superseded by e", "e: decided"]);
    check("decision d in last\ndecision e in side part=private supersedes=d", &[]);
    check("question q in last\naction a in side by me answers=q", &["q: answered by a"]);
    check("question q in last status=done done=2026-03-04", &["q: ticked"]);
    check("question q in was status=done done=2026-03-02", &[]);
}

#[test]
fn what_became_of_the_series_own_items_comes_before_news_from_elsewhere() {
    let world = world(
        "meeting last 2026-03-03 series=weekly with me ana
         meeting side 2026-03-05 with me ana
         meeting later 2026-03-06 with me ana
         meeting next 2026-03-10 series=weekly with me ana
         action a in last by ana status=done done=2026-03-04
         action b in last by me status=done done=2026-03-07
         action c in side by ana status=done done=2026-03-08
         decision d in later
         question q in last by ana
         decision e in side answers=q",
    );
    let expected = ["b: done", "q: answered by e", "a: done", "c: done", "d: decided", "e: decided"];
    assert_eq!(world.changes("next", &[]), expected);
}

#[test]
fn the_log_tells_of_dropped_and_moved() {
    let world = world(
        "meeting last 2026-03-03 series=weekly with me ana
         meeting next 2026-03-10 series=weekly with me ana
         action a in last by ana due=2026-03-20
         action b in last by ana status=dropped",
    );
    let day = |text: &str| Some(text.parse().unwrap());
    let entry = |item: &str, at: &str, kind| Logged { item: id(item).into(), at: at.parse().unwrap(), kind };
    let log = [
        entry("a", "2026-03-06T10:00:00Z", LoggedKind::Redated { from: day("2026-03-12"), to: day("2026-03-20") }),
        entry("a", "2026-03-05T10:00:00Z", LoggedKind::Redated { from: day("2026-03-10"), to: day("2026-03-12") }),
        entry("a", "2026-03-02T10:00:00Z", LoggedKind::Redated { from: None, to: day("2026-03-10") }),
        entry("b", "2026-03-04T10:00:00Z", LoggedKind::Dropped),
        entry("a", "2026-03-04T10:00:00Z", LoggedKind::Dropped),
    ];
    assert_eq!(world.changes("next", &log), ["a: 2026-03-10 -> 2026-03-20", "b: dropped"]);
    assert_eq!(world.graph.last_time(id("next").into(), &world.view), Some(id("last").into()));
}

#[test]
fn the_log_tells_of_hand_overs_from_the_first_to_the_last() {
    let world = world(
        "meeting last 2026-03-03 series=weekly with me ana ben
         meeting next 2026-03-10 series=weekly with me ana ben
         action a in last by ben
         action b in last by me
         action c in last",
    );
    let entry = |item: &str, at: &str, from: &[&str], to: &[&str]| {
        let people = |of: &[&str]| of.iter().map(|name| id(name).into()).collect();
        let kind = LoggedKind::HandedOver { from: people(from), to: people(to) };
        Logged { item: id(item).into(), at: at.parse().unwrap(), kind }
    };
    let log = [
        entry("a", "2026-03-02T10:00:00Z", &["me"], &["ana"]),
        entry("a", "2026-03-04T10:00:00Z", &["ana"], &["me"]),
        entry("a", "2026-03-05T10:00:00Z", &["me"], &["ben"]),
        entry("b", "2026-03-04T10:00:00Z", &["me"], &["ana"]),
        entry("b", "2026-03-06T10:00:00Z", &["ana"], &["me"]),
        entry("c", "2026-03-06T10:00:00Z", &["ana"], &[]),
    ];
    assert_eq!(world.changes("next", &log), ["c: ana to ", "a: ana to ben"], "before last time, and there and back");
}

#[test]
fn new_people_come_and_were_never_met() {
    let check = |text: &str, expected: &str| {
        let world = world(&format!("{text}\nmeeting next 2026-03-10 series=weekly with me ana ben -cid"));
        assert_eq!(names(world.brief("next").new_people), expected, "{text}");
    };
    check("", "ana ben");
    check("meeting a 2026-03-03 with me ana", "ben");
    check("meeting a 2026-03-03 with ana", "ana ben");
    check("meeting a 2026-03-03 series=weekly with ana", "ben");
    check("meeting a 2026-03-03 with me -ana !ben", "ana ben");
    check("meeting a 2026-03-03 cancelled with me ana", "ana ben");
    check("meeting a 2026-03-17 with me ana", "ana ben");
}
