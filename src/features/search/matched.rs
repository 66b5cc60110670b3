//! Which words and which facts brought a found film here.

use leptos::prelude::*;

use super::view::state;
use super::words;
use crate::ui::matches::Matches;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Matched() -> impl IntoView {
    let shell = shell();
    let state = state();
    let explained = state.explained_match();
    let title = move || {
        let item = state.matched_item().get()?;
        Some(text::why_title(shell.site.catalogue().title(item)))
    };
    let failure = move || {
        let error = shell.notices.shown_failure(explained)?;
        Some(view! { <Problem error on_retry=move || explained.retry() /> })
    };
    let body = move || match explained.get() {
        Some(answered) if !explained.is_stale() => {
            view! { <Matches matches=answered.answer /> }.into_any()
        }
        _ if explained.is_waiting() => {
            view! { <p class="quiet spin">{text::FOUND_WAITING}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="match">
            <Show
                when=move || state.matched_item().with(Option::is_some)
                fallback=|| view! { <p class="quiet">{words::MATCH_HINT}</p> }
            >
                <h3>{title}</h3>
                {body}
                {failure}
            </Show>
        </div>
    }
}
