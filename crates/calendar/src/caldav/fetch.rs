//! What changed in one calendar: by its sync token (RFC 6578), else by the versions of what is in it; then the changed
//! resources themselves, in batches.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use libdav::caldav::GetCalendarResources;
use libdav::dav::{ListResources, SyncCollection};
use throughline_core::calendar::{Changes, Event, Item, Limits, Warning};
use url::Url;

use super::multistatus::{self, Multistatus, Response};
use super::{NO_ANSWER, Session};
use crate::{Answer, Cursor, Error, Known, Result, ics};

/// Resources asked for at once.
const BATCH: usize = 50;
/// Times a server may hand out its changes in pieces.
const PIECES: usize = 1_000;

/// What is wanted of a calendar.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Where it is.
    pub url: &'a Url,
    /// Up to where it was fetched.
    pub since: &'a Cursor,
    /// What the vault has of it, by path.
    pub known: &'a Known,
    /// Whether everything is to be fetched again, whatever is known.
    pub full: bool,
    /// The addresses at which the user is invited, lower case.
    pub me: &'a [String],
    /// What is taken of it.
    pub limits: &'a Limits,
}

/// Asks for what changed in a calendar: where nothing is known, for everything. A resource that cannot be read costs
/// itself and a warning. A token that is no longer good is the server's to forget: then the versions are compared.
///
/// # Errors
/// Where the server does not say what is in the calendar.
pub async fn fetch(session: &Session, wanted: &Wanted<'_>) -> Result<Answer> {
    let nothing = Known::default();
    let known = if wanted.full { &nothing } else { wanted.known };
    let listing = list(session, wanted.url, &wanted.since.token, known, wanted.full).await?;
    let changes = Changes { complete: listing.whole && known.is_empty(), ..Changes::default() };
    let mut fetching = Fetching { session, wanted, changes, missed: false };
    let mut changed: BTreeSet<String> = listing.changed.into_iter().collect();
    let gone: BTreeSet<String> = listing.gone.into_iter().filter(|id| !changed.contains(id)).collect();
    // Two resources should not share a UID. Where they do, what stays of it is looked at again when one of them goes.
    let parting: BTreeSet<&str> = gone.iter().filter_map(|id| known.get(id)?.uid.as_deref()).collect();
    let shared = |uid: &Option<String>| uid.as_deref().is_some_and(|uid| parting.contains(uid));
    changed
        .extend(known.iter().filter(|(id, item)| !gone.contains(*id) && shared(&item.uid)).map(|(id, _)| id.clone()));
    let changed: Vec<String> = changed.into_iter().collect();
    for batch in changed.chunks(BATCH) {
        fetching.get(batch).await?;
    }
    fetching.changes.removed.extend(gone);
    // What could not be given out is named again only to those who come with the old token.
    let token = if fetching.missed { wanted.since.token.clone() } else { listing.token };
    Ok(Answer { changes: fetching.changes, cursor: Cursor { token, ..Cursor::default() } })
}

/// Ids, which are paths as the server writes them.
#[derive(Debug, Default)]
struct Listing {
    changed: Vec<String>,
    gone: Vec<String>,
    /// Whether everything in the calendar was listed, and not what changed.
    whole: bool,
    token: Option<String>,
}

async fn list(session: &Session, url: &Url, token: &Option<String>, known: &Known, full: bool) -> Result<Listing> {
    let names = Names::of(known);
    let ids = |responses: Vec<Response>| -> Vec<String> {
        let inside = responses.iter().filter(|response| !is_collection(response, url));
        inside.map(|response| names.id(&response.url)).collect()
    };
    if let Some(token) = token.as_ref().filter(|_| !full) {
        match since(session, url, Some(token)).await {
            Ok(all) => {
                let (gone, changed): (Vec<Response>, Vec<Response>) =
                    all.responses.into_iter().partition(|response| response.status == 404);
                return Ok(Listing { changed: ids(changed), gone: ids(gone), whole: false, token: all.sync_token });
            }
            Err(error) if is_stale(&error) => {}
            Err(error) => return Err(error),
        }
    }
    let (all, token) = match since(session, url, None).await {
        Ok(all) => (all.responses, all.sync_token),
        // Not every server has this report, and some only in parts.
        Err(error) if is_stale(&error) => (versions(session, url).await?, None),
        Err(error) => return Err(error),
    };
    let mut listing = Listing { whole: true, token, ..Listing::default() };
    let mut there = BTreeSet::new();
    for response in all.into_iter().filter(|response| response.status == 200 && !is_collection(response, url)) {
        let id = names.id(&response.url);
        let before = known.get(&id).and_then(|item| item.etag.as_deref());
        if before.is_none() || before != response.props.etag.as_deref() {
            listing.changed.push(id.clone());
        }
        there.insert(id);
    }
    listing.gone = known.keys().filter(|id| !there.contains(*id)).cloned().collect();
    Ok(listing)
}

/// The changes since a token, all pieces of them (RFC 6578 §3.6).
async fn since(session: &Session, url: &Url, token: Option<&str>) -> Result<Multistatus> {
    let mut all: BTreeMap<String, Response> = BTreeMap::new();
    let mut token = token.map(str::to_owned);
    for _ in 0..PIECES {
        let request = SyncCollection::new("/");
        let request = match &token {
            Some(token) => request.with_sync_token(token),
            None => request,
        };
        let piece = session.multistatus(&request, url).await?;
        let next = piece.sync_token.ok_or(NO_ANSWER)?;
        let mut cut = false;
        for response in piece.responses {
            if is_same(&response.url, url) {
                cut |= response.status == 507;
            } else {
                all.insert(key(response.url.path()), response);
            }
        }
        let stuck = token.as_ref() == Some(&next);
        token = Some(next);
        if !cut || stuck {
            return Ok(Multistatus { responses: all.into_values().collect(), sync_token: token });
        }
    }
    Err(NO_ANSWER)
}

