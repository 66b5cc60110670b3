//! A page without a browser, for tests of what features do: films, an engine that answers from a script, and a
//! clock that each look moves on.

pub(crate) mod language;
pub(crate) mod reranker;
mod site;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use futures::future::{FutureExt, LocalBoxFuture, ready};
use leptos::prelude::{AnyView, RenderHtml, provide_context};
use reactive_graph::diagnostics::SpecialNonReactiveZone;
use reactive_graph::owner::Owner;
use serde_json::json;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::answer::{Answer, Answers};
use crate::engine::protocol::{Backend, Cost, EngineError, Request};
use crate::history::History;
use crate::manifest::FileRef;
use crate::nearest::Vectors;
use crate::recommend::Recommendation;
use crate::state::clock::Clock;
use crate::state::engine::EngineHandle;
use crate::state::files::Files;
use crate::state::shell::Shell;
use crate::state::site::Opened;
use crate::state::surroundings::Surroundings;
use crate::state::watch::EngineWatch;

pub(crate) const COST: Cost = Cost { backend: Backend::Wasm, n_runs: 1, millis: 1.0 };

/// What an engine of a test says.
pub(crate) type Script = Box<dyn Fn(Request) -> Result<Answer, EngineError>>;

struct Scripted(RefCell<Script>);

