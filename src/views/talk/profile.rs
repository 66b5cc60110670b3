//! What the reader wants, in sentences the reader can change.

use leptos::prelude::*;

use super::boxes::StepBox;
use super::talking;
use crate::views::text;

#[component]
pub(super) fn Profile() -> impl IntoView {
    view! {
        <StepBox title=text::PROFILE lead=text::PROFILE_LEAD>
            <Editor />
        </StepBox>
    }
}

#[component]
fn Editor() -> impl IntoView {
    let talking = talking();
    let catalogue = crate::views::session().catalogue();
    let profile = Memo::new(move |_| talking.wish().with(|it| it.profile(&catalogue)));
    let edited = RwSignal::new(String::new());
    Effect::new(move || edited.set(profile.get()));
    let is_changed = move || edited.with(|edited| profile.with(|it| edited.trim() != it.trim()));
    view! {
        <label class="visually-hidden" for="profile">{text::PROFILE}</label>
        <textarea
            id="profile"
            rows="5"
            placeholder=text::PROFILE_HINT
            prop:value=move || edited.get()
            on:input=move |event| edited.set(event_target_value(&event))
        ></textarea>
        <button
            class="button"
            prop:disabled=move || !is_changed() || talking.is_answering().get()
            on:click=move |_| talking.edit_profile(&edited.get_untracked())
        >
            {text::USE_PROFILE}
        </button>
    }
}
