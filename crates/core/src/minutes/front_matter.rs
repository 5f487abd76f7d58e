//! The YAML head of Obsidian, Notion and static sites: the small part of YAML people write there.

use super::plain::plain;

/// One value of a key, on its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    pub line: u32,
}

/// Keys with their values, in order. A list gives several values, a map in a list one value per entry with its parts
/// written behind each other as people would: "Ana Silva (ana@acme.com)".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub entries: Vec<(String, Vec<Value>)>,
    /// How many lines it takes, its fences included.
    pub lines: usize,
}

impl FrontMatter {
    /// The first value of the first of these keys that has one.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&str> {
        let entry = |key: &&str| self.entries.iter().find(|(name, values)| name == key && !values.is_empty());
        keys.iter().find_map(entry).map(|(_, values)| values[0].text.as_str())
    }
}

/// The front matter, empty where there is none.
pub(super) fn read(text: &str) -> FrontMatter {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return FrontMatter::default();
    }
    let mut matter = FrontMatter::default();
    let mut number = 1;
    for raw in lines {
        number += 1;
        if matches!(raw.trim_end(), "---" | "...") {
            matter.lines = number as usize;
            return matter;
        }
        take(&mut matter, raw, number);
        if number > 500 {
            break;
        }
    }
    FrontMatter::default()
}

fn take(matter: &mut FrontMatter, raw: &str, number: u32) {
    let trimmed = raw.trim();
    let nested = raw.starts_with([' ', '\t']);
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return;
    }
    if let Some(item) = trimmed.strip_prefix("- ").or_else(|| (trimmed == "-").then_some("")) {
        if let Some((_, values)) = matter.entries.last_mut() {
            // "- name: Ana" begins a map; "- Ana: chair" would, too, but nobody writes a person so.
            let text = match key_value(item) {
                Some((key, value)) if is_part(&key) => scalar(value),
                _ => scalar(item),
            };
            values.push(Value { text, line: number });
        }
    } else if let Some((key, value)) = key_value(trimmed) {
        match matter.entries.last_mut() {
            Some((_, values)) if nested => {
                if let Some(last) = values.last_mut()
                    && is_part(&key)
                {
                    let value = scalar(value);
                    last.text = match key.as_str() {
                        "name" => format!("{value} {}", last.text),
                        _ => format!("{} ({value})", last.text),
                    };
                }
            }
            _ => {
                let texts = list(value).unwrap_or_else(|| vec![scalar(value)]);
                let values = texts.into_iter().filter(|text| !text.is_empty() && text != "|" && text != ">");
                matter.entries.push((key, values.map(|text| Value { text, line: number }).collect()));
            }
        }
    } else if nested && let Some((_, values)) = matter.entries.last_mut() {
        values.push(Value { text: scalar(trimmed), line: number });
    }
}

fn is_part(key: &str) -> bool {
    matches!(
        key,
        "name"
            | "email"
            | "mail"
            | "role"
            | "org"
            | "organization"
            | "organisation"
            | "company"
            | "handle"
            | "github"
            | "title"
    )
}

/// A key and what follows it; the key folded to words.
fn key_value(text: &str) -> Option<(String, &str)> {
    let (key, value) = text.split_once(':')?;
    if !(value.is_empty() || value.starts_with([' ', '\t'])) || key.len() > 40 || key.starts_with(['[', '"', '@']) {
        return None;
    }
    Some((key.trim().to_lowercase().replace(['_', '-'], " "), value.trim()))
}

/// The values of `[a, "b, c"]`.
fn list(value: &str) -> Option<Vec<String>> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    // A wiki link is no list.
    if inner.starts_with('[') && inner.ends_with(']') && !inner.contains("]]") {
        return None;
    }
    let (mut values, mut depth, mut quote, mut current) = (Vec::new(), 0_i32, None, String::new());
    for c in inner.chars() {
        match (c, quote) {
            ('"' | '\'', None) if current.trim().is_empty() => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('[' | '(' | '{', None) => depth += 1,
            (']' | ')' | '}', None) => depth -= 1,
            (',', None) if depth <= 0 => {
                values.push(scalar(&std::mem::take(&mut current)));
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    values.push(scalar(&current));
    Some(values)
}

fn scalar(text: &str) -> String {
    let text = text.trim();
    let unquoted = ['"', '\''].iter().find_map(|q| text.strip_prefix(*q).and_then(|text| text.strip_suffix(*q)));
    let text = unquoted.unwrap_or_else(|| text.split(" #").next().unwrap_or(text));
    plain(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let matter = read(text);
        let entries: Vec<(&str, Vec<&str>)> = matter
            .entries
            .iter()
            .map(|(key, values)| (key.as_str(), values.iter().map(|value| value.text.as_str()).collect()))
            .collect();
        let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(key, values)| (*key, values.to_vec())).collect();
        assert_eq!(entries, expected, "{text}");
    }

    #[test]
    fn the_yaml_people_write_is_read() {
        check(
            "---\ntitle: \"Weekly: Acme\"\ndate: 2024-12-03 # x\n---\n",
            &[("title", &["Weekly: Acme"]), ("date", &["2024-12-03"])],
        );
        check("---\nattendees: [Ana Silva, \"Ode, Ben\"]\n---\n", &[("attendees", &["Ana Silva", "Ode, Ben"])]);
        check(
            "---\nattendees:\n  - Ana Silva\n  - \"[[people/ben|Ben Ode]]\"\n---\n",
            &[("attendees", &["Ana Silva", "Ben Ode"])],
        );
        check("---\nattendees:\n- Ana\n- Ben\n---", &[("attendees", &["Ana", "Ben"])]);
        check("---\nattendees: [\"[[Ana Silva]]\", \"[[Ben Ode]]\"]\n---", &[("attendees", &["Ana Silva", "Ben Ode"])]);
        check(
            "---\nattendees:\n  - name: Ana Silva\n    email: ana@acme.com\n---",
            &[("attendees", &["Ana Silva (ana@acme.com)"])],
        );
        check("---\nstart_time: 15:00\n---", &[("start time", &["15:00"])]);
        check("---\nno end", &[]);
        check("# no front matter\n---\na: b\n---", &[]);
    }
}