impl Answers for Scripted {
    fn ask_any(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>> {
        ready((self.0.borrow())(request)).boxed_local()
    }

    fn restart(&self, _backend: Backend) {}
}

/// Signals and tasks of a test live until it ends.
pub(crate) fn owner() -> Owner {
    // One for all tests of this program: whoever comes second finds it there.
    let _ = Executor::init_futures_executor();
    let owner = Owner::new();
    owner.set();
    owner
}

/// Lets all tasks go on until each waits for something else.
pub(crate) fn settle() {
    (0..64).for_each(|_| Executor::poll_local());
}

pub(crate) fn answers(
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Rc<dyn Answers> {
    Rc::new(Scripted(RefCell::new(Box::new(script))))
}

pub(crate) fn engine(
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> EngineHandle {
    EngineHandle::new(answers(script))
}

/// A site of `titles` and of four families whose files nobody fetches, in memory, opened at `fragment`.
pub(crate) fn shell(
    titles: &[&str],
    fragment: &str,
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Shell {
    shell_in(titles, Surroundings::in_memory(fragment, clock()), script)
}

pub(crate) fn shell_in(
    titles: &[&str],
    surroundings: Surroundings,
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Shell {
    let families = [("sasrec_ease", 0.2), ("ease", 0.15), ("popularity", 0.05), ("mult_vae", 0.1)];
    let manifest = site::manifest(titles.len(), &families, &json!({}));
    let opened = Opened { catalogue: catalogue(titles), manifest: Arc::new(manifest) };
    shell_over(opened, Shelf::default(), surroundings, script)
}

fn shell_over(
    opened: Opened,
    files: Shelf,
    surroundings: Surroundings,
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Shell {
    Shell::new(opened, Rc::new(files), answers(script), EngineWatch::default(), surroundings)
}

/// As [`shell`], of all families, text encoders, a map and conversations; the bytes of `files` come by their paths.
pub(crate) fn whole_shell(
    titles: &[&str],
    fragment: &str,
    files: &[(&str, Vec<u8>)],
    script: impl Fn(Request) -> Result<Answer, EngineError> + 'static,
) -> Shell {
    let manifest = Arc::new(site::whole_manifest(titles.len()));
    let files = files.iter().map(|it| (it.0.to_owned(), it.1.clone())).collect();
    let opened = Opened { catalogue: catalogue(titles), manifest };
    shell_over(opened, Shelf(files), Surroundings::in_memory(fragment, clock()), script)
}

/// Files that come; all others do not.
#[derive(Default)]
struct Shelf(BTreeMap<String, Vec<u8>>);

impl Files for Shelf {
    fn fetch(&self, file: &FileRef) -> LocalBoxFuture<'static, Result<Vec<u8>, EngineError>> {
        let missing = || EngineError::Unreachable { path: file.path.clone() };
        ready(self.0.get(&file.path).cloned().ok_or_else(missing)).boxed_local()
    }
}

/// Films that are no picks, in the order of the catalogue.
pub(crate) fn the_rest(n: u32, history: &History) -> Vec<Recommendation> {
    let unseen = (0..n).map(ItemRow).filter(|&item| !history.contains(item));
    unseen.map(|item| Recommendation { item, score: (n - item.0) as f32 }).collect()
}

/// Each look is a millisecond later than the one before.
pub(crate) fn clock() -> Clock {
    thread_local!(static LOOKS: Cell<f64> = const { Cell::new(0.0) });
    Clock { now_millis: || LOOKS.replace(LOOKS.get() + 1.0), pause: || pause().boxed_local() }
}

/// Lets other tasks go first, once.
async fn pause() {
    let mut has_waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut has_waited, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

/// `titles.len()` films of the year 1979, each better known than the next; every other one is a horror film.
pub(crate) fn catalogue(titles: &[&str]) -> Arc<Catalogue> {
    catalogue_with(titles, &|_| 1979)
}

/// A film for each of `years`, 0 for one that nobody knows.
pub(crate) fn catalogue_of_years(years: &[u16]) -> Arc<Catalogue> {
    let titles: Vec<String> = (0..years.len()).map(|at| format!("Film {at}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    catalogue_with(&titles, &|at| years[at])
}

fn catalogue_with(titles: &[&str], year: &dyn Fn(usize) -> u16) -> Arc<Catalogue> {
    let n = titles.len();
    let each = |it: &dyn Fn(usize) -> String, between: &str| {
        (0..n).map(it).collect::<Vec<_>>().join(between)
    };
    let json = format!(
        r#"{{"version":3,"n_items":{n},"movie_id_steps":[{steps}],"titles":"{titles}",
        "year":[{years}],"n_ratings":[{ratings}],
        "genre_names":["Drama","Horror"],"genre_letters":"{genres}","people":[],
        "directors":[{none}],"cast":[{none}],"tag_names":[],"tags":[{none}],"country_names":[],
        "country":[{unknown}],"imdb_id":[{zeros}],"tmdb_id":[{zeros}]}}"#,
        steps = each(&|_| "1".into(), ","),
        titles = titles.join("\\n"),
        years = each(&|at| year(at).to_string(), ","),
        ratings = each(&|at| (1_000 - at).to_string(), ","),
        genres = each(&|at| if at % 2 == 0 { "b".into() } else { "a".into() }, " "),
        none = each(&|_| "[]".into(), ","),
        unknown = each(&|_| "-1".into(), ","),
        zeros = each(&|_| "0".into(), ","),
    );
    Arc::new(Catalogue::from_json(json.as_bytes()).unwrap())
}

/// What more is known of `n` films: the first takes 117 minutes, is eerie, in English, and won an Oscar; the last
/// is a short, and the second of the first's series.
pub(crate) fn details(n: usize) -> Vec<u8> {
    let each = |first: &str, between: &str, last: &str| {
        let all = (0..n).map(|at| match at {
            0 => first,
            at if at == n - 1 => last,
            _ => between,
        });
        all.collect::<Vec<_>>().join(",")
    };
    let none = each("[]", "[]", "[]");
    format!(
        r#"{{"version":3,"n_items":{n},"people":[],"directors":[{none}],"cast":[{none}],
        "tag_names":[],"tags":[{none}],"country_names":["UK"],"country":[{country}],
        "imdb_id":[{ids}],"tmdb_id":[{ids}],"other_titles":[{none}],
        "series_names":["Space"],"series":[{series}],"part":[{part}],
        "minutes":[{minutes}],"language_names":["English"],"languages":[{first}],
        "countries":[{first}],"mood_names":["eerie"],"moods":[{first}],
        "prize_names":["Best Sound"],"won":[{first}],"nominated":[{none}],
        "shorts":[{last}],"serials":[]}}"#,
        country = each("0", "-1", "-1"),
        ids = each("1", "1", "1"),
        series = each("0", "-1", "0"),
        part = each("1", "0", "2"),
        minutes = each("117", "0", "6"),
        first = each("[0]", "[]", "[]"),
        last = n - 1,
    )
    .into_bytes()
}

/// Vectors of `n` films; those at even rows point one way, the others another.
pub(crate) fn vectors(n: usize) -> Arc<Vectors> {
    let mut vectors = Vectors::empty(4).unwrap();
    for at in 0..n {
        let turn = at as f32 * 0.01;
        let vector = if at % 2 == 0 { [1.0, turn, 0.1, 0.0] } else { [turn, 1.0, 0.0, 0.1] };
        let length = vector.iter().map(|it: &f32| it * it).sum::<f32>().sqrt();
        vectors.push(&vector.map(|it| it / length)).unwrap();
    }
    Arc::new(vectors)
}

/// What `show` paints in `shell` once every question that it asks is answered, as HTML.
pub(crate) fn painted(shell: Shell, show: impl FnOnce() -> AnyView) -> String {
    provide_context(shell);
    // Nothing on the page of a test changes, so nothing is tracked.
    let _still = SpecialNonReactiveZone::enter();
    let view = show();
    settle();
    view.to_html()
}

/// The words of `html` in their order, one space between any two.
pub(crate) fn words_of(html: &str) -> String {
    let mut shown = String::new();
    for piece in html.split("<!--") {
        shown.push_str(piece.split_once("-->").map_or(piece, |(_comment, after)| after));
    }
    let mut words = String::new();
    for piece in shown.split('<') {
        words.push(' ');
        words.push_str(piece.split_once('>').map_or(piece, |(_tag, after)| after));
    }
    let plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That `words` have each of `wanted`.
#[track_caller]
pub(crate) fn assert_says(words: &str, wanted: &[&str]) {
    for it in wanted {
        assert!(words.contains(it), "\n“{it}” is not in\n{words}");
    }
}

/// That `words` have none of `unwanted`.
#[track_caller]
pub(crate) fn assert_silent(words: &str, unwanted: &[&str]) {
    for it in unwanted {
        assert!(!words.contains(it), "\n“{it}” is in\n{words}");
    }
}

/// Film `row` with what a model gave it.
pub(crate) fn scored(row: u32, score: f32) -> Recommendation {
    Recommendation { item: ItemRow(row), score }
}
