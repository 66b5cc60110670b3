//! The run, and how is asked.

use leptos::prelude::*;

use super::state::{Doing, MeasureState, Whose};
use super::words;
use crate::measure::{Against, Asked, Measure, Seen, Ties};
use crate::ui;
use crate::ui::figure::Choice;
use crate::ui::{dom_id, shell};

/// Start, pause, go on, forget; and how far it is.
#[component]
pub(super) fn Run() -> impl IntoView {
    let state = shell().get::<MeasureState>();
    let doing = state.doing();
    let is_asking = Memo::new(move |_| doing.get() == Doing::Asking);
    let has_answers =
        Memo::new(move |_| state.progress().0 > 0 || state.summary().with(Option::is_some));
    let progress = Memo::new(move |_| state.progress());
    let act = move |_| if is_asking.get_untracked() { state.pause() } else { state.start() };
    let act_name = move || match doing.get() {
        Doing::Asking => words::PAUSE,
        Doing::Idle => words::START,
        Doing::Paused | Doing::Done | Doing::Failed(_) if has_answers.get() => words::RESUME,
        _ => words::START,
    };
    let is_all_done = move || progress.with(|it| it.0 == it.1) && doing.get() != Doing::Asking;
    let has_models = move || !state.chosen().is_empty();
    let said = move || {
        let (n, of) = progress.get();
        match doing.get() {
            _ if !has_models() => words::CHOOSE_NONE.to_owned(),
            Doing::Asking => words::ASKING.to_owned(),
            _ if is_all_done() => words::done(n),
            Doing::Paused => words::paused(n, of),
            Doing::Idle | Doing::Done => {
                words::cost(state.n_users(), state.chosen().len(), state.missing_bytes())
            }
            Doing::Failed(_) => words::paused(n, of),
        }
    };
    let wrong = move || match doing.get() {
        Doing::Failed(error) => Some(ui::words::error(&error)),
        _ => None,
    };
    view! {
        <div class="run">
            <div class="buttons">
                <Show when=move || !is_all_done()>
                    <button
                        class="button is-main"
                        prop:disabled=move || !has_models()
                        on:click=act
                    >
                        {act_name}
                    </button>
                </Show>
                <Show when=move || has_answers.get()>
                    <button class="button" on:click=move |_| state.reset()>{words::RESET}</button>
                </Show>
                <p class="quiet" role="status">{said}</p>
            </div>
            <Show when=move || is_asking.get()>
                <label class="progress">
                    <span>{move || progress.with(|it| words::progress(it.0, it.1))}</span>
                    <progress
                        max=move || progress.with(|it| it.1.max(1).to_string())
                        value=move || progress.with(|it| it.0.to_string())
                    ></progress>
                </label>
            </Show>
            {move || wrong().map(|it| view! { <p class="problem" role="alert">{it}</p> })}
        </div>
    }
}

/// What is measured, how and on whom.
#[component]
pub(super) fn Protocol() -> impl IntoView {
    let shell = shell();
    let state = shell.get::<MeasureState>();
    let protocol = state.protocol();
    let n_items = shell.site.catalogue().n_items();
    let options = Measure::ALL.map(|it| {
        view! {
            <option value=words::name(it) prop:selected=move || state.measure().get() == it>{words::option(it)}</option>
        }
    });
    let choose_measure = move |event| {
        let name = event_target_value(&event);
        if let Some(measure) = Measure::ALL.into_iter().find(|it| words::name(*it) == name) {
            state.measure().set(measure);
        }
    };
    let asked =
        [Asked::LastTen, Asked::Last].map(|it| (it, words::asked(it == Asked::Last).to_owned()));
    let against =
        [(Against::All, words::against(Some(n_items))), (Against::Sampled, words::against(None))];
    let seen =
        [Seen::LeftOut, Seen::Ranked].map(|it| (it, words::seen(it == Seen::Ranked).to_owned()));
    let ties = [Ties::Against, Ties::Mean, Ties::With].map(|it| (it, words::ties(it).to_owned()));
    let whose = [Whose::All, Whose::Third(0), Whose::Third(1), Whose::Third(2)]
        .map(|it| (it, words::whose(it).to_owned()));
    view! {
        <div class="ask">
            <label class="label" for=dom_id("measured-by")>{words::MEASURE}</label>
            <select id=dom_id("measured-by") on:change=choose_measure>{options}</select>
            <p class="label" aria-hidden="true">{words::ASKED}</p>
            <Choice
                name=words::ASKED
                options=asked.to_vec()
                at=Signal::derive(move || Some(protocol.get().asked))
                choose=move |it| state.change_protocol(|protocol| protocol.asked = it)
            />
            <p class="label" aria-hidden="true">{words::AGAINST}</p>
            <Choice
                name=words::AGAINST
                options=against.to_vec()
                at=Signal::derive(move || Some(protocol.get().against))
                choose=move |it| state.change_protocol(|protocol| protocol.against = it)
            />
            <p class="label" aria-hidden="true">{words::SEEN}</p>
            <Choice
                name=words::SEEN
                options=seen.to_vec()
                at=Signal::derive(move || Some(protocol.get().seen))
                choose=move |it| state.change_protocol(|protocol| protocol.seen = it)
            />
            <p class="label" aria-hidden="true">{words::TIES}</p>
            <Choice
                name=words::TIES
                options=ties.to_vec()
                at=Signal::derive(move || Some(protocol.get().ties))
                choose=move |it| state.change_protocol(|protocol| protocol.ties = it)
            />
            <p class="label" aria-hidden="true">{words::WHOSE}</p>
            <Choice
                name=words::WHOSE
                options=whose.to_vec()
                at=Signal::derive(move || Some(state.whose().get()))
                choose=move |it| state.whose().set(it)
            />
            <p class="quiet">{move || words::lengths(&state.lengths())}</p>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || state.counts_own()
                    prop:disabled=move || !state.can_count_own()
                    on:change=move |event| state.count_own(event_target_checked(&event))
                />
                <span>{words::OWN}</span>
            </label>
        </div>
    }
}
