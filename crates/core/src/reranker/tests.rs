//! The re-ranker as a whole: what it learns, what it refuses, and that it repeats.

use super::*;
use crate::random::SplitMix64;

const DIM: usize = 24;

/// `n` films of three kinds in turn, each near a direction of its own.
fn vectors(n: usize) -> Vectors {
    let mut random = SplitMix64::new(11);
    let mut vectors = Vectors::empty(DIM).unwrap();
    for at in 0..n {
        let mut vector: Vec<f32> =
            (0..DIM).map(|_| 0.3 * (random.uniform() as f32 - 0.5)).collect();
        vector[at % 3] += 1.0;
        let length = vector.iter().map(|it| it * it).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|it| *it /= length);
        vectors.push(&vector).unwrap();
    }
    vectors
}

fn marks(n: usize, is_liked: impl Fn(usize) -> bool) -> Vec<Mark> {
    (0..n).map(|at| Mark { item: ItemRow(at as u32), is_liked: is_liked(at) }).collect()
}

fn trained(vectors: &Vectors, marks: &[Mark]) -> Trained {
    let settings = Settings { learning_rate: 1e-2, ..Settings::default() };
    let mut training = Training::new(vectors, marks, settings).unwrap();
    std::iter::repeat_with(|| training.step()).flatten().next().unwrap()
}

#[track_caller]
fn refused(marks: &[Mark], want: RerankerError) {
    let got = Training::new(&vectors(600), marks, Settings::default()).err();
    assert_eq!(got, Some(want));
}

#[test]
fn too_few_marks_too_many_or_of_one_kind_are_refused() {
    refused(&marks(19, |at| at % 2 == 0), RerankerError::TooFew { got: 19 });
    refused(&[], RerankerError::TooFew { got: 0 });
    refused(&marks(501, |at| at % 2 == 0), RerankerError::TooMany { got: 501 });
    refused(&marks(30, |_| true), RerankerError::OneKind { n_liked: 30, n_disliked: 0 });
    refused(&marks(30, |at| at < 4), RerankerError::OneKind { n_liked: 4, n_disliked: 26 });
    let mut unknown = marks(20, |at| at % 2 == 0);
    unknown[3].item = ItemRow(600);
    refused(&unknown, RerankerError::UnknownItem { row: 600 });
}

/// Of four kinds at the corners of a square, two that face each other are liked: the mean liked
/// film is the mean disliked one.
fn odd_taste(at: usize) -> bool {
    at % 4 < 2
}

fn in_a_square(n: usize) -> Vectors {
    let corners = [[1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]];
    let mut random = SplitMix64::new(12);
    let mut vectors = Vectors::empty(DIM).unwrap();
    for at in 0..n {
        let mut vector: Vec<f32> = (0..DIM).map(|_| random.uniform() as f32 - 0.5).collect();
        vector.iter_mut().zip(corners[at % 4]).for_each(|(it, corner)| *it += corner);
        let length = vector.iter().map(|it| it * it).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|it| *it /= length);
        vectors.push(&vector).unwrap();
    }
    vectors
}

#[test]
fn a_taste_that_no_mean_tells_is_learned_and_said_to_help() {
    let vectors = in_a_square(400);
    let trained = trained(&vectors, &marks(200, odd_taste));
    assert_eq!(trained.check.verdict(), Verdict::Helps, "{:?}", trained.check);
    assert!(trained.check.reranker.value > trained.check.plain.value + 0.05, "{:?}", trained.check);
    // On films that were never marked as well.
    let reranker = trained.reranker(&vectors).unwrap();
    let mut films: Vec<ItemRow> = (200..400).map(ItemRow).collect();
    films.sort_by(|a, b| {
        let [a, b] = [a, b].map(|it| reranker.logit(&vectors, *it).unwrap());
        b.total_cmp(&a)
    });
    let n_liked = films[..100].iter().filter(|it| odd_taste(it.index())).count();
    assert!(n_liked >= 90, "{n_liked} of the first 100");
}

#[test]
fn marks_at_random_help_nobody() {
    let vectors = vectors(200);
    for seed in 0..8 {
        let mut random = SplitMix64::new(100 + seed);
        let coin: Vec<bool> = (0..120).map(|_| random.uniform() < 0.5).collect();
        let trained = trained(&vectors, &marks(120, |at| coin[at]));
        assert_ne!(trained.check.verdict(), Verdict::Helps, "seed {seed}: {:?}", trained.check);
    }
}

#[test]
fn the_same_marks_give_the_same_reranker() {
    let vectors = vectors(60);
    let marks = marks(40, |at| at % 3 == 0);
    assert_eq!(trained(&vectors, &marks), trained(&vectors, &marks));
}

