//! Opens the site, then shows the page; or says why it cannot.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::{OfSite, OpeningError, open};
use crate::engine::answer::Answers;
use crate::shell::words;
use crate::state::recommended::RecommendedList;
use crate::state::shell::Shell;
use crate::state::surroundings::Surroundings;
use crate::state::watch::EngineWatch;
use crate::ui::words as text;

/// `page`, once the site is here. `engine` was started before, so that both fetch side by side.
#[component]
pub(super) fn App(
    page: fn() -> AnyView,
    engine: Rc<dyn Answers>,
    watch: EngineWatch,
    surroundings: Surroundings,
) -> impl IntoView {
    let surroundings = StoredValue::new_local(surroundings);
    let engine = StoredValue::new_local(engine);
    let opening = LocalResource::new(move || open(watch));
    let main = move || match opening.get()? {
        Ok(site) => {
            let files = Rc::new(OfSite(watch));
            let surroundings = surroundings.get_value();
            let shell = Shell::new(site, files, engine.get_value(), watch, surroundings);
            provide_context(shell);
            hide_skeleton();
            let page = page();
            load_details_when_idle(shell);
            mark_loaded(shell, watch);
            Some(page)
        }
        Err(error) => {
            hide_skeleton();
            Some(view! { <CannotOpen error on_retry=move || opening.refetch() /> }.into_any())
        }
    };
    view! {
        {main}
        <Show when=move || opening.with(Option::is_none)>
            <p class="page quiet visually-hidden" role="status">{words::LOADING}</p>
        </Show>
    }
}

#[component]
fn CannotOpen(error: OpeningError, on_retry: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    view! {
        <div class="page">
            <main class="full-stop" role="alert">
                <h1 class="wordmark">"glass"<span>"rec"</span></h1>
                <h2>{words::CANNOT_OPEN}</h2>
                <p>{text::sentence(&error.to_string())}</p>
                <button class="button is-main" on:click=move |_| on_retry()>{text::TRY_AGAIN}</button>
            </main>
        </div>
    }
}

/// Long enough for the first list to be painted.
const AFTER_FIRST_LIST_MILLIS: u32 = 100;

/// Fetches the details once the first list is here, or at once where nobody waits for one.
fn load_details_when_idle(shell: Shell) {
    let listed = shell.get::<RecommendedList>().listed();
    let is_due = Memo::new(move |was_due: Option<&bool>| {
        was_due == Some(&true)
            || listed.with(Option::is_some)
            || shell.reader.history().with(|it| it.is_empty())
            || shell.notices.is_engine_stopped()
    });
    Effect::new(move || {
        if is_due.get() {
            spawn_local(async move {
                TimeoutFuture::new(AFTER_FIRST_LIST_MILLIS).await;
                shell.site.load_details();
            });
        }
    });
}

/// Once the first list is painted and the details have come, a request is one that the reader caused.
fn mark_loaded(shell: Shell, watch: EngineWatch) {
    let listed = shell.get::<RecommendedList>().listed();
    Effect::new(move || {
        if listed.with(Option::is_some) && shell.site.have_details_settled() {
            watch.mark_loaded();
        }
    });
}

/// Takes the painted placeholder of explore.html away.
fn hide_skeleton() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::{owner, settle, words_of};

    #[test]
    fn a_site_that_cannot_open_says_why_and_offers_another_try() {
        let _owner = owner();
        let error = OpeningError::OtherCatalogue { got: 3, expected: 4 };
        let view = view! { <CannotOpen error on_retry=|| () /> }.into_any();
        settle();
        let wanted = "glass rec Glassrec cannot open The catalogue holds 3 films where the list of models \
            names 4; reload the page. Try again";
        assert_eq!(words_of(&view.to_html()), wanted);
    }
}
