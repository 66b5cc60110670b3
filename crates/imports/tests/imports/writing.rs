//! parse(write(x)) = x.

use glassrec_core::catalog::ItemRow;
use glassrec_imports::{
    Date, Found, Interaction, Named, Rating, Scale, Site, Told, Unmatched, What, Why, kept_films,
    merge, write,
};
use proptest::prelude::*;

use crate::stage::{CATALOGUE, MATCHER, import_as, line};

fn date() -> impl Strategy<Value = Date> {
    (2021_u16..2026, 1_u8..=12, 1_u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn site() -> impl Strategy<Value = Site> {
    prop_oneof![Just(Site::Letterboxd), Just(Site::Imdb), Just(Site::Netflix), Just(Site::Own)]
}

prop_compose! {
    fn told()(
        half_stars in prop::option::of(1_u8..=10),
        mut viewings in prop::collection::vec(date(), 0..4),
        has_earlier in any::<bool>(),
        is_liked in prop::option::of(any::<bool>()),
        rated_on in prop::option::of(date()),
        logged_on in prop::option::of(date()),
        site in site(),
        is_of_bulk_day in any::<bool>(),
    ) -> Told {
        viewings.sort_unstable();
        viewings.dedup();
        let n_days = viewings.len() as u32;
        let rating = half_stars.and_then(|it| Rating::new(f32::from(it) / 2.0, Scale::Five));
        Told {
            rating,
            rated_by: rating.map(|_| site),
            rated_on: rated_on.filter(|_| rating.is_some()),
            n_rewatches: if has_earlier && n_days > 0 { n_days } else { n_days.saturating_sub(1) },
            viewings,
            logged_on,
            is_seen: true,
            is_wanted: false,
            is_liked,
            is_of_bulk_day,
            sites: vec![site],
        }
    }
}

fn films() -> impl Strategy<Value = Vec<Interaction>> {
    let rows = CATALOGUE.n_items() as u32;
    prop::collection::btree_map(0..rows, told(), 0..12).prop_map(|films| {
        films.into_iter().map(|(row, told)| Interaction { item: ItemRow(row), told }).collect()
    })
}

/// What Letterboxd's form can hold.
fn in_csv(film: &Interaction) -> String {
    let mut film = film.clone();
    film.told.is_liked = None;
    film.told.is_of_bulk_day = false;
    line(&film)
}

proptest! {
    #![proptest_config(crate::fuzz::config())]

    #[test]
    fn our_own_file_comes_back_as_it_was(films in films()) {
        let json = write::glassrec_json(&films, &[], &CATALOGUE);
        prop_assert_eq!(import_as("glassrec.json", json).matched.films, films);
    }

    #[test]
    fn what_a_device_keeps_comes_back_with_films_of_other_catalogues(films in films()) {
        let away = write::kept_json(&films[..films.len() / 2], &[], &CATALOGUE);
        let away = kept_films(&away.replace("\"movieId\":", "\"movieId\":9")).unwrap();
        let (_, away): (Vec<_>, Vec<_>) = away.into_iter().partition(|it| it.row_in(&CATALOGUE).is_some());
        let json = write::kept_json(&films, &away, &CATALOGUE);
        let (here, there): (Vec<_>, Vec<_>) =
            kept_films(&json).unwrap().into_iter().partition(|it| it.row_in(&CATALOGUE).is_some());
        prop_assert_eq!(there, away);
        let here: Vec<Interaction> = here.into_iter().map(|it| {
            let item = it.row_in(&CATALOGUE).unwrap();
            Interaction { item, told: it.told }
        }).collect();
        prop_assert_eq!(here, films);
    }

    #[test]
    fn letterboxds_form_comes_back_with_all_it_can_hold(films in films()) {
        let has_id = |it: &Interaction| CATALOGUE.imdb_id(it.item).is_some();
        let films: Vec<Interaction> = films.into_iter().filter(has_id).collect();
        let csv = write::letterboxd_csv(&films, &CATALOGUE);
        let got: Vec<String> = import_as("x.csv", csv).matched.films.iter().map(in_csv).collect();
        prop_assert_eq!(got, films.iter().map(in_csv).collect::<Vec<_>>());
    }

    #[test]
    fn any_title_comes_back(titles in prop::collection::vec("[ -~äöéß’…千\r\n]{1,24}", 1..6)) {
        let titles: Vec<String> = titles.iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        let unmatched: Vec<Unmatched> = titles.iter().map(|title| Unmatched {
            named: Named { title: title.clone(), year: Some(1999), ..Named::default() },
            why: Why::NotHere,
            places: Vec::new(),
        }).collect();
        let done = import_as("x.csv", write::unmatched_csv(&unmatched));
        let got: Vec<String> = done.import.entries.into_iter().map(|it| it.named.title).collect();
        prop_assert_eq!(got, titles);
    }

    #[test]
    fn joining_again_changes_nothing(one in films(), other in films()) {
        let once = merge(&one, &other).films;
        prop_assert_eq!(&merge(&once, &other).films, &once);
        prop_assert_eq!(&merge(&once, &once).films, &once);
    }
}

#[test]
fn our_file_of_another_catalogue_goes_by_name_and_a_newer_one_is_refused() {
    let Found::Film(heat) = MATCHER.find(&Named { movielens: Some(6), ..Named::default() }) else {
        panic!()
    };
    let film = Interaction { item: heat, told: Told { is_seen: true, ..Told::default() } };
    let json = write::glassrec_json(&[film], &[], &CATALOGUE);
    import_as("x.json", json.replace("\"movieId\": 6,", "\"movieId\": 0,"))
        .check(&["Heat (1995) seen"]);
    let version_2 = json.replace("\"version\": 1", "\"version\": 2");
    assert_eq!(kept_films(&version_2), Err(What::NewerVersion));
    assert_eq!(kept_films(&json[1..]), Err(What::Unreadable));
    let newer = import_as("x.json", json.replace("\"version\": 1", "\"version\": 2"));
    newer.check(&[]);
    assert_eq!(
        newer.notes(),
        ["x.json: written by a newer version of this site. Reload the page."]
    );
}
