//! A second history beside the page's own: kept, and let go.

use leptos::prelude::*;

use crate::views::{session, text};

#[component]
pub(super) fn KeptHistory() -> impl IntoView {
    let session = session();
    let has_acts = move || session.last_act().is_some();
    view! {
        <div class="kept">
            {move || match session.kept().get() {
                None => view! {
                    <p class="quiet">{text::KEEP_LEAD}</p>
                    <button class="button" on:click=move |_| session.keep_beside()>
                        {text::KEEP_THIS}
                    </button>
                    <Show when=has_acts>
                        <button class="button" on:click=move |_| session.keep_before_last_act()>
                            {text::KEEP_BEFORE}
                        </button>
                    </Show>
                }
                .into_any(),
                Some(kept) => view! {
                    <p role="status">
                        {move || {
                            let now = session.read_history().get();
                            text::kept_beside(&session.catalogue(), &kept, &now)
                        }}
                    </p>
                    <button class="button" on:click=move |_| session.let_go_of_kept()>
                        {text::LET_GO_OF_KEPT}
                    </button>
                }
                .into_any(),
            }}
        </div>
    }
}
