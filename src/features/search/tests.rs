//! The search as a reader sees it.

use leptos::prelude::{IntoAny, view};

use super::combobox::{Combobox, Field, Typed};
use super::options::{FilmOption, MeaningButton};
use super::state::{Embedding, SearchState};
use super::{EmbeddingPanel, Search};
use crate::catalog::{ItemRow, MatchedField, TitleMatch};
use crate::engine::answer::Answer;
use crate::engine::protocol::{
    EmbeddingProgress, EngineError, FactMatch, Found, Request, SearchExplained, StorageFault,
    VectorSource, WordMatch,
};
use crate::feedback::Feedback;
use crate::stage::{
    COST, assert_says, assert_silent, owner, painted, scored, whole_shell, words_of,
};
use crate::state::shell::Shell;
use reactive_graph::traits::Set;

const TITLES: [&str; 3] = ["Alien", "Brazil", "Cube"];

fn opened(films: &'static [(u32, f32)]) -> Shell {
    let shell = whole_shell(&TITLES, "#v2&h=2", &[], move |request| match request {
        Request::Search(_) => {
            let films = films.iter().map(|it| scored(it.0, it.1)).collect();
            Ok(Answer::made(Found { films, vectors: VectorSource::Shipped, cost: COST }))
        }
        Request::ExplainSearch(_) => {
            let word =
                |word: &str, similarity_drop| WordMatch { word: word.into(), similarity_drop };
            let fact = FactMatch { field: "genres".into(), text: "Horror".into(), similarity: 0.5 };
            let words = vec![word("slow", -0.02), word("horror", 0.25)];
            Ok(Answer::made(SearchExplained { words, facts: vec![fact], cost: COST }))
        }
        other => panic!("not asked by these tests: {other:?}"),
    });
    shell.start(Vec::new());
    shell
}

fn seen(shell: Shell) -> String {
    words_of(&painted(shell, || view! { <Search /> }.into_any()))
}

#[test]
fn films_near_to_words_come_with_who_read_them() {
    let _owner = owner();
    let shell = opened(&[(2, 0.5), (0, 0.25)]);
    shell.get::<SearchState>().search_text("slow horror");
    assert_says(
        &seen(shell),
        &[
            "Near to “slow horror” Small MiniLM read your words on WASM in 1 ms and compared them with 3 films, by the vectors that came with the site. Close",
            "1 Cube 1979 · Horror Similarity 0.50 Add Seen Not for me 2 Alien 1979 · Horror Similarity 0.25",
            "Search by meaning · beside plain word match",
            "Each of the first 2 films shares a word with your query; word match has all of them in its first 12",
            "by meaning by words alone rank by meaning Cube 0.50 1 horror Alien 0.25 2 horror",
            "Small MiniLM reads your words; 3 films, by the vectors that came with the site · Words used here",
            "Choose a film to see which of your words",
            "Your words are read by Small MiniLM two layers, distilled from MiniLM on film texts · fetches 9 B MiniLM six layers",
        ],
    );
}

#[test]
fn words_and_facts_that_brought_a_film_have_their_share() {
    let _owner = owner();
    let shell = opened(&[(2, 0.5)]);
    let state = shell.get::<SearchState>();
    state.search_text("slow horror");
    state.focus_match(ItemRow(2));
    assert_says(
        &seen(shell),
        &[
            "Cube: cosine 0.50, has “horror”, 2nd by words.",
            "Why Cube? Your words Similarity lost when the word is left out. slow −0.02 horror +0.25 Facts of the film Similarity of each fact alone with your words. Horror +0.50",
        ],
    );
}

#[test]
fn words_that_no_film_fits_are_told() {
    let _owner = owner();
    let shell = opened(&[]);
    shell.get::<SearchState>().search_text("slow horror");
    assert_says(&seen(shell), &["No film fits. Try other words."]);
}

#[test]
fn before_anything_is_typed_nothing_is_offered() {
    let _owner = owner();
    let shell = opened(&[]);
    let html = painted(shell, || view! { <Combobox /> }.into_any());
    assert_says(&html, &["aria-label=\"Add a film\"", "Title, director, cast, or your own words"]);
    assert_silent(&words_of(&html), &["Search by meaning", "Alien"]);
}

