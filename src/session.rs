//! What the reader is doing: a few signals, the answers to them, and the verbs that change them.
//!
//! The only file, with its parts, that asks the engine. Views read and call verbs.

mod answers;
mod comparing;
mod details;
mod engine_verbs;
mod engine_watch;
mod history_verbs;
mod keeping;
mod kept_list;
mod notice;
pub(crate) mod opening;
mod page_files;
mod place;
mod preview;
mod reranker;
mod search_verbs;
mod shown;
mod steps;
mod taught;
mod truth_verbs;
mod unavailable;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{
    Ask, Cost, EncoderName, EngineError, Explained, ExplanationTested, Found, SearchExplained,
};
use crate::families::{self, Card, FIRST_FAMILY, FamilyName, Kind};
use crate::feedback::{self, Feedbacks};
use crate::history::History;
use crate::manifest::{Manifest, Results};
use crate::map::Layout;
use crate::state::address_bar::AddressBar;
use crate::state::engine::EngineHandle;
use crate::state::history::HistoryStore;
use crate::state::inspecting::Inspecting;
use crate::state::reranker::RerankerStore;
use crate::state::surroundings::Surroundings;
use crate::state::texts::Texts;

pub use crate::address::Tab;
pub use crate::engine::answer::Answers;
pub use crate::state::latest::{Answered, Latest};
pub use answers::{FoundQuestion, ListQuestion, MatchQuestion, Ranked, WhyQuestion};
pub use comparing::{Column, ComparedBytes, Comparison, Side};
pub use engine_verbs::WebGpu;
pub use engine_watch::{EngineWatch, Phase};
pub use history_verbs::{Act, Tried};
pub use notice::{Notice, Refusal};
pub use opening::{OpeningError, Site, open};
pub use page_files::page_files;
pub use preview::Preview;
pub use search_verbs::{Embedding, EncoderOffer};
pub(crate) use shown::rows_beside;
pub use shown::{Gone, Movement, Shown, ShownRow};
pub use taught::Taught;

use comparing::Comparing;
use details::Details;
use history_verbs::Moment;
use place::Place;
use preview::Previewing;

/// So many ranks are asked for; the page shows the first ten until asked for the rest.
pub const N_RANKED: usize = 50;
/// The counterfactual drops a film out of this many ranks.
pub const WITHIN: usize = 10;

/// The state of the page. Cheap to copy; views find it in their context.
#[derive(Clone, Copy)]
pub struct Session {
    site: StoredValue<Site>,
    engine: EngineHandle,
    surroundings: StoredValue<Surroundings, LocalStorage>,
    watch: EngineWatch,

    store: HistoryStore<Moment>,
    feedback: RwSignal<Feedbacks>,
    reranker: RerankerStore,
    family: RwSignal<FamilyName>,
    focus: RwSignal<Option<ItemRow>>,
    tried: RwSignal<Option<Tried>>,
    place: Place,
    query: RwSignal<Option<String>>,
    matched_item: RwSignal<Option<ItemRow>>,
    encoder: RwSignal<EncoderName>,
    embedding: RwSignal<Embedding>,
    webgpu: RwSignal<WebGpu>,
    notices: RwSignal<Vec<Notice>>,
    details: RwSignal<Details>,
    /// They came, or did not: from here on the page has asked for all it asks for by itself.
    have_details_settled: RwSignal<bool>,
    comparing: Comparing,
    inspecting: Inspecting,
    /// What the map is laid out by.
    layout: RwSignal<Layout>,

    recommended: Latest<ListQuestion, Ranked>,
    /// The list of the page, and in its place for a while that of a preview.
    listed: Memo<Option<Shown>>,
    previewing: Previewing,
    previewed: Latest<ListQuestion, Ranked>,
    shown: Memo<Option<Shown>>,
    explained: Latest<WhyQuestion, Explained>,
    is_testing: RwSignal<bool>,
    tested: Latest<WhyQuestion, ExplanationTested>,
    found: Latest<FoundQuestion, Found>,
    explained_match: Latest<MatchQuestion, SearchExplained>,
}

