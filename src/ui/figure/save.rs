//! A figure to take along: its picture and its numbers.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words;
use crate::ui::export::{FORMS, Taken, take_away};
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

/// `table` gives what the figure shows now.
#[component]
pub(super) fn Save(
    name: &'static str,
    claim: Memo<String>,
    table: impl Fn() -> Option<Table> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shell = shell();
    let said = RwSignal::new(None::<&'static str>);
    let buttons = FORMS.map(|(form, title)| {
        let save = move |_| {
            let catalogue = shell.site.catalogue();
            let history = shell.reader.read_history().get_untracked();
            let of_history = Table::picks("history", &catalogue, history.as_slice());
            let address = shell.address.href();
            let titles = text::titles(&catalogue, history.as_slice());
            let taken = Taken {
                title: claim.get_untracked(),
                figure: Some(name),
                model: "",
                caption: vec![text::listed(&titles), address.clone()],
                address,
                tables: [Some(of_history), table()].into_iter().flatten().collect(),
            };
            spawn_local(async move {
                let is_saved = take_away(form, &taken).await.is_ok();
                said.set(Some(if is_saved { words::SAVED } else { words::NOT_SAVED }));
            });
        };
        view! { <button class="button is-bare" on:click=save>{title}</button> }
    });
    view! {
        <div class="save" role="group" aria-label=words::SAVE>
            <span class="label">{words::SAVE}</span>
            {buttons}
            <span role="status">{move || said.get()}</span>
        </div>
    }
}
