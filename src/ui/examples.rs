//! Four histories to start from.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

/// A history by MovieLens ids, oldest first.
struct Example {
    name: &'static str,
    movie_ids: &'static [u32],
}

const EXAMPLES: [Example; 4] = [
    Example { name: "Space and machines", movie_ids: &[1214, 541, 1200, 589, 2571] },
    Example { name: "Crooks and cops", movie_ids: &[50, 296, 6, 608, 1617] },
    Example { name: "Drawn worlds", movie_ids: &[364, 1, 3000, 5618, 6377] },
    Example { name: "Black, white and silver", movie_ids: &[912, 1212, 904, 908, 910] },
];

/// The examples as cards, for a page without picks.
#[component]
pub(crate) fn ExampleCards(#[prop(optional)] on_chosen: Option<Callback<()>>) -> impl IntoView {
    EXAMPLES.iter().map(|example| view! { <ExampleCard example on_chosen /> }).collect_view()
}

/// The examples behind a button, for a page with picks.
#[component]
pub(crate) fn ExamplesMenu() -> impl IntoView {
    let shell = shell();
    let is_open = RwSignal::new(false);
    let close = Callback::new(move |()| is_open.set(false));
    let button = NodeRef::<leptos::html::Button>::new();
    view! {
        <Show when=move || !shell.reader.history().with(|it| it.is_empty())>
            <div
                class="menu"
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        is_open.set(false);
                        if let Some(button) = button.get_untracked() {
                            let _ = button.focus(); // it is on the page as long as the menu is
                        }
                    }
                }
            >
                <button
                    class="button menu-button"
                    node_ref=button
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    on:click=move |_| is_open.update(|it| *it = !*it)
                >
                    {text::EXAMPLES}
                </button>
                <Show when=move || is_open.get()>
                    <div class="menu-body examples"><ExampleCards on_chosen=close /></div>
                </Show>
            </div>
        </Show>
    }
}

#[component]
fn ExampleCard(example: &'static Example, on_chosen: Option<Callback<()>>) -> impl IntoView {
    let shell = shell();
    let catalogue = shell.site.catalogue();
    let items: Vec<ItemRow> =
        example.movie_ids.iter().filter_map(|&id| catalogue.row_of(id)).collect();
    let films = text::titles(&catalogue, &items).join(" · ");
    let marks = items.into_iter().map(|item| view! { <Mark item size=24.0 /> }).collect_view();
    let choose = move |_| {
        shell.reader.use_example(example.movie_ids);
        if let Some(on_chosen) = on_chosen {
            on_chosen.run(());
        }
    };
    view! {
        <button class="example" on:click=choose>
            <span class="example-name">{example.name}</span>
            <span class="example-marks">{marks}</span>
            <span class="example-films">{films}</span>
        </button>
    }
}
