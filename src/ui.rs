//! Parts of pages that know no feature and no words of one.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod keys;
pub mod skip;
