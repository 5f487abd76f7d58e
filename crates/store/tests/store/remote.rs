//! What is remembered for providers.

use throughline_core::model::{AccountId, AccountState};
use throughline_store::account::Trouble;
use throughline_store::remote::RemoteItem;
use throughline_store::*;

use crate::support::*;

fn item(id: &str, uid: Option<&str>, etag: Option<&str>) -> RemoteItem {
    RemoteItem { id: id.to_owned(), uid: uid.map(str::to_owned), etag: etag.map(str::to_owned) }
}

#[tokio::test]
async fn remote_ids_are_kept_for_each_calendar_and_go_with_it() {
    let house = house().await;
    let mut tx = house.write().await;
    let (mine, other) = (account(&mut tx, 1).await, account(&mut tx, 11).await);
    remote::put(&mut tx, mine, &[item("a", Some("u"), None), item("b", None, Some("\"1\""))]).await.unwrap();
    remote::put(&mut tx, other, &[item("a", Some("v"), None)]).await.unwrap();
    remote::put(&mut tx, mine, &[item("b", Some("w"), Some("\"2\""))]).await.unwrap();
    remote::remove(&mut tx, mine, &["a".to_owned(), "never".to_owned()]).await.unwrap();
    assert_eq!(remote::of_calendar(&mut tx, mine).await.unwrap(), [item("b", Some("w"), Some("\"2\""))]);
    calendar::remove(&mut tx, mine).await.unwrap();
    assert!(remote::of_calendar(&mut tx, mine).await.unwrap().is_empty());
    assert_eq!(remote::of_calendar(&mut tx, other).await.unwrap(), [item("a", Some("v"), None)]);
}

#[tokio::test]
async fn trouble_of_the_same_sort_keeps_the_moment_it_began() {
    let house = house().await;
    let mut tx = house.write().await;
    account(&mut tx, 1).await;
    let id = AccountId(uuid(1));
    let trouble = |code: &str, at: &str| Trouble { code: code.to_owned(), hint: None, since: at.parse().unwrap() };
    for (code, at, since) in [
        ("offline", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"),
        ("offline", "2026-11-22T10:00:00Z", "2026-11-22T09:00:00Z"),
        ("quota", "2026-11-22T11:00:00Z", "2026-11-22T11:00:00Z"),
    ] {
        account::set_trouble(&mut tx, id, Some(&trouble(code, at))).await.unwrap();
        assert_eq!(account::troubles(&mut tx).await.unwrap(), [(id, trouble(code, since))]);
    }
    account::set_trouble(&mut tx, id, None).await.unwrap();
    assert!(account::troubles(&mut tx).await.unwrap().is_empty());
    account::set_state(&mut tx, id, AccountState::Ok, None, None).await.unwrap();
}
