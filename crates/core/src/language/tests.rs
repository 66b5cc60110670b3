use super::*;
use crate::manifest::Wording;

fn wording() -> Wording {
    Wording {
        opening: "Films:\n".to_owned(),
        pick: "{number}. {title} ({year})\n".to_owned(),
        asked: "{number}.".to_owned(),
        title: " {title} ({year})\n".to_owned(),
        n_picks: 2,
        calibration: 0.5,
    }
}

fn film(title: &str, year: u16) -> Film {
    Film { title: title.to_owned(), year: (year > 0).then_some(year) }
}

/// Pieces by rank, as the file has them.
fn tokenizer(pieces: &[&str]) -> Tokenizer {
    let pieces = serde_json::to_string(pieces).unwrap();
    let json = format!(
        r#"{{"version": 1, "begin": 2, "end": 1, "bytes": 3, "first_piece": 259, "pieces": {pieces}}}"#
    );
    Tokenizer::from_json(json.as_bytes()).unwrap()
}

#[test]
fn the_pair_of_the_least_rank_is_joined_first_and_the_leftmost_of_equals() {
    let tokenizer = tokenizer(&["aa", "ab", "aab", "a", "b"]);
    assert_eq!(tokenizer.encode("aab"), [259 + 2], "aa first, then aab");
    assert_eq!(tokenizer.encode("aaa"), [259, 259 + 3]);
    assert_eq!(tokenizer.encode("abab"), [260, 260]);
}

#[test]
fn the_pieces_met_are_the_characters_and_all_that_is_joined_on_the_way() {
    let tokenizer = tokenizer(&["aa", "ab", "aab", "a", "b", "▁"]);
    assert_eq!(tokenizer.pieces_met("aab"), [259, 261, 262, 263], "aa on the way to aab");
    assert_eq!(tokenizer.pieces_met(" é▁b"), [263, 264], "bytes are no pieces, nor is a typed ▁");
}

#[test]
fn no_text_is_lost() {
    let tokenizer = tokenizer(&["▁", "▁a", "a", "é"]);
    for text in ["", " a  a", "▁ a▁", "naïve é", "映画 🎬", "\u{0}\n\t", "\u{fffff}▁▁ "]
    {
        assert_eq!(tokenizer.decode(&tokenizer.encode(text)), text);
    }
    assert_eq!(tokenizer.encode("\n"), [3 + 10]);
}

#[test]
fn a_prompt_tells_the_newest_picks_and_asks_for_the_next_number() {
    let picks = [film("Alien", 1979), film("Heat", 1995), film("{year}", 0)];
    let prompt = Prompt::new(&wording(), &picks, &[]);
    assert_eq!(prompt.with_history, "Films:\n1. Heat (1995)\n2. {year}\n3.");
    assert_eq!(prompt.without_history, "Films:\n1.");
    assert_eq!(candidate(&wording(), &picks[0]), " Alien (1979)\n");
}

#[test]
fn named_candidates_change_places_and_nothing_else_does() {
    let listed = [film("Alien", 1979), film("Heat", 1995)];
    let mut prompt = Prompt::new(&wording(), &[], &listed);
    prompt.with_history += " mine";
    let turned = prompt.reordered(&wording(), &listed, &[1, 0]).unwrap();
    assert!(turned.with_history.contains("- Heat (1995)\n- Alien (1979)\n1. mine"));
    assert_eq!(
        turned.reordered(&wording(), &[listed[1].clone(), listed[0].clone()], &[1, 0]),
        Some(prompt)
    );
    let edited = Prompt { with_history: "Name a film:".to_owned(), without_history: String::new() };
    assert_eq!(edited.reordered(&wording(), &listed, &[1, 0]), None);
}

#[test]
fn every_candidate_is_named_once_an_order_and_in_every_part_of_the_list() {
    let mut state = 0.3_f64;
    let random = || {
        state = 3.9 * state * (1.0 - state);
        state
    };
    let orders = orders(9, 3, random);
    for candidate in 0..9 {
        let places: Vec<usize> =
            orders.iter().map(|it| it.iter().position(|at| *at == candidate).unwrap()).collect();
        let mut thirds: Vec<usize> = places.iter().map(|place| place / 3).collect();
        thirds.sort_unstable();
        assert_eq!(thirds, [0, 1, 2]);
    }
    assert_ne!(orders[0], (0..9).collect::<Vec<_>>(), "shuffled");
}

