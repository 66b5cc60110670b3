//! The address of three made-up features.

use super::*;
use crate::catalog::ItemRow;
use crate::families::FamilyName;
use crate::stage::{clock, owner, settle, shell_in};
use crate::state::shell::Lasting;
use crate::state::surroundings::Surroundings;

const FIRST: Door = Door {
    id: "first",
    title: "First",
    section: EXPLORE,
    shared_part: None,
    letter: "",
    keys: &[],
    named_by: None,
    page: "./",
};
const KNOB: Door =
    Door { id: "knob", title: "Knob", letter: "n", keys: &["q"], named_by: Some("q"), ..FIRST };
const FAR: Door =
    Door { id: "far", title: "Far", letter: "z", keys: &["y"], page: "far.html", ..FIRST };

/// Turned to a number.
#[derive(Clone, Copy)]
struct Knob(RwSignal<u32>);

impl Lasting for Knob {
    fn of(_shell: Shell) -> Self {
        Self(RwSignal::new(0))
    }
}

impl AddressPart for Knob {
    fn write(&self) -> Vec<Piece> {
        vec![("q".to_owned(), self.0.get().to_string())]
    }

    fn read(&self, address: &Address) -> Vec<AddressWarning> {
        let mut warnings = Vec::new();
        self.0.set(address.read_piece("q", &mut warnings, address::number).unwrap_or(0));
        warnings
    }
}

/// A page and what it is in, opened at `fragment`.
fn opened(fragment: &str) -> (Shell, Surroundings) {
    let surroundings = Surroundings::in_memory(fragment, clock());
    let titles = ["Alien", "Brazil", "Cube", "Dune"];
    let shell = shell_in(&titles, surroundings.clone(), |_| panic!("nobody asks"));
    let knob = Place { door: KNOB, part: Some(|shell| Rc::new(shell.get::<Knob>())) };
    shell.start(vec![Place { door: FIRST, part: None }, knob, Place { door: FAR, part: None }]);
    settle();
    (shell, surroundings)
}

fn open(shell: Shell) -> FeatureId {
    shell.address.open_feature().get_untracked()
}

#[test]
fn a_feature_is_opened_by_its_letter_and_reads_its_own_pieces() {
    let _owner = owner();
    let (shell, around) = opened("#v2&h=1.2&t=n&q=7");
    assert_eq!((open(shell), shell.get::<Knob>().0.get_untracked()), ("knob", 7));
    assert_eq!(around.address.fragment(), "#v2&h=1.2&f=sasrec_ease&t=n&q=7");
    shell.get::<Knob>().0.set(8);
    settle();
    assert_eq!(around.address.fragment(), "#v2&h=1.2&f=sasrec_ease&t=n&q=8");
    shell.address.turn_to("first");
    settle();
    assert_eq!(around.address.fragment(), "#v2&h=1.2&f=sasrec_ease");
    around.address.back();
    settle();
    assert_eq!(open(shell), "knob");
}

#[test]
fn an_old_address_names_a_feature_by_its_piece() {
    let _owner = owner();
    let (shell, around) = opened("#v2&h=1&q=3");
    assert_eq!((open(shell), shell.get::<Knob>().0.get_untracked()), ("knob", 3));
    assert_eq!(around.address.fragment(), "#v2&h=1&f=sasrec_ease&t=n&q=3");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_counts() {
    let _owner = owner();
    let (shell, _) = opened("#v2&h=1.99&t=n&q=x&y=1&w=2&f=nobody");
    let told: Vec<String> = shell
        .notices
        .all()
        .get_untracked()
        .into_iter()
        .map(|it| match it {
            Notice::Address(warning) => warning.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    // One of a kind: the newest damaged piece stands for all.
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().any(|it| it.ends_with(": 99")), "{told:?}");
    assert!(told.iter().any(|it| it.ends_with("q=x")), "{told:?}");
    assert!(told.iter().any(|it| it.ends_with("nobody")), "{told:?}");
    assert_eq!(open(shell), "knob");
}

#[test]
fn back_changes_what_is_open_and_never_the_picks() {
    let _owner = owner();
    let (shell, around) = opened("");
    shell.reader.pick(ItemRow(0));
    settle();
    shell.address.turn_to("knob");
    settle();
    shell.reader.pick(ItemRow(1));
    settle();
    around.address.back();
    settle();
    assert_eq!(open(shell), "first");
    assert_eq!(shell.reader.history().get_untracked().len(), 2);
    assert_eq!(
        around.address.fragment(),
        "#v2&h=1.2&f=sasrec_ease",
        "the entry says what is there now"
    );
}

#[test]
fn back_closes_a_sheet_and_a_sheet_that_was_closed_is_no_entry() {
    let _owner = owner();
    let (shell, around) = opened("#v2&h=1");
    shell.reader.keep_linked_history();
    let chosen = shell.get::<Chosen>();
    shell.address.step_onto_sheet();
    chosen.focus_on(Some(ItemRow(2)));
    settle();
    assert_eq!(around.address.fragment(), "#v2&h=1&f=sasrec_ease&x=3");
    around.address.back();
    settle();
    assert_eq!(chosen.focus().get_untracked(), None);

    shell.address.step_onto_sheet();
    chosen.focus_on(Some(ItemRow(2)));
    settle();
    chosen.focus_on(None);
    settle();
    assert_eq!(around.address.fragment(), "#v2&h=1&f=sasrec_ease", "its entry was left");
}

#[test]
fn a_door_of_another_page_takes_films_family_and_focus_along() {
    let _owner = owner();
    let (shell, _) = opened("#v2&h=1.2&o=2&f=ease&x=3&t=n&q=7");
    let link = untrack(|| shell.address.link_to(shell, FAR));
    assert_eq!(link, "far.html#v2&h=1.2&o=2&f=ease&x=3&t=z");
    assert_eq!(shell.get::<Chosen>().family().get_untracked(), FamilyName("ease".to_owned()));
    assert_eq!(shell.address.door("far"), Some(FAR));
}

#[test]
fn a_link_put_into_the_open_page_is_followed_and_nonsense_is_not() {
    let _owner = owner();
    let surroundings = Surroundings::in_memory("", clock());
    let bar = Rc::new(crate::state::address_bar::InMemory::default());
    let around = Surroundings { address: bar.clone(), ..surroundings };
    let shell = shell_in(&["Alien", "Brazil", "Cube"], around, |_| panic!("nobody asks"));
    shell.start(vec![Place { door: FIRST, part: None }]);
    settle();
    shell.reader.pick(ItemRow(0));
    settle();
    bar.follow("#foo");
    settle();
    assert_eq!(shell.reader.history().get_untracked().len(), 1);
    bar.follow("#v2&h=2.3");
    settle();
    assert_eq!(shell.reader.history().get_untracked().len(), 2);
    shell.reader.undo();
    settle();
    assert_eq!(shell.reader.history().get_untracked().len(), 1, "following is an act");
}
