//! What a shell sees of the command: exit codes, streams, and errors in words and as JSON.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn throughline(line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.args(line.split_whitespace()).env_remove("THROUGHLINE_VAULT").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn run(line: &str) -> Output {
    throughline(line).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn help_and_version_are_results() {
    for line in
        ["--help", "--version", "note set --help", "help meeting new", "--json --help", "completions bash", "man"]
    {
        let output = run(line);
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{line}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&format!("completions {shell}")).stdout;
        assert!(text(&script).contains("accept-deletions"), "{shell}");
    }
}

#[test]
fn wrong_usage_is_exit_code_2_one_sentence_and_a_hint() {
    for line in [
        "todays",
        "today --dat x",
        "note show",
        "today --tz Mars",
        "today --now noon",
        "today --date banana",
        "meetings --from 2026-02-30",
        "meeting edit x",
        "note restore x y",
        "",
        "account",
    ] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{line}");
        if line.is_empty() || line == "account" {
            continue;
        }
        let told: Vec<_> = text(&output.stderr).lines().collect();
        assert!(
            matches!(told.as_slice(), [error, hint] if error.starts_with("error: ") && hint.starts_with("hint: ")),
            "{told:?}"
        );
    }
}

#[test]
fn wrong_usage_is_json_where_json_was_asked_for_before_or_after() {
    for line in [
        "--json todays",
        "today --dat x --json",
        "note --json show",
        "--json",
        "today --json --date banana",
        "--json --tz Mars today",
    ] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(output.stdout.is_empty(), "{line}");
        let told = text(&output.stderr);
        assert_eq!(told.lines().count(), 1, "{line}");
        let json: serde_json::Value = serde_json::from_str(told).expect(line);
        assert_eq!(json.as_object().expect(line).len(), 1);
        for key in ["code", "message", "hint"] {
            assert!(json["error"][key].is_string(), "{line}: {told}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_taken_is_refused_before_the_vault_is_asked() {
    let dir = std::env::temp_dir();
    let missing = dir.join("throughline-no-such-file.md");
    for (file, code) in
        [(missing.display().to_string(), "file_unreadable"), (dir.display().to_string(), "file_unreadable")]
    {
        let output = throughline("--json note set x").arg(&file).output().expect("runs");
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(text(&output.stderr).contains(code), "{}", text(&output.stderr));
    }
    let mut child =
        throughline("--json note set x -").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(b"Zo\xeb\n").expect("written");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not_utf8"), "{}", text(&output.stderr));
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    let mut child = throughline("man").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_sentence() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let output = throughline("man").stdout(full).stderr(Stdio::piped()).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("error: The result could not be written"), "{}", text(&output.stderr));
}

#[test]
fn a_pipe_gets_no_colours() {
    for line in ["--help", "todays", "man"] {
        let output = run(line);
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{line}");
    }
}
