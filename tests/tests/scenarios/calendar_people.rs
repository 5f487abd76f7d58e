//! From attendees to people and organizations.

use serde_json::{Value, json};
use throughline_tests::{Vault, all, calendar, event};

const AT: &str = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z\n";

fn vault_of(attendees: &str) -> Vault {
    let vault = Vault::new();
    let path = vault.file("c.ics", calendar(&[event("u@x", "Review", &format!("{AT}{attendees}"))]));
    vault.subscribe(&path);
    vault
}

fn attendee_names(vault: &Vault) -> Vec<String> {
    let meeting = vault.on("2026-12-01", "Review");
    let mut names = all(meeting["attendees"].as_array().expect("attendees"), "name");
    names.sort();
    names
}

fn person(vault: &Vault, email: &str) -> Value {
    let people = vault.list(&["people"], "people");
    let has = |person: &&Value| person["emails"].as_array().expect("emails").contains(&json!(email));
    people.iter().find(has).unwrap_or_else(|| panic!("no {email}: {people:#?}")).clone()
}

#[test]
fn people_are_known_by_their_address_whatever_its_case() {
    let vault = Vault::new();
    let path = vault.file(
        "c.ics",
        calendar(&[
            event("a@x", "A", &format!("{AT}ATTENDEE;CN=Ana Silva:MAILTO:Ana.Silva@Example.ORG")),
            event("b@x", "B", &format!("{AT}ATTENDEE;CN=ana.silva@example.org:mailto:ana.silva@example.org")),
            event("c@x", "C", &format!("{AT}ATTENDEE:ana.silva@example.org\nATTENDEE;CN=MM:mailto:MAX@example.org")),
        ]),
    );
    vault.subscribe(&path);
    let people = vault.list(&["people"], "people");
    assert_eq!(people.len(), 2, "{people:#?}");
    let ana = person(&vault, "ana.silva@example.org");
    assert_eq!((&ana["name"], &ana["is_me"]), (&json!("Ana Silva"), &json!(false)));
    assert_eq!(person(&vault, "max@example.org")["is_me"], true);
    assert_eq!(
        vault
            .list(
                &["meetings", "--from", "2026-12-01", "--to", "2026-12-01", "--person", "ana.silva@example.org"],
                "meetings"
            )
            .len(),
        3
    );
}

#[test]
fn names_without_an_address_become_people_and_addresses_without_a_name_get_one() {
    let vault = vault_of("ATTENDEE;CN=Carla Gomez:invalid:nomail\nATTENDEE:mailto:joe.doe@initech.com");
    let names = all(&vault.list(&["people"], "people"), "name");
    assert!(names.contains(&"Carla Gomez".to_owned()), "{names:?}");
    assert!(names.contains(&"Joe Doe".to_owned()), "{names:?}");
    assert_eq!(attendee_names(&vault), ["Carla Gomez", "Joe Doe"]);
}

#[test]
fn rooms_resources_and_groups_are_not_people() {
    let vault = vault_of(
        "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room1@example.org
        ATTENDEE;CUTYPE=RESOURCE;CN=Projector:mailto:projector@example.org
        ATTENDEE;CUTYPE=GROUP;CN=Engineering:mailto:eng@example.org
        ATTENDEE;CN=Big Hall:mailto:c_188abc@resource.calendar.google.com
        ATTENDEE;CUTYPE=INDIVIDUAL;CN=Ben Okoro:mailto:ben@example.org",
    );
    assert_eq!(attendee_names(&vault), ["Ben Okoro"]);
    assert_eq!(all(&vault.list(&["people"], "people"), "name").len(), 2);
}

#[test]
fn organizations_come_from_domains_but_for_free_mail() {
    let vault = vault_of(
        "ATTENDEE;CN=A:mailto:a@mail.acme.co.uk
        ATTENDEE;CN=B:mailto:b@acme.co.uk
        ATTENDEE;CN=C:mailto:c@gmail.com
        ATTENDEE;CN=D:mailto:d@web.de
        ATTENDEE;CN=E:mailto:e@yahoo.co.uk
        ATTENDEE;CN=F:mailto:f@proton.me
        ATTENDEE;CN=G:mailto:g@icloud.com
        ATTENDEE;CN=H:mailto:h@initech.com",
    );
    let organizations = vault.json(&["orgs"]);
    let list = organizations.as_object().expect("an object").values().find_map(Value::as_array).expect("a list");
    let mut names = all(list, "name");
    names.retain(|name| name != "Example");
    names.sort();
    assert_eq!(names, ["Acme", "Initech"]);
    assert_eq!(person(&vault, "a@mail.acme.co.uk")["organization"], "Acme");
    assert_eq!(person(&vault, "c@gmail.com")["organization"], Value::Null);
}

