//! What steers the list: facts of films, each with its effect at once.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::recs::for_you;
use super::state::steer::{Known, Length, N_PARTS, Steer};
use super::words;
use crate::catalog::Catalogue;
use crate::ui::dom_id;
use crate::ui::shell;

const LENGTHS: [Length; 5] =
    [Length::Any, Length::UpTo(90), Length::UpTo(120), Length::Over(120), Length::Over(150)];

/// The controls, folded at first, and what they do to the list.
#[component]
pub(super) fn Steering() -> impl IntoView {
    let for_you = for_you();
    let steer = for_you.steer();
    let is_steered = Memo::new(move |_| steer.with(|it| !it.is_empty()));
    let effect = move || {
        let catalogue = shell().site.catalogue();
        for_you.listed().with(|it| it.as_ref().map(|it| words::steered(it, &catalogue)))
    };
    view! {
        <details class="evidence steering">
            <summary>{words::STEER}</summary>
            <div class="wishes">
                <Years />
                <KnownBy />
                <LengthOf />
                <GenreOf />
                <FromCountry />
                <InLanguage />
                <FromWatchList />
            </div>
            <Without />
        </details>
        <Show when=move || is_steered.get()>
            <p class="note steered">
                <span role="status">{effect}</span>
                <button class="button is-bare" on:click=move |_| steer.set(Steer::default())>
                    {words::STEER_NO_MORE}
                </button>
            </p>
        </Show>
    }
}

/// From the oldest film to the newest; at its ends a slider leaves all in.
#[component]
fn Years() -> impl IntoView {
    let steer = for_you().steer();
    let catalogue = shell().site.catalogue();
    let years = catalogue.rows().filter_map(|it| catalogue.year(it));
    let (first, last) = years.fold((u16::MAX, 0), |(a, b), it| (a.min(it), b.max(it)));
    let from = Memo::new(move |_| steer.with(|it| it.from_year).unwrap_or(first));
    let to = Memo::new(move |_| steer.with(|it| it.to_year).unwrap_or(last));
    let said = move || words::years(from.get(), to.get());
    let slider = move |name, at: Memo<u16>, choose: fn(&mut Steer, Option<u16>), end| {
        view! {
            <input
                type="range"
                min=first
                max=last
                aria-label=name
                prop:value=move || at.get().to_string()
                on:input=move |event| {
                    // A range gives numbers; anything else is no year.
                    let year = event_target_value(&event).parse().ok().filter(|it| *it != end);
                    steer.update(|it| choose(it, year));
                }
            />
        }
    };
    view! {
        <div class="wish">
            <span class="wish-name">{words::YEARS} <output>{said}</output></span>
            {slider(words::FROM_YEAR, from, |it, year| {
                it.from_year = year;
                // The two do not cross.
                it.to_year = it.to_year.map(|to| to.max(year.unwrap_or(0)));
            }, first)}
            {slider(words::TO_YEAR, to, |it, year| {
                it.to_year = year;
                it.from_year = it.from_year.map(|from| from.min(year.unwrap_or(u16::MAX)));
            }, last)}
        </div>
    }
}

/// From the best known films alone to the least known alone; everything in the middle.
#[component]
fn KnownBy() -> impl IntoView {
    let steer = for_you().steer();
    let most = N_PARTS as i32 - 1;
    let at = Memo::new(move |_| match steer.with(|it| it.known) {
        Known::Any => 0,
        Known::Best(n) => n as i32 - N_PARTS as i32,
        Known::Least(n) => N_PARTS as i32 - n as i32,
    });
    let said = Memo::new(move |_| words::known(steer.with(|it| it.known)));
    let choose = move |event| {
        let Ok(at) = event_target_value(&event).parse::<i32>() else { return };
        let n = N_PARTS.saturating_sub(at.unsigned_abs() as usize);
        let known = match at {
            0 => Known::Any,
            ..0 => Known::Best(n),
            _ => Known::Least(n),
        };
        steer.update(|it| it.known = known);
    };
    view! {
        <div class="wish">
            <span class="wish-name">{words::KNOWN} <output>{said}</output></span>
            <input
                type="range"
                min=-most
                max=most
                aria-label=words::KNOWN
                aria-valuetext=said
                prop:value=move || at.get().to_string()
                on:input=choose
            />
            <span class="ends" aria-hidden="true">
                <span>{words::BEST_KNOWN}</span>
                <span>{words::NICHE}</span>
            </span>
        </div>
    }
}

