//! Adding a film: type a title or a name, or say in your own words what you want to see.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::options::{FilmOption, MeaningButton};
use super::state::SearchState;
use super::words;
use crate::catalog::{ItemRow, TitleMatch};
use crate::state::encoder::Encoder;
use crate::state::shell::Shell;
use crate::ui::dom_id;
use crate::ui::keys::is_composing;
use crate::ui::shell;
use crate::ui::words as text;

/// So many titles are offered.
const N_OFFERED: usize = 8;

/// What the reader typed, and what it could mean.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    text: RwSignal<String>,
    is_open: RwSignal<bool>,
    /// The position the reader went to, by key or pointer.
    marked: RwSignal<Option<usize>>,
    films: Memo<Vec<TitleMatch>>,
    /// Enter was pressed where no film clearly is called that.
    is_unclear: RwSignal<bool>,
    input: NodeRef<Input>,
}

impl Typed {
    pub(super) fn new(shell: Shell) -> Self {
        let text = RwSignal::new(String::new());
        let catalogue = shell.site.catalogue();
        let films = Memo::new(move |_| {
            shell.site.has_details(); // the cast can be found from then on
            text.with(|text| match text.trim() {
                "" => Vec::new(),
                words => catalogue.search_titles(words, N_OFFERED),
            })
        });
        Self {
            text,
            is_open: RwSignal::new(false),
            marked: RwSignal::new(None),
            films,
            is_unclear: RwSignal::new(false),
            input: NodeRef::new(),
        }
    }

    /// The position that Enter takes: where the reader went, else the first film if it is clearly
    /// the one that is called that.
    fn marked(self) -> Option<usize> {
        let is_clear = |films: &Vec<TitleMatch>| films.first().is_some_and(TitleMatch::is_clear);
        self.marked.get().or_else(|| self.films.with(is_clear).then_some(0))
    }

    /// Whether the film at `position` is marked.
    pub(super) fn is_marked(self, position: usize) -> bool {
        self.marked() == Some(position)
    }

    pub(super) fn mark(self, position: usize) {
        self.marked.set(Some(position));
    }

    /// Takes what the reader typed, and offers what it could mean.
    pub(super) fn type_in(self, text: String) {
        self.write(text);
        self.is_open.set(true);
    }

    fn write(self, text: String) {
        self.text.set(text);
        self.marked.set(None);
        self.is_unclear.set(false);
    }

    /// Picks the film at hand and is ready for the next.
    pub(super) fn choose_film(self, shell: Shell, item: ItemRow) {
        shell.reader.choose_film(item);
        self.write(String::new());
        self.is_open.set(false);
    }

    /// Fetches the encoder where it is not here yet: for a press on a button that says so.
    pub(super) fn search_by_meaning(self, shell: Shell) {
        shell.get::<SearchState>().search_text(&self.text.get_untracked());
        self.close();
    }

    /// Puts the offers away; the focus stays in the field.
    pub(super) fn close(self) {
        if let Some(input) = self.input.get_untracked() {
            let _ = input.focus(); // it is on the page as long as its offers are
        }
        self.is_open.set(false);
    }

    /// The words as they stand.
    pub(super) fn words(self) -> String {
        self.text.with(|text| text.trim().to_owned())
    }

