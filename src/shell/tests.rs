//! What is around the features of a page, as a reader sees it.

use leptos::prelude::{ElementChild, IntoAny, expect_context, provide_context, view};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::Set;
use reactive_graph::wrappers::read::Signal;

use super::feature::{Feature, Here};
use super::layout::{Features, Layout};
use super::pick::Pick;
use super::strip::Hand;
use super::take_away::taken;
use crate::catalog::ItemRow;
use crate::compare::Changes;
use crate::engine::answer::{Answer, EngineEvent};
use crate::engine::protocol::{
    Backend, EngineError, FetchProgress, ParityCheck, Recommended, Request, SelfTest,
};
use crate::stage::{
    COST, assert_says, assert_silent, clock, owner, painted, settle, shell_in, the_rest, words_of,
};
use crate::state::engine::WebGpu;
use crate::state::notices::{Notice, Refusal};
use crate::state::preview::Previewing;
use crate::state::router::{Door, EXPLORE, FOR_YOU};
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;
use crate::ui::table::Table;

const TITLES: [&str; 4] = ["Alien", "Brazil", "Cube", "Dune"];

const fn door(id: &'static str, title: &'static str, letter: &'static str) -> Door {
    let (section, shared_part) = (EXPLORE, None);
    Door { id, title, section, shared_part, letter, keys: &[], named_by: None, page: "other.html" }
}

const LISTS: Here = Here {
    empty: "No film yet.",
    news: |_| Some("Something new.".to_owned()),
    tables: |_| {
        let mut table = Table::new("numbers");
        table.row().int("n", 7);
        vec![table, Table::new("no row")]
    },
    ..Here::of(|_| view! { <p>"All the lists"</p> }.into_any(), |_| "Lists of today".to_owned())
};

fn features() -> Vec<Feature> {
    vec![
        Feature::here(door("lists", "Lists", ""), LISTS),
        Feature::elsewhere(door("far", "Far away", "q")),
        Feature::here(Door { shared_part: Some("Shared"), ..door("near", "Near", "n") }, LISTS),
        Feature::here(Door { shared_part: Some("Shared"), ..door("nearer", "Nearer", "d") }, LISTS),
        Feature::here(Door { section: FOR_YOU, ..door("yours", "Yours", "u") }, LISTS),
    ]
}

fn file(path: &str, n: u64, is_from_cache: Option<bool>) -> FetchProgress {
    let path = path.to_owned();
    FetchProgress { path, fetched_bytes: n, total_bytes: n, is_done: true, is_from_cache }
}

fn opened(link: &str) -> Shell {
    opened_in(Surroundings::in_memory(link, clock()))
}

