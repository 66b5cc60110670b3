//! The run, its picture, and how is asked.

use leptos::prelude::*;

use super::choice::Choice;
use super::controls::{Protocol, Run};
use super::state::{Doing, MeasureState};
use super::{DOOR, address, figure, words};
use crate::shell::feature::{Body, Here};
use crate::state::shell::Shell;
use crate::ui::dom_id;
use crate::ui::figure::{Change, Draw, Figure, Source, Steps};
use crate::ui::shell;
use crate::ui::table::Table;

pub const HERE: Here = Here {
    part: Some(address::part),
    empty: words::HISTORY_EMPTY,
    news: |shell| {
        let state = shell.get::<MeasureState>();
        let is_at_rest = state.doing().with(|it| matches!(it, Doing::Paused | Doing::Done));
        state.summary().with(|it| it.as_ref().filter(|_| is_at_rest).map(words::claim))
    },
    tables,
    ..Here::of(|body| view! { <MeasureView body /> }.into_any(), |_| DOOR.title.to_owned())
};

fn tables(shell: Shell) -> Vec<Table> {
    let summary = shell.get::<MeasureState>().summary().get_untracked();
    summary.iter().flat_map(|it| [figure::table(it), figure::curves(it)]).collect()
}

/// `body` is where a reader who skips the head arrives.
#[component]
fn MeasureView(body: Body) -> impl IntoView {
    let shell = shell();
    let state = shell.get::<MeasureState>();
    let has_answers = Memo::new(move |_| state.summary().with(Option::is_some));
    view! {
        <section class="measure" aria-labelledby=dom_id("measure-title")>
            <div data-view="" tabindex="-1" node_ref=body>
            <h2 id=dom_id("measure-title")>{words::TAB}</h2>
            <p class="lead">{words::LEAD} " " <a href=shell.href("results.html")>{words::ALL_TABLES}</a></p>
            <Run />
            <div class="measure-parts">
                <div class="measured">
                    <Show when=move || has_answers.get() fallback=|| view! { <p class="nothing">{words::WAITING}</p> }>
                        <Curves />
                    </Show>
                </div>
                <Protocol />
            </div>
            <Choice />
            </div>
        </section>
    }
}

/// The picture; the reader goes back among the users, and follows a model.
#[component]
fn Curves() -> impl IntoView {
    let shell = shell();
    let state = shell.get::<MeasureState>();
    let summary = state.summary();
    let followed = RwSignal::new(None::<String>);
    let draw = Draw::new(move |width| {
        let name = followed.get();
        summary.with(|it| Some(figure::draw(it.as_ref()?, name.as_deref(), width)))
    });
    let act = Callback::new(move |(name,): (String,)| {
        followed.update(|it| *it = Some(name).filter(|name| it.as_ref() != Some(name)));
    });
    let n_answered = Memo::new(move |_| state.n_answered());
    let steps = Steps {
        n: n_answered,
        at: Memo::new(move |_| {
            let last = n_answered.get().saturating_sub(1);
            state.shown().map_or(last, |it| it.saturating_sub(1).min(last))
        }),
        go: Callback::new(move |(step,): (usize,)| {
            let n = step + 1;
            state.show_first((n < untrack(|| n_answered.get())).then_some(n));
        }),
        name: words::USERS,
        of: Callback::new(move |(step,): (usize,)| words::step(step + 1)),
    };
    let change = Change {
        is_changed: Signal::derive(move || {
            state.shown().is_some() || followed.with(Option::is_some)
        }),
        undo: Callback::new(move |()| {
            state.show_first(None);
            followed.set(None);
        }),
    };
    let n_items = shell.site.catalogue().n_items();
    let source = Signal::derive(move || Source {
        family: None,
        cost: None,
        more: words::source(state.n_users(), n_items),
    });
    let title = Signal::derive(|| words::FIGURE.to_owned());
    let about = Memo::new(move |_| words::title(state.measure().get()));
    view! {
        {move || view! {
            <Figure
                name="measure"
                title
                about=about.get()
                source
                draw=draw.clone()
                act=Some(act)
                steps=Some(steps)
                change=Some(change)
                is_for_authors=false
            />
        }}
    }
}
