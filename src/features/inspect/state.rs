//! What the chosen family shows of itself, asked for while the view is open.

use std::sync::Arc;

use leptos::prelude::*;

use super::inspecting::Inspecting;
use super::registry::{Shown, View, find};
use crate::engine::protocol::{Cost, EngineError, Inspect, Inspected};
use crate::families::FamilyName;
use crate::history::History;
use crate::state::chosen::Chosen;
use crate::state::latest::Latest;
use crate::state::shell::{Lasting, Shell};
use crate::ui::shell;
use crate::ui::table::Table;

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
    shown: Shown,
    /// The picks that the family read for it, oldest first.
    picks: History,
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

impl LookQuestion {
    /// This, whose answer is `looked`, where it answers `other` as well.
    fn held(self, other: &Self, looked: &Looked) -> Option<Self> {
        let is_of_it = self.family == other.family && self.history == other.history;
        (is_of_it && (looked.view.holds)(&looked.shown, &other.probe)).then_some(self)
    }
}

impl InspectState {
    pub(super) fn new(shell: Shell) -> Self {
        let inspecting = shell.get::<Inspecting>();
        let last = StoredValue::new(None::<(LookQuestion, Looked)>);
        let question = move || {
            let (history, family) =
                (shell.reader.read_history().get(), shell.get::<Chosen>().family().get());
            let probe = inspecting.written_probe();
            let is_asked = !history.is_empty() && find(&family).is_some();
            let question = is_asked.then_some(LookQuestion { family, history, probe })?;
            // What the last answer holds already is not asked again.
            let held = last.with_value(|it| {
                let (of, looked) = it.as_ref()?;
                of.clone().held(&question, looked)
            });
            Some(held.unwrap_or(question))
        };
        let looked = Latest::new(question, move |question| async move {
            let looked = look(shell, question.clone()).await?;
            last.set_value(Some((question, looked.clone())));
            Ok(looked)
        });
        show(shell, looked);
        Self { looked }
    }
}

async fn look(shell: Shell, question: LookQuestion) -> Result<Looked, EngineError> {
    let LookQuestion { family, history, probe } = question;
    let unknown = || EngineError::UnknownFamily { family: family.0.clone() };
    let (_, view) = find(&family).ok_or_else(unknown)?;
    let entry = shell.site.manifest().family(&family.0).map(|entry| entry.max_history);
    let picks = history.newest(entry.unwrap_or(usize::MAX));
    let Inspected { shown: json, cost } =
        shell.engine.handle().ask(Inspect { family, history, probe }).await?;
    let unreadable =
        |error: serde_json::Error| EngineError::Unreadable { detail: error.to_string() };
    let shown = (view.read)(&json).map_err(unreadable)?;
    Ok(Looked { view, shown, picks, cost })
}

/// What the open view shows, as tables; none once it is closed.
#[derive(Clone, Copy)]
struct OnShow(StoredValue<Option<Latest<LookQuestion, Looked>>>);

impl Lasting for OnShow {
    fn of(_shell: Shell) -> Self {
        Self(StoredValue::new(None))
    }
}

fn show(shell: Shell, looked: Latest<LookQuestion, Looked>) {
    let on_show = shell.get::<OnShow>().0;
    on_show.set_value(Some(looked));
    on_cleanup(move || on_show.set_value(None));
}

pub(super) fn tables(shell: Shell) -> Vec<Table> {
    let looked = shell.get::<OnShow>().0.get_value().and_then(|it| it.good_untracked());
    looked.map_or_else(Vec::new, |it| {
        let Looked { view, shown, picks, .. } = it.answer;
        (view.tables)(&shown, &picks, &shell.site.catalogue())
    })
}

/// What the family shows, for a view that knows how to show a `T`. Keeps the last one while another
/// family's answer takes its place: the view is about to go.
pub(super) fn seen<T: PartialEq + Send + Sync + 'static>() -> Memo<Option<Seen<T>>> {
    let state: InspectState = expect_context();
    Memo::new(move |before: Option<&Option<Seen<T>>>| {
        let now = state.looked.with(|it| {
            let looked = &it?.answer;
            let of = looked.shown.clone().downcast().ok()?;
            Some(Seen { picks: looked.picks.clone(), of })
        });
        now.or_else(|| before.cloned().flatten())
    })
}

/// How the reader looks into the family of this page.
pub(super) fn inspecting() -> Inspecting {
    shell().get()
}
