//! What the reader wants, in sentences the reader can change.

use leptos::prelude::*;

use super::boxes::StepBox;
use super::talking;
use crate::dialogue::Unmet;
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
    // What was said in vain stays, so that it can be said better.
    let profile = Memo::new(move |_| {
        let mut lines = talking.wish().with(|it| it.profile(&catalogue));
        talking.unread().with(|all| {
            all.iter().for_each(|it| {
                lines += "\n";
                lines += &it.words;
            })
        });
        lines.trim().to_owned()
    });
    let has_unread = move || talking.unread().with(|it| !it.is_empty());
    let unread = move || {
        let said = |it: &Unmet| view! { <li class="note">{text::unmet(it)}</li> };
        talking.unread().with(|all| all.iter().map(said).collect_view())
    };
    let edited = RwSignal::new(String::new());
    Effect::new(move || edited.set(profile.get()));
    let is_changed = move || edited.with(|edited| profile.with(|it| edited.trim() != it.trim()));
    view! {
        <label class="visually-hidden" for="profile">{text::PROFILE}</label>
        <textarea
            id="profile"
            rows="5"
            aria-describedby="profile-unread"
            aria-invalid=move || if has_unread() { "true" } else { "false" }
            placeholder=text::PROFILE_HINT
            prop:value=move || edited.get()
            on:input=move |event| edited.set(event_target_value(&event))
        ></textarea>
        <ul id="profile-unread" role="status">{unread}</ul>
        <button
            class="button"
            prop:disabled=move || !is_changed() || talking.is_answering().get()
            on:click=move |_| talking.edit_profile(&edited.get_untracked())
        >
            {text::USE_PROFILE}
        </button>
    }
}
