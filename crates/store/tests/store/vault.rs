use std::time::Duration;

use tempfile::TempDir;
use throughline_core::model::CalendarId;
use throughline_store::*;

use crate::support::*;

#[tokio::test]
async fn a_vault_opens_again_as_it_was_left() {
    let house = house().await;
    let mut tx = house.write().await;
    setting::set(&mut tx, "look", &"dark").await.unwrap();
    tx.commit(None).await.unwrap();
    let again = Vault::open(house.vault.dir()).await.unwrap();
    let mut read = again.read().await.unwrap();
    assert_eq!(setting::get::<String>(&mut read, "look").await.unwrap().as_deref(), Some("dark"));
    assert!(matches!(Vault::create(house.vault.dir()).await, Err(Error::Exists(_))));
}

#[tokio::test]
async fn what_is_no_vault_is_told_apart() {
    let dir = TempDir::new().unwrap();
    let at = |name: &str| dir.path().join(name);
    assert!(matches!(Vault::open(&at("nowhere")).await, Err(Error::Missing(_))));
    std::fs::create_dir(at("empty")).unwrap();
    assert!(matches!(Vault::open(&at("empty")).await, Err(Error::Missing(_))));
    std::fs::write(at("file"), "text").unwrap();
    assert!(matches!(Vault::open(&at("file")).await, Err(Error::NotAVault(_))));
    assert!(matches!(Vault::create(&at("file")).await, Err(Error::Exists(_))));
    std::fs::create_dir_all(at("folder").join(DATABASE)).unwrap();
    assert!(matches!(Vault::open(&at("folder")).await, Err(Error::NotAVault(_))));
    for (name, bytes) in [("text", "a note, not a database; ".repeat(400)), ("nothing", String::new())] {
        std::fs::create_dir(at(name)).unwrap();
        std::fs::write(at(name).join(DATABASE), bytes).unwrap();
        let opened = Vault::open(&at(name)).await;
        assert!(matches!(opened, Err(Error::NotAVault(_))), "{name}: {opened:?}");
    }
    std::fs::create_dir(at("other")).unwrap();
    let other = sqlx::sqlite::SqliteConnectOptions::new().filename(at("other").join(DATABASE)).create_if_missing(true);
    let mut conn = sqlx::ConnectOptions::connect(&other).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (x)").execute(&mut conn).await.unwrap();
    assert!(matches!(Vault::open(&at("other")).await, Err(Error::NotAVault(_))));
}

#[tokio::test]
async fn a_vault_of_a_newer_program_is_refused_and_left_alone() {
    let house = house().await;
    house.tamper("INSERT INTO _sqlx_migrations VALUES (9999, 'later', '2030-01-01', 1, x'00', 1)").await;
    let opened = Vault::open(house.vault.dir()).await;
    assert!(matches!(opened, Err(Error::Newer { found: 9999, .. })), "{opened:?}");
    assert!(!house.vault.backups().exists());
}

const BACK: &str = "DROP INDEX item_change_item; ALTER TABLE item DROP COLUMN kept_until; DROP VIEW v_people; DROP VIEW v_meetings; DROP VIEW v_attendances; DROP VIEW v_actions;
    DROP VIEW v_decisions; DROP VIEW v_questions; DROP VIEW v_owners; DROP VIEW v_topics;
    DROP TABLE remote_item;
    ALTER TABLE account DROP COLUMN settings; ALTER TABLE account DROP COLUMN list_token;
    ALTER TABLE account DROP COLUMN error_code; ALTER TABLE account DROP COLUMN error_hint;
    ALTER TABLE account DROP COLUMN error_since; ALTER TABLE calendar DROP COLUMN url;
    ALTER TABLE calendar DROP COLUMN etag; ALTER TABLE calendar DROP COLUMN last_modified;
    ALTER TABLE calendar DROP COLUMN access; ALTER TABLE calendar DROP COLUMN is_primary;
    DROP TABLE employment; DROP TABLE confirmation; DROP TABLE item_handover;
    DELETE FROM _sqlx_migrations WHERE version >= 8";

