//! What the reader wants, in sentences the reader can change.

use leptos::prelude::*;

use super::sentences;
use super::view::{StepBox, state};
use super::words;
use crate::dialogue::Unmet;
use crate::ui::dom_id;
use crate::ui::shell;

#[component]
pub(super) fn Profile() -> impl IntoView {
    view! {
        <StepBox title=words::PROFILE lead=words::PROFILE_LEAD>
            <Editor />
        </StepBox>
    }
}

#[component]
fn Editor() -> impl IntoView {
    let state = state();
    let catalogue = shell().site.catalogue();
    // What was said in vain stays, so that it can be said better.
    let profile = Memo::new(move |_| {
        let mut lines = state.wish().with(|it| it.profile(&catalogue));
        state.unread().with(|all| {
            all.iter().for_each(|it| {
                lines += "\n";
                lines += &it.words;
            })
        });
        lines.trim().to_owned()
    });
    let has_unread = move || state.unread().with(|it| !it.is_empty());
    let unread = move || {
        let said = |it: &Unmet| view! { <li class="note">{sentences::unmet(it)}</li> };
        state.unread().with(|all| all.iter().map(said).collect_view())
    };
    let edited = RwSignal::new(String::new());
    Effect::new(move || edited.set(profile.get()));
    let is_changed = move || edited.with(|edited| profile.with(|it| edited.trim() != it.trim()));
    view! {
        <label class="visually-hidden" for=dom_id("profile")>{words::PROFILE}</label>
        <textarea
            id=dom_id("profile")
            rows="5"
            aria-describedby=dom_id("profile-unread")
            aria-invalid=move || if has_unread() { "true" } else { "false" }
            placeholder=words::PROFILE_HINT
            prop:value=move || edited.get()
            on:input=move |event| edited.set(event_target_value(&event))
        ></textarea>
        <ul id=dom_id("profile-unread") role="status">{unread}</ul>
        <button
            class="button"
            prop:disabled=move || !is_changed() || state.is_answering().get()
            on:click=move |_| state.edit_profile(&edited.get_untracked())
        >
            {words::USE_PROFILE}
        </button>
    }
}
