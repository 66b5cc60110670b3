//! A figure without a browser.

use leptos::prelude::*;

use super::*;
use crate::engine::protocol::{Backend, Cost};
use crate::stage::{assert_says, assert_silent, owner, painted, whole_shell, words_of};

fn drawn(step: usize) -> Drawn {
    let mut table = Table::new("shares");
    table.row().int("rank_of_next", step).real("share", 0.25);
    Drawn {
        claim: format!("Step {step} is drawn"),
        say: "Height is the share.".to_owned(),
        picture: Picture {
            height: 40.2,
            shapes: vec![
                Shape::text(1.0, 2.0, "A & B"),
                Shape::button(0.0, 0.0, 9.0, 9.0, "b", "B"),
            ],
        },
        table,
    }
}

fn html(change: bool) -> String {
    let _owner = owner();
    let shell = whole_shell(&["Alien", "Heat"], "", &[], |it| panic!("nothing to ask: {it:?}"));
    shell.start(Vec::new());
    painted(shell, move || {
        let at = Memo::new(|_| 1);
        let of = Callback::new(|(step,): (usize,)| format!("after {}", step + 1));
        let n = Memo::new(|_| 3);
        let steps = Steps { n, at, go: Callback::new(|_| ()), name: "After which film", of };
        let change =
            Change { is_changed: Signal::derive(move || change), undo: Callback::new(|()| ()) };
        let cost = Some(Cost { backend: Backend::Wasm, n_runs: 2, millis: 3.0 });
        let family = Some(FamilyName("sasrec".to_owned()));
        let source = Signal::derive(move || Source {
            family: family.clone(),
            cost,
            more: "Shares add up".to_owned(),
        });
        let title = Signal::derive(|| "SASRec".to_owned());
        let draw = Draw::new(move |_| Some(drawn(at.get())));
        view! {
            <Figure name="shares" title about="shares" source draw steps=Some(steps) change=Some(change) />
        }
        .into_any()
    })
}

#[test]
fn a_figure_says_whose_it_is_what_it_claims_and_where_its_numbers_come_from() {
    let html = html(false);
    assert_says(
        &words_of(&html),
        &[
            "SASRec · shares Step 1 is drawn A & B",
            "after 2",
            "Height is the share. SASRec, 2 runs, 3 ms · NDCG@10 0.150 on 9 held-out readers; best counting model, EASE, recent first: 0.060",
            "· Shares add up · Words used here The same as a table Embed this Save PNG SVG CSV JSON",
        ],
    );
    assert_silent(&words_of(&html), &["As it was"]);
    for part in [
        "class=\"glass kind-autoregressive\"",
        "data-figure=\"shares\"",
        "height=\"41\"",
        "role=\"group\" aria-label=\"Step 1 is drawn\"",
        "data-act=\"b\" tabindex=\"0\" role=\"button\" aria-label=\"B\"",
        "aria-live=\"polite\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn what_the_reader_changed_can_be_taken_back() {
    assert_says(&words_of(&html(true)), &["SASRec · shares As it was"]);
}

#[test]
fn columns_read_as_words() {
    assert_eq!(words::column("rank_of_next"), "Rank of next");
}

#[test]
fn what_an_author_pastes_opens_the_figure_as_it_is() {
    let texts = |link: &str| {
        super::embed::snippets("denoising", "https://site.example/", link).map(|it| it.text)
    };
    let [element, frame, quarto] = texts("explore.html#v2&h=1214.541&f=diffrec&t=i&s=3&p=n7");
    let attributes = "history=\"1214,541\" family=\"diffrec\" step=\"4\" seed=\"7\"";
    assert_eq!(
        element,
        format!(
            "<glassrec-figure figure=\"denoising\" {attributes}></glassrec-figure>\n\
             <script src=\"https://site.example/glassrec-figure.js\" async></script>"
        )
    );
    assert!(
        frame.contains("https://site.example/figure.html#v2&h=1214.541&f=diffrec&t=i&s=3&p=n7")
    );
    assert_eq!(quarto, format!("{{{{< glassrec denoising {attributes} >}}}}"));
    let [changed, ..] = texts("explore.html#v2&h=1&o=1&f=diffrec&t=i");
    assert!(
        changed.starts_with(
            "<glassrec-figure figure=\"denoising\" state=\"#v2&h=1&o=1&f=diffrec&t=i\">"
        )
    );
}