impl Session {
    /// A session over `site` that asks `engine`, whose events `watch` hears.
    ///
    /// Loads nothing and watches no address: see [`Session::load_place`].
    pub fn new(
        site: Site,
        engine: Rc<dyn Answers>,
        watch: EngineWatch,
        surroundings: Surroundings,
    ) -> Self {
        let engine = EngineHandle::new(engine);
        let family = RwSignal::new(first_family(&site.manifest, |_| true));
        let store = HistoryStore::default();
        let read = store.read();
        let focus = RwSignal::new(None::<ItemRow>);
        let query = RwSignal::new(None::<String>);
        let matched_item = RwSignal::new(None::<ItemRow>);
        let encoder =
            RwSignal::new(search_verbs::first_encoder(&*surroundings.texts, &site.manifest));

        let feedback = RwSignal::new(Feedbacks::default());
        let reranker = reranker::store(site.clone(), watch, encoder, surroundings.texts.clone());
        let taught = Memo::new(move |_| Taught {
            hidden: feedback.with(|it| feedback::hidden(it)),
            reranker: reranker.active().get(),
        });

        let recommended = answers::recommended(engine, read, taught, family);
        let listed = Shown::following(recommended);
        let previewing = Previewing::new(store.picks(), store.off());
        let comparing = Comparing::new(engine, &site.manifest, read, taught, previewing);
        let previewed = answers::previewed(engine, previewing, taught, family, comparing.tab);
        let explained = answers::explained(engine, recommended, focus, comparing.tab);
        let is_testing = RwSignal::new(false);
        let session = Self {
            site: StoredValue::new(site),
            engine,
            surroundings: StoredValue::new_local(surroundings),
            watch,
            store,
            feedback,
            reranker,
            family,
            focus,
            tried: RwSignal::default(),
            place: Place::new(),
            query,
            matched_item,
            encoder,
            embedding: RwSignal::default(),
            webgpu: RwSignal::default(),
            notices: RwSignal::default(),
            details: RwSignal::default(),
            have_details_settled: RwSignal::default(),
            comparing,
            inspecting: Inspecting::default(),
            layout: RwSignal::default(),
            recommended,
            listed,
            previewing,
            previewed,
            shown: preview::shown_with(listed, previewed),
            explained,
            is_testing,
            tested: answers::tested(engine, explained, is_testing),
            found: answers::found(engine, query, taught, encoder),
            explained_match: answers::explained_match(engine, query, matched_item, encoder),
        };
        session.follow_engine();
        session.follow_families();
        session.embed_when_idle();
        session
    }

    pub fn catalogue(self) -> Arc<Catalogue> {
        self.site.with_value(|site| site.catalogue.clone())
    }

    pub fn manifest(self) -> Arc<Manifest> {
        self.site.with_value(|site| site.manifest.clone())
    }

    pub(crate) fn site(self) -> Site {
        self.site.get_value()
    }

    /// Whether the site ships a map.
    pub fn has_map(self) -> bool {
        self.manifest().map.is_some()
    }

    /// What the map is laid out by.
    pub fn layout(self) -> Signal<Layout> {
        self.layout.into()
    }

    pub fn lay_out_by(self, layout: Layout) {
        if self.layout.get_untracked() != layout {
            self.layout.set(layout);
        }
    }

    fn address_bar(self) -> Rc<dyn AddressBar> {
        self.surroundings.with_value(|it| it.address.clone())
    }

    fn texts(self) -> Rc<dyn Texts> {
        self.surroundings.with_value(|it| it.texts.clone())
    }

    /// The whole address of what is shown; empty where there is none.
    pub fn href(self) -> String {
        self.address_bar().href()
    }

    /// Opens the page afresh.
    pub fn reload_page(self) {
        self.address_bar().reload();
    }

    pub fn engine_watch(self) -> EngineWatch {
        self.watch
    }

    /// The picks, oldest first.
    pub fn history(self) -> Signal<History> {
        self.store.picks().into()
    }

    /// The picks that models read: all but those that are switched off.
    pub fn read_history(self) -> Signal<History> {
        self.store.read().into()
    }

    /// Whether `item` is a pick that no model reads.
    pub fn is_off(self, item: ItemRow) -> bool {
        self.store.is_off(item)
    }

    pub fn family(self) -> Signal<FamilyName> {
        self.family.into()
    }

