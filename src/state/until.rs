//! Waiting for a signal, without asking it again and again.

use std::cell::Cell;

use futures::channel::oneshot;
use reactive_graph::effect::Effect;
use reactive_graph::owner::Owner;

/// Ends once `is_so` holds, as the signals that it reads tell.
pub async fn until(is_so: impl Fn() -> bool + 'static) {
    let (tell, told) = oneshot::channel();
    let tell = Cell::new(Some(tell));
    let owner = Owner::new();
    owner.with(|| {
        Effect::new(move || {
            if is_so()
                && let Some(tell) = tell.take()
            {
                let _ = tell.send(()); // who no longer waits does not care
            }
        });
    });
    // The sender goes with the owner, which is here.
    let _ = told.await;
}
