//! A second history beside the page's own: kept, and let go.

use leptos::prelude::*;

use super::words;
use crate::state::compared::Compared;
use crate::ui::shell;

#[component]
pub(super) fn KeptHistory() -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let has_acts = move || shell.reader.last_act().is_some();
    view! {
        <div class="kept">
            {move || match compared.kept().get() {
                None => view! {
                    <p class="quiet">{words::KEEP_LEAD}</p>
                    <button class="button" on:click=move |_| compared.keep_beside()>
                        {words::KEEP_THIS}
                    </button>
                    <Show when=has_acts>
                        <button class="button" on:click=move |_| compared.keep_before_last_act()>
                            {words::KEEP_BEFORE}
                        </button>
                    </Show>
                }
                .into_any(),
                Some(kept) => view! {
                    <p role="status">
                        {move || {
                            let now = shell.reader.read_history().get();
                            words::kept_beside(&shell.site.catalogue(), &kept, &now)
                        }}
                    </p>
                    <button class="button" on:click=move |_| compared.forget_kept()>
                        {words::LET_GO_OF_KEPT}
                    </button>
                }
                .into_any(),
            }}
        </div>
    }
}