#[test]
fn the_curve_starts_at_the_plain_comparison_and_ends_when_nothing_is_gained() {
    let vectors = in_a_square(200);
    let trained = trained(&vectors, &marks(150, odd_taste));
    let settings = Settings::default();
    assert!(trained.curve.len() <= settings.most_epochs + 1);
    assert!(trained.n_epochs < trained.curve.len());
    let best = trained.curve.iter().map(|it| it.held_out).fold(f32::INFINITY, f32::min);
    assert_eq!(trained.curve[trained.n_epochs].held_out, best);
    assert!(trained.curve.last().unwrap().trained < trained.curve[0].trained);
}

#[test]
fn a_reranker_of_no_epoch_ranks_as_the_plain_comparison_does() {
    let vectors = vectors(60);
    let mut untrained = trained(&vectors, &marks(40, |at| at % 3 == 0));
    let settings = Settings { most_epochs: 0, ..Settings::default() };
    let mut training = Training::new(&vectors, &untrained.marks, settings).unwrap();
    untrained = std::iter::repeat_with(|| training.step()).flatten().next().unwrap();
    assert_eq!((untrained.n_epochs, untrained.curve.len()), (0, 1));
    assert_eq!(untrained.check.difference.value, 0.0);
    let reranker = untrained.reranker(&vectors).unwrap();
    let logits = |kind| (40..60).filter(move |row| row % 3 == kind).map(ItemRow);
    let least =
        |kind| logits(kind).map(|it| reranker.logit(&vectors, it).unwrap()).fold(9.0, f32::min);
    let most =
        |kind| logits(kind).map(|it| reranker.logit(&vectors, it).unwrap()).fold(-9.0, f32::max);
    assert!(least(0) > most(1).max(most(2)), "{} {} {}", least(0), most(1), most(2));
}

#[test]
fn an_order_weighs_the_old_place_against_the_logit() {
    let vectors = vectors(60);
    let reranker = trained(&vectors, &marks(40, |at| at % 3 == 0)).reranker(&vectors).unwrap();
    let list: Vec<Recommendation> =
        (40..60).map(|row| Recommendation { item: ItemRow(row), score: 0.0 }).collect();
    let films = reranker.rerank(&vectors, &list);
    let product = |it: &Reranked| 1.0 / (1.0 + (-it.logit).exp()) / it.rank_before as f32;
    assert!(films.windows(2).all(|pair| product(&pair[0]) >= product(&pair[1]) * 0.999));
    let logit = |rank| films.iter().find(|it| it.rank_before == rank).unwrap().logit;
    let place = |rank| films.iter().position(|it| it.rank_before == rank).unwrap();
    // Rank 1 is disliked and rank 3 liked: two places do not make up for that.
    assert!(logit(3) > logit(1) && place(3) < place(1));
    // Rank 18 is liked as well, but farther off than liking it is worth.
    assert!(place(3) < place(18));
}

#[test]
fn equal_films_keep_the_familys_order_and_unknown_ones_go_last() {
    let mut vectors = vectors(40);
    let twin = vectors.vector(ItemRow(30)).unwrap();
    vectors.push(&twin).unwrap();
    vectors.push(&twin).unwrap();
    let reranker = trained(&vectors, &marks(30, |at| at % 3 == 0)).reranker(&vectors).unwrap();
    let list = [999, 41, 40].map(|row| Recommendation { item: ItemRow(row), score: 1.0 });
    let got: Vec<(u32, usize)> =
        reranker.rerank(&vectors, &list).iter().map(|it| (it.item.0, it.rank_before)).collect();
    assert_eq!(got, [(41, 2), (40, 3), (999, 1)]);
    assert!(reranker.rerank(&vectors, &[]).is_empty());
}

#[test]
fn a_kept_reranker_comes_back_as_it_was_or_not_at_all() {
    let vectors = vectors(60);
    let trained = trained(&vectors, &marks(40, |at| at % 3 == 0));
    let kept = serde_json::to_string(&trained).unwrap();
    let back: Trained = serde_json::from_str(&kept).unwrap();
    assert_eq!(back, trained);
    let (reranker, again) = (trained.reranker(&vectors).unwrap(), back.reranker(&vectors).unwrap());
    assert_eq!(reranker.logit(&vectors, ItemRow(50)), again.logit(&vectors, ItemRow(50)));
    let mut damaged = back.clone();
    damaged.parameters.pop();
    assert_eq!(damaged.reranker(&vectors).err(), Some(RerankerError::NotOfTheseMarks));
    let mut foreign = back;
    foreign.marks[0].item = ItemRow(777);
    assert_eq!(foreign.reranker(&vectors).err(), Some(RerankerError::UnknownItem { row: 777 }));
}

#[test]
fn the_least_marks_are_enough() {
    let vectors = vectors(40);
    let trained = trained(&vectors, &marks(20, |at| at < 5));
    assert_eq!((trained.check.n_liked, trained.check.n_disliked), (5, 15));
    assert!(trained.reranker(&vectors).unwrap().logit(&vectors, ItemRow(30)).unwrap().is_finite());
}
