//! Calendar: the list of calendars, and the events of one.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, Response, header};
use serde_json::{Map, Value, json};

use super::fault::{json_answer, refused};
use super::world::{Asked, Row, World};
use super::{Shared, world};

type Pairs = HashMap<String, String>;

const LIST: &[&str] = &["alt", "maxResults", "minAccessRole", "pageToken", "showDeleted", "showHidden", "syncToken"];

const EVENTS: &[&str] = &[
    "alt",
    "alwaysIncludeEmail",
    "eventTypes",
    "iCalUID",
    "maxAttendees",
    "maxResults",
    "orderBy",
    "pageToken",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "showDeleted",
    "showHiddenInvitations",
    "singleEvents",
    "syncToken",
    "timeMax",
    "timeMin",
    "timeZone",
    "updatedMin",
];

/// "There are several query parameters that cannot be specified together with nextSyncToken" (Events: list).
const NOT_WITH_TOKEN: &[&str] = &[
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
];

pub(super) async fn calendar_list(
    State(world): State<Shared>,
    uri: OriginalUri,
    headers: HeaderMap,
    Query(query): Query<Pairs>,
) -> Response<Body> {
    let asked = match admit(&world, &uri, &headers, &query, LIST).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let world = world::lock(&world);
    let hides =
        query.get("showDeleted").is_some_and(|s| s == "false") || query.get("showHidden").is_some_and(|s| s == "false");
    if query.contains_key("syncToken") && (hides || query.contains_key("minAccessRole")) {
        return refused(400, "badRequest");
    }
    let hidden = query.get("showHidden").is_some_and(|word| word == "true") || query.contains_key("syncToken");
    let rows = world.lists.get(&asked.user).map(Vec::as_slice).unwrap_or_default();
    let shown = |row: &&Row, since: u64| {
        let deleted = row.value["deleted"] == true;
        row.changed > since && (since > 0 || !deleted) && (hidden || row.value["hidden"] != true)
    };
    let head = json!({"kind": "calendar#calendarList", "etag": "\"p33\""});
    listed(&world, &query, head, 250, &asked.same, |since| {
        rows.iter().filter(|row| shown(row, since)).map(|row| row.value.clone()).collect()
    })
}

pub(super) async fn events(
    State(world): State<Shared>,
    Path(id): Path<String>,
    uri: OriginalUri,
    headers: HeaderMap,
    Query(query): Query<Pairs>,
) -> Response<Body> {
    let asked = match admit(&world, &uri, &headers, &query, EVENTS).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let world = world::lock(&world);
    let id = if id == "primary" { asked.user.clone() } else { id };
    let entry = world.lists.get(&asked.user).and_then(|list| list.iter().find(|row| row.value["id"] == id.as_str()));
    let (Some(entry), Some(calendar)) = (entry, world.calendars.get(&id)) else { return refused(404, "notFound") };
    if entry.value["deleted"] == true {
        return refused(404, "notFound");
    }
    let with_token = query.contains_key("syncToken");
    if with_token
        && (NOT_WITH_TOKEN.iter().any(|key| query.contains_key(*key))
            || query.get("showDeleted").is_some_and(|s| s == "false"))
    {
        return refused(400, "badRequest");
    }
    assert_ne!(query.get("singleEvents").map(String::as_str), Some("true"), "instances are not made here");
    let deleted = with_token || query.get("showDeleted").is_some_and(|word| word == "true");
    let called_off = |row: &Row| row.value["status"] == "cancelled";
    // Cancelled exceptions of a living series are listed even without showDeleted.
    let shown = |row: &&Row, since: u64| {
        let exception = row.value["recurringEventId"].as_str();
        let living = |master: &str| calendar.events.iter().any(|row| row.value["id"] == master && !called_off(row));
        row.changed > since && (!called_off(row) || (deleted && since > 0) || exception.is_some_and(living))
    };
    let head = json!({"kind": "calendar#events", "etag": "\"p34\"", "summary": id, "description": "",
        "updated": "2026-11-01T10:00:00.000Z", "timeZone": calendar.zone, "accessRole": entry.value["accessRole"],
        "defaultReminders": []});
    listed(&world, &query, head, 250, &asked.same, |since| {
        calendar.events.iter().filter(|row| shown(row, since)).map(|row| row.value.clone()).collect()
    })
}

