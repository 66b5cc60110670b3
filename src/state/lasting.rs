//! What is made when it is first asked for, and lasts as long as the page.

use std::sync::Arc;

use reactive_graph::graph::untrack;
use reactive_graph::owner::{Owner, StoredValue};
use reactive_graph::traits::{GetValue, SetValue};

/// The state of a feature that is opened, left and opened again: begun work goes on meanwhile. Cheap to copy.
pub struct Lasting<S: Clone + Send + Sync + 'static> {
    owner: StoredValue<Owner>,
    make: StoredValue<Arc<dyn Fn() -> S + Send + Sync>>,
    made: StoredValue<Option<S>>,
}

impl<S: Clone + Send + Sync + 'static> Clone for Lasting<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Clone + Send + Sync + 'static> Copy for Lasting<S> {}

impl<S: Clone + Send + Sync + 'static> Lasting<S> {
    /// Lasts as long as whoever owns the signals that are made here.
    pub fn new(make: impl Fn() -> S + Send + Sync + 'static) -> Self {
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            make: StoredValue::new(Arc::new(make)),
            made: StoredValue::new(None),
        }
    }

    pub fn get(self) -> S {
        if let Some(made) = self.made.get_value() {
            return made;
        }
        let make = self.make.get_value();
        let made = self.owner.get_value().with(|| untrack(|| make()));
        self.made.set_value(Some(made.clone()));
        made
    }
}

#[cfg(test)]
mod tests {
    use reactive_graph::signal::RwSignal;
    use reactive_graph::traits::{GetUntracked, Set, Update};

    use super::*;

    #[test]
    fn it_is_made_once_when_asked_for_and_outlives_whoever_asked() {
        let page = Owner::new();
        page.set();
        let n_made = RwSignal::new(0);
        let lasting = Lasting::new(move || {
            n_made.update(|it| *it += 1);
            RwSignal::new(7)
        });
        assert_eq!(n_made.get_untracked(), 0, "nobody has asked");
        let feature = page.child();
        let made = feature.with(|| lasting.get());
        made.set(8);
        feature.cleanup();
        drop(feature);
        assert_eq!(lasting.get().get_untracked(), 8);
        assert_eq!(n_made.get_untracked(), 1);
    }
}
