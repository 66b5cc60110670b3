//! What every feature of a page may use.

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use reactive_graph::graph::untrack;
use reactive_graph::owner::{LocalStorage, Owner, StoredValue};
use reactive_graph::traits::{GetValue, WithValue};

use super::clock::Clock;
use super::engine::{Engine, EngineHandle};
use super::files::Files;
use super::notices::Notices;
use super::reader::Reader;
use super::reranker::RerankerStore;
use super::reranker_keeping;
use super::router::{Place, Router};
use super::site::{Opened, Site};
use super::surroundings::Surroundings;
use super::texts::Texts;
use super::watch::EngineWatch;
use crate::engine::answer::Answers;
use crate::engine::protocol::FetchProgress;

/// Cheap to copy. Several may live on one page.
#[derive(Clone, Copy)]
pub struct Shell {
    pub site: Site,
    /// What the reader picked, and said of films.
    pub reader: Reader,
    pub engine: Engine,
    pub notices: Notices,
    pub address: Router,
    pub clock: Clock,
    /// Year, month and day where the reader is.
    pub today: fn() -> [u16; 3],
    pub random: fn() -> f64,
    pub has_webgpu: bool,
    pub has_own_model: bool,
    pub page_files: fn() -> Vec<FetchProgress>,
    texts: StoredValue<Rc<dyn Texts>, LocalStorage>,
    folder: StoredValue<String>,
    base: StoredValue<String>,
    /// Which of the page's shells this is, 0 the first.
    nth: usize,
    owner: StoredValue<Owner>,
    lasting: StoredValue<Made, LocalStorage>,
}

thread_local! {
    /// Made on this page so far.
    static N_SHELLS: Cell<usize> = const { Cell::new(0) };
    /// Of the shells after the first.
    static DOM_IDS: RefCell<BTreeMap<(usize, &'static str), &'static str>> = RefCell::default();
}

/// Few enough to look through.
type Made = Rc<RefCell<Vec<(TypeId, Box<dyn Any>)>>>;

/// State that is made when it is first asked for, and lasts as long as the shell: of a feature that is opened, left
/// and opened again, or of several features.
pub trait Lasting: Copy + 'static {
    fn of(shell: Shell) -> Self;
}

impl Shell {
    /// A shell over what was `opened`, whose files come from `files`, and whose engine's events `watch` hears. Reads
    /// no address and nothing that is kept: see [`Self::start`].
    pub fn new(
        opened: Opened,
        files: Rc<dyn Files>,
        engine: Rc<dyn Answers>,
        watch: EngineWatch,
        surroundings: Surroundings,
    ) -> Self {
        let notices = Notices::default();
        let site = Site::new(opened, files, notices);
        let Surroundings { address, texts, clock, today, random, folder, base, .. } = surroundings;
        let Surroundings { has_webgpu, has_own_model, page_files, .. } = surroundings;
        Self {
            site,
            reader: Reader::new(site, notices, texts.clone()),
            engine: Engine::new(EngineHandle::new(engine), watch, notices),
            notices,
            address: Router::new(address),
            clock,
            today,
            random,
            has_webgpu,
            has_own_model,
            page_files,
            texts: StoredValue::new_local(texts),
            folder: StoredValue::new(folder),
            base: StoredValue::new(base),
            nth: N_SHELLS.replace(N_SHELLS.get() + 1),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            lasting: StoredValue::new_local(Made::default()),
        }
    }

    /// Takes up what is kept on this device and what the address says, and from now on keeps both up to date.
    pub fn start(self, places: Vec<Place>) {
        let old = reranker_keeping::old_feedback(&*self.texts(), &self.site.catalogue());
        self.reader.keep_feedback(old);
        self.get::<RerankerStore>();
        self.address.start(self, places);
    }

    /// What is kept on this device.
    pub fn texts(self) -> Rc<dyn Texts> {
        self.texts.get_value()
    }

    /// The address of another page or file of the site, as a link of this page names it.
    pub fn href(self, path: &str) -> String {
        self.folder.with_value(|it| format!("{it}{path}"))
    }

    /// The whole address of the site's folder.
    pub fn base(self) -> String {
        self.base.get_value()
    }

    /// The id of an element: `name`, told apart from that of other shells on the page.
    pub fn dom_id(self, name: &'static str) -> &'static str {
        if self.nth == 0 {
            return name;
        }
        // An id is as static as the text of a page has it. Each is made once, and shells on a page are few.
        DOM_IDS.with_borrow_mut(|made| {
            *made.entry((self.nth, name)).or_insert_with(|| self.dom_id_of(name.to_owned()).leak())
        })
    }

    /// As [`Self::dom_id`], of a name that is made.
    pub fn dom_id_of(self, name: String) -> String {
        if self.nth == 0 { name } else { format!("{name}-of-{}", self.nth + 1) }
    }

    /// The state of this kind, made now if it is the first time.
    pub fn get<S: Lasting>(self) -> S {
        if let Some(made) = self.made() {
            return made;
        }
        let made = self.owner.get_value().with(|| untrack(|| S::of(self)));
        let all = self.lasting.get_value();
        all.borrow_mut().push((TypeId::of::<S>(), Box::new(made)));
        made
    }

    /// The state of this kind, if it was made before.
    pub fn made<S: Lasting>(self) -> Option<S> {
        self.lasting.with_value(|all| {
            let all = all.borrow();
            let found = all.iter().find(|it| it.0 == TypeId::of::<S>());
            found?.1.downcast_ref().copied()
        })
    }
}
