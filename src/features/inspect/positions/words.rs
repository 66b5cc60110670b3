//! A model that reads picks in order.

pub(super) const LEAD: &str = "It reads your picks from the oldest on and never looks \
     ahead. So after every pick it had a list ready, and the pick that came next was its exam.";
pub(super) const TABLE: &str = "Where each layer looked from there, one head each";
pub(super) const STOOD_BEFORE: &str = "Stood before";
pub(super) const ATTENTION_IS_NO_REASON: &str = "Attention is where the model looked, not why a \
     film is in the list: leave a pick out to learn that. Stood before: its rank just before you \
     picked it.";
