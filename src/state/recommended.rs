//! The list of the chosen family, and another family that stands in where this one cannot answer.

use reactive_graph::computed::Memo;
use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::traits::{Get, GetUntracked, With};

use super::chosen::Chosen;
use super::latest::Latest;
use super::lists::{ListQuestion, Lists, Ranked};
use super::notices::Notice;
use super::shell::{Lasting, Shell};
use super::shown::Shown;
use super::watch::Phase;
use crate::engine::protocol::{Cost, EngineError};
use crate::families::{self, FamilyName};

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct RecommendedList {
    shell: Shell,
    chosen: Chosen,
    latest: Latest<ListQuestion, Ranked>,
    listed: Memo<Option<Shown>>,
}

impl Lasting for RecommendedList {
    fn of(shell: Shell) -> Self {
        let chosen = shell.get::<Chosen>();
        let (history, family) = (shell.reader.read_history(), chosen.family());
        let latest = shell.get::<Lists>().ranked(move || Some((family.get(), history.get())));
        let list = Self { shell, chosen, latest, listed: Shown::following(latest) };
        list.follow();
        list
    }
}

impl RecommendedList {
    /// The ranked list, answered last.
    pub fn latest(self) -> Latest<ListQuestion, Ranked> {
        self.latest
    }

    /// The same, each film with its movement since the list before.
    pub fn listed(self) -> Memo<Option<Shown>> {
        self.listed
    }

    /// What the last answer took.
    pub fn cost(self) -> Option<Cost> {
        self.listed.with(|listed| listed.as_ref().map(|it| it.cost))
    }

    /// Marks families that answer or fail, and lets another one stand in for one that failed.
    fn follow(self) {
        let notices = self.shell.notices;
        Effect::new(move || {
            let Some(error) = self.latest.failure() else { return };
            let Some(question) = self.latest.question_untracked() else { return };
            if self.is_of_family(&error, &question.family) {
                notices.tell(Notice::Unavailable(question.family, error));
                if let Some(other) = untrack(|| self.stand_in()) {
                    self.chosen.choose_family(other);
                }
            }
        });
        Effect::new(move || {
            let answered = self.latest.with(|it| it.map(|it| it.question.family.clone()));
            if let Some(family) = answered {
                notices.dismiss(&Notice::Unavailable(family, EngineError::Stopped));
            }
        });
    }

    /// Whether another family may well answer where this one gave `error`.
    fn is_of_family(self, error: &EngineError, family: &FamilyName) -> bool {
        let has_file = |path: &String| {
            // Of one that the list of models names without a file it needs, no file is to blame.
            let Ok(parts) = families::parts_of(family, &self.shell.site.manifest()) else {
                return true;
            };
            *path == family.0 || parts.iter().any(|it| it.file.path == *path)
        };
        match error {
            EngineError::Unreachable { path } | EngineError::Damaged { path } => has_file(path),
            // An engine that ended gives its reason to whoever asks.
            EngineError::ModelFailed { .. } => {
                !matches!(untrack(|| self.shell.engine.watch().phase()), Phase::Stopped(_))
            }
            _ => false,
        }
    }

    /// The family of the list that is here; where there is none yet, the best of the others.
    fn stand_in(self) -> Option<FamilyName> {
        let notices = self.shell.notices;
        let of_list = self.latest.good_untracked().map(|it| it.question.family);
        // Where a second one fails as well, the families are not to blame.
        let n_out = notices
            .all()
            .get_untracked()
            .iter()
            .filter(|it| matches!(it, Notice::Unavailable(..)))
            .count();
        of_list.filter(|it| !notices.is_unavailable(&it.0)).or_else(|| {
            (n_out == 1).then(|| self.shell.site.first_family(|it| !notices.is_unavailable(it)))
        })
    }
}
