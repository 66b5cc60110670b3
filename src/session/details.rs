//! What may come after the first list: cast, tags and countries, half of the catalogue's bytes.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::{Notice, Session, opening};
use crate::state::until::until;

/// Long enough for the first list to be painted.
const AFTER_FIRST_LIST_MILLIS: u32 = 100;

/// How far the details have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Details {
    #[default]
    Missing,
    Coming,
    Here,
}

impl Session {
    /// Fetches the details once the first list is here, or at once where nobody waits for one.
    pub fn load_details_when_idle(self) {
        let is_due = Memo::new(move |was_due: Option<&bool>| {
            was_due == Some(&true)
                || self.shown.with(Option::is_some)
                || self.store.picks().with(|it| it.is_empty())
                || self.is_engine_stopped()
        });
        Effect::new(move || {
            if is_due.get() {
                spawn_local(async move {
                    TimeoutFuture::new(AFTER_FIRST_LIST_MILLIS).await;
                    self.load_details();
                });
            }
        });
    }

    /// Fetches the details unless they are here or on their way.
    pub fn load_details(self) {
        if self.details.get_untracked() != Details::Missing {
            return;
        }
        self.details.set(Details::Coming);
        self.notices.update(|it| it.retain(|notice| !matches!(notice, Notice::NoDetails(_))));
        spawn_local(async move {
            let site = self.site.get_value();
            match opening::add_details(&site, self.watch).await {
                Ok(()) => self.details.set(Details::Here),
                Err(error) => {
                    self.details.set(Details::Missing);
                    self.tell(Notice::NoDetails(error));
                }
            }
            self.have_details_settled.set(true);
        });
    }

    /// Fetches the details unless they are here; ends once they have come or failed, and tells whether they are here.
    pub async fn details_settled(self) -> bool {
        self.load_details();
        until(move || self.details.get() != Details::Coming).await;
        self.details.get_untracked() == Details::Here
    }

    /// Whether a film's cast and tags are known yet.
    pub fn has_details(self) -> bool {
        self.details.get() == Details::Here
    }
}
