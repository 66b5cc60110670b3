//! Ranks of several models added up: the list of all between the lists of each, and one film followed through them.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::blend::Shown as Blend;
use crate::features::inspect::figure::InspectFigure;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, seen};
use crate::history::History;
use crate::state::chosen::Chosen;
use crate::ui::figure::{Draw, Steps};
use crate::ui::shell;
use crate::ui::table::Table;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::blend::Blend;
    const NAME: &'static str = "blend";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, _picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let seen = seen::<Blend>();
    // The film that is chosen on the page is the one that is followed.
    let at = Memo::new(move |_| {
        let focus = chosen.focus().get();
        let place = |it: &Seen<Blend>| it.of.films.iter().position(|it| Some(it.item) == focus);
        seen.with(|it| it.as_ref().and_then(place)).unwrap_or(0)
    });
    let n = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.films.len())));
    let follow = move |at: usize| {
        let film = seen.with_untracked(|it| it.as_ref()?.of.films.get(at).map(|it| it.item));
        chosen.focus_on(film);
    };
    let steps = Steps {
        n,
        at,
        go: Callback::new(move |(at,)| follow(at)),
        name: words::FOLLOW,
        of: Callback::new(move |(at,)| words::of_films(at, n.get())),
    };
    let act = Callback::new(move |(what,): (String,)| {
        if let Ok(at) = what.parse() {
            follow(at);
        }
    });
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        seen.with(|it| figure::draw(&it.as_ref()?.of, at.get(), &catalogue, width))
    });
    let lead = move || seen.with(|it| it.as_ref().map(|it| words::lead(&it.of)));
    view! {
        <div class="inside-alone">
            <InspectFigure name="blend" about=words::ABOUT draw steps act />
        </div>
        <p class="stated">{lead}</p>
    }
}
