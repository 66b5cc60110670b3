//! Where the page's state lives beside its memory: the address, and this device.

use leptos::prelude::*;

use crate::address::{Address, AddressWarning};
use crate::families::FamilyName;
use crate::history::History;
use crate::profile;
use crate::session::{Column, Notice, Session, Tab, first_family};

/// Under this name the device keeps the history, written as an address.
const KEPT_HISTORY: &str = "history";

impl Session {
    /// Takes up the state of the address, or else the history kept on this device, and from
    /// now on keeps both up to date.
    pub fn load_place(self) {
        let own = self.kept_history();
        self.load_address();
        let linked = self.history.get_untracked();
        if linked.is_empty() {
            self.take(own);
        } else if !own.is_empty() && own != linked {
            self.tell(Notice::LinkedHistory { n_films: linked.len(), n_own: own.len() });
            self.set_aside.set(Some(own));
        }
        Effect::new(move |written: Option<Address>| {
            let address = self.address();
            // A page that opens empty keeps its plain address.
            if written.map_or(!address.history.is_empty(), |it| it != address) {
                write_fragment(&address.to_fragment(&self.catalogue()));
            }
            address
        });
        Effect::new(move || {
            let history = self.history.get();
            if self.set_aside.with(Option::is_none) {
                self.keep_history(&history);
            }
        });
        let listener = window_event_listener(leptos::ev::hashchange, move |_| self.load_address());
        on_cleanup(move || listener.remove());
    }

    /// Goes back to the reader's own history, which a link had set aside.
    pub fn return_to_own_history(self) {
        if let Some(own) = self.set_aside.try_update(Option::take).flatten() {
            self.focus.set(None);
            self.take(own);
        }
        self.dismiss(&Notice::LinkedHistory { n_films: 0, n_own: 0 });
    }

    /// Keeps the history that came by link in place of the reader's own.
    pub fn keep_linked_history(self) {
        self.set_aside.set(None);
        self.dismiss(&Notice::LinkedHistory { n_films: 0, n_own: 0 });
    }

    /// Whether `tab` is a part of the page that is open: the conversation has a page of its own.
    pub fn is_on_this_page(self, tab: Tab) -> bool {
        is_of_talk(tab) == is_of_talk(self.comparing.tab.get())
    }

    /// Where `tab` is, with the picks and the family that are here.
    pub fn link_to(self, tab: Tab) -> String {
        let page = if is_of_talk(tab) { "talk.html" } else { "./" };
        let chosen = || self.comparing.chosen.get().unwrap_or_else(|| self.first_compared());
        let compared = (tab == Tab::Compare).then(|| chosen().into_iter().collect());
        let address = Address {
            history: self.history.get(),
            off: self.off.get(),
            family: Some(self.family.get()),
            tab,
            compared,
            ..Address::default()
        };
        format!("{page}{}", address.to_fragment(&self.catalogue()))
    }

    fn address(self) -> Address {
        Address {
            history: self.history.get(),
            off: self.off.get(),
            family: Some(self.family.get()),
            focus: self.focus.get(),
            tab: self.comparing.tab.get(),
            compared: self.compared_in_link(),
            kept: self.comparing.kept.get(),
            step: self.looking.step.get(),
            probe: self.looking.probe.get(),
            is_testing: self.is_testing.get(),
            layout: self.layout().get(),
        }
        .settled()
    }

    fn load_address(self) {
        let arrival = Address::from_fragment(&fragment(), &self.catalogue());
        for warning in arrival.warnings {
            self.tell(Notice::Address(warning));
        }
        let Address { history, off, family, focus, tab, compared, kept, step, probe, .. } =
            arrival.address;
        self.test_explanations(arrival.address.is_testing);
        self.lay_out_by(arrival.address.layout);
        self.choose_family(self.shipped_family(family));
        if self.history.with_untracked(|it| *it != history) {
            self.take(history);
        }
        if self.off.with_untracked(|it| *it != off) {
            self.off.set(off);
        }
        self.focus.set(focus);
        self.looking.step.set(step);
        self.try_probe(probe);
        self.comparing.kept.set(kept);
        match compared {
            Some(compared) => self.load_compared(compared),
            None => self.open_tab(tab),
        }
    }

    /// The families side by side, where the page shows them so.
    fn compared_in_link(self) -> Option<Vec<FamilyName>> {
        let names = |it: Column| FamilyName(it.card.name.to_owned());
        let is_open = self.comparing.tab.get() == Tab::Compare;
        is_open.then(|| self.compared().into_iter().map(names).collect())
    }

    fn load_compared(self, compared: Vec<FamilyName>) {
        let manifest = self.manifest();
        let (shipped, unknown): (Vec<_>, Vec<_>) =
            compared.into_iter().partition(|it| manifest.family(&it.0).is_some());
        if !unknown.is_empty() {
            let names: Vec<String> = unknown.into_iter().map(|it| it.0).collect();
            let families = names.join(", ");
            self.tell(Notice::Address(AddressWarning::UnknownCompared { families }));
        }
        let shipped = shipped.into_iter().collect();
        if self.comparing.chosen.with_untracked(|it| it.as_ref() != Some(&shipped)) {
            self.comparing.chosen.set(Some(shipped));
        }
        self.open_tab(Tab::Compare);
    }

    /// `wanted` if the site ships it, else the first.
    fn shipped_family(self, wanted: Option<FamilyName>) -> FamilyName {
        let manifest = self.manifest();
        match wanted {
            Some(family) if manifest.family(&family.0).is_some() => family,
            Some(family) => {
                let family = family.0;
                self.tell(Notice::Address(AddressWarning::UnknownFamily { family }));
                first_family(&manifest, |_| true)
            }
            None => first_family(&manifest, |_| true),
        }
    }

    /// The history this device keeps; empty if there is none, or none that can be read.
    fn kept_history(self) -> History {
        match profile::kept_text(KEPT_HISTORY) {
            Ok(Some(kept)) => Address::from_fragment(&kept, &self.catalogue()).address.history,
            Ok(None) => History::default(),
            Err(fault) => {
                self.tell(Notice::NotKept(fault));
                History::default()
            }
        }
    }

    fn keep_history(self, history: &History) {
        let kept = Address { history: history.clone(), ..Address::default() };
        if let Err(fault) = profile::keep_text(KEPT_HISTORY, &kept.to_fragment(&self.catalogue())) {
            self.tell(Notice::NotKept(fault));
        }
    }
}

/// Whether `tab` is a part of the page of conversations.
fn is_of_talk(tab: Tab) -> bool {
    matches!(tab, Tab::Talk | Tab::Prompt | Tab::Teach)
}

fn fragment() -> String {
    // A page without an address, as in a sandboxed frame, starts afresh.
    window().location().hash().unwrap_or_default()
}

/// Replaces the fragment, without a step in the browser's history.
fn write_fragment(fragment: &str) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let written = window().history().and_then(|history| {
        let nothing = wasm_bindgen::JsValue::NULL;
        history.replace_state_with_url(&nothing, "", Some(&format!("{path}{fragment}")))
    });
    // Browsers refuse a flood of changes; the next one brings the address up to date.
    let _ = written;
}
