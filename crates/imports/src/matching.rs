//! Which film of the catalogue a file means: by ids, else by the year and any of its titles, else by the
//! year before or after. Never across two years, and never guessed between two films.

use std::collections::{BTreeMap, BTreeSet};

use glassrec_core::catalog::{Catalogue, Form, ItemRow};

use crate::entry::{Entry, Named, Place};
use crate::films::{self, Interaction, Site, Told};
use crate::import::Import;
use crate::kept::KeptFilm;
use crate::merge::Conflict;
use crate::question::{About, Answers, Choice, Question};
use crate::titles;

/// What came of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Film(ItemRow),
    /// One of these, the best known first; or one that is not surely meant.
    Unsure(Vec<ItemRow>),
    Nothing(Why),
}

/// Why a film was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The catalogue has few films of that year or later.
    Newer,
    /// There are films of that name, of other years.
    OtherYear,
    /// No film is called so: the title may be another country's.
    UnknownTitle,
    NotHere,
    /// Series, episodes, games.
    Series,
    /// The reader said that it is none of those that were offered.
    LeftOut,
}

/// A name without its film, and each row that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    pub named: Named,
    pub why: Why,
    pub places: Vec<Place>,
}

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matched {
    /// Each film once, in the order of the files.
    pub films: Vec<Interaction>,
    /// Two sites of the import have other stars for a film.
    pub conflicts: Vec<Conflict>,
    /// Which film is meant.
    pub questions: Vec<Question>,
    pub unmatched: Vec<Unmatched>,
    /// Set aside, to be counted and listed.
    pub series: Vec<Unmatched>,
}

/// What all films of a catalogue are called. Costs a pass over it, so it is made once.
pub struct Matcher<'a> {
    catalogue: &'a Catalogue,
    by_imdb: BTreeMap<u32, ItemRow>,
    by_tmdb: BTreeMap<u32, ItemRow>,
    by_key: BTreeMap<String, Vec<Called>>,
    /// The last year of which the catalogue has many films.
    last_full_year: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Called {
    /// Its own title comes before other titles.
    is_other_title: bool,
    item: ItemRow,
}

/// A year of fewer films is one that the catalogue does not cover.
const FEW_FILMS: usize = 60;
/// A title up to its colon, a number in a series: what a film goes by without being called so.
const PART_OF_TITLE: f32 = 0.85;

