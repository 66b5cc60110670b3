//! Decoding that can say nothing but what it is allowed to: a trie of token sequences, and a beam through it.

use crate::order::best_first;
use std::collections::BTreeMap;

/// Token sequences, each known by its index, sharing their beginnings.
#[derive(Clone, Debug)]
pub struct Trie(Vec<Node>);

#[derive(Clone, Debug, Default)]
struct Node {
    /// By token: the node after it.
    after: BTreeMap<u32, usize>,
    /// The sequence that ends here.
    ends: Option<usize>,
}

/// A whole sequence that a beam came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Its index in the trie.
    pub sequence: usize,
    /// Sum over its tokens, in nats, as the model gives them: what is not allowed keeps its share.
    pub log_prob: f32,
}

/// A search for the likeliest sequences of a trie. The model is run outside of it.
#[derive(Clone, Debug)]
pub struct Beam {
    width: usize,
    /// The likeliest first.
    alive: Vec<Path>,
    done: Vec<Choice>,
}

#[derive(Clone, Debug)]
struct Path {
    tokens: Vec<u32>,
    node: usize,
    log_prob: f32,
}

impl Trie {
    /// The place before the first token.
    pub const ROOT: usize = 0;

    /// Of equal sequences the first is kept; empty ones are left out.
    pub fn new(sequences: impl IntoIterator<Item = Vec<u32>>) -> Self {
        let mut trie = Self(vec![Node::default()]);
        for (index, tokens) in sequences.into_iter().enumerate() {
            let mut at = Self::ROOT;
            for token in &tokens {
                let new = trie.0.len();
                let next = *trie.0[at].after.entry(*token).or_insert(new);
                if next == new {
                    trie.0.push(Node::default());
                }
                at = next;
            }
            if at != Self::ROOT {
                trie.0[at].ends.get_or_insert(index);
            }
        }
        trie
    }

    /// The tokens that may come at `node`, each with the node after it.
    pub fn allowed(&self, node: usize) -> impl Iterator<Item = (u32, usize)> {
        self.0.get(node).into_iter().flat_map(|it| it.after.iter().map(|(token, at)| (*token, *at)))
    }

    /// The sequence that ends at `node`, if one does.
    pub fn ends(&self, node: usize) -> Option<usize> {
        self.0.get(node)?.ends
    }
}

impl Beam {
    /// A search for the `width` likeliest sequences.
    pub fn new(width: usize) -> Self {
        let start = Path { tokens: Vec::new(), node: Trie::ROOT, log_prob: 0.0 };
        Self { width, alive: vec![start], done: Vec::new() }
    }

    /// What the model is to be asked next: rows of one length; none once the search is over.
    pub fn rows(&self) -> Vec<Vec<u32>> {
        self.alive.iter().map(|it| it.tokens.clone()).collect()
    }

    /// The tokens that may come after each of [`Beam::rows`], in the order of the `trie`.
    pub fn allowed(&self, trie: &Trie) -> Vec<Vec<u32>> {
        self.alive.iter().map(|it| trie.allowed(it.node).map(|next| next.0).collect()).collect()
    }

    /// Goes on by one token. `next` are the logarithms of the probabilities of [`Beam::allowed`], `[n_rows][n_allowed]`.
    pub fn advance(&mut self, trie: &Trie, next: &[impl AsRef<[f32]>]) {
        let mut longer: Vec<Path> = Vec::new();
        for (path, log_probs) in self.alive.iter().zip(next.iter().map(AsRef::as_ref)) {
            for ((token, node), log_prob) in trie.allowed(path.node).zip(log_probs) {
                let log_prob = path.log_prob + log_prob;
                if let Some(sequence) = trie.ends(node) {
                    self.done.push(Choice { sequence, log_prob });
                }
                let tokens = path.tokens.iter().copied().chain([token]).collect();
                longer.push(Path { tokens, node, log_prob });
            }
        }
        longer.retain(|it| trie.allowed(it.node).next().is_some());
        best_first(&mut longer, |it| it.log_prob);
        longer.truncate(self.width);
        best_first(&mut self.done, |it| it.log_prob);
        self.done.truncate(self.width);
        // A longer sequence is never likelier than its beginning.
        let worst = self.done.get(self.width - 1).map_or(f32::NEG_INFINITY, |it| it.log_prob);
        longer.retain(|it| it.log_prob > worst);
        self.alive = longer;
    }

    /// The likeliest sequences so far, the best first.
    pub fn done(&self) -> &[Choice] {
        &self.done
    }
}
