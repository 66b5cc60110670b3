//! The lists as one figure: a film is followed through them.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::state::compared::Compared;
use crate::ui::figure::{Change, Draw, Figure, Source, Steps};
use crate::ui::shell;

/// Nothing for a single list.
#[component]
pub(super) fn SideBySide() -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let comparison = compared.comparison();
    let has_several = Memo::new(move |_| {
        let n_waiting = compared.chosen().iter().filter(|it| it.is_waiting()).count();
        comparison.with(|it| it.as_ref().map_or(0, |it| it.cards.len())) + n_waiting > 1
    });
    let is_stale = move || {
        comparison.with(|it| {
            it.as_ref().is_some_and(|it| shell.reader.read_history().with(|now| it.history != *now))
        })
    };
    view! {
        <div class="side-by-side" class:is-stale=is_stale>
            <Show when=move || has_several.get()><Lists /></Show>
        </div>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let shell = shell();
    let focus = shell.get::<Chosen>().focus();
    let compared = shell.get::<Compared>();
    let comparison = compared.comparison();
    let follow = move |item| shell.get::<Chosen>().focus_on(item);
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        let drawn =
            comparison.with(|it| figure::draw(it.as_ref()?, focus.get(), &catalogue, width));
        drawn.or_else(|| {
            let cards: Vec<_> = compared.chosen().into_iter().map(|it| it.card).collect();
            Some(figure::waiting(&cards, width))
        })
    });
    let act = Callback::new(move |(what,): (String,)| {
        let item = what.parse().ok().map(ItemRow);
        follow(item.filter(|_| focus.get_untracked() != item));
    });
    let films = Memo::new(move |_| {
        comparison
            .with(|it| it.as_ref().map(|it| figure::of_steps(it, focus.get())))
            .unwrap_or_default()
    });
    // Before the first film none is followed.
    let film = move |step: usize| films.with(|it| it.get(step.checked_sub(1)?).copied());
    let at = move || {
        let at = films.with(|it| it.iter().position(|it| Some(*it) == focus.get()));
        at.map_or(0, |it| it + 1)
    };
    let steps = Steps {
        n: Memo::new(move |_| films.with(|it| it.len() + 1)),
        at: Memo::new(move |_| at()),
        go: Callback::new(move |(step,)| follow(untrack(|| film(step)))),
        name: words::FOLLOW,
        of: Callback::new(move |(step,)| {
            let title = |item| shell.site.catalogue().title(item).to_owned();
            words::step(film(step).map(title))
        }),
    };
    let change = Change {
        is_changed: Signal::derive(move || focus.get().is_some()),
        undo: Callback::new(move |()| follow(None)),
    };
    let source = Signal::derive(move || Source {
        family: None,
        cost: None,
        more: comparison.with(|it| it.as_ref().map(words::rules)).unwrap_or_default(),
    });
    view! {
        <Figure
            name="compare"
            title=words::COMPARE
            about=words::ABOUT
            source
            draw
            act=Some(act)
            steps=Some(steps)
            change=Some(change)
        />
    }
}