impl<'a> Matcher<'a> {
    /// `catalogue` with its details: without them there are no ids and no other titles.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let mut by_key: BTreeMap<String, Vec<Called>> = BTreeMap::new();
        let (mut by_imdb, mut by_tmdb, mut n_of_year) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for item in catalogue.rows() {
            by_imdb.extend(catalogue.imdb_id(item).map(|it| (it, item)));
            by_tmdb.extend(catalogue.tmdb_id(item).map(|it| (it, item)));
            *n_of_year.entry(catalogue.year(item).unwrap_or(0)).or_insert(0) += 1;
            let title = catalogue.title(item);
            let further = titles::without_episode(title);
            let bracketed = titles::titles_in(title).into_iter().skip(1).map(str::to_owned);
            let others =
                catalogue.other_titles(item).iter().cloned().chain(further).chain(bracketed);
            let own = [(false, title.to_owned())].into_iter();
            for (is_other_title, title) in own.chain(others.map(|it| (true, it))) {
                let key = titles::key(&title);
                let called = by_key.entry(key.clone()).or_default();
                if !key.is_empty() && called.iter().all(|it| it.item != item) {
                    called.push(Called { is_other_title, item });
                }
            }
        }
        let full = n_of_year.iter().filter(|it| *it.1 >= FEW_FILMS).map(|it| *it.0);
        let last_full_year = full.max().unwrap_or(u16::MAX);
        Self { catalogue, by_imdb, by_tmdb, by_key, last_full_year }
    }

    /// The film that a file means.
    pub fn find(&self, named: &Named) -> Found {
        let by_id: BTreeSet<ItemRow> = self.by_ids(named).collect();
        if by_id.len() == 1 {
            return by_id.first().map_or(Found::Nothing(Why::NotHere), |it| Found::Film(*it));
        }
        if by_id.len() > 1 {
            return Found::Unsure(self.best_known_first(by_id));
        }
        let called = self.called(named);
        let is_of = |year: u16| move |it: &&Called| self.catalogue.year(it.item) == Some(year);
        if named.is_series {
            // A few series are in the catalogue as films are.
            let is_serial = |it: &&Called| self.catalogue.form(it.item) == Form::Serial;
            let serials = called.iter().filter(is_serial);
            let serials = serials.filter(|it| named.year.is_some_and(|year| is_of(year)(it)));
            return match serials.copied().collect::<Vec<_>>()[..] {
                [only] => Found::Film(only.item),
                _ => Found::Nothing(Why::Series),
            };
        }
        let Some(year) = named.year else {
            return match self.choose(called, named) {
                Some(found) => found,
                None if titles::looks_like_episode(&named.title) => Found::Nothing(Why::Series),
                None => Found::Nothing(Why::UnknownTitle),
            };
        };
        let exact = called.iter().filter(is_of(year)).copied().collect();
        let near = |it: &&Called| is_of(year + 1)(it) || is_of(year.saturating_sub(1))(it);
        let near = called.iter().filter(near).copied().collect();
        let found = self.choose(exact, named).or_else(|| self.choose(near, named));
        found.or_else(|| self.doubtful(named, year)).unwrap_or_else(|| {
            Found::Nothing(match called.is_empty() {
                _ if year > self.last_full_year => Why::Newer,
                false => Why::OtherYear,
                true if titles::looks_like_episode(&named.title) => Why::Series,
                true => Why::NotHere,
            })
        })
    }

    fn by_ids(&self, named: &Named) -> impl Iterator<Item = ItemRow> {
        let movielens = named.movielens.and_then(|it| self.catalogue.row_of(it));
        let others = match movielens {
            // Of MovieLens' own numbers none is wrong; the others it links may be.
            Some(_) => [None, None],
            None => [
                named.imdb.and_then(|it| self.by_imdb.get(&it).copied()),
                named.tmdb.and_then(|it| self.by_tmdb.get(&it).copied()),
            ],
        };
        movielens.into_iter().chain(others.into_iter().flatten())
    }

    /// All films that go by one of the names, of whatever year.
    fn called(&self, named: &Named) -> Vec<Called> {
        let names = [named.title.as_str()].into_iter();
        let names = names.chain(named.other_titles.iter().map(String::as_str));
        let mut called: BTreeSet<Called> = BTreeSet::new();
        for name in names.flat_map(titles::titles_in) {
            let films = self.by_key.get(&titles::key(name)).into_iter().flatten();
            called.extend(films);
        }
        called.into_iter().collect()
    }

    /// The one of `films` that is meant: a film before a short one, one of that title before one of that
    /// other title. `None` where there is none at all.
    fn choose(&self, films: Vec<Called>, named: &Named) -> Option<Found> {
        let items = |films: &[Called]| films.iter().map(|it| it.item).collect::<BTreeSet<_>>();
        let own: Vec<Called> = films.iter().filter(|it| !it.is_other_title).copied().collect();
        let is_feature = |it: &Called| self.catalogue.form(it.item) == Form::Film;
        let features: Vec<Called> = films.iter().copied().filter(is_feature).collect();
        let own_features: Vec<Called> = own.iter().copied().filter(is_feature).collect();
        let narrowed = [films, features, own_features, own].map(|it| items(&it));
        let one = narrowed.iter().find(|it| it.len() == 1).and_then(|it| it.first().copied());
        let [all, ..] = narrowed;
        match one {
            _ if all.is_empty() => None,
            Some(item) if !self.disagrees(item, named) => Some(Found::Film(item)),
            _ => Some(Found::Unsure(self.best_known_first(all))),
        }
    }

    /// Whether a film has another id than the one that is written.
    fn disagrees(&self, item: ItemRow, named: &Named) -> bool {
        let differ = |one: Option<u32>, other: Option<u32>| {
            one.zip(other).is_some_and(|(one, other)| one != other)
        };
        differ(self.catalogue.imdb_id(item), named.imdb)
            || named.imdb.is_none() && differ(self.catalogue.tmdb_id(item), named.tmdb)
    }

    /// Films of that year that go by the name in part, or have it as theirs in part: asked, never taken.
    fn doubtful(&self, named: &Named, year: u16) -> Option<Found> {
        let shorter = named.title.split_once(": ").map(|it| it.0);
        let of_shorter = shorter.and_then(|it| self.by_key.get(&titles::key(it)));
        let of_shorter = of_shorter.into_iter().flatten().map(|it| it.item);
        let of_shorter = of_shorter.filter(|it| self.catalogue.year(*it) == Some(year));
        let in_part = [year, year.saturating_sub(1), year + 1].into_iter().flat_map(|year| {
            let films = self.catalogue.films_called(&named.title, Some(year));
            films.into_iter().filter(|it| it.certainty > PART_OF_TITLE).map(|it| it.item)
        });
        let films: BTreeSet<ItemRow> =
            of_shorter.chain(in_part).filter(|it| !self.disagrees(*it, named)).collect();
        (!films.is_empty()).then(|| Found::Unsure(self.best_known_first(films)))
    }

    fn best_known_first(&self, films: impl IntoIterator<Item = ItemRow>) -> Vec<ItemRow> {
        let mut films: Vec<ItemRow> = films.into_iter().collect();
        films.sort_by_key(|it| std::cmp::Reverse(self.catalogue.n_ratings(*it)));
        films
    }

    /// Finds the film of every entry and joins what is said of each. Which of several films is meant
    /// is asked once for all rows that have the name.
    pub fn match_all(&self, import: &Import, answers: &Answers) -> Matched {
        let mut matched = Matched::default();
        let mut names: BTreeMap<&Named, Option<ItemRow>> = BTreeMap::new();
        let mut missing: BTreeMap<&Named, usize> = BTreeMap::new();
        let mut by_site: BTreeMap<Site, Vec<(ItemRow, Vec<&Entry>)>> = BTreeMap::new();
        let mut place_of: BTreeMap<(Site, ItemRow), usize> = BTreeMap::new();
        let mut order: Vec<ItemRow> = Vec::new();
        let mut is_ordered: BTreeSet<ItemRow> = BTreeSet::new();
        for entry in &import.entries {
            let item = *names.entry(&entry.named).or_insert_with(|| {
                let (item, why) = self.settle(&entry.named, answers, &mut matched.questions);
                if let Some(why) = why {
                    let list = match why {
                        Why::Series => &mut matched.series,
                        _ => &mut matched.unmatched,
                    };
                    missing.insert(&entry.named, list.len());
                    list.push(Unmatched { named: entry.named.clone(), why, places: Vec::new() });
                }
                item
            });
            let Some(item) = item else {
                let lists = [&mut matched.series, &mut matched.unmatched];
                if let Some(at) = missing.get(&entry.named) {
                    let own = lists.into_iter().filter_map(|it| it.get_mut(*at));
                    let own = own.filter(|it| it.named == entry.named);
                    own.for_each(|it| it.places.push(entry.place));
                }
                continue;
            };
            let Some(file) = import.files.get(entry.place.file) else { continue };
            let site = Site::of(file.format);
            let films = by_site.entry(site).or_default();
            let at = *place_of.entry((site, item)).or_insert_with(|| {
                films.push((item, Vec::new()));
                films.len() - 1
            });
            films[at].1.push(entry);
            if is_ordered.insert(item) {
                order.push(item);
            }
        }
        let mut told_of: BTreeMap<ItemRow, Told> = BTreeMap::new();
        for (item, told) in import.kept.iter().filter_map(|it| Some((self.kept(it)?, &it.told))) {
            if is_ordered.insert(item) {
                order.push(item);
            }
            join(&mut told_of, item, told.clone(), &mut matched.conflicts);
        }
        for (site, films) in by_site {
            let year = |it| self.catalogue.year(it);
            let mut films: Vec<(ItemRow, Told)> = films
                .into_iter()
                .map(|(item, it)| (item, Told::of(&it, site, year(item))))
                .collect();
            films::mark_bulk_days(&mut films, site);
            for (item, told) in films {
                join(&mut told_of, item, told, &mut matched.conflicts);
            }
        }
        let films = order.into_iter().filter_map(|item| Some((item, told_of.remove(&item)?)));
        matched.films = films.map(|(item, told)| Interaction { item, told }).collect();
        matched
    }

    /// The film of a name: the reader's word for it, which may be any film, else what is found. Without
    /// one why there is none, and neither while a question waits.
    fn settle(
        &self,
        named: &Named,
        answers: &Answers,
        questions: &mut Vec<Question>,
    ) -> (Option<ItemRow>, Option<Why>) {
        let about = About::Film { title: named.title.clone(), year: named.year, imdb: named.imdb };
        let answer = match answers.get(&about) {
            Some(Choice::Film(item)) if self.catalogue.contains(*item) => Some(Ok(*item)),
            Some(Choice::LeaveOut) => Some(Err(Why::LeftOut)),
            _ => None,
        };
        let found = self.find(named);
        if let Found::Unsure(items) = &found {
            let films = items.iter().copied().map(Choice::Film);
            let choices: Vec<Choice> = films.chain([Choice::LeaveOut]).collect();
            let question = Question::new(about, choices);
            if questions.iter().all(|it| it.about != question.about) {
                questions.push(question);
            }
        }
        match (answer, found) {
            (Some(answer), _) => (answer.ok(), answer.err()),
            (None, Found::Film(item)) => (Some(item), None),
            (None, Found::Nothing(why)) => (None, Some(why)),
            (None, Found::Unsure(_)) => (None, None),
        }
    }

    /// The film of our own file, which may be of another catalogue.
    fn kept(&self, film: &KeptFilm) -> Option<ItemRow> {
        match self.find(&film.named()) {
            Found::Film(item) => Some(item),
            _ => None,
        }
    }
}

fn join(
    told_of: &mut BTreeMap<ItemRow, Told>,
    item: ItemRow,
    told: Told,
    conflicts: &mut Vec<Conflict>,
) {
    match told_of.get_mut(&item) {
        Some(there) => conflicts.extend(there.join(item, &told).0),
        None => {
            told_of.insert(item, told);
        }
    }
}
