//! The films of the picture as a table: those in view, or those of a lasso or region.

use leptos::prelude::*;

use super::look::Look;
use super::words;
use crate::catalog::ItemRow;
use crate::map::Part;
use crate::state::chosen::Chosen;
use crate::ui::acts::AddFilm;
use crate::ui::dom_id;
use crate::ui::shell;
use crate::ui::words as text;

/// How many films are shown at first, and how many more each time.
const N_STEP: usize = 50;

#[component]
pub(super) fn Films() -> impl IntoView {
    let look: Look = expect_context();
    let n_shown = RwSignal::new(N_STEP);
    let title = move || {
        look.part.with(|part| {
            let region = look.map.with_value(|map| match part {
                Part::Region(at) => map.regions().get(*at).map(|it| it.name.clone()),
                _ => None,
            });
            words::part(part, region.as_deref())
        })
    };
    let n_films = Memo::new(move |_| look.films().with(|it| it.len()));
    let count = move || look.part.with(|part| words::count(part, n_films.get()));
    let is_part = move || look.part.with(|it| *it != Part::View);
    Effect::new(move || {
        look.part.track();
        n_shown.set(N_STEP);
    });
    view! {
        <section class="map-films" aria-labelledby=dom_id("map-films-title")>
            <div class="map-films-head">
                <h3 id=dom_id("map-films-title")>{title}</h3>
                <p class="quiet" role="status">{count}</p>
                <Show when=is_part>
                    <button class="button" on:click=move |_| look.part.set(Part::View)>
                        {words::SHOW_VIEW}
                    </button>
                </Show>
            </div>
            <Table n_shown />
            <Show when=move || { n_films.get() > n_shown.get() }>
                <button class="button" on:click=move |_| n_shown.update(|n| *n += N_STEP)>
                    {words::MORE}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn Table(n_shown: RwSignal<usize>) -> impl IntoView {
    let look: Look = expect_context();
    let rows =
        move || look.films().with(|it| it.iter().take(n_shown.get()).copied().collect::<Vec<_>>());
    view! {
        <div class="scroller" tabindex="0" role="group" aria-labelledby=dom_id("map-films-title")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text::FILM}</th>
                        <th scope="col">{words::YEAR}</th>
                        <th scope="col">{words::GENRES}</th>
                        <th scope="col">{words::RATINGS}</th>
                        <th scope="col">{words::LISTS}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=|item| *item children=|item| view! { <Row item /> } />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let look: Look = expect_context();
    let catalogue = shell.site.catalogue();
    let is_on = move || chosen.focus().with(|it| *it == Some(item));
    let lists = move || {
        let is_picked = shell.reader.history().with(|it| it.contains(item));
        look.lists().with(|lists| words::lists(item, is_picked, lists))
    };
    let take = move |_| {
        chosen.focus_on(Some(item));
        look.bring_into_view(item);
    };
    view! {
        <tr class:is-on=is_on data-row=item.0>
            <th scope="row">
                <button
                    class="map-row"
                    translate="no"
                    title=words::select(&catalogue, item)
                    aria-pressed=move || if is_on() { "true" } else { "false" }
                    on:click=take
                    on:mouseenter=move |_| look.point_at(Some(item))
                    on:mouseleave=move |_| look.point_at(None)
                >
                    {catalogue.title(item).to_owned()}
                </button>
                <AddFilm item />
            </th>
            <td class="figure" translate="no">{catalogue.year(item)}</td>
            <td>{catalogue.genres(item).join(", ")}</td>
            <td class="figure" translate="no">{text::grouped(catalogue.n_ratings(item) as usize)}</td>
            <td>{lists}</td>
        </tr>
    }
}
