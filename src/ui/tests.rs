//! Parts of pages as a reader sees them.

use leptos::prelude::{IntoAny, NodeRef, view};
use reactive_graph::traits::Set;

use super::acts::FilmActs;
use super::examples::{ExampleCards, ExamplesMenu};
use super::families::Families;
use super::film_facts::{FilmFacts, FurtherFacts};
use super::hidden::{HiddenFilm, HiddenFilms};
use super::in_order::InOrderOf;
use super::mark::Mark;
use super::matches::Matches;
use super::model_card::ModelCard;
use super::news::news_of_list;
use super::notices::Notices;
use super::skip::Skip;
use crate::address::AddressWarning;
use crate::catalog::ItemRow;
use crate::engine::answer::Answer;
use crate::engine::protocol::{
    EngineError, FactMatch, Recommended, Request, SearchExplained, StorageFault, WordMatch,
};
use crate::families::FamilyName;
use crate::feedback::Feedback;
use crate::stage::language::LanguagePage;
use crate::stage::reranker::{HELPS, N_FILMS, titles, trained};
use crate::stage::{
    COST, assert_says, assert_silent, details, owner, painted, settle, shell, the_rest, vectors,
    whole_shell, words_of,
};
use crate::state::language::LanguagePhase;
use crate::state::notices::{Notice, Refusal};
use crate::state::recommended::RecommendedList;
use crate::state::reranker::RerankerStore;
use crate::state::shell::Shell;

const TITLES: [&str; 6] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead", "Fargo"];

