//! What the reader has to be told, each with a next step.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::engine::protocol::EngineError;
use crate::state::chosen::Chosen;
use crate::state::notices::Notice;
use crate::ui::shell;
use crate::ui::words as text;

/// Those of `is_here`: a notice stands beside what it is about.
#[component]
pub(crate) fn Notices(is_here: fn(&Notice) -> bool) -> impl IntoView {
    let notices = shell().notices.all();
    view! {
        <div class="notices">
            <For
                each=move || notices.get().into_iter().filter(is_here)
                key=|notice| text::notice(notice)
                children=|notice| view! { <NoticeLine notice /> }
            />
        </div>
    }
}

#[component]
fn NoticeLine(notice: Notice) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let words = text::notice(&notice);
    let is_broken = notice.is_broken();
    let steps = match &notice {
        // Another engine in the same browser would not start either.
        Notice::EngineStopped(EngineError::NoSimd) => ().into_any(),
        // Nor would it find another file: that takes the page's own.
        Notice::EngineStopped(EngineError::Damaged { .. }) => view! {
            <button class="button is-main" on:click=move |_| shell.address.reload()>
                {text::RELOAD}
            </button>
        }
        .into_any(),
        Notice::EngineStopped(_) => view! {
            <button class="button is-main" on:click=move |_| shell.engine.restart()>
                {text::RESTART}
            </button>
        }
        .into_any(),
        Notice::Unavailable(family, _) => {
            let family = family.clone();
            view! {
                <button class="button" on:click=move |_| chosen.choose_family(family.clone())>
                    {text::TRY_AGAIN}
                </button>
            }
            .into_any()
        }
        Notice::NoDetails(_) => view! {
            <button class="button" on:click=move |_| shell.site.load_details()>{text::TRY_AGAIN}</button>
        }
        .into_any(),
        Notice::LinkedHistory { .. } => view! {
            <button
                class="button is-main"
                on:click=move |_| {
                    shell.get::<Chosen>().focus_on(None);
                    shell.reader.return_to_own_history();
                }
            >
                {text::BACK_TO_OWN}
            </button>
            <button class="button" on:click=move |_| shell.reader.keep_linked_history()>
                {text::KEEP_LINKED}
            </button>
        }
        .into_any(),
        Notice::KeptAside { text } => {
            let kept = utf8_percent_encode(text, NON_ALPHANUMERIC);
            view! {
                <a
                    class="button"
                    download="glassrec-kept.txt"
                    href=format!("data:text/plain;charset=utf-8,{kept}")
                >
                    {text::DOWNLOAD}
                </a>
                <button class="button" on:click=move |_| shell.reader.forget_aside()>
                    {text::FORGET_ASIDE}
                </button>
            }
            .into_any()
        }
        _ => {
            let notice = notice.clone();
            view! {
                <button class="button" on:click=move |_| shell.notices.dismiss(&notice)>
                    {text::DISMISS}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div class="notice" class:is-broken=is_broken role="alert">
            <p>{words}</p>
            {steps}
        </div>
    }
}
