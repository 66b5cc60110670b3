//! Time, as whatever measures it or lets it pass is given it.

use futures::future::LocalBoxFuture;

/// The clock of a page, or of a test. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Clock {
    /// Milliseconds since some moment that stays.
    pub now_millis: fn() -> f64,
    /// Ends once the page has answered its reader: long work waits so between two pieces of it.
    pub pause: fn() -> LocalBoxFuture<'static, ()>,
}