#[test]
fn what_is_typed_offers_films_and_a_search_or_says_that_there_are_none() {
    let _owner = owner();
    let shell = opened(&[]);
    let html = |text: &str| {
        painted(shell, || {
            let typed = Typed::new(shell);
            typed.type_in(text.to_owned());
            view! { <Field typed /> }.into_any()
        })
    };
    let found = html("alien");
    assert_says(
        &found,
        &[
            r#"aria-expanded="true" aria-activedescendant="option-0""#,
            r#"id="option-0" aria-selected="true""#,
        ],
    );
    let said = "Alien 1979 · Horror Search by meaning: “alien” fetches 18 B once 1 film, and a search by meaning";
    assert_says(&words_of(&found), &[said]);
    let none = html("xylophone");
    assert_says(&none, &[r#"aria-expanded="false""#]);
    assert_says(
        &words_of(&none),
        &["No title, director or actor is called that. Search by meaning: “xylophone”"],
    );
}

#[test]
fn a_pick_that_is_replaced_is_named() {
    let _owner = owner();
    let shell = opened(&[]);
    shell.reader.start_replacing(ItemRow(1));
    let html = painted(shell, || view! { <Combobox /> }.into_any());
    assert_says(&words_of(&html), &["Put in place of Brazil (1979) Keep it"]);
    assert_says(&html, &["aria-label=\"Put in place of Brazil (1979)\""]);
}

#[test]
fn an_option_says_why_it_is_offered_or_that_it_is_a_pick() {
    let _owner = owner();
    let shell = opened(&[]);
    shell.reader.say_of(ItemRow(2), Feedback::Seen);
    let option = |title: &str| {
        let film = shell.site.catalogue().search_titles(title, 1).remove(0);
        words_of(&painted(shell, || {
            let typed = Typed::new(shell);
            typed.type_in(title.to_owned());
            view! { <FilmOption typed position=0 film /><MeaningButton typed /> }.into_any()
        }))
    };
    assert_says(
        &option("alien"),
        &["Alien 1979 · Horror Search by meaning: “alien” fetches 18 B once"],
    );
    assert_says(&option("brazil"), &["Brazil 1979 · Drama in your history"]);
    assert_says(&option("cube"), &["Cube 1979 · Horror Seen"]);
}

#[test]
fn a_film_says_by_which_other_name_it_was_found() {
    let _owner = owner();
    let shell = opened(&[]);
    let option = |field: MatchedField, text: &str| {
        let film = TitleMatch { item: ItemRow(0), field, text: text.to_owned(), certainty: 1.0 };
        words_of(&painted(shell, || {
            let typed = Typed::new(shell);
            view! { <FilmOption typed position=0 film /> }.into_any()
        }))
    };
    let seen = option(MatchedField::OtherTitle, "La Haine");
    assert_says(&seen, &["Alien 1979 · Horror found as La Haine"]);
    assert_silent(&option(MatchedField::Title, "Alien"), &["found as"]);
}

#[test]
fn vectors_made_here_say_how_far_they_are() {
    let _owner = owner();
    let shell = opened(&[]);
    let seen = |embedding: Embedding| {
        shell.get::<SearchState>().embedding().set(embedding);
        words_of(&painted(shell, || view! { <EmbeddingPanel /> }.into_any()))
    };
    assert_says(&seen(Embedding::NotStarted), &["Vectors computed here", "Compute them here"]);
    let mut progress = EmbeddingProgress {
        n_embedded: 1_200,
        n_items: 3_000,
        texts_per_second: 41.6,
        n_from_storage: 500,
        storage_failed: None,
        agreement_with_shipped: None,
    };
    assert_says(
        &seen(Embedding::Running(Some(progress))),
        &["1,200 of 3,000 films, 500 of them kept from before · 42 a second. Cancel"],
    );
    assert_says(&seen(Embedding::Cancelled(Some(progress))), &["42 a second. Continue"]);
    let failed = Embedding::Failed(EngineError::Stopped, None);
    assert_says(
        &seen(failed),
        &["The engine stopped; restart it, your history is kept. Try again"],
    );
    progress.agreement_with_shipped = Some(0.99876);
    progress.storage_failed = Some(StorageFault::Full);
    assert_says(
        &seen(Embedding::Done(progress)),
        &[
            "Mean cosine with the shipped ones, which MiniLM made: 0.9988; 1 is the same. This browser’s storage is full.",
        ],
    );
}
