//! Films found by meaning.

use leptos::prelude::*;

use crate::plot;
use crate::recommend::Recommendation;
use crate::views::acts::FilmActs;
use crate::views::embedding::EmbeddingPanel;
use crate::views::encoder_choice::EncoderChoice;
use crate::views::film_facts::FilmFacts;
use crate::views::hidden::HiddenFilms;
use crate::views::mark::Mark;
use crate::views::matched::Matched;
use crate::views::problem::Problem;
use crate::views::text;

#[component]
pub(crate) fn FoundFilms() -> impl IntoView {
    let session = super::session();
    let found = session.found();
    let title = move || session.query().get().map(|query| text::found_title(&query));
    let failure = move || {
        let error = session.shown_failure(found)?;
        Some(view! { <Problem error on_retry=move || found.retry() /> })
    };
    let lead = move || {
        let n_items = session.catalogue().n_items();
        found.with(|it| {
            let it = it?;
            let (encoder, answer) = (it.question.encoder, &it.answer);
            Some(text::found_by(encoder, answer.vectors, answer.cost, n_items))
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
        <Show when=move || session.query().with(Option::is_some)>
            <section class=class aria-labelledby="found-title">
                <div class="found-head">
                    <div>
                        <h2 id="found-title">{title}</h2>
                        <p class="quiet" role="status">{lead}</p>
                    </div>
                    <button class="button is-bare" on:click=move |_| session.close_search()>
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
                    <Matched />
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
    let session = super::session();
    let is_waiting = move || session.found().is_waiting();
    let coming = move || session.engine_watch().files().into_iter().find(|file| !file.is_done);
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
    let session = super::session();
    let films = move || session.found().with(|it| it.map(|it| it.answer.films.clone()));
    let rows = move || {
        let films = films()?;
        if films.is_empty() {
            return Some(view! { <p class="quiet">{text::FOUND_NOTHING}</p> }.into_any());
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
    let session = super::session();
    let Recommendation { item, score } = film;
    let catalogue = session.catalogue();
    let title = catalogue.title(item).to_owned();
    let length = format!("{:.1}%", plot::bar_percent(score, best));
    let is_on = move || session.matched_item().get() == Some(item);
    view! {
        <li class="rec" class:is-on=is_on>
            <span class="rec-rank" translate="no">{rank}</span>
            <Mark item />
            <div>
                <button
                    class="rec-name"
                    aria-current=move || is_on().then_some("true")
                    on:click=move |_| session.focus_match(item)
                >
                    <span class="film-title" translate="no">{title}</span>
                </button>
                <FilmFacts item />
            </div>
            <span class="rec-score" translate="no">
                <span class="visually-hidden">{text::SIMILARITY} " "</span>
                {text::score(score)}
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=length></span>
                </span>
            </span>
            <FilmActs item />
        </li>
    }
}
