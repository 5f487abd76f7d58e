//! Which accounts are to be looked at again, for a program that stays open.

use chrono::{DateTime, Duration, Utc};
use throughline_core::model::{Account, AccountId, AccountState, Provider};
use throughline_store::account;

use crate::Result;
use crate::accounts::subscription;
use crate::app::App;

/// Between two looks at a provider that says only what changed.
const OFTEN: Duration = Duration::minutes(5);
/// Between two looks at a published calendar that does not say how often it changes.
const SELDOM: Duration = Duration::hours(1);

/// The accounts whose time has come: a published calendar says itself how long it wants to be left alone, within bounds.
/// An account that waits for the user to sign in is left alone.
///
/// # Errors
/// As reading the vault.
pub async fn due(app: &App) -> Result<Vec<AccountId>> {
    let accounts = account::all(&mut *app.read().await?).await?;
    let mut due = Vec::new();
    for account in accounts {
        let asks = subscription::refresh_of(app, account.id).await?.map(Duration::seconds);
        if is_due(&account, asks, app.clock().now) {
            due.push(account.id);
        }
    }
    Ok(due)
}

fn is_due(account: &Account, asks: Option<Duration>, now: DateTime<Utc>) -> bool {
    let published = account.provider == Provider::Ics && account.address.contains("://");
    let interval = if published { asks.unwrap_or(SELDOM) } else { OFTEN };
    let passed = account.last_sync.is_none_or(|last| last + interval <= now || last > now);
    account.state != AccountState::NeedsSignIn && passed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_calendar_is_left_alone_for_as_long_as_it_asks() {
        let now: DateTime<Utc> = "2026-11-24T12:00:00Z".parse().unwrap();
        let account = |address: &str, minutes: Option<i64>| Account {
            id: AccountId(uuid::Uuid::nil()),
            provider: Provider::Ics,
            name: String::new(),
            address: address.to_owned(),
            state: AccountState::Ok,
            last_sync: minutes.map(|minutes| now - Duration::minutes(minutes)),
            error: None,
        };
        for (address, minutes, asks, expected) in [
            ("https://example.org/", None, Some(600), true),
            ("https://example.org/", Some(59), None, false),
            ("https://example.org/", Some(60), None, true),
            ("https://example.org/", Some(60), Some(120), false),
            ("https://example.org/", Some(120), Some(120), true),
            ("https://example.org/", Some(-1), None, true),
            ("calendar.ics", Some(4), None, false),
            ("calendar.ics", Some(5), None, true),
        ] {
            let due = is_due(&account(address, minutes), asks.map(Duration::minutes), now);
            assert_eq!(due, expected, "{address} {minutes:?} {asks:?}");
        }
        let waits = Account { state: AccountState::NeedsSignIn, ..account("https://example.org/", None) };
        assert!(!is_due(&waits, None, now));
    }
}
