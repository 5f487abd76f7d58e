//! Accounts, calendars, syncs and the re-link queue.

use std::process::ExitCode;

use serde::Serialize;
use throughline_app::accounts::caldav::NewCaldav;
use throughline_app::{App, accounts, google, queue, sync};

use super::{Done, tell};
use crate::args::{AccountAdd, AccountCommand, CalendarCommand, CalendarsCommand, QueueCommand, SyncArgs};
use crate::progress::Bar;
use crate::session::Session;

pub async fn run(command: CalendarsCommand, session: &mut Session) -> Done {
    match command {
        CalendarsCommand::Account(command) => {
            let app = session.open().await?;
            match command {
                AccountCommand::Add(AccountAdd::Ics { source, name }) => {
                    tell!(session, accounts::add_ics(&app, &source, name.as_deref()).await?)
                }
                AccountCommand::Add(AccountAdd::Caldav(args)) => {
                    let secret = session.password(args.password_stdin)?;
                    let new = NewCaldav {
                        server: args.server,
                        user: args.user,
                        secret,
                        bearer: args.bearer,
                        accept_invalid_certificate: args.accept_invalid_certificate,
                        name: args.name,
                    };
                    tell!(session, accounts::caldav::add(&app, &new).await?)
                }
                AccountCommand::Add(AccountAdd::Google { client, no_browser }) => {
                    sign_in(session, &app, client.as_deref(), no_browser).await
                }
                AccountCommand::List => tell!(session, accounts::list(&app).await?),
                AccountCommand::Remove { id } => tell!(session, accounts::remove(&app, &id).await?),
            }
        }
        CalendarsCommand::Calendar(command) => {
            let app = session.open().await?;
            match command {
                CalendarCommand::List => tell!(session, accounts::calendars(&app).await?),
                CalendarCommand::Enable { id } => tell!(session, accounts::set_enabled(&app, &id, true).await?),
                CalendarCommand::Disable { id } => tell!(session, accounts::set_enabled(&app, &id, false).await?),
            }
        }
        CalendarsCommand::Sync(args) => run_sync(args, session).await,
        CalendarsCommand::Queue { command } => {
            let app = session.open().await?;
            match command {
                None => tell!(session, queue::list(&app).await?),
                Some(QueueCommand::Keep { id }) => tell!(session, queue::keep(&app, &id).await?),
            }
        }
    }
}

/// Where to sign in, as a program that opens the address itself wants it.
#[derive(Serialize)]
struct AuthUrl<'a> {
    auth_url: &'a str,
}

async fn sign_in(session: &Session, app: &App, client: Option<&str>, no_browser: bool) -> Done {
    let waiting = google::sign_in(app, client).await?;
    let url = waiting.url();
    if no_browser && session.output.json {
        session.output.print_json(&AuthUrl { auth_url: url })?;
    } else if no_browser || open::that_detached(url).is_err() {
        session.output.say(&format!("Open this address in a browser to sign in: {url}"))?;
    } else {
        session
            .output
            .say(&format!("Waiting for you in the browser. If it did not open, this is the address: {url}"))?;
    }
    tell!(session, waiting.finish(app, &sync::Cancel::default()).await?)
}

/// What succeeded is printed; the first account that failed is the command's failure.
async fn run_sync(args: SyncArgs, session: &mut Session) -> Done {
    let options = sync::Options {
        account: args.account,
        full: args.full,
        dry_run: args.dry_run,
        accept_deletions: args.accept_deletions,
        from: session.some_day(args.from.as_deref())?,
        to: session.some_day(args.to.as_deref())?,
        by_itself: false,
        cancel: sync::Cancel::default(),
    };
    let app = session.open().await?;
    let synced = sync::run(&app, &options, &Bar::default()).await?;
    session.output.print(&synced)?;
    match synced.accounts.into_iter().find_map(|account| account.error) {
        Some(failure) => Err(failure.into()),
        None => Ok(ExitCode::SUCCESS),
    }
}
