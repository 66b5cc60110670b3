//! What an author pastes to have this figure, as it is now, on a page of their own.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::words;
use crate::ui::shell;

/// By which keys a link of the site has what the element has attributes for.
const ATTRIBUTES: [(&str, &str); 4] =
    [("h", "history"), ("f", "family"), ("x", "film"), ("s", "step")];

/// What is pasted, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    pub(super) title: &'static str,
    pub(super) text: String,
}

/// For the figure `name` of the site at `base`, in the state of `link`, an address of the site with its fragment.
pub(super) fn snippets(name: &str, base: &str, link: &str) -> [Snippet; 3] {
    let fragment = link.find('#').map_or("", |at| &link[at..]);
    let mut attributes: Vec<(&str, String)> = vec![("figure", name.to_owned())];
    let mut is_said = true;
    for (key, value) in fragment.split('&').skip(1).filter_map(|it| it.split_once('=')) {
        let known = ATTRIBUTES.iter().find(|it| it.0 == key);
        match (known, key, value.strip_prefix('n')) {
            (Some((_, "history")), ..) => attributes.push(("history", value.replace('.', ","))),
            // Authors count from 1.
            (Some((_, attribute @ "step")), ..) => {
                let step = value.parse::<usize>().map_or(1, |it| it + 1);
                attributes.push((attribute, step.to_string()));
            }
            (Some((_, attribute)), ..) => attributes.push((attribute, value.to_owned())),
            // The figure's name says which part of the site it is of.
            (None, "t", _) => {}
            (None, "p", Some(seed)) if seed.parse::<u32>().is_ok() => {
                attributes.push(("seed", seed.to_owned()));
            }
            _ => is_said = false,
        }
    }
    if !is_said {
        // What the reader did has no attribute of its own.
        attributes.truncate(1);
        attributes.push(("state", fragment.to_owned()));
    }
    let written = |quote: &str| {
        let all = attributes.iter().map(|(name, value)| format!(" {name}={quote}{value}{quote}"));
        all.collect::<String>()
    };
    let element = format!(
        "<glassrec-figure{}></glassrec-figure>\n<script src=\"{base}glassrec-figure.js\" async></script>",
        written("\"")
    );
    let frame = format!(
        "<iframe src=\"{base}figure.html{fragment}\" title=\"Glassrec: {name}\" width=\"100%\" height=\"640\" loading=\"lazy\" \
         style=\"border:0\"></iframe>"
    );
    let rest = written("\"");
    let rest = rest.strip_prefix(&format!(" figure=\"{name}\"")).unwrap_or(&rest);
    let quarto = format!("{{{{< glassrec {name}{rest} >}}}}");
    [
        Snippet { title: words::AS_ELEMENT, text: element },
        Snippet { title: words::AS_FRAME, text: frame },
        Snippet { title: words::AS_QUARTO, text: quarto },
    ]
}

/// Made when it is opened.
#[component]
pub(super) fn Embed(name: &'static str) -> impl IntoView {
    let shell = shell();
    let is_open = RwSignal::new(false);
    let fields = move || {
        let made =
            is_open.get().then(|| snippets(name, &shell.base(), &shell.address.link_here(shell)));
        made.into_iter().flatten().map(|it| view! { <Field snippet=it /> }).collect_view()
    };
    let opened = move |event: web_sys::Event| {
        let details = super::target_of(&event);
        is_open.set(details.is_some_and(|it| it.has_attribute("open")));
    };
    view! {
        <details class="embed" on:toggle=opened>
            <summary>{words::EMBED}</summary>
            {fields}
        </details>
    }
}

#[component]
fn Field(snippet: Snippet) -> impl IntoView {
    let Snippet { title, text } = snippet;
    let choose = move |event: leptos::ev::FocusEvent| {
        let field = super::target_of(&event);
        if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
        {
            field.select();
        }
    };
    view! {
        <label>
            <span>{title}</span>
            <textarea readonly rows="3" spellcheck="false" translate="no" on:focus=choose>{text}</textarea>
        </label>
    }
}
