//! A film's mark: a small ring of its genres.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::plot;
use crate::ui::shell;

const SIZE: f64 = 30.0;
const RADIUS: f32 = 11.0;
/// Between two arcs, along the ring.
const GAP: f32 = 2.0;

/// Draws the mark of `item`. A picture only: the genres stand in words beside it or a click away.
#[component]
pub fn Mark(item: ItemRow, #[prop(default = SIZE)] size: f64) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let classes: Vec<String> = catalogue.genres(item).into_iter().map(genre_class).collect();
    let core = format!("core {}", classes.first().map_or("", String::as_str));
    let arcs: Vec<_> = plot::ring(classes.len().max(1), RADIUS, GAP)
        .into_iter()
        .enumerate()
        .map(|(at, arc)| {
            view! {
                <circle
                    class=format!("arc {}", classes.get(at).map_or("", String::as_str))
                    cx="15"
                    cy="15"
                    r=RADIUS
                    stroke-dasharray=format!("{:.2} {:.2}", arc.dash, arc.gap)
                    stroke-dashoffset=format!("{:.2}", arc.offset)
                    transform="rotate(-90 15 15)"
                />
            }
        })
        .collect();
    view! {
        <svg class="mark" width=size height=size viewBox="0 0 30 30" aria-hidden="true">
            {arcs}
            <circle class=core cx="15" cy="15" r="3.2" />
        </svg>
    }
}

/// "Sci-Fi" → "genre-sci-fi", as style/mark.css names it.
pub(super) fn genre_class(genre: &str) -> String {
    let name: String = genre
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' })
        .collect();
    format!("genre-{name}")
}
