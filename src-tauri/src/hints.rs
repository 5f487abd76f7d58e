//! What to do about a failure, in the window's words. The app's own hints speak of the command: `throughline init`,
//! `--name`.

use throughline_app::Failure;
use throughline_app::view::{Sync, SyncStatus};

/// For codes whose own hint would send a person to the terminal.
const HINTS: &[(&str, &str)] = &[
    ("vault_missing", "If it lies on a disk that is not connected, connect it; else open another vault, or make one."),
    ("vault_exists", "Open it, or choose another folder."),
    ("vault_damaged", "Restore a backup into another folder, and keep this one until you are sure."),
    ("file_unreadable", "Choose another file, such as a backup that was made here."),
    ("no_title", "Type one."),
    ("no_name", "Type one."),
    ("ends_before_start", "Check the two times."),
    (
        "no_client",
        "Make a client as the README says and choose its file, or add the calendar's secret address in iCal format.",
    ),
    ("user_missing", "Type the user's name."),
    ("mass_deletion", "If that is right, accept it; nothing was deleted yet."),
    ("untrusted_certificate", "If the server is your own, add the account again and accept its certificate."),
    ("no_keyring", "Unlock the keyring of this computer, or give a passphrase in the settings, under Accounts."),
    ("wrong_passphrase", "Give the one that was chosen for this vault, in the settings, under Accounts."),
    ("stale_token", "The next sync reads everything again."),
    ("same_person", "Take them apart on the person's page."),
    ("own_action", "Hand it to somebody else first."),
    ("line_not_found", "Change the line in the note itself."),
    ("not_queued", "It may have been attached meanwhile."),
    ("unknown_query", "The sidebar lists those there are."),
    ("unknown_organization", "Organizations lists those there are."),
    ("unreadable_register", "Choose a Markdown, CSV or HTML file that was made here."),
    ("no_series", "Only what repeats has one."),
    ("taken", "If they are the same person, make one of them."),
    ("cycle", "The decision's chain shows which came first."),
];

/// The same failure, with a hint that a person at the window can follow, or none.
#[must_use]
pub fn for_the_window(failure: Failure) -> Failure {
    Failure { hint: hint(failure.code, failure.hint), ..failure }
}

/// The same for failures that are told inside an answer: how each account's sync went.
pub fn of_sync(sync: &mut Sync) {
    for account in &mut sync.accounts {
        account.error = account.error.take().map(for_the_window);
        for calendar in &mut account.calendars {
            calendar.error = calendar.error.take().map(for_the_window);
        }
    }
}

/// The same for how accounts stand.
pub fn of_status(status: &mut SyncStatus) {
    for account in &mut status.accounts {
        account.hint = hint(account.code.as_deref().unwrap_or_default(), account.hint.take());
    }
}

fn hint(code: &str, hint: Option<String>) -> Option<String> {
    if !hint.as_deref().is_some_and(speaks_of_the_command) {
        return hint;
    }
    HINTS.iter().find(|(known, _)| *known == code).map(|(_, hint)| (*hint).to_owned())
}

fn speaks_of_the_command(hint: &str) -> bool {
    hint.contains("`throughline ")
        || hint.contains("THROUGHLINE_")
        || hint.split_whitespace().any(|word| word.trim_start_matches(['`', '(']).starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hint_sends_a_person_to_the_terminal() {
        for (code, hint, expected) in [
            ("vault_exists", "Choose another folder with --vault.", Some("Open it, or choose another folder.")),
            ("unknown_person", "`throughline people` lists them.", None),
            ("stale_token", "Run (`--full`) once.", Some("The next sync reads everything again.")),
            (
                "wrong_passphrase",
                "Check THROUGHLINE_PASSPHRASE.",
                Some("Give the one that was chosen for this vault, in the settings, under Accounts."),
            ),
            (
                "disk_full",
                "Nothing was changed. Make room and try again.",
                Some("Nothing was changed. Make room and try again."),
            ),
        ] {
            let told = for_the_window(Failure::new(code, "It did not work.").hint(hint));
            assert_eq!(told.hint.as_deref(), expected, "{code}");
        }
        assert!(HINTS.iter().all(|(_, hint)| !speaks_of_the_command(hint)));
    }
}
