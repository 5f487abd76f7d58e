//! Every command and event of the window, and how TypeScript is to call them.

use std::path::Path;

use specta_typescript::Typescript;
use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{
    accounts, asking, finding, graph, items, keeping, meetings, notes, people, register, review, vault, window,
};
use crate::events;

/// Every command and event. A command that fails rejects with a `Failure`.
///
/// Numbers of 64 bits are `number` in TypeScript, exact up to 2⁵³: they count bytes, revisions and entries of one vault.
#[must_use]
pub fn builder() -> Builder<Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
        .commands(collect_commands![
            vault::boot,
            vault::folder_check,
            vault::settings,
            vault::settings_save,
            vault::vault_create,
            vault::vault_open,
            vault::vault_restore,
            vault::vault_demo,
            vault::set_lens,
            window::pick_folder,
            window::pick_file,
            window::pick_save,
            window::open_url,
            window::copy,
            window::set_discreet,
            window::first_route,
            window::close_ready,
            meetings::day,
            meetings::day_ahead,
            meetings::thread,
            meetings::calendar,
            meetings::brief,
            meetings::meeting,
            meetings::meeting_new,
            meetings::meeting_edit,
            meetings::meeting_delete,
            meetings::attendee_add,
            meetings::set_present,
            meetings::recap,
            meetings::recap_sent,
            notes::note_open,
            notes::note_open_person,
            notes::note_draft,
            notes::note_save,
            notes::note_close,
            notes::note_read,
            notes::note_history,
            notes::note_revision,
            notes::note_restore,
            notes::complete,
            notes::attachment_add,
            notes::attachment_paste,
            items::actions_stretch,
            items::actions_places,
            items::action_status,
            items::action_due,
            items::action_assign,
            items::action_snooze,
            items::actions_due,
            items::actions_assign,
            items::actions_snooze,
            review::review,
            review::review_trend,
            review::action_keep,
            review::action_ask,
            items::decisions_stretch,
            items::decisions_places,
            items::decision_offers,
            items::decision,
            items::decision_supersede,
            items::questions_stretch,
            items::questions_places,
            items::trace,
            register::register,
            register::register_page,
            register::register_write,
            register::register_verify,
            register::decision_confirm,
            register::contradictions,
            register::decision_compatible,
            people::people,
            people::people_stretch,
            people::people_places,
            people::people_names,
            people::person_new,
            people::person,
            people::person_edit,
            people::person_note_save,
            people::person_merge,
            people::person_unmerge,
            people::person_alias,
            people::person_job,
            people::duplicates,
            people::duplicate_refuse,
            people::organizations,
            people::organization,
            people::organization_rename,
            graph::graph_around,
            graph::graph_edges,
            graph::graph_months,
            graph::graph_path,
            graph::central,
            graph::insights,
            asking::query_names,
            asking::queries,
            asking::query_run,
            asking::query_save,
            asking::query_rename,
            asking::query_delete,
            asking::query_keys,
            finding::search,
            finding::counts,
            finding::undo,
            finding::import_minutes,
            keeping::export_to,
            keeping::backup,
            keeping::backups,
            keeping::doctor,
            accounts::sync_status,
            accounts::sync,
            accounts::sync_cancel,
            accounts::account_add_ics,
            accounts::account_add_caldav,
            accounts::account_add_google,
            accounts::account_add_cancel,
            accounts::secrets_kept,
            accounts::secrets_unlock,
            accounts::account_remove,
            accounts::calendar_enable,
            accounts::queue,
            accounts::sync_moved,
            accounts::moves_seen,
            accounts::undo_sync,
            accounts::relink,
            accounts::queue_keep,
        ])
        .events(collect_events![
            events::ChangedEvent,
            events::SyncStatusEvent,
            events::Discreet,
            events::Navigate,
            events::VaultAsked,
            events::Closing,
        ])
}

/// Writes what belongs in `ui/src/lib/backend/bindings.ts` to a file.
///
/// # Errors
/// Where a shape cannot be told in TypeScript, or the file cannot be written.
pub fn write_bindings(file: &Path) -> Result<(), impl std::error::Error + use<>> {
    builder().export(Typescript::default(), file)
}
