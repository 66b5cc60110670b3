//! Lists side by side as a reader sees them.

use leptos::prelude::{GetUntracked, NodeRef};

use super::{DOOR, HERE};
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{EngineError, Request, Scored};
use crate::stage::{COST, assert_says, assert_silent, owner, painted, whole_shell, words_of};
use crate::state::chosen::Chosen;
use crate::state::router::Place;
use crate::state::shell::Shell;

const TITLES: [&str; 6] = ["Alien", "Brazil", "Cube", "Dune", "Eraserhead", "Fargo"];

/// The page at `link`, where EASE turns the order of the others round and Markov-1 fails.
fn seen(link: &str) -> String {
    let _owner = owner();
    let shell = opened(link);
    words_of(&painted(shell, || (HERE.mount)(NodeRef::new())))
}

fn opened(link: &str) -> Shell {
    let shell = whole_shell(&TITLES, link, &[], |request| match request {
        Request::Score(it) if it.family.0 == "markov" => {
            Err(EngineError::ModelFailed { detail: "no room".to_owned() })
        }
        Request::Score(it) => {
            let mut scores = vec![6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
            if it.family.0 == "ease" {
                scores.reverse();
            }
            Ok(Answer::made(Scored { scores: Floats(scores), cost: COST }))
        }
        _ => Err(EngineError::Stopped),
    });
    shell.start(vec![Place { door: DOOR, part: HERE.part }]);
    painted(shell, || (HERE.mount)(NodeRef::new()));
    shell
}

#[test]
fn each_list_stands_in_a_column_with_what_it_is_worth() {
    let words = seen("#v2&h=1&t=c&c=saeeae");
    assert_says(
        &words,
        &[
            "2 of 19 models, 9 B, 9 B not fetched yet.",
            "1 of 2 · SASRec with EASE's links",
            "EASE Counting 1 ms, first answer 9 B NDCG@10 0.050, table B 1 Fargo 2/2 2 Eraserhead 2/2",
            "SASRec with EASE's links Hybrid 1 ms, first answer 9 B NDCG@10 0.190, table B 1 Brazil 2/2 2 Cube 2/2",
            "A line joins the same film in two lists.",
        ],
    );
}

#[test]
fn a_link_of_before_opens_the_models_it_meant() {
    assert_eq!(seen("#v1&h=1&t=c&c=saceae"), seen("#v2&h=1&t=c&c=saeeae"));
    assert_says(&seen("#v2&h=1&t=c&c=saceae"), &["SASRec Autoregressive"]);
    let _owner = owner();
    for (version, meant) in [("v1", "sasrec_ease"), ("v2", "sasrec")] {
        let shell = opened(&format!("#{version}&h=1&f=sasrec&t=c&c=eae"));
        assert_eq!(shell.get::<Chosen>().family().get_untracked().0, meant, "{version}");
    }
}

#[test]
fn what_the_lists_agree_on_and_differ_over_is_one_figure() {
    let words = seen("#v2&h=1&t=c&c=saeeae");
    assert_says(
        &words,
        &[
            "Models side by side · ranks in every list Both models have Brazil in their first ten, and differ most over it too: 1st to 5th",
            "no film SASRec with EASE's links and EASE share 5 of their first 10 films. 2 models, one run each",
            "agreement: reciprocal rank fusion over the first 50 · difference: the mean distance of two ranks, 4.0, beyond 50 counted as 51",
        ],
    );
    assert_silent(&words, &["As it was"]);
    let followed = seen("#v2&h=1&t=c&c=saeeae&x=4");
    assert_says(
        &followed,
        &["As it was Dune is 3rd with every model", "Dune Up is better; ranks beyond the tenth"],
    );
}

#[test]
fn one_list_alone_has_no_figure() {
    assert_silent(&seen("#v2&h=1&t=c&c=sae"), &["ranks in every list", "Waiting"]);
    assert_silent(&seen("#v2&h=1&t=c&c=saemav"), &["ranks in every list", "Waiting"]);
}

#[test]
fn the_selected_film_has_its_rank_in_every_list() {
    let words = seen("#v2&h=1&t=c&c=saeeae&x=6");
    assert_says(
        &words,
        &[
            "Fargo (1979) is 5th with SASRec with EASE's links and 1st with EASE. Add to your history Seen Not for me Clear selection",
        ],
    );
}

#[test]
fn a_history_kept_beside_doubles_the_columns() {
    let words = seen("#v2&h=1&t=c&c=sae&b=1.2");
    assert_says(
        &words,
        &[
            "Kept: Alien and Brazil. Yours now lacks Brazil. Back to one history",
            "1 of 2 · SASRec with EASE's links, kept",
            "SASRec with EASE's links, kept Hybrid",
        ],
    );
}

#[test]
fn a_model_that_fails_leaves_the_others_their_columns() {
    let words = seen("#v2&h=1&t=c&c=saeeaemav");
    assert_says(&words, &["1 Brazil 2/2"]);
    let words = seen("#v2&h=1&t=c&c=saemav");
    assert_says(&words, &["Markov-1 has no list. The model failed to run;", "1 Brazil"]);
}

#[test]
fn without_a_model_or_a_pick_the_page_says_what_to_do() {
    let none = seen("#v2&h=1&t=c&c=");
    assert_says(
        &none,
        &["None of 19 models.", "Choose at least one model above; two or more can disagree."],
    );
    let empty = seen("#v2&t=c&c=sae");
    assert_says(&empty, &["All models read the same films. Add one, or start from an example."]);
    let off = seen("#v2&h=1&o=1&t=c&c=sae");
    assert_says(&off, &["All films are switched off"]);
    assert_silent(&off, &["1 of 1 · SASRec with EASE's links"]);
}

#[test]
fn a_reader_takes_along_each_list_and_what_they_agree_on() {
    let _owner = owner();
    let shell = opened("#v2&h=1&t=c&c=saeeae&b=1.2");
    let tables = (HERE.tables)(shell);
    let names: Vec<&str> = tables.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "SASRec with EASE's links, kept",
            "SASRec with EASE's links",
            "EASE, kept",
            "EASE",
            "what the lists agree on",
            "history kept beside",
        ]
    );
    let row = |at: usize| serde_json::to_string(&tables[at].rows[0]).unwrap();
    assert_eq!(row(0), r#"[1,3,"Cube",1979,4.0]"#);
    assert_eq!(row(3), r#"[1,6,"Fargo",1979,6.0]"#);
    assert_eq!(row(4), r#"[2,"Brazil",1979,1,5]"#);
    assert_eq!(
        (HERE.news)(shell).unwrap(),
        "2 lists are here. They agree most on Brazil, Fargo and Cube."
    );
}