#[tokio::test]
async fn a_migration_leaves_a_snapshot_of_what_was() {
    let House { vault, dir: _kept } = house().await;
    let folder = vault.dir().to_owned();
    let raw = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join(DATABASE));
    vault.close().await;
    let mut conn = sqlx::ConnectOptions::connect(&raw).await.unwrap();
    sqlx::raw_sql(BACK).execute(&mut conn).await.unwrap();
    sqlx::Connection::close(conn).await.unwrap();

    let vault = Vault::open(&folder).await.unwrap();
    let mut read = vault.read().await.unwrap();
    assert_eq!(remote::of_calendar(&mut read, CalendarId(uuid::Uuid::nil())).await.unwrap(), Vec::new());
    let snapshot = vault.backups().join("before-migration-7-to-17.db");
    let old = sqlx::sqlite::SqliteConnectOptions::new().filename(&snapshot);
    let mut old = sqlx::ConnectOptions::connect(&old).await.unwrap();
    let version: i64 =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&mut old).await.unwrap();
    assert_eq!(version, 7);
}

#[tokio::test]
async fn a_migration_needs_the_vault_alone() {
    let house = house().await;
    house.tamper(BACK).await;
    let opened = tokio::time::timeout(Duration::from_millis(400), Vault::open(house.vault.dir())).await;
    assert!(opened.is_err(), "it waits for the other handle");
    assert!(!house.vault.backups().exists());
}

