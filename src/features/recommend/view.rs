//! The choice of a family, its list, and beside it why.

use leptos::prelude::*;

use super::list::List;
use super::state::RecommendState;
use super::why::{Why, WhyAlone};
use super::{address, tables, words};
use crate::shell::feature::{Body, Here};
use crate::state::chosen::Chosen;
use crate::state::preview::Previewing;
use crate::ui::families::Families;
use crate::ui::shell;

pub const HERE: Here = Here {
    figure: Some(|| view! { <WhyAlone /> }.into_any()),
    part: Some(address::part),
    tables: tables::tables,
    ..Here::of(
        |body| view! { <Recommend body /> }.into_any(),
        |shell| shell.get::<Chosen>().card().map_or(words::TAB.to_owned(), words::list_title),
    )
};

/// The state of the page that this is on.
pub(super) fn state() -> RecommendState {
    shell().get()
}

#[component]
fn Recommend(body: Body) -> impl IntoView {
    let state = state();
    let lists = Signal::derive(move || vec![state.previewed_changes()]);
    shell().get::<Previewing>().count(lists);
    view! {
        <Families />
        <div class="recommend columns" data-view="" tabindex="-1" node_ref=body>
            <List />
            <Why />
        </div>
    }
}
