//! A line for each order of the picks: how the film falls as they are left out.

use leptos::prelude::*;

use crate::engine::protocol::{Explainer, ExplanationTest};
use crate::features::recommend::words;
use crate::plot::{self, RankLine, RankLines, Room};
use crate::ui::words as text;

const ROOM: Room = Room { left: 34.0, right: 246.0, top: 10.0, bottom: 128.0 };
/// Names at the ends of lines are as high as this.
const NAME_GAP: f32 = 14.0;

#[component]
pub(super) fn TruthPicture(test: ExplanationTest) -> impl IntoView {
    let with_all = test.rank;
    let ranks: Vec<Vec<usize>> = test
        .trials
        .iter()
        .map(|it| std::iter::once(with_all).chain(it.after.iter().map(|it| it.rank)).collect())
        .collect();
    let RankLines { lines, ticks, steps } = plot::rank_lines(&ranks, ROOM, NAME_GAP);
    let scale = ticks
        .into_iter()
        .map(|(rank, y)| {
            view! {
                <line class="truth-tick" x1=ROOM.left x2=ROOM.right y1=y y2=y />
                <text class="truth-number" x=ROOM.left - 6.0 y=y + 4.0 text-anchor="end">
                    {text::grouped(rank)}
                </text>
            }
        })
        .collect_view();
    let numbers = steps
        .into_iter()
        .enumerate()
        .map(|(n, x)| {
            view! {
                <text class="truth-number" x=x y=ROOM.bottom + 16.0 text-anchor="middle">
                    {n}
                </text>
            }
        })
        .collect_view();
    // The explanation itself is drawn last, over the others.
    let drawn = test.trials.iter().zip(lines).rev().map(|(trial, line)| {
        view! { <Line explainer=trial.explainer line /> }
    });
    view! {
        <svg class="truth-picture" viewBox="0 0 360 152" role="img" aria-label=words::TRUTH_PLOT>
            {scale}
            {numbers}
            {drawn.collect_view()}
        </svg>
    }
}

#[component]
fn Line(explainer: Explainer, line: RankLine) -> impl IntoView {
    let class = format!("truth-line {}", class_of(explainer));
    view! {
        <g class=class>
            <path d=line.path />
            <circle cx=ROOM.right cy=line.end_y r="2.5" />
            <text x=ROOM.right + 10.0 y=line.name_y + 4.0>{words::explainer(explainer)}</text>
        </g>
    }
}

pub(super) fn class_of(explainer: Explainer) -> &'static str {
    match explainer {
        Explainer::LeaveOneOut => "by-leaving-out",
        Explainer::Contributions => "by-parts",
        Explainer::Attention => "by-attention",
        Explainer::MostRecent => "by-age",
        Explainer::Random => "by-chance",
    }
}
