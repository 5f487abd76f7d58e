//! When a calendar of which its provider has nothing new need not be planned again.
//!
//! A plan follows from what the provider said, what the vault has, the days over which rules are expanded, and the zone.
//! Where it was empty, and of all this nothing has changed since, it would be empty again. Days go by, so that there is a
//! plan a day at the least.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use throughline_core::calendar::{Changes, Plan, Window};
use throughline_core::model::{Calendar, CalendarId};
use throughline_store::{Connection, Kind, Write, feed, setting};

use super::one::Planning;
use crate::Result;
use crate::app::App;

/// What is in the feed and says nothing of meetings: how the accounts are, what is asked for by name, and the like.
const BESIDE: [Kind; 4] = [Kind::Account, Kind::Setting, Kind::Query, Kind::Confirmation];

/// Where things stood when a calendar's plan was last found empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Settled {
    /// The head of the feed.
    seq: i64,
    over: Over,
}

/// Over what was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Over {
    from: chrono::DateTime<chrono::Utc>,
    to: chrono::DateTime<chrono::Utc>,
    zone: String,
}

const SETTLED: &str = "settled";

impl Over {
    fn of(app: &App, window: Window) -> Self {
        Self { from: window.from, to: window.to, zone: app.clock().zone.name().to_owned() }
    }
}

/// Whether a plan for this calendar would be empty, as it was the last time.
pub(super) async fn is_settled(
    app: &App,
    conn: &mut Connection,
    found: &Calendar,
    planning: Planning,
    changes: &Changes,
) -> Result<bool> {
    if *changes != Changes::default() {
        return Ok(false);
    }
    let settled: BTreeMap<CalendarId, Settled> = setting::get(conn, SETTLED).await?.unwrap_or_default();
    match settled.get(&found.id) {
        Some(before) if before.over == Over::of(app, planning.window) => {
            Ok(!feed::touched_since(conn, before.seq, &BESIDE).await?)
        }
        _ => Ok(false),
    }
}

/// Remembers an empty plan; after another one there is nothing to remember. What was planned over other days is of no use
/// any more, and goes.
pub(super) async fn remember(
    app: &App,
    tx: &mut Write,
    found: &Calendar,
    planning: Planning,
    plan: &Plan,
) -> Result<()> {
    let before: Option<BTreeMap<CalendarId, Settled>> = setting::get(tx, SETTLED).await?;
    let before = before.unwrap_or_default();
    let over = Over::of(app, planning.window);
    let mut settled = before.clone();
    settled.retain(|_, one| one.over == over);
    if *plan == Plan::default() {
        settled.insert(found.id, Settled { seq: feed::head(tx).await?, over });
    } else {
        settled.remove(&found.id);
    }
    if settled != before {
        setting::set(tx, SETTLED, &settled).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use throughline_core::calendar::Warning;
    use throughline_core::model::AccountId;
    use throughline_store::Durability;
    use uuid::Uuid;

    use super::*;
    use crate::clock::Clock;
    use crate::sync::window::window;
    use crate::vault;

    struct World {
        app: App,
        found: Calendar,
        _home: tempfile::TempDir,
    }

    impl World {
        async fn new() -> Self {
            let home = tempfile::tempdir().unwrap();
            let clock = Clock { now: "2026-11-22T09:00:00Z".parse().unwrap(), zone: chrono_tz::Europe::Berlin };
            let dir = home.path().join("vault");
            vault::init(&dir, clock, Some("Ana"), Some("ana@example.org")).await.unwrap();
            let found = Calendar {
                id: CalendarId(Uuid::from_u128(1)),
                account_id: AccountId(Uuid::from_u128(2)),
                remote_id: "ana".into(),
                name: "Ana".into(),
                enabled: true,
                color: None,
                owned: true,
                sync_token: None,
            };
            Self { app: App::open(&dir, clock).await.unwrap(), found, _home: home }
        }

        async fn planning(&self) -> Planning {
            let window = window(&self.app, None, None).await.unwrap();
            Planning { window, accept_deletions: false, keep: true, by_itself: true }
        }

        async fn planned(&self, plan: &Plan) {
            let planning = self.planning().await;
            let mut tx = self.app.vault().write(Durability::Normal).await.unwrap();
            remember(&self.app, &mut tx, &self.found, planning, plan).await.unwrap();
            tx.commit(None).await.unwrap();
        }

        async fn touched(&self, kind: Kind) {
            let mut tx = self.app.vault().write(Durability::Normal).await.unwrap();
            tx.feed(kind, "one");
            tx.commit(None).await.unwrap();
        }

        async fn is_settled(&self, changes: &Changes) -> bool {
            let planning = self.planning().await;
            let conn = &mut *self.app.read().await.unwrap();
            is_settled(&self.app, conn, &self.found, planning, changes).await.unwrap()
        }
    }

    #[tokio::test]
    async fn a_calendar_is_settled_from_an_empty_plan_until_anything_touches_the_vault() {
        let world = World::new().await;
        let nothing = Changes::default();
        assert!(!world.is_settled(&nothing).await, "never planned");
        world.planned(&Plan::default()).await;
        assert!(world.is_settled(&nothing).await);
        for kind in BESIDE {
            world.touched(kind).await;
            assert!(world.is_settled(&nothing).await, "{kind:?}");
        }
        for kind in Kind::ALL.iter().filter(|kind| !BESIDE.contains(kind)) {
            world.planned(&Plan::default()).await;
            world.touched(*kind).await;
            assert!(!world.is_settled(&nothing).await, "{kind:?}");
        }
        world.planned(&Plan { changed: 1, ..Plan::default() }).await;
        assert!(!world.is_settled(&nothing).await, "a plan that changed something");
    }

    #[tokio::test]
    async fn what_a_provider_says_the_days_and_another_zone_ask_for_a_plan() {
        let mut world = World::new().await;
        world.planned(&Plan::default()).await;
        let complete = Changes { complete: true, ..Changes::default() };
        let removed = Changes { removed: vec!["a".into()], ..Changes::default() };
        let warned = Changes { warnings: vec![Warning { uid: None, message: "moved".into() }], ..Changes::default() };
        for changes in [complete, removed, warned] {
            assert!(!world.is_settled(&changes).await, "{changes:?}");
        }
        let clock = *world.app.clock();
        world.app.set_clock(Clock { zone: chrono_tz::Asia::Tokyo, ..clock });
        assert!(!world.is_settled(&Changes::default()).await);
        world.app.set_clock(Clock { now: clock.now + chrono::TimeDelta::hours(3), ..clock });
        assert!(world.is_settled(&Changes::default()).await, "later on the same day");
        world.app.set_clock(Clock { now: clock.now + chrono::TimeDelta::days(1), ..clock });
        assert!(!world.is_settled(&Changes::default()).await);
        world.planned(&Plan::default()).await;
        assert!(world.is_settled(&Changes::default()).await);
    }

    #[tokio::test]
    async fn what_the_feed_no_longer_tells_may_have_been_anything() {
        let world = World::new().await;
        world.planned(&Plan::default()).await;
        for _ in 0..3 {
            world.touched(Kind::Setting).await;
        }
        let mut tx = world.app.vault().write(Durability::Normal).await.unwrap();
        feed::prune(&mut tx, 1).await.unwrap();
        tx.commit(None).await.unwrap();
        assert!(!world.is_settled(&Changes::default()).await);
    }
}
