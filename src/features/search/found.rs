//! Films found by meaning.

use leptos::prelude::*;

use super::embedding::EmbeddingPanel;
use super::encoder_choice::EncoderChoice;
use super::figure::N_DRAWN;
use super::matched::Matched;
use super::nearness::Nearness;
use super::view::state;
use super::words;
use crate::plot;
use crate::recommend::Recommendation;
use crate::ui::acts::FilmActs;
use crate::ui::dom_id;
use crate::ui::film_facts::FilmFacts;
use crate::ui::hidden::HiddenFilms;
use crate::ui::mark::Mark;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn FoundFilms() -> impl IntoView {
    let shell = shell();
    let state = state();
    let found = state.found();
    let title = move || state.query().get().map(|query| words::found_title(&query));
    let failure = move || {
        let error = shell.notices.shown_failure(found)?;
        Some(view! { <Problem error on_retry=move || found.retry() /> })
    };
    let lead = move || {
        let n_items = shell.site.catalogue().n_items();
        found.with(|it| {
            let it = it?;
            let (encoder, answer) = (it.question.encoder, &it.answer);
            Some(words::found_by(encoder, answer.vectors, answer.cost, n_items))
        })
    };
    let class = move || {
        if found.is_stale() {
            "card found kind-language is-stale"
        } else {
            "card found kind-language"
        }
    };
    view! {
        <Show when=move || state.query().with(Option::is_some)>
            <section class=class aria-labelledby=dom_id("found-title")>
                <div class="found-head">
                    <div>
                        <h2 id=dom_id("found-title")>{title}</h2>
                        <p class="quiet" role="status">{lead}</p>
                    </div>
                    <button class="button is-bare" on:click=move |_| state.close_search()>
                        {text::CLOSE}
                    </button>
                </div>
                {failure}
                <Waiting />
                <div class="found-body">
                    <div>
                        <FoundList />
                        <HiddenFilms />
                    </div>
                    <div>
                        <Nearness />
                        <Matched />
                    </div>
                </div>
                <EncoderChoice />
                <Show when=move || found.with(|it| it.is_some())>
                    <EmbeddingPanel />
                </Show>
            </section>
        </Show>
    }
}

/// The encoder is on its way, or at work.
#[component]
fn Waiting() -> impl IntoView {
    let shell = shell();
    let state = state();
    let is_waiting = move || state.found().is_waiting();
    let coming = move || shell.engine.watch().files().into_iter().find(|file| !file.is_done);
    let said = move || {
        coming().map_or_else(
            || text::FOUND_WAITING.to_owned(),
            |file| text::fetching(&file.path, file.fetched_bytes, file.total_bytes),
        )
    };
    let bar = move || {
        let file = coming()?;
        Some(view! {
            <progress
                aria-label=text::FILES
                max=file.total_bytes.to_string()
                value=file.fetched_bytes.to_string()
            ></progress>
        })
    };
    view! {
        <Show when=is_waiting>
            <p class="quiet spin" role="status">{said}</p>
            {bar}
        </Show>
    }
}

#[component]
fn FoundList() -> impl IntoView {
    let state = state();
    let films = move || {
        let first = |films: &[Recommendation]| films[..films.len().min(N_DRAWN)].to_vec();
        state.found().with(|it| it.map(|it| first(&it.answer.films)))
    };
    let rows = move || {
        let films = films()?;
        if films.is_empty() {
            return Some(view! { <p class="quiet">{words::FOUND_NOTHING}</p> }.into_any());
        }
        let best = films.first().map_or(0.0, |film| film.score);
        let rows = films
            .into_iter()
            .zip(1..)
            .map(|(film, rank)| view! { <FoundRow film rank best /> })
            .collect_view();
        Some(view! { <ol class="recs">{rows}</ol> }.into_any())
    };
    view! { <div>{rows}</div> }
}

#[component]
fn FoundRow(film: Recommendation, rank: usize, best: f32) -> impl IntoView {
    let shell = shell();
    let state = state();
    let Recommendation { item, score } = film;
    let catalogue = shell.site.catalogue();
    let title = catalogue.title(item).to_owned();
    let length = format!("{:.1}%", plot::bar_percent(score, best));
    let is_on = move || state.matched_item().get() == Some(item);
    view! {
        <li class="rec" class:is-on=is_on>
            <span class="rec-rank" translate="no">{rank}</span>
            <Mark item />
            <div>
                <button
                    class="rec-name"
                    aria-current=move || is_on().then_some("true")
                    on:click=move |_| state.focus_match(item)
                >
                    <span class="film-title" translate="no">{title}</span>
                </button>
                <FilmFacts item />
            </div>
            <span class="rec-score" translate="no">
                <span class="visually-hidden">{words::SIMILARITY} " "</span>
                {text::score(score)}
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=length></span>
                </span>
            </span>
            <FilmActs item />
        </li>
    }
}
