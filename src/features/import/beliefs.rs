//! What the models believe about the reader: the groups of films that carry the list, each of which can be left out.

use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

use super::recs::for_you;
use super::state::beliefs::{Belief, Group};
use super::words;
use crate::state::lists::WITHIN;

#[component]
pub(super) fn Beliefs() -> impl IntoView {
    let for_you = for_you();
    let has_groups = Memo::new(move |_| for_you.groups().with(|it| !it.is_empty()));
    let toggle = move |event: web_sys::Event| {
        let details: HtmlDetailsElement = event_target(&event);
        for_you.wants_beliefs().set(details.open());
    };
    let is_coming = move || for_you.beliefs().is_waiting();
    let said = move || if is_coming() { words::BELIEFS_COMING } else { words::BELIEFS_LEAD };
    let shown = Memo::new(move |_| {
        let out = for_you.choice().with(|it| it.out.clone());
        let is_out = |it: &Group| it.films.iter().all(|film| out.contains(film));
        let found = for_you.beliefs().with(|it| it.map(|it| it.answer.clone())).unwrap_or_default();
        let on = found.into_iter().filter(|it| !is_out(&it.group)).map(|it| (it, true));
        let off = for_you.groups().get().into_iter().filter(is_out);
        let off = off.map(|group| (Belief { group, n_changed: 0 }, false));
        on.chain(off).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || has_groups.get()>
            <details class="evidence beliefs" on:toggle=toggle>
                <summary>{words::BELIEFS}</summary>
                <p class="quiet" role="status">{said}</p>
                <ul>
                    <For
                        each=move || shown.get()
                        key=|it| (it.0.group.common.clone(), it.0.n_changed, it.1)
                        let((belief, is_on))
                    >
                        <Line belief is_on />
                    </For>
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn Line(belief: Belief, is_on: bool) -> impl IntoView {
    let for_you = for_you();
    let Belief { group, n_changed } = belief;
    let name = words::common(&group.common);
    let n_films = group.films.len();
    let act = words::switch_group(&name, is_on);
    let carries = is_on.then(|| {
        let share = n_changed as f64 / WITHIN as f64 * 100.0;
        view! {
            <span class="meter" aria-hidden="true"><i style:width=format!("{share:.0}%")></i></span>
            <span class="number">{words::changed(n_changed)}</span>
        }
    });
    view! {
        <li>
            <span class="belief-name"><b>{name}</b> " " {words::n_films(n_films)}</span>
            {carries}
            <button
                class="button is-bare"
                aria-label=act
                on:click=move |_| for_you.switch(&group, !is_on)
            >
                {if is_on { words::LEAVE_OUT } else { words::COUNT_AGAIN }}
            </button>
        </li>
    }
}