    /// What stands in the way of adding a film by Enter, once it was tried or where there is none.
    fn trouble(self, shell: Shell) -> Option<&'static str> {
        let has_films = self.films.with(|films| !films.is_empty());
        if has_films {
            return self.is_unclear.get().then_some(words::UNCLEAR);
        }
        Some(if self.can_be_read(shell) { words::NO_TITLE } else { words::UNREADABLE })
    }

    /// Without the details few words are known yet: then nothing is judged.
    pub(super) fn can_be_read(self, shell: Shell) -> bool {
        !shell.site.has_details() || shell.site.catalogue().can_read(&self.words())
    }

    /// Adds the film that is clearly meant. Starts no download: a search by meaning only where its
    /// encoder is here.
    fn answer_enter(self, shell: Shell) {
        let marked = untrack(|| self.marked());
        let film =
            marked.and_then(|at| self.films.with_untracked(|films| Some(films.get(at)?.item)));
        match film {
            Some(item) => self.choose_film(shell, item),
            None if untrack(|| {
                self.can_search(shell) && shell.get::<Encoder>().missing_bytes() == Some(0)
            }) =>
            {
                self.search_by_meaning(shell);
            }
            None => {
                self.is_unclear.set(true);
                self.is_open.set(true);
            }
        }
    }

    /// Whether these words can be searched by meaning.
    pub(super) fn can_search(self, shell: Shell) -> bool {
        shell.get::<Encoder>().missing_bytes().is_some() && self.can_be_read(shell)
    }

    fn step(self, step: isize) {
        let n_films = self.films.with_untracked(Vec::len) as isize;
        let marked = untrack(|| self.marked()).map(|it| it as isize);
        let next = match marked {
            Some(marked) if self.is_open.get_untracked() => marked + step,
            Some(marked) => marked,
            None => step.min(0),
        };
        self.marked.set((n_films > 0).then(|| next.rem_euclid(n_films.max(1)) as usize));
        self.is_open.set(true);
    }

    fn answer_key(self, shell: Shell, event: &KeyboardEvent) {
        if is_composing(event) {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Enter" if !untrack(|| self.words()).is_empty() => self.answer_enter(shell),
            "Escape" if self.is_open.get_untracked() && !untrack(|| self.words()).is_empty() => {
                self.is_open.set(false);
            }
            "Escape" => {
                self.write(String::new());
                shell.reader.stop_replacing();
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// The focus went on: to the button below the films, or away.
    fn answer_focus_out(self, event: &FocusEvent) {
        let to = event.related_target().and_then(|it| it.dyn_into::<Element>().ok());
        if to.is_none_or(|it| it.closest(".combobox").ok().flatten().is_none()) {
            self.is_open.set(false);
        }
    }
}

#[component]
pub(crate) fn Combobox() -> impl IntoView {
    view! { <Field typed=Typed::new(shell()) /> }
}

#[component]
pub(super) fn Field(typed: Typed) -> impl IntoView {
    let shell = shell();
    let Typed { text, films, input, .. } = typed;
    let is_shown = Memo::new(move |_| typed.is_open.get() && !typed.words().is_empty());
    let has_films = move || films.with(|it| !it.is_empty());
    // Who asks for another film in a pick's place wants to type it.
    Effect::new(move || {
        if shell.reader.replacing().get().is_some()
            && let Some(input) = input.get_untracked()
        {
            let _ = input.focus(); // a browser that cannot focus it leaves the focus where it is
        }
    });
    let label = move || match shell.reader.replacing().get() {
        Some(item) => words::in_place_of(&text::film(&shell.site.catalogue(), item)),
        None => words::SEARCH_LABEL.to_owned(),
    };
    let trouble = move || typed.trouble(shell);
    let said = move || {
        let n_films = films.with(Vec::len);
        is_shown.get().then(|| trouble().map_or_else(|| text::n_matches(n_films), str::to_owned))
    };
    view! {
        <div class="combobox" on:focusout=move |event| typed.answer_focus_out(&event)>
            <Replacing />
            <input
                type="text"
                node_ref=input
                role="combobox"
                aria-label=label
                aria-autocomplete="list"
                aria-controls=dom_id("options")
                aria-expanded=move || if is_shown.get() && has_films() { "true" } else { "false" }
                aria-activedescendant=move || {
                    let marked = is_shown.get().then(|| typed.marked()).flatten();
                    marked.map(|it| shell.dom_id_of(format!("option-{it}")))
                }
                placeholder=words::SEARCH_HINT
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="go"
                prop:value=move || text.get()
                on:input=move |event| typed.type_in(event_target_value(&event))
                on:focus=move |_| typed.is_open.set(true)
                on:keydown=move |event| typed.answer_key(shell, &event)
            />
            <div
                class="options"
                hidden=move || !is_shown.get()
                // A press in here must not take the focus from the field.
                on:mousedown=move |event| event.prevent_default()
            >
                <Show when=move || is_shown.get()>
                    {move || trouble().map(|it| view! { <p class="option-none quiet">{it}</p> })}
                    <Show when=has_films>
                        <div id=dom_id("options") role="listbox" aria-label=words::SEARCH_LABEL>
                            <Films typed />
                        </div>
                    </Show>
                    <MeaningButton typed />
                </Show>
            </div>
            <span class="visually-hidden" role="status">{said}</span>
        </div>
    }
}

/// Which pick the film that is chosen next takes the place of.
#[component]
fn Replacing() -> impl IntoView {
    let shell = shell();
    move || {
        let film = text::film(&shell.site.catalogue(), shell.reader.replacing().get()?);
        Some(view! {
            <p class="replacing">
                <span>{words::in_place_of(&film)}</span>
                <button class="button is-bare" on:click=move |_| shell.reader.stop_replacing()>
                    {words::STOP_REPLACING}
                </button>
            </p>
        })
    }
}

#[component]
fn Films(typed: Typed) -> impl IntoView {
    move || {
        let films = typed.films.get().into_iter().enumerate();
        films.map(|(position, film)| view! { <FilmOption typed position film /> }).collect_view()
    }
}
