//! A model that reads picks in order.

pub(super) const LEAD: &str = "It reads your films oldest first and never looks ahead. After \
     every film it has a list ready, so your next film tests its list.";
pub(super) const TABLE: &str = "Where each layer looked from there, one head each";
pub(super) const STOOD_BEFORE: &str = "Rank before";
pub(super) const ATTENTION_IS_NO_REASON: &str = "Attention is where the model looked, not why a \
     film is in the list: leave a film out to learn that. Rank before: its rank just before you \
     picked it.";