/// Everything in the calendar with its version.
async fn versions(session: &Session, url: &Url) -> Result<Vec<Response>> {
    Ok(session.multistatus(&ListResources::new("/"), url).await?.responses)
}

/// Whether a server may have said no to the token or the report, and not to us: Radicale says 403, Xandikos 412, others
/// 400, 405, 409, 410, 415, 501 or 507. Where it is something else after all, the next question meets it again.
fn is_stale(error: &Error) -> bool {
    match error {
        Error::Refused { .. } | Error::StaleToken | Error::NotFound => true,
        Error::Server { status, .. } => matches!(status, None | Some(501 | 507)),
        _ => false,
    }
}

/// A path written in one way, for servers do not always write it the same.
fn key(path: &str) -> String {
    libdav::encoding::normalise_percent_encoded(path).map_or_else(|_| path.to_owned(), Into::into)
}

/// What resources are known by: their paths as the server wrote them first.
struct Names(HashMap<String, String>);

impl Names {
    fn of(known: &Known) -> Self {
        Self(known.keys().map(|id| (key(id), id.clone())).collect())
    }

    fn id(&self, url: &Url) -> String {
        self.0.get(&key(url.path())).cloned().unwrap_or_else(|| url.path().to_owned())
    }
}

fn is_collection(response: &Response, calendar: &Url) -> bool {
    response.props.is_collection || response.url.path().ends_with('/') || is_same(&response.url, calendar)
}

fn is_same(one: &Url, other: &Url) -> bool {
    key(one.path()).trim_end_matches('/') == key(other.path()).trim_end_matches('/')
}

struct Fetching<'a> {
    session: &'a Session,
    wanted: &'a Wanted<'a>,
    changes: Changes,
    /// Whether something is to be asked for again.
    missed: bool,
}

impl Fetching<'_> {
    /// Fetches resources; where an answer to several cannot be read, each half of them by itself.
    async fn get(&mut self, ids: &[String]) -> Result<()> {
        let mut open = VecDeque::from([ids]);
        while let Some(ids) = open.pop_front() {
            let request = GetCalendarResources::new("/").with_hrefs(ids);
            let reply = self.session.send(&request, self.wanted.url).await;
            let read = reply.and_then(|reply| match reply.status {
                207 => multistatus::read(&reply.body, &reply.url),
                _ => Err(reply.error()),
            });
            match read {
                Ok(read) => self.take(ids, read.responses),
                Err(Error::Server { status: None, .. } | Error::TooLarge { .. } | Error::NotACalendar(_))
                    if ids.len() > 1 =>
                {
                    let (first, second) = ids.split_at(ids.len() / 2);
                    open.push_front(second);
                    open.push_front(first);
                }
                Err(Error::Server { status: None, .. } | Error::TooLarge { .. } | Error::NotACalendar(_)) => {
                    self.unreadable(&ids[0], "its text could not be read");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn take(&mut self, ids: &[String], responses: Vec<Response>) {
        let mut came: BTreeMap<String, Response> =
            responses.into_iter().map(|response| (key(response.url.path()), response)).collect();
        for id in ids {
            match came.remove(&key(id)) {
                Some(Response { status: 200, props, .. }) => match props.data {
                    Some(data) => self.read(id, props.etag, &data),
                    None => self.again(id),
                },
                // Gone between the list and the question.
                Some(Response { status: 404 | 410, .. }) => self.changes.removed.push(id.clone()),
                Some(_) | None => self.again(id),
            }
        }
    }

    fn read(&mut self, id: &str, etag: Option<String>, data: &str) {
        let feed = match ics::read(data.as_bytes(), self.wanted.limits) {
            Ok(feed) if feed.complete => feed,
            Ok(_) => return self.unreadable(id, "its text breaks off"),
            Err(error) => return self.unreadable(id, &error.to_string()),
        };
        let unread = feed.groups.is_empty() && !feed.warnings.is_empty();
        self.changes.warnings.extend(feed.warnings);
        if unread {
            return self.changes.unreadable.push(id.to_owned());
        }
        let mut events: Vec<Event> = feed.groups.into_iter().flat_map(|group| group.events).collect();
        events.iter_mut().for_each(|event| mark(event, self.wanted.me));
        self.changes.items.push(Item { id: id.to_owned(), etag, events });
    }

    /// There, and not to be read: what is known of it stays.
    fn unreadable(&mut self, id: &str, why: &str) {
        let name = id.rsplit('/').next().unwrap_or(id);
        let message = format!("“{name}” was left out: {why}.");
        let uid = self.wanted.known.get(id).and_then(|item| item.uid.clone());
        self.changes.warnings.push(Warning { uid, message });
        self.changes.unreadable.push(id.to_owned());
    }

    /// There, and not given out this time.
    fn again(&mut self, id: &str) {
        self.missed = true;
        self.unreadable(id, "the server did not give it out; it is asked for again at the next sync");
    }
}

/// Says which of those invited is the user.
fn mark(event: &mut Event, me: &[String]) {
    let is_me = |email: &Option<String>| email.as_ref().is_some_and(|email| me.contains(email));
    for participant in event.attendees.iter_mut().chain(&mut event.organizer) {
        participant.is_self = is_me(&participant.email);
    }
    event.my_response = event.attendees.iter().find(|attendee| attendee.is_self).and_then(|attendee| attendee.response);
}