#[test]
fn calibration_takes_off_its_share_of_what_everybody_is_told() {
    let with_history = vec![vec![-8.0, -6.0], vec![-10.0, -8.0]];
    let without_history = vec![vec![-12.0, -7.0]];
    let raw = scores(&with_history, &without_history, 0.0);
    assert_eq!((raw[0].candidate, raw[0].score), (1, -7.0));
    let calibrated = scores(&with_history, &without_history, 1.0);
    assert_eq!((calibrated[0].candidate, calibrated[0].score), (0, 3.0));
}

#[test]
fn a_model_that_prefers_what_comes_first_shows_it() {
    let orders = vec![vec![0, 1, 2], vec![1, 2, 0], vec![2, 0, 1]];
    // One nat for the first place, none for the second, one less for the last.
    let reading: Reading = orders
        .iter()
        .map(|order| {
            (0..3).map(|it| 1.0 - order.iter().position(|at| *at == it).unwrap() as f32).collect()
        })
        .collect();
    let bias = position_bias(&reading, &orders).unwrap();
    assert_eq!((bias.first_third, bias.last_third), (1.0, -1.0));
    assert!(bias.agreement < 0.0);
    assert_eq!(position_bias(&reading[..1].to_vec(), &orders[..1].to_vec()), None);
}

#[test]
fn popularity_is_seen_in_the_scores_that_follow_it() {
    let bias = popularity_bias(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], &[10, 20, 30]);
    assert_eq!((bias.raw, bias.scored), (1.0, -1.0));
}

/// The likeliest sequences by trying them all.
fn exhaustive(sequences: &[Vec<u32>], logits: impl Fn(&[u32]) -> Vec<f32>) -> Vec<Choice> {
    let mut all: Vec<Choice> = sequences
        .iter()
        .enumerate()
        .map(|(sequence, tokens)| {
            let log_prob = (0..tokens.len())
                .map(|at| {
                    let logits = logits(&tokens[..at]);
                    let total: f32 = logits.iter().map(|it| it.exp()).sum::<f32>().ln();
                    logits[tokens[at] as usize] - total
                })
                .sum();
            Choice { sequence, log_prob }
        })
        .collect();
    all.sort_by(|a, b| b.log_prob.total_cmp(&a.log_prob));
    all
}

#[test]
fn a_wide_beam_finds_the_likeliest_sequences_and_nothing_else() {
    let sequences: Vec<Vec<u32>> =
        vec![vec![1, 2, 9], vec![1, 3, 9], vec![1, 2, 4, 9], vec![5, 9], vec![5, 6, 6, 9]];
    let logits = |before: &[u32]| -> Vec<f32> {
        (0..10u32)
            .map(|it| {
                ((it * 7 + before.iter().sum::<u32>() * 3) % 5) as f32 * 0.7 + it as f32 * 0.013
            })
            .collect()
    };
    let trie = Trie::new(sequences.clone());
    let mut beam = Beam::new(5);
    while !beam.rows().is_empty() {
        let rows = beam.rows().into_iter().zip(beam.allowed(&trie));
        let next: Vec<Vec<f32>> = rows.map(|(row, may)| log_probs(&logits(&row), &may)).collect();
        beam.advance(&trie, &next);
    }
    let expected = exhaustive(&sequences, logits);
    assert_eq!(beam.done().len(), 5);
    for (got, want) in beam.done().iter().zip(&expected) {
        assert_eq!(got.sequence, want.sequence);
        assert!((got.log_prob - want.log_prob).abs() < 1e-4);
    }
}

#[test]
fn a_model_that_wants_something_else_says_what_it_may() {
    let trie = Trie::new([vec![1, 2, 9], vec![1, 3, 9]]);
    // All its belief is in token 7, which no sequence holds.
    let wants = vec![0.0, -40.0, -50.0, -49.0, 0.0, 0.0, 0.0, 60.0, 0.0, -45.0];
    let mut beam = Beam::new(1);
    while !beam.rows().is_empty() {
        let may = beam.allowed(&trie);
        let next: Vec<Vec<f32>> = may.iter().map(|it| log_probs(&wants, it)).collect();
        beam.advance(&trie, &next);
    }
    assert_eq!(beam.done().iter().map(|it| it.sequence).collect::<Vec<_>>(), [1]);
    assert!(beam.done()[0].log_prob < -300.0, "and its probability tells that it did not want to");
}