    /// What the chosen family tells about itself.
    pub fn card(self) -> Option<&'static Card> {
        self.family.with(families::find).map(|it| &it.card)
    }

    /// The film the reader asked about, if they did.
    pub fn focus(self) -> Signal<Option<ItemRow>> {
        self.focus.into()
    }

    /// The ranked list, answered last.
    pub fn recommended(self) -> Latest<ListQuestion, Ranked> {
        self.recommended
    }

    /// The ranked list of the page, each film with its movement since the list before.
    pub fn listed(self) -> Signal<Option<Shown>> {
        self.listed.into()
    }

    /// The ranked list as it is shown: that of the page, or of a preview, moved against the page's.
    pub fn shown(self) -> Signal<Option<Shown>> {
        self.shown.into()
    }

    pub fn explained(self) -> Latest<WhyQuestion, Explained> {
        self.explained
    }

    /// How the reader looks into the chosen family.
    pub fn inspecting(self) -> Inspecting {
        self.inspecting
    }

    /// The engine, for features that ask it themselves.
    pub fn engine(self) -> EngineHandle {
        self.engine
    }

    /// Asks the engine, for the parts of this module.
    fn ask<A: Ask>(
        self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        self.engine.ask(asked)
    }

    /// What the newest search by meaning found.
    pub fn found(self) -> Latest<FoundQuestion, Found> {
        self.found
    }

    pub fn explained_match(self) -> Latest<MatchQuestion, SearchExplained> {
        self.explained_match
    }

    /// What the last answer took.
    pub fn last_cost(self) -> Option<Cost> {
        self.listed.with(|listed| listed.as_ref().map(|it| it.cost))
    }

    /// How the shipped file of `family` did on held-out readers.
    pub fn results(self, family: &str) -> Option<Results> {
        self.manifest().family(family).and_then(|entry| entry.results.clone())
    }

    /// The plain baseline that did best on the same table as `family`, other than itself.
    pub fn best_baseline(self, family: &str) -> Option<(&'static Card, Results)> {
        let manifest = self.manifest();
        let table = self.results(family)?.table;
        families::shipped(&manifest)
            .filter(|it| it.card.kind == Kind::Baseline && it.card.name != family)
            .filter_map(|it| Some((&it.card, manifest.family(it.card.name)?.results.clone()?)))
            .filter(|(_, results)| results.table == table)
            .max_by(|(_, a), (_, b)| a.ndcg_at_10.total_cmp(&b.ndcg_at_10))
    }

    /// How many of the newest picks the chosen family reads.
    pub fn max_history(self) -> usize {
        let family = self.family.get();
        self.manifest().family(&family.0).map_or(usize::MAX, |entry| entry.max_history)
    }

    /// What the reader should know, oldest first.
    pub fn notices(self) -> Signal<Vec<Notice>> {
        self.notices.into()
    }

    /// Tells the reader `notice`, in place of an older one about the same thing.
    pub fn tell(self, notice: Notice) {
        self.notices.update(|notices| {
            notices.retain(|it| !it.is_about_the_same_as(&notice));
            notices.push(notice);
        });
    }

    /// Takes `notice` away.
    pub fn dismiss(self, notice: &Notice) {
        self.notices.update(|notices| notices.retain(|it| !it.is_about_the_same_as(notice)));
    }

    /// Whether the engine ended, so that its notice stands for every missing answer.
    pub fn is_engine_stopped(self) -> bool {
        self.notices.with(|it| it.iter().any(|it| matches!(it, Notice::EngineStopped(_))))
    }

    /// The error of an answer that its own view has to show.
    pub fn shown_failure<Q, A>(self, latest: Latest<Q, A>) -> Option<EngineError>
    where
        Q: Clone + PartialEq + Send + Sync + 'static,
        A: Clone + Send + Sync + 'static,
    {
        latest.failure().filter(|_| !self.is_engine_stopped())
    }
}

/// The family to start with, out of the `allowed`: the usual one, else the best that is shipped.
fn first_family(manifest: &Manifest, allowed: impl Fn(&str) -> bool) -> FamilyName {
    let ndcg = |name: &str| {
        let results = manifest.family(name).and_then(|entry| entry.results.as_ref());
        results.map_or(0.0, |results| results.ndcg_at_10)
    };
    let name = families::shipped(manifest)
        .map(|it| it.card.name)
        .filter(|name| allowed(name))
        .max_by(|a, b| {
            let usual = (*a == FIRST_FAMILY).cmp(&(*b == FIRST_FAMILY));
            usual.then_with(|| ndcg(a).total_cmp(&ndcg(b)))
        })
        .unwrap_or(FIRST_FAMILY);
    FamilyName(name.to_owned())
}
