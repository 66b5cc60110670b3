//! Films to mark for those who have marked none yet.

use std::collections::{BTreeMap, BTreeSet};

use super::Mark;
use crate::catalog::{Catalogue, ItemRow};

/// Marks of a made-up reader, half of each kind.
const N_MADE_UP: usize = 240;
/// The genres the made-up reader likes: far from each other, so that they have no mean.
const MADE_UP_LIKES: [&str; 2] = ["Animation", "Film-Noir"];

/// The first `n` films to judge that are not among `known`: well known, and of varied kinds.
///
/// The best known film of each genre comes first, then the second of each, and so on; a film
/// belongs to the first of its genres.
pub fn to_judge(catalogue: &Catalogue, known: &BTreeSet<ItemRow>, n: usize) -> Vec<ItemRow> {
    let mut n_before: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    let mut places: Vec<(usize, ItemRow)> = best_known(catalogue)
        .into_iter()
        .map(|item| {
            let n_of_genre = n_before.entry(catalogue.genre_indices(item).first().copied());
            let place = n_of_genre.or_default();
            *place += 1;
            (*place, item)
        })
        .collect();
    // The sort is stable: of a round, the best known comes first.
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, item)| item).filter(|it| !known.contains(it)).take(n).collect()
}

/// The marks of a reader who does not exist: likes the best known cartoons and films noirs, and
/// not the best known other films.
pub fn made_up(catalogue: &Catalogue) -> Vec<Mark> {
    let is_liked =
        |item: ItemRow| catalogue.genres(item).iter().any(|it| MADE_UP_LIKES.contains(it));
    let (likes, dislikes): (Vec<ItemRow>, Vec<ItemRow>) =
        best_known(catalogue).into_iter().partition(|&it| is_liked(it));
    let half = |films: Vec<ItemRow>, is_liked| {
        films.into_iter().take(N_MADE_UP / 2).map(move |item| Mark { item, is_liked })
    };
    half(likes, true).chain(half(dislikes, false)).collect()
}

fn best_known(catalogue: &Catalogue) -> Vec<ItemRow> {
    let mut films: Vec<ItemRow> = catalogue.rows().collect();
    films.sort_by_key(|&it| std::cmp::Reverse(catalogue.n_ratings(it)));
    films
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six films; the first three are Drama, then Animation, Film-Noir and one of no genre.
    fn catalogue() -> Catalogue {
        Catalogue::from_json(
            br#"{"version":3,"n_items":6,"movie_id_steps":[1,1,1,1,1,1],"titles":"a\nb\nc\nd\ne\nf",
            "year":[0,0,0,0,0,0],"n_ratings":[90,99,10,50,60,70],
            "genre_names":["Drama","Animation","Film-Noir"],"genre_letters":"a a ab b ca "}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_best_known_of_each_genre_come_first() {
        let rows = |known: &[u32], n| -> Vec<u32> {
            let known = known.iter().copied().map(ItemRow).collect();
            to_judge(&catalogue(), &known, n).iter().map(|it| it.0).collect()
        };
        assert_eq!(rows(&[], 9), [1, 5, 4, 3, 0, 2]);
        assert_eq!(rows(&[1, 4], 2), [5, 3]);
    }

    #[test]
    fn the_made_up_reader_likes_two_genres_wherever_they_stand() {
        let likes: Vec<(u32, bool)> =
            made_up(&catalogue()).iter().map(|it| (it.item.0, it.is_liked)).collect();
        assert_eq!(likes, [(4, true), (3, true), (2, true), (1, false), (0, false), (5, false)]);
    }
}
