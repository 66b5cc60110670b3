//! What is around every picture: whose it is, what it claims, the gesture, what is said of the step, where the numbers
//! come from, the same as a table, and ways to save it.

use leptos::html;
use leptos::prelude::*;

use super::embed::Embed;
use super::handed::hand_out;
use super::save::Save;
use super::twin::Twin;
use super::{Change, Source, words};
use crate::families;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::table::Table;

/// As in [`super::Figure`], with any picture as its children; `table` is read when the reader wants it.
#[component]
pub fn FigureFrame(
    name: &'static str,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] about: Signal<String>,
    #[prop(into)] source: Signal<Source>,
    claim: Memo<String>,
    say: Memo<String>,
    table: Signal<Option<Table>>,
    #[prop(default = None)] change: Option<Change>,
    #[prop(default = None)] gesture: Option<AnyView>,
    /// Whether authors can have it on pages of their own.
    #[prop(default = true)]
    is_for_authors: bool,
    children: Children,
) -> impl IntoView {
    let class = move || {
        let kind = source.with(|it| it.family.as_ref().and_then(families::find));
        format!("glass {}", kind.map_or("", |it| kind_class(it.card.kind)))
    };
    let back = change.map(|change| {
        view! {
            <Show when=move || change.is_changed.get()>
                <button class="button is-bare as-it-was" on:click=move |_| change.undo.run(())>
                    {words::AS_IT_WAS}
                </button>
            </Show>
        }
    });
    let figure = NodeRef::<html::Figure>::new();
    hand_out(figure, table);
    view! {
        <figure class=class data-figure=name node_ref=figure>
            <p class="kicker"><i></i><span><b>{title}</b>" · "{about}</span>{back}</p>
            <h3 class="claim">{claim}</h3>
            {children()}
            {gesture.map(|it| view! { <div class="gesture" data-omit="">{it}</div> })}
            <p class="say" aria-live="polite">{say}</p>
            <figcaption>
                {move || source.with(provenance)} " · "
                <a href=shell().href("words.html#quality")>{words::GLOSSARY}</a>
            </figcaption>
            <div class="twin" data-omit="">
                <Twin table />
                {is_for_authors.then(|| view! { <Embed name /> })}
                <Save name claim table=move || table.get_untracked() />
            </div>
        </figure>
    }
}

/// A number keeps its sign on its line.
pub(super) fn kept_together(claim: &str) -> String {
    claim.replace(" %", "\u{a0}%")
}

/// "GRU4Rec, 25 runs, 12 ms · NDCG@10 0.076 (0.066–0.088) on 347 held-out readers; best counting model, EASE with recency:
/// 0.100."
fn provenance(source: &Source) -> String {
    let site = shell().site;
    let mut parts: Vec<String> = Vec::new();
    if let Some(family) = &source.family {
        let title = families::find(family).map_or("", |it| it.card.title);
        let ran = source.cost.map_or_else(String::new, |it| format!(", {}", words::cost(it)));
        parts.push(format!("{title}{ran}"));
        if let Some(results) = site.results(&family.0) {
            let baseline = site.best_baseline(&family.0);
            let beside = baseline.map(|(card, of)| format!("; {}", words::beside(card, &of)));
            parts.push(format!("{}{}", words::quality(&results), beside.unwrap_or_default()));
        }
    }
    parts.push(source.more.clone());
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}
