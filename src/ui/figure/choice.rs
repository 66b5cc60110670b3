//! The one choice that may stand beside the steps of a figure.

use leptos::prelude::*;

/// A button for each of `options`, with what it is called; the one at `at` is on. `name` says what is chosen.
#[component]
pub fn Choice<T: Clone + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    /// Whether the name is shown as well.
    #[prop(default = false)]
    is_named: bool,
    options: Vec<(T, String)>,
    #[prop(into)] at: Signal<Option<T>>,
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let button = |(value, title): (T, String)| {
        let chosen = value.clone();
        let is_on = move || at.with(|it| it.as_ref() == Some(&value));
        view! {
            <button
                class="button"
                aria-pressed=move || if is_on() { "true" } else { "false" }
                on:click=move |_| choose(chosen.clone())
            >
                {title}
            </button>
        }
    };
    let buttons = options.into_iter().map(button).collect_view();
    view! {
        <div class="figure-choice" role="group" aria-label=name>
            {is_named.then(|| view! { <span aria-hidden="true">{name}</span> })}
            {buttons}
        </div>
    }
}
