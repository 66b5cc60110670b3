//! The page against a scripted engine: real clicks, asked for by text and role.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures::future::{FutureExt, LocalBoxFuture, ready};
use glassrec::catalog::{Catalogue, ItemRow};
use glassrec::engine::answer::{Answer, Answers};
use glassrec::engine::protocol::{
    Backend, Cost, EngineError, Explain, Explained, Explanation, Recommend, Recommended, Request,
};
use glassrec::explain::{Counterfactual, Influence};
use glassrec::history::History;
use glassrec::manifest::{FileRef, Manifest};
use glassrec::programs::page::Page;
use glassrec::recommend::Recommendation;
use glassrec::state::files::Files;
use glassrec::state::shell::Shell;
use glassrec::state::site::Opened;
use glassrec::state::surroundings::Surroundings;
use glassrec::state::watch::EngineWatch;
use glassrec::ui::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

const TITLES: [&str; 6] = ["Anaconda", "Barbarella", "Cabaret", "Dogville", "Eraserhead", "Frenzy"];
const COST: Cost = Cost { backend: Backend::Wasm, n_runs: 3, millis: 4.0 };

type Script = Box<dyn Fn(Request) -> Result<Answer, EngineError>>;

/// Answers from a script and counts its restarts.
struct Scripted {
    script: RefCell<Script>,
    n_restarts: RefCell<usize>,
}

impl Answers for Scripted {
    fn ask_any(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>> {
        ready((self.script.borrow())(request)).boxed_local()
    }

    fn restart(&self, _backend: Backend) {
        *self.n_restarts.borrow_mut() += 1;
        *self.script.borrow_mut() = Box::new(rank_the_rest);
    }
}

/// A site whose files never come: these tests ask for none.
struct NoFiles;

impl Files for NoFiles {
    fn fetch(&self, _file: &FileRef) -> LocalBoxFuture<'static, Result<Vec<u8>, EngineError>> {
        std::future::pending().boxed_local()
    }
}

/// A page of its own; gone with the test.
struct Stage {
    root: HtmlElement,
    shell: Shell,
    engine: Rc<Scripted>,
    _mounted: Box<dyn std::any::Any>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn opened() -> Opened {
    let titles = TITLES.join("\\n");
    let lists = |list: &str| [list; 6].join(",");
    let catalogue = format!(
        r#"{{"version":3,"n_items":6,"movie_id_steps":[11,1,1,1,1,1],"titles":"{titles}",
        "year":[1997,1968,1972,2003,1977,1972],"n_ratings":[6,5,4,3,2,1],
        "genre_names":["Drama"],"genre_letters":"{}","people":[],"directors":[{}],"cast":[{}],
        "tag_names":[],"tags":[{}],"country_names":[],"country":[-1,-1,-1,-1,-1,-1],
        "imdb_id":[0,0,0,0,0,0],"tmdb_id":[0,0,0,0,0,0]}}"#,
        ["a"; 6].join(" "),
        lists("[]"),
        lists("[]"),
        lists("[]"),
    );
    let file = format!(r#"{{"path":"a","bytes":1,"sha256":"{}"}}"#, "0".repeat(64));
    let manifest = format!(
        r#"{{"version":1,"catalogue":{{"file":{file},"details":{file},"n_items":6}},"families":{{
        "sasrec_ease":{{"files":{{"graph":{file}}},"max_history":100}}}}}}"#
    );
    Opened {
        catalogue: Arc::new(Catalogue::from_json(catalogue.as_bytes()).unwrap()),
        manifest: Arc::new(Manifest::from_json(manifest.as_bytes()).unwrap()),
    }
}