fn opened_in(surroundings: Surroundings) -> Shell {
    let shell = shell_in(&TITLES, surroundings, |request| match request {
        Request::Recommend(it) => {
            let list = the_rest(4, &it.history);
            Ok(Answer::made(Recommended { list, cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(features().iter().map(Feature::place).collect());
    shell
}

fn html(shell: Shell) -> String {
    let engine = || view! { <p>"What else runs"</p> }.into_any();
    painted(shell, || {
        view! { <Layout features=features() skip="Skip" engine><p>"A search"</p></Layout> }
            .into_any()
    })
}

fn seen(shell: Shell) -> String {
    words_of(&html(shell))
}

#[test]
fn the_strip_has_each_pick_with_its_switch() {
    let _owner = owner();
    let html = html(opened("#v2&h=1.2&o=2"));
    assert_says(
        &words_of(&html),
        &["Your history · oldest first Clear Alien 1979 × Brazil 1979 ×", "A search All the lists"],
    );
    assert_says(
        &html,
        &[
            r#"aria-checked="true" aria-label="Read Alien (1979)""#,
            r#"aria-checked="false" aria-label="Read Brazil (1979)""#,
            r#"class="pick is-off""#,
            r#"aria-label="Take out Brazil (1979)""#,
        ],
    );
}

#[test]
fn a_long_history_is_folded_by_year_and_each_part_has_a_switch() {
    let _owner = owner();
    let titles: Vec<String> = (1..=25).map(|at| format!("Film {at}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let ids: Vec<String> = (1..=25).map(|it: u32| it.to_string()).collect();
    let link = format!("#v2&h={}&o=3", ids.join("."));
    let surroundings = Surroundings::in_memory(&link, clock());
    let shell = shell_in(&titles, surroundings, |_| Err(EngineError::Stopped));
    shell.start(features().iter().map(Feature::place).collect());
    let html = html(shell);
    // More films of a decade than are shown as one are parted further; these are all of one year.
    assert_says(
        &words_of(&html),
        &["Your history · 25 films by year", "1979 25 films, 1 off Film 1 1979 × Film 2 1979 ×"],
    );
    assert_says(
        &html,
        &[
            r#"aria-checked="true" aria-label="Read the 25 films of: 1979""#,
            r#"data-place="25""#,
            r#"class="pick is-off""#,
            "<details><summary>",
        ],
    );
    let rows: Vec<ItemRow> = (0..25).map(ItemRow).collect();
    shell.reader.switch_all(&rows, false);
    let off = seen(shell);
    assert_says(&off, &["Undo : switched off 25 films", "1979 25 films, off"]);
    shell.reader.undo();
    assert_says(&seen(shell), &["1979 25 films, 1 off"]);
    shell.reader.unpick(ItemRow(24));
    let whole = seen(shell);
    assert_says(&whole, &["Your history · oldest first"]);
    assert_silent(&whole, &["by year"]);
}

#[test]
fn an_open_pick_can_be_moved_and_replaced() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2");
    let html = painted(shell, || {
        let open = RwSignal::new(Some(ItemRow(0)));
        let [cursor, dragged, over] = [(); 3].map(|()| RwSignal::default());
        provide_context(Hand { cursor, open, dragged, over });
        view! { <Pick item=ItemRow(0) /> }.into_any()
    });
    assert_eq!(words_of(&html), "Alien 1979 ‹ › Replace ×");
    assert_says(
        &html,
        &[
            r#"aria-expanded="true""#,
            r#"aria-label="Move earlier" disabled"#,
            r#"aria-label="Move later" class"#,
            r#"aria-label="Replace Alien (1979)""#,
        ],
    );
}

#[test]
fn the_strip_says_what_can_be_undone_and_what_is_not_read() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2.3");
    shell.reader.pick(ItemRow(3));
    assert_says(
        &seen(shell),
        &[
            "Undo : added Dune Clear",
            "SASRec with EASE's links reads the newest 3 of your 4 films.",
        ],
    );
    shell.reader.clear();
    let words = seen(shell);
    assert_says(&words, &["Undo : cleared No film yet."]);
    assert_silent(&words, &["Clear "]);
}

#[test]
fn pointing_at_a_switch_says_what_it_would_do() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2");
    let previewing = shell.get::<Previewing>();
    previewing.begin(ItemRow(0));
    let changes = Changes { n_entered: 2, n_left: 1, n_moved: 3 };
    previewing.count(Signal::derive(move || vec![Some(changes), None]));
    settle();
    assert_says(
        &seen(shell),
        &["Without Alien, 1 of 2 lists: 2 enter the first 10, 1 leave, 3 move."],
    );
}

#[test]
fn the_navigation_opens_parts_here_and_links_to_those_elsewhere() {
    let _owner = owner();
    let html = html(opened("#v2&h=1&f=ease"));
    assert_says(
        &html,
        &[
            r#"<button aria-current="page" class="tab">Lists"#,
            r##"href="other.html#v2&amp;h=1&amp;f=ease&amp;t=q" class="tab">Far away"##,
        ],
    );
    let words = seen(opened("#v2&h=1&t=q"));
    assert_says(&words, &["This part has a page of its own: go on to it"]);
    assert_silent(&words, &["All the lists"]);
}

#[test]
fn the_head_has_the_places_of_the_site_and_says_which_is_open() {
    let _owner = owner();
    let html = html(opened("#v2&h=1&f=ease"));
    assert_says(
        &html,
        &[
            r#"class="wordmark""#,
            r##"<a href="other.html#v2&amp;h=1&amp;f=ease" aria-current="true">Explore"##,
            r##"<a href="other.html#v2&amp;h=1&amp;f=ease&amp;t=u">For you"##,
            r#"learn/">Learn"#,
            r#"results.html">Results"#,
            "<h1>Explore",
        ],
    );
    let words = words_of(&html);
    assert_says(&words, &["Explore Lists Far away Shared Your history"]);
    assert_silent(&words, &["Near Nearer"]);
}

#[test]
fn a_part_that_several_share_opens_the_first_and_offers_the_others() {
    let _owner = owner();
    let html = html(opened("#v2&h=1&t=d"));
    assert_says(&words_of(&html), &["Explore Lists Far away Shared Near Nearer Your history"]);
    assert_says(
        &html,
        &[
            r#"<button aria-current="page" class="tab">Shared"#,
            r#"<button class="tab">Near<"#,
            r#"<button aria-current="page" class="tab">Nearer"#,
        ],
    );
}

#[test]
fn a_section_of_one_part_has_no_parts_to_choose_from() {
    let _owner = owner();
    let html = html(opened("#v2&h=1&t=u"));
    assert_says(&words_of(&html), &["For you Your history"]);
    assert_silent(&html, &["Parts of the site"]);
}

#[test]
fn news_are_said_politely() {
    let _owner = owner();
    let html = html(opened(""));
    assert_says(
        &html,
        &[r#"<p role="status" aria-live="polite" class="visually-hidden">Something new."#],
    );
}

#[test]
fn the_head_says_how_the_engine_is() {
    let _owner = owner();
    let shell = opened("");
    let watch = shell.engine.watch();
    assert_says(&seen(shell), &["0 requests since load WASM · starting"]);
    watch.hear(EngineEvent::Ready { backend: Backend::Wasm, n_threads: 4, millis: 812.0 });
    watch.mark_loaded();
    watch.note_file(file("models/a.onnx", 3_400_000, Some(false)));
    let words = seen(shell);
    assert_says(
        &words,
        &[
            "1 request since load WASM · ready",
            "Engine Runs on WASM Threads 4 Started in 812 ms Requests since load 1 Restart the engine",
            "What else runs",
        ],
    );
    watch.hear(EngineEvent::Stopped(EngineError::NoSimd));
    assert_says(&seen(shell), &["engine stopped", "Runs on – Threads – Started in –"]);
}

#[test]
fn every_file_is_named_with_its_size_and_where_it_came_from() {
    let _owner = owner();
    assert_says(
        &seen(opened("")),
        &[
            "Catalogue of 4 films · 0 B fetched Nothing you enter leaves this page.",
            "Fetched since you opened the page Nothing yet.",
        ],
    );
    let surroundings = Surroundings {
        page_files: || {
            // The second one is the models’ own, asked for early.
            vec![file("page.wasm", 617_000, Some(true)), file("models/a.onnx", 1, None)]
        },
        ..Surroundings::in_memory("", clock())
    };
    let shell = opened_in(surroundings);
    shell.engine.watch().note_file(file("a.onnx", 3_400_000, Some(false)));
    shell.engine.watch().note_file(file("b.onnx", 20, None));
    assert_says(
        &seen(shell),
        &[
            "Catalogue of 4 films · 4.0 MB fetched",
            "File Size From page.wasm 617 kB cache a.onnx 3.4 MB network b.onnx 20 B loading Engine",
        ],
    );
}

#[test]
fn the_graphics_device_is_offered_tested_and_left() {
    let _owner = owner();
    assert_says(
        &seen(opened("")),
        &["Graphics device This browser has no WebGPU; WebAssembly is used."],
    );
    let surroundings = Surroundings { has_webgpu: true, ..Surroundings::in_memory("", clock()) };
    let shell = opened_in(surroundings);
    let says = |webgpu: WebGpu, wanted: &str| {
        shell.engine.webgpu().set(webgpu);
        assert_says(&seen(shell), &[wanted]);
    };
    let test = |passed| SelfTest {
        backend: Backend::WebGpu,
        checks: vec![ParityCheck {
            model: "ease".to_owned(),
            top10_shared: 9,
            largest_difference: 0.001_25,
            tolerance: 0.001,
            passed,
            millis: 1.0,
        }],
    };
    says(
        WebGpu::NotTried,
        "Graphics device WebGPU can be faster on large models. It is used only if it gives the same answers as stored ones, on each model. Test WebGPU and use it",
    );
    says(WebGpu::Testing, "Graphics device Testing both models on the graphics device…");
    says(
        WebGpu::InUse(test(true)),
        "WebGPU gave the stored answers and is in use. ease: passed, 9 of 10 shared, largest difference 0.00125 Back to WebAssembly",
    );
    says(
        WebGpu::Refused(Refusal::Differs(test(false))),
        "Graphics device ease: differs, 9 of 10 shared, largest difference 0.00125 Test WebGPU and use it",
    );
    says(
        WebGpu::Refused(Refusal::Failed(EngineError::NoWebGpu)),
        "Graphics device This browser offers no WebGPU here; Glassrec stays on WebAssembly. Test WebGPU and use it",
    );
}

#[test]
fn notices_stand_above_the_strip() {
    let _owner = owner();
    let shell = opened("#v2&h=1.77");
    shell.notices.tell(Notice::DeviceLost);
    assert_says(
        &seen(shell),
        &["The graphics device was lost; Glassrec goes on with WebAssembly. Dismiss Your history"],
    );
}

#[test]
fn a_reader_takes_along_the_history_and_the_tables_of_the_open_part() {
    let _owner = owner();
    let shell = opened("#v2&h=1.2&f=ease");
    assert_says(&seen(shell), &["Export Copy link Copy picture PNG SVG CSV JSON"]);
    let taken = serde_json::to_value(taken(shell, expect_context::<Features>())).unwrap();
    assert_eq!((&taken["title"], &taken["model"]), (&"Lists of today".into(), &"EASE".into()));
    assert_eq!(taken["caption"][0], "Glassrec · Lists of today");
    assert_eq!(taken["caption"][1], "History: Alien, Brazil");
    let tables = r#"[{"name":"history","columns":["pick","movie_id","title","year"],"rows":[[1,1,"Alien",1979],[2,2,"Brazil",1979]]},{"name":"numbers","columns":["n"],"rows":[[7]]}]"#;
    assert_eq!(taken["tables"], serde_json::from_str::<serde_json::Value>(tables).unwrap());
}