fn opened(link: &str) -> Shell {
    let shell = whole_shell(&TITLES, link, &[], |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(6, &it.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(Vec::new());
    shell
}

#[test]
fn every_family_has_what_it_reached_and_what_it_weighs() {
    let _owner = owner();
    let shell = opened("");
    let failed = EngineError::ModelFailed { detail: "no room".to_owned() };
    shell.notices.tell(Notice::Unavailable(FamilyName("ease".to_owned()), failed));
    let html = painted(shell, || view! { <Families /> }.into_any());
    let words = words_of(&html);
    assert_says(
        &words,
        &[
            "Model Hybrid SASRec with EASE's links NDCG@10 0.190 · 9 B Student of the blend NDCG@10 0.180 · 9 B Blend NDCG@10 0.170 · 18 B SASRec with texts NDCG@10 0.160 · 9 B",
            "Autoregressive SASRec NDCG@10 0.150 · 9 B",
            "EASE not available",
            "Popularity NDCG@10 0.010 · 9 B All 19 models Dot and line: quality",
            "EASE is not available. The model failed to run; try another one or restart the engine: no room. Try again",
        ],
    );
    assert_says(&html, &["kind-autoregressive", "kind-diffusion", "kind-adversarial"]);
}

#[test]
fn the_card_of_a_language_model_says_how_far_it_has_come() {
    let _owner = owner();
    let shell = opened("");
    let language = LanguagePage::new(|_, _| 0.0).language();
    let card = || words_of(&painted(shell, || view! { <ModelCard language /> }.into_any()));
    assert_eq!(card(), "The model Asking this site for its language model…");
    language.look();
    assert_says(
        &card(),
        &[
            "small: 101 B to fetch from this site, once; it is then kept on this device.",
            "Terms of its makers Fetch 101 B and start it",
        ],
    );
    let failure = Some(EngineError::NoMemory);
    language.phase().set(LanguagePhase::Offered { kept_bytes: 40, failure });
    assert_says(
        &card(),
        &[
            "The model is not here: this device has too little memory free for the language model;",
            "Fetch the other 61 B and start it Take 40 B off this device",
        ],
    );
    language.phase().set(LanguagePhase::Coming);
    assert_says(&card(), &["0 B of 101 B Cancel"]);
    let storage_failed = Some(StorageFault::Full);
    language.phase().set(LanguagePhase::Ready { storage_failed, millis: 1_234.0 });
    assert_says(
        &card(),
        &[
            "Ready after 1.2 s. It works, but there is no room for it on this device: next time it has to be fetched again. Stop it and free its memory",
        ],
    );
    language.phase().set(LanguagePhase::Missing);
    assert_says(&card(), &["This site has no language model, or did not answer.", "Try again"]);
}

#[test]
fn hidden_films_are_counted_and_each_can_come_back() {
    let _owner = owner();
    let shell = opened("");
    let list = || words_of(&painted(shell, || view! { <HiddenFilms /> }.into_any()));
    assert_eq!(list(), "");
    shell.reader.say_of(ItemRow(0), Feedback::Seen);
    shell.reader.say_of(ItemRow(1), Feedback::NotForMe);
    shell.reader.say_of(ItemRow(2), Feedback::Seen);
    assert_says(&list(), &["3 films are hidden: 2 seen, 1 not for you No list of this site shows"]);
    let film = painted(shell, || view! { <HiddenFilm item=ItemRow(1) /> }.into_any());
    assert_eq!(words_of(&film), "Brazil (1979) Not for me Bring back");
    assert_says(&film, &["aria-label=\"Bring back Brazil (1979)\""]);
}

#[test]
fn what_was_said_of_a_film_is_pressed_and_a_pick_is_not_added_again() {
    let _owner = owner();
    let shell = opened("#v2&h=1");
    shell.reader.say_of(ItemRow(1), Feedback::Seen);
    let acts = |row| painted(shell, || view! { <FilmActs item=ItemRow(row) /> }.into_any());
    assert_says(
        &acts(1),
        &[
            "aria-label=\"Seen: Brazil (1979)\" aria-pressed=\"true\"",
            "aria-label=\"Not for me: Brazil (1979)\" aria-pressed=\"false\"",
        ],
    );
    assert_silent(&acts(1), &[" disabled"]);
    assert_says(&acts(0), &["aria-label=\"Add Alien (1979) to your history\" disabled"]);
}

#[test]
fn what_brings_a_text_and_a_film_together_is_signed() {
    let _owner = owner();
    let words = vec![WordMatch { word: "slow".to_owned(), similarity_drop: -0.5 }];
    let fact = |text: &str, similarity| FactMatch {
        field: "tags".to_owned(),
        text: text.to_owned(),
        similarity,
    };
    let matches = SearchExplained { words, facts: vec![fact("space", 0.25)], cost: COST };
    let html = painted(opened(""), || view! { <Matches matches /> }.into_any());
    assert_says(&words_of(&html), &["slow −0.50 Facts of the film", "space +0.25"]);
    assert_says(
        &html,
        &[
            r#"<rect x="0" y="2" width="50" height="10" class="opposes">"#,
            r#"<rect x="50" y="2" width="50" height="10" class="carries">"#,
        ],
    );
}

#[test]
fn each_notice_has_its_next_step() {
    let _owner = owner();
    let shell = opened("");
    let told = |notice: Notice| {
        shell.notices.all().set(vec![notice]);
        painted(shell, || view! { <Notices is_here=|_| true /> }.into_any())
    };
    let says = |notice, wanted: &str| assert_eq!(words_of(&told(notice)), wanted);
    let path = || "a.onnx".to_owned();
    says(
        Notice::EngineStopped(EngineError::Stopped),
        "The engine stopped; restart it, your history is kept. Restart the engine",
    );
    says(
        Notice::EngineStopped(EngineError::NoSimd),
        "This browser cannot run WebAssembly SIMD; use a current Firefox, Chrome, Edge or Safari.",
    );
    says(
        Notice::EngineStopped(EngineError::Damaged { path: path() }),
        "A file is damaged or belongs to another version; reload the page, or tell the site's owner: a.onnx. Reload the page",
    );
    says(
        Notice::NoDetails(EngineError::Unreachable { path: path() }),
        "Films cannot be found by director or cast yet. A file did not arrive; check the connection and try again: a.onnx. Try again",
    );
    says(
        Notice::LinkedHistory { n_films: 2, n_own: 1 },
        "This link brought a history of 2 films. Your own, of 1 film, is kept on this device. Back to mine Keep this one",
    );
    says(
        Notice::WebGpuRefused(Refusal::Failed(EngineError::NoWebGpu)),
        "WebGPU is not used, WebAssembly goes on. This browser offers no WebGPU here; Glassrec stays on WebAssembly. Dismiss",
    );
    says(
        Notice::Address(AddressWarning::UnknownFilms { movie_ids: vec![77] }),
        &format!(
            "{} Dismiss",
            super::words::sentence(
                &AddressWarning::UnknownFilms { movie_ids: vec![77] }.to_string()
            )
        ),
    );
    let aside = told(Notice::KeptAside { text: "{\"ä\": 1}".to_owned() });
    assert_says(
        &words_of(&aside),
        &["It was set aside (9 B), and nothing is written over it. Download it Delete it"],
    );
    assert_says(&aside, &["data:text/plain;charset=utf-8,%7B%22%C3%A4%22%3A%201%7D"]);
}

#[test]
fn lists_say_whose_order_they_are_in() {
    let _owner = owner();
    let titles = titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let order = |shell: Shell| {
        shell.start(Vec::new());
        let store = shell.get::<RerankerStore>();
        store.take(trained(HELPS));
        store.switch(true);
        let say = move || words_of(&painted(shell, || view! { <InOrderOf /> }.into_any()));
        (store, say)
    };
    let stopped = |_| Err(EngineError::Stopped);
    let (store, say) = order(shell(&titles, "", stopped));
    assert_eq!(say(), "Loading your re-ranker; the plain order until then.");
    store.fetch_if_on();
    settle();
    assert_says(
        &say(),
        &["In plain order, since your re-ranker could not read its vectors:", "Try again"],
    );
    store.switch(false);
    assert_eq!(say(), "");

    let files = [("vectors", vectors(N_FILMS).to_bytes())];
    let (store, say) = order(whole_shell(&titles, "", &files, stopped));
    store.fetch_if_on();
    settle();
    assert_says(&say(), &["Re-ordered by your re-ranker.", "Show the plain order"]);
    store.show_plain(true);
    assert_eq!(say(), "In plain order, without your re-ranker. Use your re-ranker");
}

#[test]
fn examples_name_the_films_that_the_catalogue_has() {
    let _owner = owner();
    let shell = opened("");
    let cards = painted(shell, || view! { <ExampleCards /> }.into_any());
    assert_says(&words_of(&cards), &["Crooks and cops Fargo Drawn worlds Alien"]);
    let menu = || words_of(&painted(shell, || view! { <ExamplesMenu /> }.into_any()));
    assert_eq!(menu(), "", "an empty page has the cards themselves");
    shell.reader.pick(ItemRow(0));
    assert_eq!(menu(), "Examples");
}

#[test]
fn a_changed_list_is_told_by_its_first_films() {
    let _owner = owner();
    let shell = opened("#v2&h=1");
    shell.get::<RecommendedList>();
    settle();
    assert_eq!(news_of_list(shell).unwrap(), "List changed: 1 Brazil; 2 Cube; 3 Dune.");
}

#[test]
fn a_mark_is_a_ring_of_genres() {
    let _owner = owner();
    let html = painted(opened(""), || view! { <Mark item=ItemRow(0) size=24.0 /> }.into_any());
    assert_says(
        &html,
        &[
            r#"width="24" height="24""#,
            r#"class="arc genre-horror""#,
            r#"stroke-dasharray="69.12 0.00""#,
            r#"class="core genre-horror""#,
        ],
    );
}

#[test]
fn the_way_past_the_head_is_a_button_of_its_name() {
    let _owner = owner();
    let body = NodeRef::new();
    let html = painted(opened(""), || view! { <Skip body name="Skip to the list" /> }.into_any());
    assert_says(&html, &[r#"<nav aria-label="Skip to the list">"#]);
    assert_eq!(words_of(&html), "Skip to the list");
}

#[test]
fn a_short_says_so_in_lists_and_a_part_of_a_series_on_its_card() {
    let _owner = owner();
    let shell = opened("");
    let of = |item: ItemRow| {
        words_of(&painted(shell, || view! { <FilmFacts item /><FurtherFacts item /> }.into_any()))
    };
    assert_eq!(of(ItemRow(5)), "1979 · Drama");
    shell.site.catalogue().add_details(&details(TITLES.len())).unwrap();
    assert_eq!(of(ItemRow(5)), "1979 · Drama · short, 6 min 2 of 2 in Space");
    assert_eq!(of(ItemRow(0)), "1979 · Horror 117 min · 1 of 2 in Space");
    assert_eq!(of(ItemRow(1)), "1979 · Drama");
}
