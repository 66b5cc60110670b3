//! The page's side of the engine against real workers: small scripts that say what an engine says.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::join;
use glassrec::engine::answer::EngineEvent;
use glassrec::engine::client::{Config, Engine};
use glassrec::engine::protocol::{Backend, EmbedNext, EncoderName, EngineError, TestEngine};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Says `Ready`, keeps what it is asked in `asked`, and answers a number of embedded texts.
const SCRIPT: &str = r#"
    const ready = () => postMessage({ Ready: { backend: "wasm", n_threads: 1, millis: 1 } });
    const answer = (id, n_embedded) => postMessage({ Reply: { id, outcome: { Ok: {
        n_embedded, n_items: 9, texts_per_second: 1, n_from_storage: 0 } } } });
    const asked = [];
    const on = (act) => { onmessage = ({ data }) => {
        if (data === "Ping") return act.ping ? act.ping() : postMessage("Alive");
        asked.push(data);
        if (data.Ask) act.ask?.(data.Ask.id, data.Ask.request);
        if (data.Forget) act.forget?.(data.Forget.id);
    }; };
"#;

type Heard = Rc<RefCell<Vec<EngineEvent>>>;

/// An engine whose worker runs `script` after [`SCRIPT`], and what it tells.
fn engine_running(script: &str) -> (Engine, Heard) {
    // The address ends in what the client adds to it, which is then a comment.
    let script = String::from(js_sys::encode_uri_component(&format!("{SCRIPT}{script}\n//")));
    start(Config {
        script: format!("data:text/javascript,{script}"),
        ..Config::new("test", Backend::Wasm)
    })
}

fn start(config: Config) -> (Engine, Heard) {
    let heard = Heard::default();
    let note = heard.clone();
    let config = Config {
        start_limit_millis: 1_500,
        silence_limit_millis: 800,
        pulse_millis: 200,
        ..config
    };
    (Engine::start(config, move |event| note.borrow_mut().push(event)), heard)
}

async fn n_embedded(engine: &Engine) -> Result<usize, EngineError> {
    Ok(engine.ask(EmbedNext { encoder: EncoderName::Encoder }).await?.n_embedded)
}

fn has_stopped(heard: &Heard, error: &EngineError) -> bool {
    heard.borrow().last() == Some(&EngineEvent::Stopped(error.clone()))
}

#[wasm_bindgen_test]
async fn an_answer_finds_its_question_in_any_order() {
    let (engine, _) = engine_running(
        "const ids = []; on({ ask: (id) => { ids.push(id); if (ids.length === 2) \
         ids.reverse().forEach((id) => answer(id, id)); } }); ready();",
    );
    let both = join(n_embedded(&engine), n_embedded(&engine)).await;
    assert_eq!(both, (Ok(1), Ok(2)));
}

#[wasm_bindgen_test]
async fn a_question_asked_too_early_waits_for_ready() {
    let (engine, heard) =
        engine_running("on({ ask: (id) => answer(id, 7) }); setTimeout(ready, 300);");
    assert_eq!(n_embedded(&engine).await, Ok(7));
    let told = heard.borrow().clone();
    let ready = EngineEvent::Ready { backend: Backend::Wasm, n_threads: 1, millis: 1.0 };
    assert_eq!(told, [EngineEvent::Starting { backend: Backend::Wasm }, ready]);
}

#[wasm_bindgen_test]
async fn a_crash_ends_every_waiting_question() {
    let (engine, heard) =
        engine_running("on({ ask: (id) => { if (id === 2) null.crash(); } }); ready();");
    let both = join(n_embedded(&engine), n_embedded(&engine)).await;
    assert_eq!(both, (Err(EngineError::Stopped), Err(EngineError::Stopped)));
    assert!(has_stopped(&heard, &EngineError::Stopped));
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped), "it stays stopped");
}

#[wasm_bindgen_test]
async fn a_script_that_is_not_there_stops_the_engine() {
    let config = Config { script: "no_such_script.js".into(), ..Config::new("x", Backend::Wasm) };
    let (engine, heard) = start(config);
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped));
    assert!(has_stopped(&heard, &EngineError::Stopped));
}

#[wasm_bindgen_test]
async fn a_refusal_is_passed_on_with_its_reason() {
    for (refused, want) in [
        ("'NoSimd'", EngineError::NoSimd),
        ("{ Damaged: { path: 'x' } }", EngineError::Damaged { path: "x".into() }),
    ] {
        let (engine, heard) = engine_running(&format!("postMessage({{ Refused: {refused} }});"));
        assert_eq!(n_embedded(&engine).await, Err(want.clone()));
        assert!(has_stopped(&heard, &want));
    }
}

#[wasm_bindgen_test]
async fn silence_while_someone_waits_stops_the_engine() {
    let (engine, heard) = engine_running("on({ ping: () => {} }); ready();");
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped));
    assert!(has_stopped(&heard, &EngineError::Stopped));
}

#[wasm_bindgen_test]
async fn a_slow_answer_is_waited_for_while_pings_come_back() {
    let (engine, _) =
        engine_running("on({ ask: (id) => setTimeout(() => answer(id, 5), 2500) }); ready();");
    assert_eq!(n_embedded(&engine).await, Ok(5));
}

#[wasm_bindgen_test]
async fn an_engine_that_never_gets_ready_stops() {
    let (engine, heard) = engine_running("on({});");
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped));
    assert!(has_stopped(&heard, &EngineError::Stopped));
}

#[wasm_bindgen_test]
async fn a_message_nobody_can_read_stops_the_engine() {
    let (engine, _) = engine_running("on({ ask: () => postMessage({ Gibberish: 1 }) }); ready();");
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped));
}

#[wasm_bindgen_test]
async fn a_dropped_question_is_forgotten_by_the_engine() {
    let (engine, heard) = engine_running(
        "let forgotten = 0; on({ forget: () => { forgotten += 1; }, \
         ask: (id) => { if (id === 2) answer(id, forgotten); } }); ready();",
    );
    while heard.borrow().len() < 2 {
        TimeoutFuture::new(5).await; // until `Ready`
    }
    drop(engine.ask(TestEngine { encoder: EncoderName::Encoder }));
    assert_eq!(n_embedded(&engine).await, Ok(1));
}

#[wasm_bindgen_test]
async fn a_restart_ends_what_waits_and_answers_afresh() {
    let (engine, heard) = engine_running(
        "on({ ask: (id, request) => { if (request.EmbedNext) answer(id, asked.length); } }); \
         ready();",
    );
    let waiting = engine.ask(TestEngine { encoder: EncoderName::Encoder });
    while heard.borrow().len() < 2 {
        TimeoutFuture::new(5).await; // until `Ready`
    }
    engine.restart(Backend::WebGpu);
    assert_eq!(waiting.await, Err(EngineError::Stopped));
    assert_eq!(n_embedded(&engine).await, Ok(1), "the first question of a fresh worker");
    assert!(heard.borrow().contains(&EngineEvent::Starting { backend: Backend::WebGpu }));
}

#[wasm_bindgen_test]
async fn an_ended_engine_says_so_at_once() {
    let (engine, _) = engine_running("on({ ask: (id) => answer(id, 1) }); ready();");
    assert_eq!(n_embedded(&engine).await, Ok(1));
    engine.terminate();
    assert_eq!(n_embedded(&engine).await, Err(EngineError::Stopped));
}
