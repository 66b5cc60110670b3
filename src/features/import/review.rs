//! What was found in the files, before any of it is used.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlDetailsElement;

use super::questions::Questions;
use super::state::Step;
use super::state::reading::Review;
use super::view::state;
use super::words;
use crate::imports::{Date, Note, Unmatched, Weight, words as import_words, write};
use crate::ui::export::save;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn ReviewView() -> impl IntoView {
    let state = state();
    // Of the last answer, while it is read again.
    let review = Signal::derive(move || {
        state.step().with(|it| match it {
            Step::Reviewing(review) => review.clone(),
            _ => Arc::default(),
        })
    });
    let n_films = move || review.with(|it| it.matched.films.len());
    let found = move || {
        review.with(|it| {
            let n_open = state.answers().with(|answers| it.n_open(answers));
            words::found(it.matched.films.len(), n_open, it.matched.unmatched.len())
        })
    };
    let is_unsure = move || state.is_rereading().get();
    let is_nothing = move || n_films() == 0 && review.with(|it| it.questions().next().is_none());
    view! {
        <h3>{words::REVIEW}</h3>
        <p class="found" role="status">
            {move || if is_unsure() { words::REREADING.to_owned() } else { found() }}
        </p>
        <div class="buttons">
            <button
                class="button is-main"
                disabled=move || is_unsure() || n_films() == 0
                on:click=move |_| state.use_films()
            >
                {move || words::use_films(n_films())}
            </button>
            <button class="button import-cancel" on:click=move |_| state.cancel()>{words::CANCEL}</button>
        </div>
        <Show when=is_nothing><p class="note">{words::NOTHING_FOUND}</p></Show>
        <Failures review />
        <Questions review />
        <Missing review />
        <Matched review />
        <AsRead review />
    }
}

/// Files that do not count, at once.
#[component]
fn Failures(review: Signal<Arc<Review>>) -> impl IntoView {
    let failures = move || {
        let words = notes(review, |it| it == Weight::Failed);
        (!words.is_empty()).then(|| {
            let lines = words.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
            view! {
                <div role="alert" class="note">
                    <h4>{words::FAILED}</h4>
                    <ul>{lines}</ul>
                </div>
            }
        })
    };
    let no_details = move || review.with(|it| !it.has_details);
    view! {
        {failures}
        <Show when=no_details><p class="note">{words::NO_DETAILS}</p></Show>
    }
}

/// What was not found, each with the reason, and what is no film.
#[component]
fn Missing(review: Signal<Arc<Review>>) -> impl IntoView {
    let unmatched = Signal::derive(move || review.with(|it| it.matched.unmatched.clone()));
    let series = Signal::derive(move || review.with(|it| it.matched.series.clone()));
    let lines = |all: Signal<Vec<Unmatched>>| {
        move || all.get().iter().map(unmatched_line).collect::<Vec<_>>()
    };
    let is_not_saved = RwSignal::new(false);
    let save_all = move |_| {
        let csv = write::unmatched_csv(&unmatched.get_untracked());
        spawn_local(async move {
            is_not_saved.set(save(words::NOT_FOUND_FILE_NAME, "text/csv", &csv).await.is_err());
        });
    };
    view! {
        <Fold name=words::not_found lines=Signal::derive(lines(unmatched))>
            <button class="button is-bare" on:click=save_all>{words::SAVE_NOT_FOUND}</button>
            <Show when=move || is_not_saved.get()><p role="alert">{words::NOT_SAVED}</p></Show>
        </Fold>
        <Fold name=words::series lines=Signal::derive(lines(series)) />
    }
}

#[component]
fn Matched(review: Signal<Arc<Review>>) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let lines = move || {
        review.with(|it| {
            let films = it.matched.films.iter();
            films
                .map(|it| {
                    let film = text::film(&catalogue, it.item);
                    format!("{film}: {}", words::told(&it.told))
                })
                .collect::<Vec<_>>()
        })
    };
    let n_conflicts = move || review.with(|it| it.matched.conflicts.len());
    let n_of_bulk_days = move || {
        review.with(|it| it.matched.films.iter().filter(|it| it.told.is_of_bulk_day).count())
    };
    view! {
        <Fold name=words::matched lines=Signal::derive(lines) />
        <Show when=move || n_conflicts() != 0>
            <p class="quiet">{move || words::conflicts(n_conflicts())}</p>
        </Show>
        <Show when=move || n_of_bulk_days() != 0>
            <p class="quiet">{move || words::of_bulk_days(n_of_bulk_days())}</p>
        </Show>
    }
}

/// Each file, and what else is to be told of files and rows.
#[component]
fn AsRead(review: Signal<Arc<Review>>) -> impl IntoView {
    let files = move || {
        let files = review.with(|it| {
            let files = it.import.files.iter().enumerate();
            files
                .map(|(at, file)| (file.name.clone(), words::read_as(file, days_of(it, at))))
                .collect::<Vec<_>>()
        });
        let files = files.into_iter();
        files.map(|(name, how)| view! { <dt>{name}</dt><dd>{how}</dd> }).collect_view()
    };
    let has_files = move || review.with(|it| !it.import.files.is_empty());
    let remarks = move || notes(review, |it| matches!(it, Weight::Told | Weight::Skipped));
    let ignored = move || notes(review, |it| it == Weight::Ignored);
    view! {
        <Show when=has_files>
            <h3>{words::AS_READ}</h3>
            <dl class="as-read">{files}</dl>
        </Show>
        <Fold name=words::remarks lines=Signal::derive(remarks) />
        <Fold name=words::ignored lines=Signal::derive(ignored) />
    }
}

/// Lines under how many they are; nothing where there is none. Thousands of rows are made only for those who look.
#[component]
fn Fold(
    name: fn(usize) -> String,
    lines: Signal<Vec<String>>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let n = Memo::new(move |_| lines.with(Vec::len));
    let is_open = RwSignal::new(false);
    let toggle = move |event: web_sys::Event| {
        let details: HtmlDetailsElement = event_target(&event);
        is_open.set(details.open());
    };
    let shown = move || {
        let lines = if is_open.get() { lines.get() } else { Vec::new() };
        lines.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()
    };
    view! {
        <Show when=move || n.get() != 0>
            <details class="evidence import-fold" on:toggle=toggle>
                <summary>{move || name(n.get())}</summary>
                // It scrolls, so keys have to reach it.
                <ul tabindex="0" aria-label=move || name(n.get())>{shown}</ul>
                {children.as_ref().map(|it| it())}
            </details>
        </Show>
    }
}

pub(super) fn unmatched_line(it: &Unmatched) -> String {
    format!("{}: {}", words::named(&it.named), import_words::why(it.why))
}

fn notes(review: Signal<Arc<Review>>, is_wanted: impl Fn(Weight) -> bool) -> Vec<String> {
    let wanted = |it: &&Note| is_wanted(it.what.weight());
    review.with(|it| it.import.notes.iter().filter(wanted).map(import_words::note).collect())
}

/// The first and the last day that the file at place `file` speaks of.
fn days_of(review: &Review, file: usize) -> Option<(Date, Date)> {
    let entries = review.import.entries.iter().filter(|it| it.place.file == file);
    let days = || entries.clone().flat_map(|it| it.watched.into_iter().chain(it.logged));
    days().min().zip(days().max())
}
