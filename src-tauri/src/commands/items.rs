//! Actions, decisions and questions.

use throughline_app::model::{ActionStatus, ItemId};
use throughline_app::view::{
    Action, ActionStretch, Decision, DecisionDetail, DecisionOffers, DecisionStretch, ListPlace, QuestionStretch,
    RowPlace, Trace,
};
use throughline_app::{App, Result, actions, answers, decisions, questions};

use super::{TheDesk, change, day, run};
use crate::shapes::{DecisionsAsk, Done};

/// A stretch of a long list; `find` says of which actions the places are told besides.
#[tauri::command]
#[specta::specta]
pub async fn actions_stretch(
    desk: TheDesk<'_>,
    ask: actions::ActionsAsk,
    from: usize,
    limit: usize,
    find: Vec<ItemId>,
) -> Result<ActionStretch> {
    run(&desk, async move |app| actions::stretch(&app, &ask, from, limit, &find).await).await
}

/// Which actions stand from one place up to another, not on the screen perhaps.
#[tauri::command]
#[specta::specta]
pub async fn actions_places(
    desk: TheDesk<'_>,
    ask: actions::ActionsAsk,
    from: usize,
    to: usize,
) -> Result<Vec<ListPlace>> {
    run(&desk, async move |app| actions::places(&app, &ask, from, to).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn action_status(desk: TheDesk<'_>, ids: Vec<String>, status: ActionStatus) -> Result<Done<Vec<Action>>> {
    change(&desk, async move |app| Ok(actions::set_status(&app, &ids, status).await?.actions)).await
}

#[tauri::command]
#[specta::specta]
pub async fn action_due(desk: TheDesk<'_>, id: String, due: String) -> Result<Done<Action>> {
    change(&desk, async move |app| actions::set_due(&app, &id, day(&app, &due)?).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn action_assign(desk: TheDesk<'_>, id: String, person: String) -> Result<Done<Action>> {
    change(&desk, async move |app| actions::assign(&app, &id, &person).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn action_snooze(desk: TheDesk<'_>, id: String, until: String) -> Result<Done<Action>> {
    change(&desk, async move |app| actions::snooze(&app, &id, day(&app, &until)?).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn actions_due(desk: TheDesk<'_>, ids: Vec<String>, due: Option<String>) -> Result<Done<Vec<Action>>> {
    change(&desk, async move |app| {
        let due = due.map(|due| day(&app, &due)).transpose()?;
        Ok(actions::set_due_of(&app, &ids, due).await?.actions)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn actions_assign(desk: TheDesk<'_>, ids: Vec<String>, person: String) -> Result<Done<Vec<Action>>> {
    change(&desk, async move |app| Ok(actions::assign_all(&app, &ids, &person).await?.actions)).await
}

#[tauri::command]
#[specta::specta]
pub async fn actions_snooze(desk: TheDesk<'_>, ids: Vec<String>, until: String) -> Result<Done<Vec<Action>>> {
    change(&desk, async move |app| {
        let until = day(&app, &until)?;
        Ok(actions::snooze_all(&app, &ids, until).await?.actions)
    })
    .await
}

fn decisions_asked(app: &App, ask: DecisionsAsk) -> Result<decisions::Ask> {
    let DecisionsAsk { show, topic, person, organization: org, as_of, words } = ask;
    let as_of = as_of.map(|as_of| day(app, &as_of)).transpose()?;
    let filter = decisions::Filter { topic, person, org, as_of, ..decisions::Filter::default() };
    Ok(decisions::Ask { filter, show, words })
}

/// A stretch of a long list; `find` says of which decisions the places are told besides.
#[tauri::command]
#[specta::specta]
pub async fn decisions_stretch(
    desk: TheDesk<'_>,
    ask: DecisionsAsk,
    from: usize,
    limit: usize,
    find: Vec<String>,
) -> Result<DecisionStretch> {
    run(&desk, async move |app| {
        decisions::stretch(&app, &decisions_asked(&app, ask)?, from, limit, &items_of(&find)).await
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn decisions_places(desk: TheDesk<'_>, ask: DecisionsAsk, from: usize, to: usize) -> Result<Vec<RowPlace>> {
    run(&desk, async move |app| decisions::places(&app, &decisions_asked(&app, ask)?, from, to).await).await
}

/// What may take a decision's place, or be replaced by it, the likeliest first.
#[tauri::command]
#[specta::specta]
pub async fn decision_offers(
    desk: TheDesk<'_>,
    id: String,
    way: decisions::Way,
    words: String,
    limit: usize,
) -> Result<DecisionOffers> {
    run(&desk, async move |app| decisions::offers(&app, &id, way, &words, limit).await).await
}

/// Those of the texts that may be ids: what stands in an address may be anything.
fn items_of(texts: &[String]) -> Vec<ItemId> {
    texts.iter().filter_map(|text| text.parse().ok().map(ItemId)).collect()
}

#[tauri::command]
#[specta::specta]
pub async fn decision(desk: TheDesk<'_>, id: String) -> Result<DecisionDetail> {
    run(&desk, async move |app| decisions::show(&app, &id).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn decision_supersede(desk: TheDesk<'_>, old: String, by: String) -> Result<Done<Decision>> {
    change(&desk, async move |app| decisions::supersede(&app, &old, &by).await).await
}

/// A stretch of a long list; `find` says of which questions the places are told besides.
#[tauri::command]
#[specta::specta]
pub async fn questions_stretch(
    desk: TheDesk<'_>,
    ask: questions::QuestionsAsk,
    from: usize,
    limit: usize,
    find: Vec<String>,
) -> Result<QuestionStretch> {
    run(&desk, async move |app| questions::stretch(&app, &ask, from, limit, &items_of(&find)).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn questions_places(
    desk: TheDesk<'_>,
    ask: questions::QuestionsAsk,
    from: usize,
    to: usize,
) -> Result<Vec<RowPlace>> {
    run(&desk, async move |app| questions::places(&app, &ask, from, to).await).await
}

#[tauri::command]
#[specta::specta]
pub async fn trace(desk: TheDesk<'_>, id: String) -> Result<Trace> {
    run(&desk, async move |app| answers::trace(&app, &id).await).await
}
