//! What the model puts at the masked place, and what either side of it says alone.

use leptos::prelude::*;

use super::Shown;
use crate::families::bert4rec::{Fill, Shown as Bert4Rec};
use crate::features::inspect::bert4rec::words;
use crate::features::inspect::films::Films;
use crate::plot;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn GuessPart(shown: Shown) -> impl IntoView {
    let filling = Memo::new(move |_| shown.seen.with(|it| it.as_ref().map(|it| it.of.clone())));
    let films =
        move || filling.with(|it| it.as_ref().map(|it| it.whole.top.clone()).unwrap_or_default());
    let hidden = Memo::new(move |_| {
        let at = filling.with(|it| it.as_ref()?.masked)?;
        shown.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())
    });
    let said = move || {
        let rank = filling.with(|it| it.as_ref()?.whole.masked)?;
        Some(words::masked_film(shell().site.catalogue().title(hidden.get()?), rank))
    };
    let heading = move || {
        if hidden.get().is_some() { words::WOULD_PUT_THERE } else { words::WOULD_PUT_NEXT }
    };
    let sides =
        move || filling.with(|it| Some(from_sides(it.as_ref()?, shown.n_picks.get_untracked())));
    view! {
        <div>
            <h3 class="label">{heading}</h3>
            <Films films=Signal::derive(films) is_noted=move |item| hidden.get() == Some(item) />
            <p class="stated" role="status">{said}</p>
            {sides}
        </div>
    }
}

/// The place named from both sides and from each alone; nothing where nothing is masked.
fn from_sides(filling: &Bert4Rec, n_picks: usize) -> Option<impl IntoView + use<>> {
    let sides = filling.sides.as_ref()?;
    let is_first = filling.masked == Some(0);
    let is_last = filling.masked.is_some_and(|at| at + 1 == n_picks);
    let before = if is_first { words::NONE_BEFORE } else { words::BEFORE_ALONE };
    let after = if is_last { words::NONE_AFTER } else { words::AFTER_ALONE };
    let read =
        [(words::BOTH_SIDES, &filling.whole), (before, &sides.before), (after, &sides.after)];
    let shares = read.iter().filter_map(|(_, guess)| Some(guess.masked?.share));
    let largest = shares.fold(0.0, f32::max);
    let rows = read.map(|(name, guess)| side_row(name, guess, largest));
    Some(view! {
        <table class="inside-table sides">
            <caption class="label">{words::SIDES_TABLE}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::READING}</th>
                    <th scope="col" class="number">{words::RANK}</th>
                    <th scope="col" class="number">{words::SHARE}</th>
                    <th scope="col" class="first-guess">{words::FIRST_GUESS}</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
        <p class="stated">{words::SHARE_IS}</p>
    })
}

fn side_row(name: &'static str, guess: &Fill, largest: f32) -> impl IntoView + use<> {
    let share = guess.masked.map(|it| it.share);
    let length = plot::bar_percent(share.unwrap_or(0.0), largest);
    let catalogue = shell().site.catalogue();
    let first = guess.top.first().map(|it| catalogue.title(it.item).to_owned());
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number" translate="no">{guess.masked.map(|it| text::ordinal(it.rank))}</td>
            <td class="number" translate="no">
                {share.map(words::fine_percent)}
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=format!("{length:.1}%")></span>
                </span>
            </td>
            <td class="first-guess" translate="no">{first}</td>
        </tr>
    }
}
