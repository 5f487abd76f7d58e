//! Action items: lists, and the commands that edit their lines.

mod groups;
mod stretch;

use chrono::NaiveDate;
use throughline_core::model::{ActionStatus, Item, ItemId, ItemKind, LinkKind, PersonId};
use throughline_core::note::{Context, WrittenLink, edit};
use throughline_store::{Kind, item};

use crate::app::App;
use crate::notes::Writer;
use crate::tell::Teller;
use crate::view;
use crate::{Failure, Result, answers, resolve};

pub(crate) use stretch::Lists;
pub use stretch::{ActionsAsk, GroupBy, Stayed, places, stretch};

/// Which actions; without any restriction all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those this person owns; `me` is the user.
    pub owner: Option<String>,
    /// Those this person owns, is named in, or that come from a meeting they are at.
    pub person: Option<String>,
    /// Those of this organization's people.
    pub org: Option<String>,
    /// Those about this topic, or one nested in it.
    pub topic: Option<String>,
    /// Open ones. Several of these four add up.
    pub open: bool,
    /// Done ones.
    pub done: bool,
    /// Dropped ones.
    pub dropped: bool,
    /// Open ones due before today.
    pub overdue: bool,
    /// Of these, what a view of the window shows.
    pub view: Option<ActionView>,
}

/// What a list of actions is about. Those that are open are not snoozed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ActionView {
    /// The user's open ones.
    Mine,
    /// Open ones of others.
    Waiting,
    /// Open ones of nobody.
    Unowned,
    /// Open ones without a due date.
    Undated,
    /// Open ones due before today.
    Overdue,
    /// Those done or dropped.
    Done,
    /// All.
    All,
}

impl ActionView {
    /// Whether it is in the view.
    pub(crate) fn shows(self, item: &Item, me: Option<PersonId>, today: NaiveDate) -> bool {
        let mine = item.owners.iter().any(|owner| Some(owner.person_id) == me);
        let open = item.status == ActionStatus::Open && item.snoozed_until.is_none_or(|until| until <= today);
        match self {
            Self::Mine => open && mine,
            Self::Waiting => open && !item.owners.is_empty() && !mine,
            Self::Unowned => open && item.owners.is_empty(),
            Self::Undated => open && item.due.is_none(),
            Self::Overdue => open && item.due.is_some_and(|due| due < today),
            Self::Done => item.status != ActionStatus::Open,
            Self::All => true,
        }
    }

    /// Those of a filter that are in the view: what [`Self::shows`] says of each.
    pub(crate) fn narrow(self, filter: item::Filter, me: Option<PersonId>, today: NaiveDate) -> item::Filter {
        let awake = item::Filter { awake: Some(today), ..filter.clone() };
        match self {
            Self::All => filter,
            Self::Done => item::Filter { closed: true, ..filter },
            // Where nobody is the user, nothing is theirs.
            Self::Mine if me.is_none() => item::Filter { ids: Some(Vec::new()), ..filter },
            Self::Mine => item::Filter { owner: me, ..awake },
            Self::Waiting => item::Filter { owned: Some(true), not_owner: me, ..awake },
            Self::Unowned => item::Filter { owned: Some(false), ..awake },
            Self::Undated => item::Filter { undated: true, ..awake },
            Self::Overdue => item::Filter { overdue: Some(today), ..awake },
        }
    }

    fn status(self) -> Option<ActionStatus> {
        match self {
            Self::Done | Self::All => None,
            _ => Some(ActionStatus::Open),
        }
    }
}

/// The actions that the filter keeps: overdue first, then by due date, then undated by age.
///
/// # Errors
/// `unknown_person`, `unknown_organization`, `ambiguous`.
pub async fn list(app: &App, filter: &Filter) -> Result<view::Actions> {
    let conn = &mut *app.look().await?;
    let mut query = item::Filter { kind: Some(ItemKind::Action), ..item::Filter::default() };
    if let Some(owner) = &filter.owner {
        query.owner = Some(resolve::person(conn, owner).await?);
    }
    if let Some(person) = &filter.person {
        query.person = Some(resolve::person(conn, person).await?);
    }
    if let Some(org) = &filter.org {
        query.organization = Some(resolve::organization(conn, org).await?);
    }
    query.topic = filter.topic.as_deref().map(topic);
    let today = app.clock().today();
    let me = answers::me(conn).await?;
    query.status = filter.view.and_then(ActionView::status);
    if filter.view == Some(ActionView::Mine) && query.owner.is_none() {
        query.owner = me;
    }
    let mut items = item::list(conn, &query).await?;
    if let Some(view) = filter.view {
        items.retain(|item| view.shows(item, me, today));
    }
    if filter.open || filter.done || filter.dropped || filter.overdue {
        items.retain(|item| match item.status {
            ActionStatus::Open => filter.open || (filter.overdue && item.due.is_some_and(|due| due < today)),
            ActionStatus::Done => filter.done,
            ActionStatus::Dropped => filter.dropped,
        });
    }
    sort(&mut items);
    if filter.view == Some(ActionView::Done) {
        // What was done last comes first.
        items.sort_by_key(|item| std::cmp::Reverse(item.done_at));
    }
    let told = Teller::new(conn, *app.clock()).items(items).await?;
    Ok(view::Actions { actions: told.actions })
}

/// Open before done, dated before undated, sooner before later, older before newer.
pub(crate) fn sort(items: &mut [Item]) {
    items.sort_by_key(|item| (item.status, item.due.is_none(), item.due, item.created_at, item.id));
}

/// A topic as typed: with or without `#`, in any case.
pub(crate) fn topic(text: &str) -> String {
    text.trim().trim_start_matches('#').trim_end_matches('/').to_lowercase()
}

