//! What the reader looks at: the part of the map on the screen, what is pointed at, what is shown.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::state::{DrawnList, drawn_lists};
use crate::catalog::ItemRow;
use crate::map::{FilmMap, Part, Point, Viewport, best_known_first};
use crate::state::shell::Shell;

/// A view that nobody has moved for so long is read: its films are listed.
const SETTLED_AFTER: Duration = Duration::from_millis(150);

/// Families whose lists are not drawn.
pub(super) type Hidden = RwSignal<BTreeSet<&'static str>>;

/// The state of the tab while it is open. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) map: StoredValue<Arc<FilmMap>>,
    /// Every film, the best known first.
    pub(super) by_fame: StoredValue<Arc<Vec<ItemRow>>>,
    pub(super) viewport: RwSignal<Viewport>,
    /// The viewport once it rests.
    settled: RwSignal<Viewport>,
    resting: StoredValue<Option<TimeoutHandle>>,
    pub(super) part: RwSignal<Part>,
    /// The next drag draws a lasso.
    pub(super) is_lassoing: RwSignal<bool>,
    /// A lasso that is being drawn, in units of the layout.
    pub(super) line: RwSignal<Vec<Point>>,
    pub(super) pointed: RwSignal<Option<ItemRow>>,
    /// The map is moved by keys: what is in its middle is pointed at.
    pub(super) is_aiming: RwSignal<bool>,
    hidden: Hidden,
    /// The films of the part, the best known first.
    films: Memo<Arc<Vec<ItemRow>>>,
    lists: Memo<Vec<DrawnList>>,
}

impl Look {
    /// `hidden` outlives the layout: who is not drawn on one map is not drawn on the other.
    pub(super) fn new(shell: Shell, map: Arc<FilmMap>, hidden: Hidden) -> Self {
        let catalogue = shell.site.catalogue();
        let by_fame = Arc::new(best_known_first(catalogue.rows().collect(), &catalogue));
        let viewport = RwSignal::new(Viewport::whole(1.0, 1.0));
        let settled = RwSignal::new(Viewport::whole(1.0, 1.0));
        let part = RwSignal::new(Part::default());
        let of = map.clone();
        let films = Memo::new(move |_| {
            let inside = part.with(|part| match part {
                Part::View => of.films_in(part, &settled.get()),
                _ => of.films_in(part, &settled.get_untracked()),
            });
            Arc::new(best_known_first(inside, &shell.site.catalogue()))
        });
        let lists = Memo::new(move |_| {
            let mut lists = drawn_lists(shell);
            hidden.with(|hidden| lists.retain(|it| !hidden.contains(it.card.name)));
            lists
        });
        Self {
            map: StoredValue::new(map),
            by_fame: StoredValue::new(by_fame),
            viewport,
            settled,
            resting: StoredValue::new(None),
            part,
            is_lassoing: RwSignal::new(false),
            line: RwSignal::default(),
            pointed: RwSignal::default(),
            is_aiming: RwSignal::new(false),
            hidden,
            films,
            lists,
        }
    }

    /// The films of the part that is shown, the best known first.
    pub(super) fn films(self) -> Memo<Arc<Vec<ItemRow>>> {
        self.films
    }

    /// The lists that are drawn.
    pub(super) fn lists(self) -> Memo<Vec<DrawnList>> {
        self.lists
    }

    pub(super) fn is_hidden(self, family: &str) -> bool {
        self.hidden.with(|it| it.contains(family))
    }

    pub(super) fn toggle(self, family: &'static str) {
        self.hidden.update(|hidden| {
            if !hidden.remove(family) {
                hidden.insert(family);
            }
        });
    }

    /// Looks at `viewport`; `false` where it is the one on the screen already.
    pub(super) fn look_at(self, viewport: Viewport) -> bool {
        let is_other = self.viewport.get_untracked() != viewport;
        if is_other {
            self.viewport.set(viewport);
            // Gone where the tab was closed meanwhile.
            let rest = move || {
                if let Some(viewport) = self.viewport.try_get_untracked() {
                    self.settled.try_set(viewport);
                }
            };
            let next = set_timeout_with_handle(rest, SETTLED_AFTER).ok();
            let before = self.resting.try_update_value(|it| std::mem::replace(it, next));
            if let Some(before) = before.flatten() {
                before.clear();
            }
        }
        is_other
    }

    /// Gets `factor` times as close to what is under `place`; `false` where nothing changes.
    pub(super) fn zoom_by(self, factor: f32, place: Point) -> bool {
        self.look_at(self.viewport.get_untracked().zoomed(factor, place))
    }

    /// Gets `factor` times as close to the middle.
    pub(super) fn zoom_to_middle(self, factor: f32) {
        self.zoom_by(factor, self.viewport.get_untracked().middle());
    }

    pub(super) fn look_at_whole(self) {
        let viewport = self.viewport.get_untracked();
        self.look_at(Viewport::whole(viewport.width(), viewport.height()));
    }

    /// Brings `item` into the middle if it is not on the screen.
    pub(super) fn bring_into_view(self, item: ItemRow) {
        let viewport = self.viewport.get_untracked();
        if let Some(point) = self.map.with_value(|map| map.point(item))
            && !viewport.shows(point)
        {
            self.look_at(viewport.centred(point));
        }
    }

    /// The film within `radius` pixels of a place on the screen.
    pub(super) fn film_at(self, place: Point, radius: f32) -> Option<ItemRow> {
        let viewport = self.viewport.get_untracked();
        let point = viewport.to_map(place);
        self.map.with_value(|map| map.nearest(point, radius / viewport.scale()))
    }

    /// Names `item`, or nothing.
    pub(super) fn point_at(self, item: Option<ItemRow>) {
        if self.pointed.get_untracked() != item {
            self.pointed.set(item);
        }
    }

    /// Forgets a lasso that is being drawn.
    pub(super) fn give_up_line(self) {
        self.is_lassoing.set(false);
        self.line.set(Vec::new());
    }

    /// Ends a lasso: what it holds is what is shown.
    pub(super) fn close_line(self) {
        let line = self.line.try_update(std::mem::take).unwrap_or_default();
        self.is_lassoing.set(false);
        if line.len() > 2 {
            self.part.set(Part::Lasso(line));
        }
    }
}