/// Mounts the page over `picked` films, answered by `script`.
fn stage(
    picked: &[u32],
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Stage {
    stage_in(Surroundings::in_memory("", clock::of_page()), picked, script)
}

fn stage_in(
    surroundings: Surroundings,
    picked: &[u32],
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Stage {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let script: Script = Box::new(script);
    let engine = Rc::new(Scripted { script: RefCell::new(script), n_restarts: RefCell::default() });
    let asked = engine.clone();
    let kept = Rc::new(RefCell::new(None));
    let keep = kept.clone();
    let mounted = leptos::mount::mount_to(root.clone(), move || {
        let files = Rc::new(NoFiles);
        let shell = Shell::new(opened(), files, asked, EngineWatch::default(), surroundings);
        *keep.borrow_mut() = Some(shell);
        provide_context(shell);
        view! { <Page /> }
    });
    let shell = kept.borrow_mut().take().unwrap();
    for &item in picked {
        shell.reader.pick(ItemRow(item));
    }
    Stage { root, shell, engine, _mounted: Box::new(mounted) }
}

/// Every 20 ms.
const N_LOOKS: usize = 1_500;

impl Stage {
    /// Waits until an element of `selector` says `words`; on a busy machine that may take a while.
    async fn see(&self, selector: &str, words: &str) -> HtmlElement {
        for _ in 0..N_LOOKS {
            if let Some(found) = self.find(selector, words) {
                return found;
            }
            TimeoutFuture::new(20).await;
        }
        panic!("no {selector} says {words:?} in: {}", self.root.inner_text());
    }

    fn find(&self, selector: &str, words: &str) -> Option<HtmlElement> {
        self.all(selector).into_iter().find(|it| {
            let label = it.get_attribute("aria-label").unwrap_or_default();
            it.inner_text().contains(words) || label.contains(words)
        })
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let all = self.root.get_elements_by_tag_name("*");
        (0..all.length())
            .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
            .filter(|it| it.matches(selector).unwrap())
            .collect()
    }

    /// The titles of the shown list, best first.
    fn listed(&self) -> Vec<String> {
        self.all(".list .film-title").iter().filter_map(|it| it.text_content()).collect()
    }

    async fn click(&self, selector: &str, words: &str) {
        self.see(selector, words).await.click();
    }

    /// Waits until the list shows these titles, best first.
    async fn see_list(&self, want: &[&str]) {
        for _ in 0..N_LOOKS {
            if self.listed() == want {
                return;
            }
            TimeoutFuture::new(20).await;
        }
        assert_eq!(self.listed(), want);
    }
}

/// Unpicked films in catalogue order; the first pick carries every one of them.
fn rank_the_rest(request: Request) -> Result<Answer, EngineError> {
    match request {
        Request::Recommend(Recommend { history, .. }) => {
            Ok(Answer::made(Recommended { list: rest(&history), cost: COST }))
        }
        Request::Explain(Explain { history, item, .. }) => {
            let influence = history
                .iter()
                .map(|pick| Influence { pick, score_drop: 0.5, rank_without: 4 })
                .collect();
            let counterfactual = history.iter().next().map(|first| Counterfactual {
                removed: vec![first],
                rank_after: 14,
                rank_without_most_recent: 2,
                n_draws: 10,
                n_draws_out: 3,
            });
            let explanation = Explanation {
                item,
                rank: 1,
                score: 1.0,
                influence,
                counterfactual,
                most_left_out: 1,
                attention: None,
                contributions: None,
            };
            Ok(Answer::made(Explained { explanation, cost: COST }))
        }
        other => panic!("not asked by these tests: {other:?}"),
    }
}

fn rest(history: &History) -> Vec<Recommendation> {
    let unseen = (0..6).map(ItemRow).filter(|&item| !history.contains(item));
    unseen.map(|item| Recommendation { item, score: 6.0 - item.0 as f32 }).collect()
}

#[wasm_bindgen_test]
async fn an_empty_history_invites_and_asks_nothing() {
    let stage = stage(&[], |request| panic!("asked without a pick: {request:?}"));
    stage.see("h2", "Start with a few films").await;
    assert!(stage.listed().is_empty());
}

#[wasm_bindgen_test]
async fn picking_shows_the_list_without_the_pick() {
    let stage = stage(&[0], rank_the_rest);
    stage.see_list(&["Barbarella", "Cabaret", "Dogville", "Eraserhead", "Frenzy"]).await;
    stage.click(".list button", "Add Cabaret").await;
    stage.see_list(&["Barbarella", "Dogville", "Eraserhead", "Frenzy"]).await;
    stage.see(".strip .pick", "Cabaret").await;
    stage.see(".rec", "▲1").await;
}

#[wasm_bindgen_test]
async fn typing_finds_a_film_and_enter_adds_it() {
    let stage = stage(&[], rank_the_rest);
    let field: web_sys::HtmlInputElement =
        stage.see("input[role=combobox]", "").await.unchecked_into();
    field.set_value("dogvil");
    field.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    stage.see("[role=option][aria-selected=true]", "Dogville").await;
    let enter = "new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })";
    field.dispatch_event(&js_sys::eval(enter).unwrap().unchecked_into()).unwrap();
    stage.see(".strip .pick", "Dogville").await;
    stage.see_list(&["Anaconda", "Barbarella", "Cabaret", "Eraserhead", "Frenzy"]).await;
}

#[wasm_bindgen_test]
async fn a_stopped_engine_alerts_and_restarts_with_the_history_kept() {
    let stage = stage(&[0], |_| Err(EngineError::Stopped));
    stage.see("[role=alert]", "your history is kept").await;
    stage.click("[role=alert] button", "Restart the engine").await;
    stage.see_list(&["Barbarella", "Cabaret", "Dogville", "Eraserhead", "Frenzy"]).await;
    assert_eq!(*stage.engine.n_restarts.borrow(), 1);
    assert!(stage.find("[role=alert]", "stopped").is_none());
    stage.see(".strip .pick", "Anaconda").await;
}

#[wasm_bindgen_test]
async fn a_failed_answer_alerts_beside_the_list_and_can_be_asked_again() {
    let n_asked = RefCell::new(0);
    let stage = stage(&[0], move |request| {
        *n_asked.borrow_mut() += 1;
        if *n_asked.borrow() == 1 {
            return Err(EngineError::Unreachable { path: "sasrec_ease.onnx".into() });
        }
        rank_the_rest(request)
    });
    stage.see(".list [role=alert]", "sasrec_ease.onnx").await;
    stage.click(".list [role=alert] button", "Try again").await;
    stage.see_list(&["Barbarella", "Cabaret", "Dogville", "Eraserhead", "Frenzy"]).await;
}

#[wasm_bindgen_test]
async fn trying_the_counterfactual_leaves_its_picks_out_and_undo_brings_them_back() {
    let stage = stage(&[0, 1], rank_the_rest);
    stage.see(".counterfactual", "Without Anaconda").await;
    stage.click(".counterfactual button", "Try it").await;
    stage.see(".counterfactual", "You left out Anaconda").await;
    assert_eq!(stage.shell.reader.history().get_untracked().as_slice(), [ItemRow(1)]);
    stage.click(".counterfactual button", "Undo").await;
    stage.see(".strip .pick", "Anaconda").await;
    assert_eq!(stage.shell.reader.history().get_untracked().as_slice(), [ItemRow(0), ItemRow(1)]);
}

#[wasm_bindgen_test]
async fn several_shells_on_one_page_share_nothing_and_leave_its_address_and_store_alone() {
    let page = window().location().href().unwrap();
    let n_kept = || window().local_storage().unwrap().unwrap().length().unwrap();
    let n_kept_before = n_kept();
    let (left, right) = (
        Surroundings::in_memory("#v2&h=13", clock::of_page()),
        Surroundings::in_memory("", clock::of_page()),
    );
    let first = stage_in(left.clone(), &[], rank_the_rest);
    let second = stage_in(right.clone(), &[1], rank_the_rest);
    first.see_list(&["Anaconda", "Barbarella", "Dogville", "Eraserhead", "Frenzy"]).await;
    second.see_list(&["Anaconda", "Cabaret", "Dogville", "Eraserhead", "Frenzy"]).await;
    second.shell.reader.pick(ItemRow(0));
    second.see_list(&["Cabaret", "Dogville", "Eraserhead", "Frenzy"]).await;
    assert_eq!(first.listed().len(), 5);
    assert!(left.address.fragment().starts_with("#v2&h=13"), "{}", left.address.fragment());
    assert!(right.address.fragment().starts_with("#v2&h=12.11"), "{}", right.address.fragment());
    assert_eq!(right.texts.kept("history").unwrap().as_deref(), Some("#v1&h=12.11"));
    assert_eq!(left.texts.kept("history"), Ok(None), "a link is not kept before the reader acts");
    assert_eq!((window().location().href().unwrap(), n_kept()), (page, n_kept_before));
}
