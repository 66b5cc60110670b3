//! A model that fills in what is masked: the reader masks a film, and sees what it puts there.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::bert4rec::{Mask, Shown as Bert4Rec};
use crate::features::inspect::figure::InspectFigure;
use crate::features::inspect::films::Films;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{inspecting, seen};
use crate::history::History;
use crate::ui::figure::{Change, Draw, Steps};
use crate::ui::shell;
use crate::ui::table::Table;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::bert4rec::Bert4Rec;
    const NAME: &'static str = "bert4rec";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let seen = seen::<Bert4Rec>();
    let n_films = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.picks.len())));
    let film_at = move |at: usize| seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied());
    // What is asked for runs ahead of what is shown, so that keys pressed fast all count.
    let asked = Memo::new(move |_| {
        let n_films = n_films.get();
        inspecting.probe::<Mask>().position.map_or(n_films, |position| position.min(n_films))
    });
    // After the last film nothing is masked.
    let mask = move |place: usize| {
        let position = Some(place).filter(|it| *it < n_films.get_untracked());
        inspecting.try_probe(&Mask { position });
    };
    let of = move |place: usize| {
        film_at(place).map_or_else(
            || words::NOTHING_MASKED.to_owned(),
            |film| words::masked(place + 1, n_films.get(), shell.site.catalogue().title(film)),
        )
    };
    let steps = Steps {
        n: Memo::new(move |_| n_films.get() + 1),
        at: asked,
        go: Callback::new(move |(place,)| mask(place)),
        name: words::MASK_WHICH,
        of: Callback::new(move |(place,)| of(place)),
    };
    let act = Callback::new(move |(what,): (String,)| {
        if let Ok(place) = what.parse() {
            mask(place);
        }
    });
    let change = Change {
        is_changed: Signal::derive(move || asked.get() < n_films.get()),
        undo: Callback::new(move |()| inspecting.try_probe(&Mask::default())),
    };
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        seen.with(|it| {
            let it = it.as_ref()?;
            figure::draw(&it.of, &it.picks, &catalogue, width)
        })
    });
    let films =
        move || seen.with(|it| it.as_ref().map(|it| it.of.whole.top.clone()).unwrap_or_default());
    let masked = Memo::new(move |_| film_at(seen.with(|it| it.as_ref()?.of.masked)?));
    let heading = move || {
        if masked.get().is_some() { words::WOULD_PUT_THERE } else { words::WOULD_PUT_NEXT }
    };
    view! {
        <div class="inside-figure">
            <InspectFigure name="masking" about=words::ABOUT draw act steps change />
            <div>
                <h3 class="label">{heading}</h3>
                <Films films=Signal::derive(films) is_noted=move |item| masked.get() == Some(item) />
            </div>
        </div>
        <p class="stated">{words::NOTE}</p>
    }
}
