//! What goes wrong ends in one clear sentence, and nothing is lost.

#![expect(clippy::print_stdout, reason = "what is skipped is told")]

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use throughline_tests::{Vault, calendar, event, finish};

#[test]
fn a_folder_that_is_no_vault_is_told_and_left_alone() {
    let vault = Vault::nowhere();
    for args in [&["today"][..], &["people"], &["note", "show", "abcd"], &["doctor"], &["undo"], &["sync"]] {
        let (code, error) = vault.fails(args);
        assert_eq!(code, 1, "{args:?}");
        assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("throughline init")), "{error}");
    }
    assert!(!vault.dir().exists(), "asking makes no vault");
}

#[test]
fn init_does_not_run_over_a_vault_or_a_file() {
    let vault = Vault::new();
    vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let (code, _) = vault.fails(&["init", "--name", "Other", "--email", "other@example.org"]);
    assert_eq!(code, 1);
    assert_eq!(vault.meetings("2026-11-24", "2026-11-24").len(), 1);
    assert_eq!(vault.json(&["person", "show", "me"])["name"], "Max Muster");

    let blocked = Vault::nowhere();
    blocked.file("vault", "a file where the folder should be");
    assert_eq!(blocked.fails(&["init"]).0, 1);
    assert_eq!(blocked.fails(&["today"]).0, 1);
}

#[test]
fn init_needs_no_name() {
    let vault = Vault::nowhere();
    let made = vault.json(&["init"]);
    assert!(made.as_object().expect("an object").contains_key("me"), "{made}");
    vault.meeting("Talk", "2026-11-24T10:00", &["ana@example.org"]);
    assert_eq!(vault.json(&["today"])["date"], "2026-11-24");
    assert!(vault.is_sound());
}

#[test]
fn a_meeting_that_ends_before_it_starts_is_refused() {
    let vault = Vault::new();
    let (_, error) =
        vault.fails(&["meeting", "new", "--title", "T", "--start", "2026-11-24T10:00", "--end", "2026-11-24T09:00"]);
    assert!(error["message"].is_string());
    assert!(vault.meetings("2026-01-01", "2026-12-31").is_empty());
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    vault.fails(&["meeting", "edit", &meeting, "--end", "2026-11-24T09:00"]);
    assert_eq!(vault.on("2026-11-24", "Talk")["start"], "2026-11-24T10:00:00+01:00");
}

/// The database in the vault's folder.
fn database(vault: &Vault) -> std::path::PathBuf {
    let files = std::fs::read_dir(vault.dir()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut databases = files.filter(|path| {
        path.is_file() && std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"SQLite format 3\0"))
    });
    databases.next().expect("a database")
}

/// Runs Python with SQLite; `None` where there is none.
fn python(script: &str, database: &Path) -> Option<Command> {
    let found = Command::new("python3").args(["-c", "import sqlite3"]).stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        println!("skipped: no python3 with sqlite3");
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-c", script]).arg(database);
    Some(command)
}

#[test]
fn a_vault_newer_than_the_program_is_refused_untouched() {
    let vault = Vault::new();
    let script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\n\
        c.execute(\"insert into _sqlx_migrations(version,description,installed_on,success,checksum,execution_time) \
        values(99991231235959,'of the future','2030-01-01',1,x'00',1)\")\nc.commit()\nc.close()";
    let Some(mut newer) = python(script, &database(&vault)) else { return };
    assert!(newer.status().expect("python").success());
    let before = std::fs::read(database(&vault)).expect("the database");
    for args in [&["today"][..], &["meeting", "new", "--title", "T", "--start", "2026-11-24T10:00"], &["sync"]] {
        let (code, error) = vault.fails(args);
        assert_eq!(code, 1);
        let message = error["message"].as_str().expect("a sentence").to_lowercase();
        assert!(message.contains("newer"), "{error}");
    }
    assert_eq!(std::fs::read(database(&vault)).expect("the database"), before);
}

#[test]
fn a_vault_held_by_another_program_is_waited_for_and_then_told() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    let script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\nc.execute('begin immediate')\n\
        print('held',flush=True)\nsys.stdin.readline()\nc.execute('rollback')\nc.close()";
    let Some(mut holder) = python(script, &database(&vault)) else { return };
    let mut holder = holder.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python");
    let mut held = String::new();
    let mut said = std::io::BufReader::new(holder.stdout.take().expect("a pipe"));
    std::io::BufRead::read_line(&mut said, &mut held).expect("a line");
    let writer = vault.start(&["--json", "note", "append", &meeting, "!! do it"]);
    assert_eq!(vault.json(&["note", "show", &meeting])["text"], "", "reading goes on");
    let ran = finish(writer);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert_eq!(error["error"]["code"], "vault_busy");

    // One that lets go within ten seconds is waited for.
    let writer = vault.start(&["--json", "note", "append", &meeting, "!! do it"]);
    drop(holder.stdin.take());
    let ran = finish(writer);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(holder.wait().expect("python").success());
    assert!(vault.is_sound());
}

