//! Real minutes, where the folder with them stands beside the repository; committed nowhere.

use std::collections::BTreeSet;
use std::path::PathBuf;

use throughline_core::minutes::read;
use throughline_core::model::Presence;
use throughline_core::people::fold;

fn corpora() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/minutes");
    folder.is_dir().then_some(folder)
}

/// A name as the expectations have it: without its full stops.
fn key(name: &str) -> String {
    fold(name).replace('.', "")
}

#[test]
fn real_minutes_give_their_people_and_dates() {
    let Some(folder) = corpora() else {
        println!("no corpora beside the repository: skipped");
        return;
    };
    let (mut hit, mut missed, mut extra, mut dates, mut files) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for source in ["solid", "openjs-cpc"] {
        let expected = std::fs::read_to_string(folder.join(format!("{source}.expected.json"))).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        for file in expected.as_array().unwrap() {
            let path = file["file"].as_str().unwrap();
            let minutes = read(&std::fs::read_to_string(folder.join(path)).unwrap(), path);
            files += 1;
            if minutes.date.map(|date| date.to_string()).as_deref() == file["date"].as_str() {
                dates += 1;
            } else {
                println!("{path}: date {:?}", minutes.date);
            }
            assert!(minutes.title.is_some(), "{path}");
            let found: BTreeSet<(u32, String)> =
                minutes.attendees.iter().map(|attendee| (attendee.line, key(&attendee.name))).collect();
            let mut used = BTreeSet::new();
            for attendee in file["attendees"].as_array().unwrap() {
                let line = u32::try_from(attendee["line"].as_u64().unwrap()).unwrap();
                let name = key(attendee["name"].as_str().unwrap());
                // Some expected names drag a remark along: they then begin with ours, or hold it.
                let same = found.iter().find(|(at, own)| *own == name || *at == line && name.contains(own.as_str()));
                match same {
                    Some(own) => {
                        used.insert(own.clone());
                        hit += 1;
                        let known =
                            minutes.attendees.iter().find(|one| one.line == own.0 && key(&one.name) == own.1).unwrap();
                        if let Some(handle) = attendee["handle"].as_str().filter(|handle| !handle.contains(' ')) {
                            let own = known.handle.as_deref().unwrap_or_default().replace('_', "");
                            assert_eq!(own, handle.replace('_', ""), "{path}:{line}");
                        }
                    }
                    None => {
                        missed += 1;
                        println!("{path}:{line}: missed {name}");
                    }
                }
            }
            // Regrets are right to be told, and are not in the expectations.
            let there = minutes.attendees.iter().filter(|one| one.present != Presence::No);
            for one in there.filter(|one| !used.contains(&(one.line, key(&one.name)))) {
                extra += 1;
                println!("{path}:{}: more than expected: {}", one.line, one.name);
            }
        }
    }
    let recall = f64::from(hit) / f64::from(hit + missed);
    let precision = f64::from(hit) / f64::from(hit + extra);
    println!("{files} files: recall {recall:.4}, precision {precision:.4}, dates {dates}");
    assert_eq!(dates, files);
    assert!(recall >= 0.99 && precision >= 0.98, "recall {recall}, precision {precision}");
}