/// A choice out of a list, the first of which leaves all in.
#[component]
fn OneOf<T: Clone + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    id: &'static str,
    #[prop(into)] options: Signal<Vec<(T, String)>>,
    at: Memo<T>,
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shown = move || {
        let options = options.get().into_iter().enumerate();
        options
            .map(|(place, (value, title))| {
                let is_on = move || at.with(|it| *it == value);
                view! { <option value=place prop:selected=is_on>{title}</option> }
            })
            .collect_view()
    };
    let take = move |event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        let value = place.and_then(|it| options.with(|all| all.get(it).map(|it| it.0.clone())));
        if let Some(value) = value {
            choose(value);
        }
    };
    view! {
        <label class="wish" for=dom_id(id)>
            <span class="wish-name">{name}</span>
            <select id=dom_id(id) on:change=take>{shown}</select>
        </label>
    }
}

#[component]
fn LengthOf() -> impl IntoView {
    let steer = for_you().steer();
    let options: Vec<_> = LENGTHS.iter().map(|it| (*it, words::length(*it))).collect();
    let at = Memo::new(move |_| steer.with(|it| it.length));
    let choose = move |it| steer.update(|all| all.length = it);
    view! { <OneOf name=words::LENGTH id="steer-length" options at choose /> }
}

#[component]
fn GenreOf() -> impl IntoView {
    let steer = for_you().steer();
    let catalogue = shell().site.catalogue();
    let genres = (0..).zip(catalogue.genre_names()).map(|(at, it)| (Some(at), it.clone()));
    let options: Vec<_> = [(None, words::ANY_GENRE.to_owned())].into_iter().chain(genres).collect();
    let at = Memo::new(move |_| steer.with(|it| it.genre));
    let choose = move |it| steer.update(|all| all.genre = it);
    view! { <OneOf name=words::GENRE id="steer-genre" options at choose /> }
}

#[component]
fn FromCountry() -> impl IntoView {
    let shell = shell();
    let steer = for_you().steer();
    let options = Memo::new(move |_| {
        shell.site.has_details();
        optional(words::ANY_COUNTRY, countries(&shell.site.catalogue()))
    });
    let at = Memo::new(move |_| steer.with(|it| it.country.clone()));
    let choose = move |it| steer.update(|all| all.country = it);
    view! { <OneOf name=words::COUNTRY id="steer-country" options at choose /> }
}

#[component]
fn InLanguage() -> impl IntoView {
    let shell = shell();
    let steer = for_you().steer();
    let options = Memo::new(move |_| {
        shell.site.has_details();
        optional(words::ANY_LANGUAGE, shell.site.catalogue().language_names().to_vec())
    });
    let at = Memo::new(move |_| steer.with(|it| it.language.clone()));
    let choose = move |it| steer.update(|all| all.language = it);
    view! { <OneOf name=words::LANGUAGE id="steer-language" options at choose /> }
}

#[component]
fn FromWatchList() -> impl IntoView {
    let for_you = for_you();
    let steer = for_you.steer();
    let n_wanted = Memo::new(move |_| for_you.wanted().with(|it| it.len()));
    view! {
        <Show when=move || n_wanted.get() != 0>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || steer.with(|it| it.only_wanted)
                    on:change=move |event| {
                        steer.update(|it| it.only_wanted = event_target_checked(&event));
                    }
                />
                {move || words::only_wanted(n_wanted.get())}
            </label>
        </Show>
    }
}

/// Genres that no film may have.
#[component]
fn Without() -> impl IntoView {
    let steer = for_you().steer();
    let catalogue = shell().site.catalogue();
    let chips = (0_u32..).zip(catalogue.genre_names().to_vec()).map(|(genre, name)| {
        let is_out = move || steer.with(|it| it.without.contains(&genre));
        let turn = move |_| {
            steer.update(|it| {
                if !it.without.remove(&genre) {
                    it.without.insert(genre);
                }
            });
        };
        view! {
            <button
                class="button without"
                aria-pressed=move || if is_out() { "true" } else { "false" }
                on:click=turn
            >
                {name}
            </button>
        }
    });
    view! {
        <div class="withouts" role="group" aria-label=words::WITHOUT>
            <span class="wish-name" aria-hidden="true">{words::WITHOUT}</span>
            {chips.collect_view()}
        </div>
    }
}

fn optional(any: &str, names: Vec<String>) -> Vec<(Option<String>, String)> {
    let each = names.into_iter().map(|it| (Some(it.clone()), it));
    [(None, any.to_owned())].into_iter().chain(each).collect()
}

/// Where films were made, the most frequent first.
fn countries(catalogue: &Catalogue) -> Vec<String> {
    let mut n_films: BTreeMap<&str, usize> = BTreeMap::new();
    for item in catalogue.rows() {
        for country in catalogue.countries(item) {
            *n_films.entry(country).or_default() += 1;
        }
    }
    let mut all: Vec<(&str, usize)> = n_films.into_iter().collect();
    // The sort is stable: of as many films by name.
    all.sort_by_key(|it| std::cmp::Reverse(it.1));
    all.into_iter().map(|it| it.0.to_owned()).collect()
}