#[test]
fn a_damaged_vault_is_told_and_not_mended_in_silence() {
    let vault = Vault::new();
    let path = database(&vault);
    let ran = vault.run(&["meeting", "new", "--title", "T", "--start", "2026-11-24T10:00"]);
    assert_eq!(ran.code, 0);
    std::fs::write(&path, b"not a database at all, but long enough to be read as something: ".repeat(100))
        .expect("written");
    for extra in ["-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(extra);
        let _ = std::fs::remove_file(name);
    }
    let ran = vault.run(&["today", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert!(error["error"]["message"].is_string());
    assert!(std::fs::read(&path).expect("the file").starts_with(b"not a database"));
    assert!(!ran.stderr.contains("panicked"));
}

#[test]
fn a_tampered_change_log_is_found() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    vault.write(&meeting, "=> we go\n");
    vault.write(&meeting, "=> we stay\n");
    let head = vault.json(&["doctor"])["head"].as_str().map(str::to_owned);
    if let Some(head) = head {
        assert_eq!(vault.json(&["doctor", "--head", &head])["ok"], true);
        let wrong: String = head.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
        let ran = vault.run(&["--json", "doctor", "--head", &wrong]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(told["ok"], false);
    }
    let script = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\n\
        names=[r[0] for r in c.execute(\"select name from sqlite_master where type='trigger'\")]\n\
        [c.execute('drop trigger '+n) for n in names]\n\
        c.execute('delete from change where rowid=(select min(rowid)+1 from change)')\nc.commit()\nc.close()";
    let Some(mut tamper) = python(script, &database(&vault)) else { return };
    assert!(tamper.status().expect("python").success(), "the table of changes is called change");
    let ran = vault.run(&["--json", "doctor"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(told["ok"] == false && !told["problems"].as_array().expect("problems").is_empty(), "{told}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let vault = Vault::new();
    let meeting = vault.meeting("Talk", "2026-11-24T10:00", &[]);
    vault.write(&meeting, "kept\n");
    let size = std::fs::metadata(database(&vault)).expect("the database").len() + 600_000;
    // A limit on the size of files says "file too large" where a full disk says "no space": both stop the write.
    let big = vault.file("big.md", "a line of text that fills the disk\n".repeat(60_000));
    let mut command = vault.command(&["--json", "note", "set", &meeting, &big]);
    let program = command.get_program().to_owned();
    let args: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", size / 512))
        .arg(program)
        .args(args);
    let ran = throughline_tests::run(command, b"");
    assert_eq!(ran.code, 1, "{} {}", ran.stdout.len(), ran.stderr);
    let error: Value = serde_json::from_str(&ran.stderr).unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert!(error["error"]["message"].is_string() && !ran.stderr.contains("panicked"));
    assert_eq!(vault.read(&meeting), "kept\n");
    assert!(vault.is_sound());
    vault.write(&meeting, "and on\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let vault = Vault::nowhere();
    let locked = vault.home().join("locked");
    std::fs::create_dir(&locked).expect("a folder");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).expect("read-only");
    if std::fs::write(locked.join("probe"), "x").is_ok() {
        println!("skipped: this user may write anywhere");
        return;
    }
    let dir = locked.join("vault");
    assert_eq!(vault.fails(&["--vault", dir.to_str().expect("UTF-8"), "init"]).0, 1);
}

#[test]
fn a_pipe_that_closes_early_is_no_crash() {
    let vault = Vault::new();
    let events: Vec<_> = (1..28)
        .map(|n| {
            event(
                &format!("u{n}"),
                &format!("M{n}"),
                &format!("DTSTART:202612{n:02}T090000Z\nRRULE:FREQ=DAILY;COUNT=60"),
            )
        })
        .collect();
    let path = vault.file("c.ics", calendar(&events));
    vault.subscribe(&path);
    let mut child = vault.start(&["meetings", "--from", "2026-12-01", "--to", "2027-12-31", "--json"]);
    drop(child.stdout.take());
    let ran = finish(child);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
}

#[test]
fn the_demo_is_the_same_for_the_same_moment_and_sound() {
    let vault = Vault::nowhere();
    vault.json(&["demo"]);
    assert!(vault.is_sound());
    let today = vault.json(&["today"]);
    assert!(!today["meetings"].as_array().expect("meetings").is_empty(), "there is something on a Tuesday");
    assert!(!vault.list(&["decisions", "--holding"], "decisions").is_empty());
    assert!(!vault.list(&["actions", "--owner", "me", "--open"], "actions").is_empty());
    let synced = vault.sync();
    assert_eq!(
        (synced["added"].as_u64(), synced["removed"].as_u64(), synced["changed"].as_u64()),
        (Some(0), Some(0), Some(0))
    );
    let other = Vault::nowhere();
    other.json(&["demo"]);
    let titles = |vault: &Vault| throughline_tests::all(&vault.meetings("2026-11-01", "2026-11-30"), "title");
    let texts = |vault: &Vault| throughline_tests::all(&vault.list(&["actions"], "actions"), "text");
    assert_eq!((titles(&vault), texts(&vault)), (titles(&other), texts(&other)));
    assert_eq!(vault.fails(&["demo"]).0, 1, "a vault with something in it is not filled again");
}