/// Ticks, drops or reopens actions: the box in each one's note is edited, as one command.
///
/// # Errors
/// `unknown_action`, `ambiguous`; then nothing was changed.
pub async fn set_status(app: &App, ids: &[String], status: ActionStatus) -> Result<view::Actions> {
    let command = match status {
        ActionStatus::Open => "action reopen",
        ActionStatus::Done => "action done",
        ActionStatus::Dropped => "action drop",
    };
    each(app, ids, command, async |writer, id| {
        writer.edit(id, |text, line, cx| edit::set_status(text, line, status, cx)).await
    })
    .await
}

/// Sets when an action is due: its phrase is replaced, or `due:DATE` appended.
///
/// # Errors
/// `unknown_action`, `ambiguous`.
pub async fn set_due(app: &App, id: &str, due: NaiveDate) -> Result<view::Action> {
    one(set_due_of(app, std::slice::from_ref(&id), Some(due)).await?)
}

/// [`set_due`] for several, as one command; without a date each one's phrase is taken away.
///
/// # Errors
/// As [`set_due`], and `line_not_found` where the date cannot be told from the rest of a line; then nothing was changed.
pub async fn set_due_of(app: &App, ids: &[impl AsRef<str>], due: Option<NaiveDate>) -> Result<view::Actions> {
    each(app, ids, "action due", async |writer, id| {
        let edit = |text: &str, line, cx: &Context<'_>| match due {
            Some(due) => edit::set_due(text, line, due, cx),
            None => edit::clear_due(text, line, cx),
        };
        writer.edit(id, edit).await
    })
    .await
}

/// Makes somebody the owner of an action: `@handle` takes the place of the owners, or is appended.
///
/// # Errors
/// `unknown_action`, `unknown_person`, `ambiguous`.
pub async fn assign(app: &App, id: &str, person: &str) -> Result<view::Action> {
    one(assign_all(app, std::slice::from_ref(&id), person).await?)
}

/// [`assign`] for several, as one command.
///
/// # Errors
/// As [`assign`]; then nothing was changed.
pub async fn assign_all(app: &App, ids: &[impl AsRef<str>], person: &str) -> Result<view::Actions> {
    each(app, ids, "action assign", async |writer, id| {
        let person = resolve::person(&mut writer.tx, person).await?;
        let handle = writer.directory.get(person).map(|person| person.handle.clone()).unwrap_or_default();
        writer.edit(id, |text, line, cx| edit::set_owner(text, line, &handle, cx)).await
    })
    .await
}

/// Hides an action from lists of what to do until a day.
///
/// # Errors
/// `unknown_action`, `ambiguous`.
pub async fn snooze(app: &App, id: &str, until: NaiveDate) -> Result<view::Action> {
    one(snooze_all(app, std::slice::from_ref(&id), until).await?)
}

/// [`snooze`] for several, as one command.
///
/// # Errors
/// `unreadable_day` for one that is not to come, and as [`snooze`]; then nothing was changed.
pub async fn snooze_all(app: &App, ids: &[impl AsRef<str>], until: NaiveDate) -> Result<view::Actions> {
    let today = app.clock().today();
    each(app, ids, "action snooze", async |writer, id| {
        writer.tx.touch(Kind::Item, id).await?;
        let item = get(writer, id).await?;
        // A day that has come wakes one that sleeps.
        if until <= today && item.snoozed_until.is_none_or(|day| day <= today) {
            return Err(Failure::usage("unreadable_day", "An action can be hidden until a day to come.")
                .hint("Write a later day, such as `today+7`."));
        }
        Ok(item::put(&mut writer.tx, &[Item { snoozed_until: Some(until), ..item }]).await?)
    })
    .await
}

/// Does something to each of these actions, as one command: all or none.
pub(crate) async fn each(
    app: &App,
    ids: &[impl AsRef<str>],
    command: &str,
    change: impl AsyncFn(&mut Writer<'_>, ItemId) -> Result<()>,
) -> Result<view::Actions> {
    let mut writer = Writer::begin(app).await?;
    let mut changed = Vec::new();
    for id in ids {
        let id = resolve::item(&mut writer.tx, Some(ItemKind::Action), id.as_ref()).await?;
        if !changed.contains(&id) {
            change(&mut writer, id).await?;
            changed.push(id);
        }
    }
    let told = Teller::new(&mut writer.tx, *app.clock()).items_by_ids(&changed).await?;
    writer.commit(command).await?;
    Ok(view::Actions { actions: told.actions })
}

pub(crate) fn one(told: view::Actions) -> Result<view::Action> {
    told.actions.into_iter().next().ok_or_else(gone)
}

/// Adds a link to an item's line. `after` links that would close a circle are refused with the circle.
pub(crate) async fn link(writer: &mut Writer<'_>, from: ItemId, kind: LinkKind, to: ItemId) -> Result<()> {
    let target = get(writer, to).await?;
    let link = match kind {
        LinkKind::Supersedes => WrittenLink::Supersedes(target.anchor),
        LinkKind::BlockedBy => WrittenLink::After(target.anchor),
        LinkKind::Answers => WrittenLink::Answers(target.anchor),
    };
    writer.edit(from, |text, line, cx| edit::add_link(text, line, &link, cx)).await
}

pub(crate) async fn get(writer: &mut Writer<'_>, id: ItemId) -> Result<Item> {
    item::get(&mut writer.tx, id).await?.ok_or_else(gone)
}

fn gone() -> Failure {
    Failure::new("unknown_item", "The item is not there any more.").hint("Somebody may have deleted its line just now.")
}
