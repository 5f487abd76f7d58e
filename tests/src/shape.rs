use serde_json::Value;

/// What a field of a JSON object has to hold. `Maybe…` takes `null` too; an absent field is never right.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    /// A string.
    Text,
    /// A string.
    MaybeText,
    /// A string that is not empty.
    Id,
    /// As [`Field::Id`].
    MaybeId,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// As [`Field::Word`].
    MaybeWord(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A whole number, not negative.
    Count,
    /// Any number.
    Number,
    /// `YYYY-MM-DD`.
    Date,
    /// As [`Field::Date`].
    MaybeDate,
    /// RFC 3339 with an offset.
    Time,
    /// As [`Field::Time`].
    MaybeTime,
    /// A time or, of whole days, a date.
    When,
    /// As [`Field::When`].
    MaybeWhen,
    /// A list of strings.
    Texts,
    /// An object of this shape.
    Object(&'static [(&'static str, Field)]),
    /// As [`Field::Object`].
    MaybeObject(&'static [(&'static str, Field)]),
    /// A list of objects of this shape.
    List(&'static [(&'static str, Field)]),
    /// A list of anything.
    Items,
    /// Anything but absent.
    Any,
}

/// Checks an object field by field; fields beside these are allowed.
pub fn check_shape(what: &str, value: &Value, shape: &[(&str, Field)]) {
    let object = value.as_object().unwrap_or_else(|| panic!("{what} is no object: {value}"));
    for (name, field) in shape {
        let held = object.get(*name).unwrap_or_else(|| panic!("{what} lacks {name:?}: {value:#}"));
        check_field(&format!("{what}.{name}"), held, *field);
    }
}

/// Checks each object of the list under `key`, and that there is one.
pub fn check_list(what: &str, value: &Value, key: &str, shape: &'static [(&'static str, Field)]) {
    check_shape(what, value, &[(key, Field::List(shape))]);
    assert!(!value[key].as_array().expect("a list").is_empty(), "{what}: nothing in {key:?} to check");
}

fn check_field(what: &str, value: &Value, field: Field) {
    use Field::{
        Any, Bool, Count, Date, Id, Items, List, MaybeDate, MaybeId, MaybeObject, MaybeText, MaybeTime, MaybeWhen,
        MaybeWord, Number, Object, Text, Texts, Time, When, Word,
    };
    let string = value.as_str();
    let right = match field {
        Any => true,
        MaybeText | MaybeId | MaybeWord(_) | MaybeDate | MaybeTime | MaybeWhen | MaybeObject(_) if value.is_null() => {
            true
        }
        Text | MaybeText => string.is_some(),
        Id | MaybeId => string.is_some_and(|id| !id.is_empty()),
        Word(words) | MaybeWord(words) => string.is_some_and(|word| words.contains(&word)),
        Bool => value.is_boolean(),
        Count => value.is_u64(),
        Number => value.is_number(),
        Date | MaybeDate => string.is_some_and(is_date),
        Time | MaybeTime => string.is_some_and(is_time),
        When | MaybeWhen => string.is_some_and(|when| is_date(when) || is_time(when)),
        Texts => value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string)),
        Items => value.is_array(),
        Object(shape) | MaybeObject(shape) => {
            check_shape(what, value, shape);
            true
        }
        List(shape) => {
            let list = value.as_array().unwrap_or_else(|| panic!("{what} is no list: {value}"));
            for (index, one) in list.iter().enumerate() {
                check_shape(&format!("{what}[{index}]"), one, shape);
            }
            true
        }
    };
    assert!(right, "{what} is {value}, not {field:?}");
}

fn is_date(text: &str) -> bool {
    follows(text, "0000-00-00")
}

fn is_time(text: &str) -> bool {
    let Some((whole, rest)) = text.split_at_checked(19) else { return false };
    let offset = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let fraction = &rest[..rest.len() - offset.len()];
    let fraction_is_one = fraction.is_empty() || (fraction.starts_with('.') && fraction.len() > 1);
    follows(whole, "0000-00-00T00:00:00")
        && fraction_is_one
        && (offset == "Z" || follows(offset, "+00:00") || follows(offset, "-00:00"))
}

/// Whether `text` has a digit wherever `pattern` has one, and else its very characters.
fn follows(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(is, like)| if like == b'0' { is.is_ascii_digit() } else { is == like })
}
