//! Adding a film: type a title or a name, or say in your own words what you want to see.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::catalog::{ItemRow, TitleMatch};
use crate::session::Session;
use crate::views::options::{FilmOption, MeaningOption};
use crate::views::text;

/// So many titles are offered.
const N_OFFERED: usize = 8;

/// What the reader typed, and what it could mean.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    text: RwSignal<String>,
    is_open: RwSignal<bool>,
    /// Position of the marked option: the films, then the search by meaning.
    marked: RwSignal<usize>,
    films: Memo<Vec<TitleMatch>>,
}

impl Typed {
    /// Whether the option at `position` is marked.
    pub(super) fn is_marked(self, position: usize) -> bool {
        self.marked.get() == position
    }

    pub(super) fn mark(self, position: usize) {
        self.marked.set(position);
    }

    /// Picks the film at hand and is ready for the next.
    pub(super) fn choose_film(self, session: Session, item: ItemRow) {
        session.choose_film(item);
        self.text.set(String::new());
        self.is_open.set(false);
    }

    pub(super) fn search_by_meaning(self, session: Session) {
        session.search_text(&self.text.get_untracked());
        self.is_open.set(false);
    }

    /// The words as they stand.
    pub(super) fn words(self) -> String {
        self.text.with(|text| text.trim().to_owned())
    }

    fn choose_marked(self, session: Session) {
        let marked = self.marked.get_untracked();
        let film = self.films.with_untracked(|films| films.get(marked).map(|it| it.item));
        match film {
            Some(item) => self.choose_film(session, item),
            None => self.search_by_meaning(session),
        }
    }

    fn step(self, step: isize) {
        let n_options = self.films.with_untracked(Vec::len) + 1;
        let marked = self.marked.get_untracked() as isize + step;
        self.marked.set(marked.rem_euclid(n_options as isize) as usize);
        self.is_open.set(true);
    }

    fn answer_key(self, session: Session, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" => self.step(if self.is_open.get_untracked() { 1 } else { 0 }),
            "ArrowUp" => self.step(-1),
            "Enter" if !self.text.with_untracked(|it| it.trim().is_empty()) => {
                self.choose_marked(session);
            }
            "Escape" if self.is_open.get_untracked() && !untrack(|| self.words()).is_empty() => {
                self.is_open.set(false);
            }
            "Escape" => {
                self.text.set(String::new());
                session.stop_replacing();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

#[component]
pub(super) fn Combobox() -> impl IntoView {
    let session = super::session();
    let text = RwSignal::new(String::new());
    let catalogue = session.catalogue();
    let films = Memo::new(move |_| {
        session.has_details(); // the cast can be found from then on
        text.with(|text| match text.trim() {
            "" => Vec::new(),
            words => catalogue.search_titles(words, N_OFFERED),
        })
    });
    let typed = Typed { text, is_open: RwSignal::new(false), marked: RwSignal::new(0), films };
    let is_shown = Memo::new(move |_| typed.is_open.get() && !typed.words().is_empty());
    let input = NodeRef::<leptos::html::Input>::new();
    // Who asks for another film in a pick's place wants to type it.
    Effect::new(move || {
        if session.replacing().get().is_some()
            && let Some(input) = input.get_untracked()
        {
            let _ = input.focus(); // a browser that cannot focus it leaves the focus where it is
        }
    });
    let label = move || match session.replacing().get() {
        Some(item) => text::in_place_of(&text::film(&session.catalogue(), item)),
        None => text::SEARCH_LABEL.to_owned(),
    };
    let n_matches = move || is_shown.get().then(|| text::n_matches(films.with(Vec::len)));
    view! {
        <div class="combobox">
            <Replacing />
            <input
                type="text"
                node_ref=input
                role="combobox"
                aria-label=label
                aria-autocomplete="list"
                aria-controls="options"
                aria-expanded=move || if is_shown.get() { "true" } else { "false" }
                aria-activedescendant=move || {
                    is_shown.get().then(|| format!("option-{}", typed.marked.get()))
                }
                placeholder=text::SEARCH_HINT
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="go"
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    typed.marked.set(0);
                    typed.is_open.set(true);
                }
                on:focus=move |_| typed.is_open.set(true)
                on:blur=move |_| typed.is_open.set(false)
                on:keydown=move |event| typed.answer_key(session, &event)
            />
            <div
                class="options"
                id="options"
                role="listbox"
                aria-label=text::SEARCH_LABEL
                hidden=move || !is_shown.get()
                // A press on an option must not take the focus from the field.
                on:mousedown=move |event| event.prevent_default()
            >
                <Show when=move || is_shown.get()>
                    <Options typed />
                </Show>
            </div>
            <span class="visually-hidden" role="status">{n_matches}</span>
        </div>
    }
}

/// Which pick the film that is chosen next takes the place of.
#[component]
fn Replacing() -> impl IntoView {
    let session = super::session();
    move || {
        let film = text::film(&session.catalogue(), session.replacing().get()?);
        Some(view! {
            <p class="replacing">
                <span>{text::in_place_of(&film)}</span>
                <button class="button is-bare" on:click=move |_| session.stop_replacing()>
                    {text::STOP_REPLACING}
                </button>
            </p>
        })
    }
}

#[component]
fn Options(typed: Typed) -> impl IntoView {
    let has_films = move || typed.films.with(|films| !films.is_empty());
    let n_films = Signal::derive(move || typed.films.with(Vec::len));
    view! {
        <Show
            when=has_films
            fallback=|| view! { <p class="option-none quiet" role="presentation">{text::NO_TITLE}</p> }
        >
            <div role="group" aria-label=text::FILMS>
                {move || typed.films.get().into_iter().enumerate().map(|(position, film)| {
                    view! { <FilmOption typed position film /> }
                }).collect_view()}
            </div>
        </Show>
        <div role="group" aria-label=text::IN_YOUR_WORDS>
            <MeaningOption typed position=n_films />
        </div>
    }
}
