//! News of what was committed to a vault, by this process and others: the feed, read on from where one was.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;
use throughline_store::{Kind, feed};

use crate::Result;
use crate::app::App;

/// How often to look: news is to be on the screen within a second.
pub const PAUSE: Duration = Duration::from_millis(250);

/// From so many things of a kind on, the kind alone is told.
const MANY: usize = 500;

/// What was committed since the last look, each thing once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Changed {
    /// Grows with every commit that touches something.
    pub seq: i64,
    /// What was touched.
    pub touched: Vec<Touched>,
}

/// A thing that was touched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
pub struct Touched {
    /// `meeting`, `note`, `item`, `person`, `organization`, `account`, `calendar`, `setting`.
    pub kind: &'static str,
    /// Which; empty where many of the kind were.
    pub id: String,
}

/// Where in the feed somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    seq: i64,
}

impl Watch {
    /// From now on.
    ///
    /// # Errors
    /// As reading the vault.
    pub async fn start(app: &App) -> Result<Self> {
        Ok(Self { seq: feed::head(&mut *app.read().await?).await? })
    }

    /// What was committed since the last look; none where nothing was, which costs one small query. What is told was
    /// committed before.
    ///
    /// # Errors
    /// As reading the vault; the next look then tells what this one missed.
    pub async fn look(&mut self, app: &App) -> Result<Option<Changed>> {
        let conn = &mut *app.read().await?;
        let head = feed::head(conn).await?;
        if head == self.seq {
            return Ok(None);
        }
        // What was pruned since, or is of another vault put in this one's place, cannot be read: then all may be new.
        let whole = head > self.seq && feed::tail(conn).await?.is_some_and(|tail| tail <= self.seq + 1);
        let touched = if whole {
            let rows = feed::since(conn, self.seq).await?;
            gathered(rows.iter().map(|row| (row.kind, row.id.as_str())))
        } else {
            everything()
        };
        self.seq = head;
        Ok(Some(Changed { seq: head, touched }))
    }
}

fn gathered<'a>(rows: impl IntoIterator<Item = (Kind, &'a str)>) -> Vec<Touched> {
    let mut kinds: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
    for (kind, id) in rows {
        kinds.entry(word(kind)).or_default().insert(id);
    }
    let tell = |(kind, ids): (&'static str, BTreeSet<&str>)| -> Vec<Touched> {
        if ids.len() > MANY {
            return vec![Touched { kind, id: String::new() }];
        }
        ids.into_iter().map(|id| Touched { kind, id: id.to_owned() }).collect()
    };
    kinds.into_iter().flat_map(tell).collect()
}

fn everything() -> Vec<Touched> {
    let kinds: BTreeSet<&'static str> = Kind::ALL.iter().map(|kind| word(*kind)).collect();
    kinds.into_iter().map(|kind| Touched { kind, id: String::new() }).collect()
}

/// What the window calls it.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Series | Kind::Attendance | Kind::SeriesAttendees | Kind::Occurrence | Kind::Queue => {
            Kind::Meeting.as_str()
        }
        Kind::Query => Kind::Setting.as_str(),
        Kind::Confirmation => Kind::Item.as_str(),
        kind => kind.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use throughline_core::model::NotePart;

    use super::*;
    use crate::meetings::{self, NewMeeting};
    use crate::{Clock, actions, notes, vault};

    async fn open(dir: &std::path::Path) -> App {
        let clock = Clock { now: "2026-11-24T08:00:00Z".parse().unwrap(), zone: chrono_tz::Europe::Berlin };
        if !dir.exists() {
            vault::init(dir, clock, Some("Ana"), Some("ana@example.org")).await.unwrap();
        }
        App::open(dir, clock).await.unwrap()
    }

    fn kinds(changed: &Changed) -> BTreeSet<&'static str> {
        changed.touched.iter().map(|touched| touched.kind).collect()
    }

    #[tokio::test]
    async fn what_another_process_commits_is_told_once() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let (here, there) = (open(&dir).await, open(&dir).await);
        let mut watch = Watch::start(&here).await.unwrap();
        assert_eq!(watch.look(&here).await.unwrap(), None);

        let new =
            NewMeeting { title: "Planning".into(), start: "2026-11-24T10:00".into(), end: None, attendees: vec![] };
        let meeting = meetings::new(&there, &new).await.unwrap().id.to_string();
        let told = watch.look(&here).await.unwrap().unwrap();
        assert!(told.touched.contains(&Touched { kind: "meeting", id: meeting.clone() }), "{told:?}");
        assert_eq!(watch.look(&here).await.unwrap(), None);

        notes::set(&there, &meeting, NotePart::Notes, "!! @ana Write it down\n", None).await.unwrap();
        let told = watch.look(&here).await.unwrap().unwrap();
        assert!(kinds(&told).is_superset(&BTreeSet::from(["note", "item", "meeting"])), "{told:?}");

        let action = actions::list(&here, &actions::Filter::default()).await.unwrap().actions.remove(0).id.to_string();
        let before = told.seq;
        actions::set_status(&here, std::slice::from_ref(&action), throughline_core::model::ActionStatus::Done)
            .await
            .unwrap();
        let told = watch.look(&here).await.unwrap().unwrap();
        assert!(told.seq > before);
        assert!(told.touched.contains(&Touched { kind: "item", id: action }), "{told:?}");
    }

    #[tokio::test]
    async fn nothing_is_told_before_it_is_committed() {
        let home = tempfile::tempdir().unwrap();
        let app = open(&home.path().join("vault")).await;
        let mut watch = Watch::start(&app).await.unwrap();
        let mut tx = app.write().await.unwrap();
        let me = crate::people::me(&app).await.unwrap().unwrap();
        tx.touch(Kind::Person, me).await.unwrap();
        assert_eq!(watch.look(&app).await.unwrap(), None);
        tx.rollback().await.unwrap();
        assert_eq!(watch.look(&app).await.unwrap(), None);
    }

    #[test]
    fn each_thing_is_told_once_and_many_as_one() {
        let ids: Vec<String> = (0..=MANY).map(|n| n.to_string()).collect();
        let rows = ids.iter().map(|id| (Kind::Item, id.as_str()));
        let rows = rows.chain([(Kind::Attendance, "a"), (Kind::Meeting, "a"), (Kind::Queue, "b")]);
        let expected = [("item", ""), ("meeting", "a"), ("meeting", "b")];
        assert_eq!(gathered(rows), expected.map(|(kind, id)| Touched { kind, id: id.to_owned() }));
    }
}
