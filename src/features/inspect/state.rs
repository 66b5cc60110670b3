//! What the chosen family shows of itself, asked for while the view is open.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use super::View;
use crate::engine::protocol::{Cost, EngineError, Inspect, Inspected};
use crate::families::FamilyName;
use crate::history::History;
use crate::session::{Latest, Session};
use crate::state::inspecting::{Inspecting, OnShow};
use crate::views::session;

/// Made when the view is opened, and gone with it. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct InspectState {
    pub(super) looked: Latest<LookQuestion, Looked>,
}

/// Whose inside, after which history, and what is done to it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LookQuestion {
    pub(super) family: FamilyName,
    history: History,
    probe: String,
}

/// What a family showed.
#[derive(Clone)]
pub(super) struct Looked {
    pub(super) view: &'static View,
    /// What its `view` knows how to show.
    shown: Arc<dyn Any + Send + Sync>,
    on_show: OnShow,
    pub(super) cost: Cost,
}

/// What a family shows, and the picks it read for it, oldest first.
#[derive(Debug, PartialEq)]
pub(super) struct Seen<T> {
    pub(super) picks: History,
    pub(super) of: Arc<T>,
}

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        Self { picks: self.picks.clone(), of: self.of.clone() }
    }
}

impl InspectState {
    pub(super) fn new(session: Session) -> Self {
        let inspecting = session.inspecting();
        let question = move || {
            let (history, family) = (session.read_history().get(), session.family().get());
            let probe = inspecting.written_probe();
            let is_asked = !history.is_empty() && super::find(&family).is_some();
            is_asked.then_some(LookQuestion { family, history, probe })
        };
        let looked = Latest::new(question, move |question| look(session, question));
        follow(inspecting, looked);
        Self { looked }
    }
}

async fn look(session: Session, question: LookQuestion) -> Result<Looked, EngineError> {
    let LookQuestion { family, history, probe } = question;
    let unknown = || EngineError::UnknownFamily { family: family.0.clone() };
    let (inspection, view) = super::find(&family).ok_or_else(unknown)?;
    let entry = session.manifest().family(&family.0).map(|entry| entry.max_history);
    let picks = history.newest(entry.unwrap_or(usize::MAX));
    let Inspected { shown: json, cost } =
        session.engine().ask(Inspect { family, history, probe }).await?;
    let unreadable =
        |error: serde_json::Error| EngineError::Unreadable { detail: error.to_string() };
    let shown = (view.read)(&json).map_err(unreadable)?;
    let on_show = OnShow { form: inspection.form, picks, shown: json.into() };
    Ok(Looked { view, shown, on_show, cost })
}

/// Lets who takes the view along have what it shows.
fn follow(inspecting: Inspecting, looked: Latest<LookQuestion, Looked>) {
    Effect::new(move || {
        inspecting.put_on_show(looked.with(|it| it.map(|it| it.answer.on_show.clone())));
    });
    on_cleanup(move || inspecting.put_on_show(None));
}

/// What the family shows, for a view that knows how to show a `T`. Keeps the last one while another
/// family's answer takes its place: the view is about to go.
pub(super) fn seen<T: PartialEq + Send + Sync + 'static>() -> Memo<Option<Seen<T>>> {
    let state: InspectState = expect_context();
    Memo::new(move |before: Option<&Option<Seen<T>>>| {
        let now = state.looked.with(|it| {
            let looked = &it?.answer;
            let of = looked.shown.clone().downcast().ok()?;
            Some(Seen { picks: looked.on_show.picks.clone(), of })
        });
        now.or_else(|| before.cloned().flatten())
    })
}

/// How the reader looks into the family of this page.
pub(super) fn inspecting() -> Inspecting {
    session().inspecting()
}
