//! What the recommendations are based on, in words, and the choice of it.

use leptos::prelude::*;

use super::recs::for_you;
use super::state::basis::{SPANS, Span};
use super::words;
use crate::ui::dom_id;

#[component]
pub(super) fn BasisOf() -> impl IntoView {
    let for_you = for_you();
    let choice = for_you.choice();
    let basis = for_you.basis();
    let span = Memo::new(move |_| choice.with(|it| it.span));
    let has_stars = Memo::new(move |_| choice.with(|it| it.has_stars));
    let said = move || basis.with(|it| words::based_on(it, span.get(), has_stars.get()));
    // A span that holds every dated film is no other than the next longer one.
    let spans = Memo::new(move |_| {
        let n_dated = basis.with(|it| it.n_dated);
        let is_offered = |it: &Span| match it {
            Span::AllYears => true,
            Span::Newest(n) => n_dated > *n,
        };
        SPANS.into_iter().filter(is_offered).collect::<Vec<_>>()
    });
    let options = move || {
        let option = |it: Span| {
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name=dom_id("span")
                        prop:checked=move || span.get() == it
                        on:change=move |_| for_you.choose_span(it)
                    />
                    {words::span(it)}
                </label>
            }
        };
        spans.get().into_iter().map(option).collect_view()
    };
    view! {
        <p class="quiet list-lead">{said}</p>
        <div class="basis">
            <Show when=move || spans.with(|it| it.len() > 1)>
                <fieldset class="spans">
                    <legend>{words::BASED_ON}</legend>
                    {options}
                </fieldset>
            </Show>
            <label class="check" for=dom_id("count-stars")>
                <input
                    type="checkbox"
                    id=dom_id("count-stars")
                    prop:checked=move || has_stars.get()
                    on:change=move |event| for_you.count_stars(event_target_checked(&event))
                />
                {words::COUNT_STARS}
            </label>
        </div>
    }
}
