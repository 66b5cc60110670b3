//! A figure by itself, as a frame on somebody else's page shows it. It leaves nothing behind: its address and its
//! history are in memory.

use leptos::prelude::*;

use super::{page, words};
use crate::shell::feature::Feature;
use crate::ui::notices::Notices;
use crate::ui::shell;

/// Needs a [`Shell`] in its context, which it starts.
#[component]
pub fn FigurePage() -> impl IntoView {
    let shell = shell();
    let features = page::shown(shell);
    shell.start(features.iter().map(Feature::place).collect());
    let features = StoredValue::new(features);
    let open = Memo::new(move |_| shell.address.open_feature().get());
    let mounted = move || {
        let id = open.get();
        let here = features.with_value(|all| all.iter().find(|it| it.door.id == id)?.here)?;
        Some((here.figure?)())
    };
    view! {
        <main class="framed" data-part=open>
            <Notices is_here=|_| true />
            {mounted}
            <p class="frame-foot">
                <a href=move || shell.address.link_here(shell) target="_blank">{words::OPEN_WHOLE}</a>
            </p>
        </main>
    }
}
