//! One level of the tree: the codes that go on from the path, the likeliest first.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Shown;
use crate::families::semantic_id::{Branch, Path};
use crate::features::inspect::semantic_id::words;
use crate::features::inspect::state::inspecting;
use crate::features::inspect::words as shared;
use crate::plot;
use crate::state::shell::Shell;
use crate::ui::acts::{find, focus};
use crate::ui::shell;

#[component]
pub(super) fn Column(shown: Shown, level: usize) -> impl IntoView {
    let branches = move || {
        let columns = shown.seen.with(|it| it.as_ref()?.of.columns.get(level).cloned());
        columns.unwrap_or_default()
    };
    let title = shell().dom_id_of(format!("tree-level-{level}"));
    let is_open = move || shown.open.get() == level;
    let is_empty = move || shown.path.with(|it| it.len() < level);
    // As long as its numbers are the same, a code stays in place, and with it the focus.
    let key = |it: &Branch| (it.codes.clone(), it.share.to_bits());
    view! {
        <section class="tree-column" class:is-open=is_open aria-labelledby=title.clone()>
            <h3 class="label" id=title.clone()>
                {words::level(level)}
            </h3>
            <Show when=is_empty>
                <p class="quiet">{words::choose_before(level)}</p>
            </Show>
            <ul class="tree-codes">
                <For each=branches key=key let(branch)>
                    <Code shown level branch />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Code(shown: Shown, level: usize, branch: Branch) -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let catalogue = shell.site.catalogue();
    let code = branch.codes.last().copied();
    let is_on = Memo::new(move |_| shown.path.with(|it| it.get(level).copied()) == code);
    let kept = {
        let codes = branch.codes.clone();
        Memo::new(move |_| {
            shown.beam.with(|it| {
                let level = it.as_ref()?.levels.get(level)?;
                level.iter().position(|it| it.codes == codes).map(|at| at + 1)
            })
        })
    };
    let is_first = shown.seen.with_untracked(|it| {
        let first = it.as_ref().and_then(|it| it.of.columns.get(level)?.first());
        first.is_some_and(|first| first.codes == branch.codes)
    });
    // One Tab stop a column: where the path goes on, or the likeliest.
    let is_stop = move || is_on.get() || (is_first && shown.path.with(|it| it.len() <= level));
    let films = branch.films;
    let named = Memo::new(move |_| {
        shell.site.has_details(); // tags and countries can be named from then on
        words::code(&catalogue, &films)
    });
    let length = plot::bar_percent(branch.share, 1.0);
    let codes = branch.codes.clone();
    let choose = move |_| {
        inspecting.try_probe(&Path { codes: Some(codes.clone()) });
        shown.open.set(level + 1);
        focus_crumb(shell, level + 1);
    };
    view! {
        <li class="tree-code" class:is-on=is_on class:is-kept=move || kept.get().is_some()>
            <button
                tabindex=move || if is_stop() { "0" } else { "-1" }
                aria-pressed=move || if is_on.get() { "true" } else { "false" }
                on:click=choose
            >
                <span class="tree-number">{code}</span>
                <span class="tree-name">{move || named.get().0}</span>
                <span class="tree-share">{shared::tenth_percent(branch.share)}</span>
                <span class="tree-about">
                    {move || named.get().1}
                    <span class="tree-kept">{move || kept.get().map(words::kept_at)}</span>
                </span>
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=format!("{length:.1}%")></span>
                </span>
            </button>
        </li>
    }
}

/// On a phone the column of the chosen code goes away, and the focus would go with it. Where all
/// columns show, there are no crumbs to focus.
fn focus_crumb(shell: Shell, level: usize) {
    let crumb = format!(".tree-crumbs button:nth-child({})", level + 1);
    focus(find(shell, &crumb)); // hidden: the focus stays where it is
}

/// Arrow keys: up and down a column; right chooses a code, and from a chosen one goes on to the
/// next column; left goes back.
pub(super) fn walk(event: &KeyboardEvent) {
    let go = || -> Option<()> {
        let here = event.target()?.dyn_into::<Element>().ok()?.closest("li.tree-code").ok()??;
        let column = || here.closest(".tree-column").ok()?;
        let stop = |column: Element| column.query_selector("button[tabindex='0']").ok()?;
        let button = |code: Element| code.query_selector("button").ok()?;
        let next = match event.key().as_str() {
            "ArrowDown" => button(here.next_element_sibling()?)?,
            "ArrowUp" => button(here.previous_element_sibling()?)?,
            "ArrowLeft" => stop(column()?.previous_element_sibling()?)?,
            "ArrowRight" if here.class_list().contains("is-on") => {
                stop(column()?.next_element_sibling()?)?
            }
            "ArrowRight" => {
                button(here.clone())?.dyn_into::<HtmlElement>().ok()?.click();
                button(here.clone())?
            }
            _ => return None,
        };
        event.prevent_default();
        let _ = next.dyn_into::<HtmlElement>().ok()?.focus(); // gone meanwhile: nothing to focus
        Some(())
    };
    let _ = go(); // at an edge, or another key: nothing to do
}
