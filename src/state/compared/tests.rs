//! Lists of several models over a scripted engine.

use super::*;
use crate::engine::answer::Answer;
use crate::engine::floats::Floats;
use crate::engine::protocol::{Request, Scored};
use crate::stage::{COST, owner, settle, shell};

fn opened() -> (Shell, Compared) {
    let shell = shell(&["Alien", "Brazil", "Cube", "Dune"], "", |request| match request {
        Request::Score(it) => {
            let mut scores = vec![4.0, 3.0, 2.0, 1.0];
            if it.family.0 == "ease" {
                scores.reverse();
            }
            Ok(Answer::made(Scored { scores: Floats(scores), cost: COST }))
        }
        other => panic!("not asked by these tests: {other:?}"),
    });
    shell.start(Vec::new());
    shell.reader.pick(ItemRow(0));
    let compared = shell.get::<Compared>();
    settle();
    (shell, compared)
}

fn names(columns: Vec<Column>) -> Vec<&'static str> {
    columns.into_iter().map(|it| it.card.name).collect()
}

#[test]
fn nothing_is_asked_before_somebody_wants_it() {
    let _owner = owner();
    let (_, compared) = opened();
    compared.choose_first();
    settle();
    assert!(names(compared.chosen()).contains(&"sasrec_ease"), "the family of the page");
    assert!(names(compared.chosen()).contains(&"ease"), "the best plain baseline");
    assert_eq!(compared.comparison().get_untracked(), None);
    compared.want();
    settle();
    let cards = compared.comparison().get_untracked().map(|it| it.cards.len());
    assert_eq!(cards, Some(compared.chosen().len()));
}

#[test]
fn a_kept_history_doubles_the_board_and_can_be_forgotten() {
    let _owner = owner();
    let (shell, compared) = opened();
    compared.want();
    compared.choose(["ease", "sasrec_ease"].map(|it| FamilyName(it.to_owned())).into());
    compared.keep_beside();
    shell.reader.pick(ItemRow(3));
    settle();
    let sides: Vec<Side> = compared.board().into_iter().map(|it| it.side).collect();
    assert_eq!(sides, [Side::Kept, Side::Now, Side::Kept, Side::Now]);
    assert_eq!(compared.board()[0].rank_of(ItemRow(3)), Some(3));
    assert_eq!(compared.board()[1].rank_of(ItemRow(3)), None);
    assert_eq!(
        compared.board()[2].rank_of(ItemRow(3)),
        Some(1),
        "EASE has them the other way round"
    );
    compared.toggle("ease");
    compared.forget_kept();
    settle();
    assert_eq!(names(compared.board()), ["sasrec_ease"]);
    compared.keep_before_last_act();
    assert_eq!(compared.kept().get_untracked().map(|it| it.len()), Some(1));
}

#[test]
fn the_files_of_the_chosen_models_are_counted() {
    let _owner = owner();
    let (_, compared) = opened();
    compared.choose_all();
    assert_eq!(compared.bytes(), ComparedBytes { all: 18, missing: 18 }, "two models of a file");
    compared.choose_none();
    assert_eq!(compared.bytes(), ComparedBytes { all: 0, missing: 0 });
}
