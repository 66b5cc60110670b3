//! The browser's own language model, where it has one: the Prompt API (`LanguageModel`).
//!
//! Detected, never required. What it may answer is a list of sentences given to it; anything else is left out.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::protocol::EngineError;

/// Whether there is one, downloaded and ready to be asked. Starts no download.
pub(super) async fn is_ready() -> bool {
    let availability = async {
        let answer = call(&own_model()?, "availability", &JsValue::UNDEFINED).await?;
        Ok::<_, JsValue>(answer.as_string().is_some_and(|it| it == "available"))
    };
    // A browser that cannot say has none for us.
    availability.await.unwrap_or(false)
}

/// The indices of the `sentences` it chooses after `context`, at most `n`.
///
/// # Errors
/// [`EngineError::ModelFailed`] with what the browser says, or if it chose none of them.
pub(super) async fn choose(
    context: &str,
    sentences: &[String],
    n: usize,
) -> Result<Vec<usize>, EngineError> {
    let answer = ask(context, sentences, n).await.map_err(|reason| {
        let detail = Object::from(reason).to_string().into();
        EngineError::ModelFailed { detail }
    })?;
    let said: Vec<String> = serde_json::from_str(&answer).unwrap_or_default();
    let mut chosen: Vec<usize> = Vec::new();
    for sentence in said {
        match sentences.iter().position(|it| *it == sentence) {
            Some(at) if !chosen.contains(&at) && chosen.len() < n => chosen.push(at),
            _ => {}
        }
    }
    if chosen.is_empty() {
        let detail = "the browser's model chose none of the sentences it may say".to_owned();
        return Err(EngineError::ModelFailed { detail });
    }
    Ok(chosen)
}

async fn ask(context: &str, sentences: &[String], n: usize) -> Result<String, JsValue> {
    let session = call(&own_model()?, "create", &JsValue::UNDEFINED).await?;
    let listed: Array = sentences.iter().map(|it| JsValue::from(it.as_str())).collect();
    let one = object(&[("type", "string".into()), ("enum", listed.into())])?;
    let schema = object(&[
        ("type", "array".into()),
        ("items", one),
        ("minItems", 1.into()),
        ("maxItems", (n as u32).into()),
    ])?;
    let options = object(&[("responseConstraint", schema)])?;
    let text =
        format!("{context}\nAnswer with one to {n} of the sentences allowed, as a JSON array.");
    let prompt = Reflect::get(&session, &"prompt".into())?.dyn_into::<Function>()?;
    let answer = prompt.call2(&session, &text.into(), &options)?.dyn_into::<Promise>()?;
    let answer = JsFuture::from(answer).await;
    // It holds memory until it is told to let go; one that cannot be told goes with the page.
    let _ = call(&session, "destroy", &JsValue::UNDEFINED).await;
    answer?.as_string().ok_or(JsValue::from("the browser's model gave no text"))
}

fn own_model() -> Result<JsValue, JsValue> {
    let model = Reflect::get(&js_sys::global(), &"LanguageModel".into())?;
    if model.is_undefined() {
        Err("this browser has no model of its own".into())
    } else {
        Ok(model)
    }
}

async fn call(of: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method = Reflect::get(of, &method.into())?.dyn_into::<Function>()?;
    JsFuture::from(Promise::resolve(&method.call1(of, argument)?)).await
}

fn object(entries: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}
