//! Influence, counterfactual sets.
