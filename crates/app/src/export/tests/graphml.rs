use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::world::{ACME, ANA, ASK, BEN, SECRET, SEND, WEEKLY, id, world};
use crate::export::graphml;

#[derive(Default)]
struct Parsed {
    keys: BTreeMap<String, [String; 3]>,
    nodes: BTreeMap<String, BTreeMap<String, String>>,
    edges: Vec<(String, String, BTreeMap<String, String>)>,
}

/// What a reader of GraphML sees; fails on XML that is not well-formed.
fn parse(bytes: &[u8]) -> Parsed {
    let mut reader = Reader::from_reader(bytes);
    let (mut parsed, mut buffer) = (Parsed::default(), Vec::new());
    let (mut at, mut ends, mut key, mut text) = (String::new(), None, None::<String>, String::new());
    loop {
        let event = reader.read_event_into(&mut buffer).unwrap();
        match event {
            Event::Eof => return parsed,
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes: BTreeMap<String, String> = tag
                    .attributes()
                    .map(|attribute| attribute.unwrap())
                    .map(|it| {
                        (it.key.as_ref().to_owned(), it.normalized_value(Default::default()).unwrap().into_owned())
                    })
                    .collect();
                match tag.name().as_ref() {
                    "key" => {
                        let value = ["for", "attr.name", "attr.type"].map(|name| attributes[name].clone());
                        parsed.keys.insert(attributes["id"].clone(), value);
                    }
                    "node" => {
                        (at, ends) = (attributes["id"].clone(), None);
                        assert!(parsed.nodes.insert(at.clone(), BTreeMap::new()).is_none(), "twice: {at}");
                    }
                    "edge" => {
                        ends = Some((attributes["source"].clone(), attributes["target"].clone()));
                        let (from, to) = ends.clone().unwrap();
                        parsed.edges.push((from, to, BTreeMap::new()));
                    }
                    "data" => key = Some(attributes["key"].clone()),
                    _ => {}
                }
                text.clear();
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => text.push(match reference.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                other => panic!("{other}"),
            }),
            Event::End(_) => {
                if let Some(key) = key.take() {
                    let [whose, name, _] = &parsed.keys[&key];
                    assert_eq!(whose == "edge", ends.is_some());
                    let data = match ends {
                        Some(_) => &mut parsed.edges.last_mut().unwrap().2,
                        None => parsed.nodes.get_mut(&at).unwrap(),
                    };
                    data.insert(name.clone(), text.clone());
                }
            }
            _ => {}
        }
        buffer.clear();
    }
}

fn uuid(number: u128) -> String {
    id::<uuid::Uuid>(number).to_string()
}

#[test]
fn nodes_say_what_they_are_and_texts_come_back_as_they_were() {
    let parsed = parse(&graphml(&world(false)));
    let label = |node: &str| (parsed.nodes[node]["kind"].as_str(), parsed.nodes[node]["label"].as_str());
    assert_eq!(label(&uuid(ANA)), ("person", "Ana \"Ace\" Silva"));
    assert_eq!(label(&uuid(BEN)), ("person", "=Ben"));
    assert_eq!(label(&uuid(ACME)), ("organization", "Acme & <Sons>"));
    assert_eq!(label(&uuid(WEEKLY)), ("series", "Weekly: \"review\""));
    assert_eq!(label(&uuid(SEND)), ("action", "said <so> & \"so\" here ]]>"));
    assert_eq!(label("topic:client_2f_acme"), ("topic", "#client/acme"));
    assert_eq!(parsed.nodes[&uuid(SEND)]["date"], "2026-11-20");
    assert_eq!(parsed.nodes.len(), 2 + 1 + 1 + 3 + 4 + 1);
}

#[test]
fn edges_join_nodes_that_are_there_and_bear_kind_date_and_weight() {
    let parsed = parse(&graphml(&world(false)));
    let kinds: BTreeSet<_> = parsed.edges.iter().map(|(_, _, data)| data["kind"].as_str()).collect();
    for kind in
        ["attended", "organized", "member_of", "occurrence_of", "raised_in", "decided_by", "supersedes", "about"]
    {
        assert!(kinds.contains(kind), "{kind}");
    }
    assert!(!kinds.contains("blocked_by") && !kinds.contains("answers"));
    for (from, to, data) in &parsed.edges {
        assert!(parsed.nodes.contains_key(from) && parsed.nodes.contains_key(to), "{from} {to}");
        assert!(data["weight"].parse::<f64>().is_ok());
        assert_eq!(data.contains_key("date"), data["kind"] != "member_of");
    }
    let weights = |who| {
        let of = parsed.edges.iter().filter(move |(from, _, data)| *from == uuid(who) && data["kind"] == "attended");
        of.map(|(_, _, data)| data["weight"].clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(weights(ANA), BTreeSet::from(["1.0".to_owned()]));
    assert!(weights(BEN).is_empty(), "who declined was not there");
}

#[test]
fn only_what_the_lists_name_is_taken_from_the_graph() {
    let mut exported = world(true);
    assert!(parse(&graphml(&exported)).nodes.contains_key(&uuid(SECRET)));
    exported.meetings.clear();
    exported.people.remove(1);
    let parsed = parse(&graphml(&exported));
    assert!(!parsed.nodes.contains_key(&uuid(BEN)) && !parsed.nodes.contains_key(&uuid(WEEKLY)));
    assert!(!parsed.nodes.contains_key(&uuid(ASK)), "a list may name what the graph does not know");
    assert!(parsed.nodes.contains_key(&uuid(SECRET)));
}

#[test]
fn an_empty_vault_is_an_empty_graph() {
    let mut exported = world(false);
    exported.graph.nodes.clear();
    exported.graph.edges.clear();
    let parsed = parse(&graphml(&exported));
    assert!(parsed.nodes.is_empty() && parsed.edges.is_empty() && parsed.keys.len() == 6);
}