#[tokio::test]
async fn writers_wait_for_each_other_and_then_give_up() {
    let house = house().await;
    let patience = Duration::from_millis(300);
    let other = Vault::open_with_patience(house.vault.dir(), patience).await.unwrap();
    let tx = house.write().await;
    assert!(matches!(other.write(Durability::Full).await, Err(Error::Busy)));
    let waiting = tokio::spawn({
        let vault = Vault::open(house.vault.dir()).await.unwrap();
        async move {
            let mut tx = vault.write(Durability::Normal).await?;
            setting::set(&mut tx, "late", &true).await?;
            tx.commit(None).await.map(|_| ())
        }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    tx.rollback().await.unwrap();
    waiting.await.unwrap().unwrap();
    assert_eq!(setting::get::<bool>(&mut *house.read().await, "late").await.unwrap(), Some(true));
}

#[tokio::test]
async fn a_writer_in_the_same_process_waits_too() {
    let house = house().await;
    let vault = Vault::open_with_patience(house.vault.dir(), Duration::from_millis(200)).await.unwrap();
    let first = vault.write(Durability::Full).await.unwrap();
    assert!(matches!(vault.write(Durability::Normal).await, Err(Error::Busy)));
    drop(first);
    vault.write(Durability::Normal).await.unwrap();
}

#[tokio::test]
async fn a_reader_sees_one_moment() {
    let house = house().await;
    let mut read = house.read().await;
    assert_eq!(feed::head(&mut read).await.unwrap(), 0);
    let mut tx = house.write().await;
    tx.feed(Kind::Series, uuid(1));
    tx.commit(None).await.unwrap();
    assert_eq!(feed::head(&mut read).await.unwrap(), 0);
    assert_eq!(feed::head(&mut *house.read().await).await.unwrap(), 1);
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_no_trace() {
    let house = house().await;
    let mut tx = house.write().await;
    setting::set(&mut tx, "x", &1).await.unwrap();
    drop(tx);
    assert_eq!(setting::get::<i64>(&mut *house.read().await, "x").await.unwrap(), None);
    house.write().await.rollback().await.unwrap();
}

#[tokio::test]
async fn commits_of_a_person_are_on_disk_and_those_of_a_sync_may_wait() {
    let house = house().await;
    for (durability, level) in [(Durability::Full, 2), (Durability::Normal, 1)] {
        let mut tx = house.vault.write(durability).await.unwrap();
        let found: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *tx).await.unwrap();
        assert_eq!(found, level);
    }
}

#[tokio::test]
async fn a_backup_is_restored_without_losing_what_was_there() {
    let house = house().await;
    let mut tx = house.write().await;
    setting::set(&mut tx, "x", &"old").await.unwrap();
    tx.commit(None).await.unwrap();
    let file = house.dir.path().join("safe").join("backup.db");
    backup::backup(&house.vault, &file).await.unwrap();
    assert!(matches!(backup::backup(&house.vault, &file).await, Err(Error::Exists(_))));
    let mut tx = house.write().await;
    setting::set(&mut tx, "x", &"new").await.unwrap();
    tx.commit(None).await.unwrap();

    let House { vault, dir } = house;
    let folder = vault.dir().to_owned();
    vault.close().await;
    let text = dir.path().join("text");
    std::fs::write(&text, "not a vault at all".repeat(100)).unwrap();
    assert!(matches!(backup::restore(&text, &folder).await, Err(Error::NotAVault(_))));
    let aside = backup::restore(&file, &folder).await.unwrap().unwrap();
    let vault = Vault::open(&folder).await.unwrap();
    let mut read = vault.read().await.unwrap();
    assert_eq!(setting::get::<String>(&mut read, "x").await.unwrap().as_deref(), Some("old"));
    drop(read);
    vault.close().await;
    backup::restore(&aside, &folder).await.unwrap();
    let vault = Vault::open(&folder).await.unwrap();
    let mut read = vault.read().await.unwrap();
    assert_eq!(setting::get::<String>(&mut read, "x").await.unwrap().as_deref(), Some("new"));
}

#[tokio::test]
async fn a_full_disk_is_told_as_such() {
    let house = house().await;
    let mut tx = house.write().await;
    sqlx::raw_sql("PRAGMA max_page_count = 1").execute(&mut *tx).await.unwrap();
    let written = setting::set(&mut tx, "x", &"y".repeat(1 << 20)).await;
    assert!(matches!(written, Err(Error::Full)), "{written:?}");
}

#[tokio::test]
async fn the_doctor_finds_a_damaged_search_and_repairs_it() {
    let house = house().await;
    let mut tx = house.write().await;
    person::put(&mut tx, &[person(1, "ana")]).await.unwrap();
    tx.commit(None).await.unwrap();
    let mut tx = house.write().await;
    assert_eq!(doctor::check(&mut tx).await.unwrap(), vec![]);
    tx.rollback().await.unwrap();
    for damage in [
        "DELETE FROM search_document",
        "DROP TRIGGER search_document_changed; UPDATE search_document SET title = 'Ben'",
    ] {
        house.tamper(damage).await;
        let mut tx = house.write().await;
        assert_eq!(doctor::check(&mut tx).await.unwrap(), vec![doctor::Finding::Search], "{damage}");
        doctor::repair(&mut tx).await.unwrap();
        assert_eq!(doctor::check(&mut tx).await.unwrap(), vec![], "{damage}");
        tx.commit(None).await.unwrap();
    }
}

#[tokio::test]
async fn what_one_process_may_do_at_a_time_waits_for_the_other() {
    let house = house().await;
    let held = house.vault.alone("sync").await.unwrap();
    let second = tokio::time::timeout(Duration::from_millis(200), house.vault.alone("sync")).await;
    assert!(second.is_err(), "it waits");
    house.vault.alone("another").await.unwrap();
    drop(held);
    house.vault.alone("sync").await.unwrap();
}

#[tokio::test]
async fn after_a_full_disk_there_is_writing_again() {
    let house = house().await;
    let mut tx = house.write().await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *tx).await.unwrap();
    let most = format!("PRAGMA max_page_count = {}", pages + 2);
    sqlx::raw_sql(sqlx::AssertSqlSafe(most)).execute(&mut *tx).await.unwrap();
    let full = setting::set(&mut tx, "look", &"x".repeat(1 << 20)).await;
    assert!(matches!(full, Err(Error::Full)), "{full:?}");
    drop(tx);
    for _ in 0..2 {
        let mut tx = house.write().await;
        setting::set(&mut tx, "look", &"dark").await.unwrap();
        tx.commit(None).await.unwrap();
    }
    let mut read = house.read().await;
    assert_eq!(setting::get::<String>(&mut read, "look").await.unwrap().as_deref(), Some("dark"));
}