struct Admitted {
    user: String,
    /// What has to be the same on the next page and with the sync token.
    same: String,
}

/// Notes the request down, lets it go wrong if it is to, and looks at its token and its parameters.
async fn admit(
    world: &Shared,
    uri: &OriginalUri,
    headers: &HeaderMap,
    query: &Pairs,
    allowed: &[&str],
) -> Result<Admitted, Response<Body>> {
    let path = uri.path().to_owned();
    let mut pairs: Vec<(String, String)> = query.clone().into_iter().collect();
    pairs.sort();
    let fault = {
        let mut world = world::lock(world);
        world.asked.push(Asked { path: path.clone(), query: pairs.clone() });
        world.fault(&path)
    };
    if let Some(fault) = fault {
        return Err(fault.answer().await);
    }
    let mut world = world::lock(world);
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let Some((user, scopes)) = bearer.and_then(|bearer| world.user_of(bearer)).cloned() else {
        world.refused += 1;
        return Err(refused(401, "authError"));
    };
    let needed =
        if path.ends_with("/calendarList") { "calendar.calendarlist.readonly" } else { "calendar.events.readonly" };
    if !scopes.split(' ').any(|scope| scope.ends_with(needed) || scope.ends_with("/calendar.readonly")) {
        return Err(refused(403, "insufficientPermissions"));
    }
    if query.keys().any(|key| !allowed.contains(&key.as_str())) {
        return Err(refused(400, "badRequest"));
    }
    let same = pairs.into_iter().filter(|(key, _)| !matches!(key.as_str(), "pageToken" | "syncToken" | "alt"));
    Ok(Admitted { user, same: same.map(|(key, value)| format!("{key}={value};")).collect() })
}

/// A page of what `of` lists since a number. Tokens hold what the first request asked.
fn listed(
    world: &World,
    query: &Pairs,
    head: Value,
    default: usize,
    same: &str,
    of: impl Fn(u64) -> Vec<Value>,
) -> Response<Body> {
    let since = match query.get("syncToken").map(|token| read(token, "sync", same)) {
        None => 0,
        Some(None) => return refused(400, "badRequest"),
        Some(Some([since, _])) if since < world.oldest => return refused(410, "fullSyncRequired"),
        Some(Some([since, _])) => since,
    };
    let page_token = query.get("pageToken");
    let after_gap = page_token.is_some_and(|token| token.starts_with("gap!"));
    let (upto, from) = match page_token.map(|token| read(token, if after_gap { "gap" } else { "page" }, same)) {
        None => (world.now, 0),
        Some(None) => return refused(400, "badRequest"),
        Some(Some([upto, from])) => (upto, usize::try_from(from).expect("a place")),
    };
    let asked = query.get("maxResults").and_then(|text| text.parse().ok()).unwrap_or(default);
    let size = world.page.min(asked).max(1);
    let mut items = of(since);
    let mut answer: Map<String, Value> = head.as_object().cloned().unwrap_or_default();
    if world.liberties {
        items.reverse();
        if !after_gap {
            // "A page may be empty", and still another comes.
            answer.insert("nextPageToken".to_owned(), format!("gap!{upto}!{from}!{same}").into());
            return json_answer(200, &answer.into());
        }
    }
    let page: Vec<Value> = items.iter().skip(from).take(size).cloned().collect();
    let next = from + page.len();
    answer.insert("items".to_owned(), page.into());
    let more = next < items.len();
    let (key, token) = if more {
        ("nextPageToken", format!("page!{upto}!{next}!{same}"))
    } else {
        ("nextSyncToken", format!("sync!{upto}!0!{same}"))
    };
    answer.insert(key.to_owned(), token.into());
    json_answer(200, &answer.into())
}

/// The two numbers of a token of this kind, where it belongs to the same question.
fn read(token: &str, kind: &str, same: &str) -> Option<[u64; 2]> {
    let mut parts = token.splitn(4, '!');
    let right = parts.next() == Some(kind);
    let numbers = [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
    (right && parts.next() == Some(same)).then_some(numbers)
}