#[test]
fn roles_and_responses_follow_the_invitation() {
    let vault = vault_of(
        "ORGANIZER;CN=Ana:mailto:ana@example.org
        ATTENDEE;CN=Ana;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:ana@example.org
        ATTENDEE;CN=Ben;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:ben@example.org
        ATTENDEE;CN=Cleo;PARTSTAT=DECLINED:mailto:cleo@example.org
        ATTENDEE;CN=Dan:mailto:dan@example.org",
    );
    let meeting = vault.on("2026-12-01", "Review");
    let of = |name: &str| {
        let attendees = meeting["attendees"].as_array().expect("attendees");
        let one = attendees.iter().find(|a| a["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        json!([one["role"], one["response"], one["present"]])
    };
    assert_eq!(meeting["attendees"].as_array().expect("attendees").len(), 4);
    assert_eq!(of("Ana"), json!(["organizer", "accepted", "unknown"]));
    assert_eq!(of("Ben"), json!(["optional", "needs_action", "unknown"]));
    assert_eq!(of("Cleo"), json!(["required", "declined", "unknown"]));
    assert_eq!(of("Dan")[0], "required");
}

#[test]
fn an_attendee_who_is_gone_from_the_invitation_is_gone_from_the_meeting() {
    let vault = vault_of("ATTENDEE;CN=Ana:mailto:ana@example.org\nATTENDEE;CN=Ben:mailto:ben@example.org");
    assert_eq!(attendee_names(&vault), ["Ana", "Ben"]);
    vault.file(
        "c.ics",
        calendar(&[event(
            "u@x",
            "Review",
            &format!("{AT}ATTENDEE;CN=Ben:mailto:ben@example.org\nATTENDEE;CN=Cleo:mailto:cleo@example.org"),
        )]),
    );
    assert_eq!(vault.sync()["changed"], 1);
    assert_eq!(attendee_names(&vault), ["Ben", "Cleo"]);
}

#[test]
fn attendees_added_by_hand_survive_a_sync_and_reach_the_series() {
    let vault = Vault::new();
    let weekly = format!("{AT}RRULE:FREQ=WEEKLY;COUNT=3");
    let path = vault.file("c.ics", calendar(&[event("u@x", "Review", &weekly)]));
    vault.subscribe(&path);
    let first = vault.id_on("2026-12-01", "Review");
    vault.json(&["meeting", "attendee", "add", &first, "ana@acme.com", "--series"]);
    vault.json(&["meeting", "attendee", "add", &first, "ben@acme.com"]);
    vault.json(&["meeting", "present", &first, "ben@acme.com", "yes"]);
    vault.file("c.ics", calendar(&[event("u@x", "Review", &weekly.replace("COUNT=3", "COUNT=4"))]));
    vault.sync();
    let count = |day: &str| vault.on(day, "Review")["attendees"].as_array().expect("attendees").len();
    assert_eq!(["2026-12-01", "2026-12-08", "2026-12-15"].map(count), [2, 1, 1]);
    assert_eq!(count("2026-12-22"), 1, "an occurrence that came later has them as well");
    let ben = vault.on("2026-12-01", "Review")["attendees"]
        .as_array()
        .expect("attendees")
        .iter()
        .find(|a| a["email"] == "ben@acme.com")
        .cloned();
    assert_eq!(ben.expect("Ben")["present"], "yes");
}

#[test]
fn series_and_people_narrow_the_list_of_meetings() {
    let vault = vault_of("ATTENDEE;CN=Ana Silva:mailto:ana@example.org\nRRULE:FREQ=WEEKLY;COUNT=3");
    vault.meeting("Else", "2026-12-01T15:00", &["ben@example.org"]);
    let span = ["meetings", "--from", "2026-12-01", "--to", "2026-12-31"];
    let with = |more: &[&str]| all(&vault.list(&[&span[..], more].concat(), "meetings"), "title");
    for ana in ["ana@example.org", "@ana", "ana", "Ana Silva"] {
        assert_eq!(with(&["--person", ana]), ["Review"; 3], "{ana}");
    }
    let series = vault.on("2026-12-08", "Review")["series_id"].as_str().expect("a series").to_owned();
    assert_eq!(with(&["--series", &series]), ["Review"; 3]);
    let noted = vault.id_on("2026-12-08", "Review");
    vault.write(&noted, "x\n");
    assert_eq!(with(&["--with-notes"]), ["Review"]);
}
