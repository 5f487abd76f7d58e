use super::*;

/// Every rule of two independent libraries' test suites, when the folder with them is there.
#[test]
fn rules_give_the_instances_that_two_other_libraries_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/recurrence");
    let mut wrong = Vec::new();
    let mut checked = 0;
    for file in ["libical_recur.json", "icaljs_recur.json"] {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            println!("skipped: {file} is not there");
            continue;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list of cases");
        for case in cases {
            checked += 1;
            let given = case["rrule"].as_str().expect("a rule");
            let start = at(case["dtstart"].as_str().expect("a start"));
            let expected: Vec<NaiveDateTime> =
                case["expected"].as_array().expect("a list").iter().map(|t| at(t.as_str().expect("a time"))).collect();
            // In the libical file every list is whole.
            let whole = case.get("complete").is_none_or(|complete| complete.as_bool() == Some(true));
            let found = instances(given, start, expected.len() + usize::from(whole));
            if found != Ok(expected.clone()) {
                wrong.push(format!("{given} from {start}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}

fn at(text: &str) -> NaiveDateTime {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let padded = format!("{digits:0<14}");
    NaiveDateTime::parse_from_str(&padded, "%Y%m%d%H%M%S").expect("a time")
}

fn instances(rule: &str, start: NaiveDateTime, max: usize) -> Result<Vec<NaiveDateTime>, RuleError> {
    let rule: Rule = rule.parse()?;
    let until = match rule.until {
        None => NaiveDateTime::MAX,
        Some(Until::Date(date)) => date.and_hms_opt(23, 59, 59).expect("a time"),
        Some(Until::Local(local)) => local,
        Some(Until::Utc(at)) => at.naive_utc(),
    };
    Ok(rule.instances(start)?.take_while(|at| *at <= until).take(max).collect())
}
