use serde_json::Value;
use throughline_core::model::ItemId;

use super::world::{SECRET, id, world};
use crate::export::{Exported, File, csv, graphml, ics, json, markdown};

fn every_format(exported: &Exported) -> Vec<File> {
    let one = |path: &str, bytes| File { path: path.into(), bytes };
    let mut files = markdown(exported);
    files.extend(csv(exported));
    files.extend([one("x.json", json(exported)), one("x.graphml", graphml(exported)), one("x.ics", ics(exported))]);
    files
}

#[test]
fn what_was_left_out_is_in_no_file_not_even_by_its_id_or_topic() {
    let secret = id::<ItemId>(SECRET).to_string();
    for File { path, bytes } in every_format(&world(false)) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!path.to_lowercase().contains("secret"));
        assert!(!text.to_lowercase().contains("secret") && !text.contains(&secret), "{path}:\n{text}");
    }
}

#[test]
fn what_was_asked_for_is_there() {
    let secret = id::<ItemId>(SECRET).to_string();
    let exported = world(true);
    let files = every_format(&exported);
    let text = |path: &str| {
        let file = files.iter().find(|file| file.path.ends_with(path)).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    for path in ["x.json", "x.graphml", "actions.csv"] {
        assert!(text(path).contains(&secret), "{path}");
    }
    assert!(
        text("Q4-\u{1F4C8}, plan ; -o-.md").contains("## Private\n\n!! secret talk"),
        "{}",
        text("Q4-\u{1F4C8}, plan ; -o-.md")
    );
    assert!(text("x.graphml").contains("#secret/plan"));
}

#[test]
fn json_holds_every_list_in_the_shapes_of_the_command() {
    let exported = world(false);
    let document: Value = serde_json::from_slice(&json(&exported)).unwrap();
    assert_eq!(document["exported_at"], "2026-11-22T09:00:00+00:00");
    for (name, count) in [
        ("people", 2),
        ("organizations", 1),
        ("meetings", 3),
        ("notes", 3),
        ("running_notes", 1),
        ("actions", 1),
        ("decisions", 2),
        ("questions", 2),
    ] {
        assert_eq!(document[name].as_array().unwrap().len(), count, "{name}");
    }
    assert_eq!(document["meetings"], serde_json::to_value(&exported.meetings).unwrap());
    assert_eq!(document["notes"], serde_json::to_value(&exported.notes).unwrap());
    assert_eq!(document["actions"][0]["blocked_by"], Value::Array(vec![]));
    assert_eq!(document["questions"][0]["answered_by"], Value::Null);
    assert_eq!(document["decisions"][0]["supersedes"], document["decisions"][1]["id"]);
}
