//! The network: one hidden layer beside a plain comparison, its gradient, and AdamW.
//!
//! `candle` and `burn` would bring a library of tensors for one hidden layer, and train elsewhere
//! than slice by slice.
//!
//! `logit = skip · plain + bias + Σ_h second_h · tanh(first_h · inputs + first_bias_h)`

use crate::random::SplitMix64;
use glassrec_loops::{add_scaled, dot};

/// Hidden units.
pub(super) const N_HIDDEN: usize = 8;
/// `first_bias`, `second`, `skip` and `bias` follow the rows of `first`.
const N_SMALL: usize = 2 * N_HIDDEN + 2;

/// What one film gives the network.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// Shape `[n_inputs]`.
    pub inputs: Vec<f32>,
    /// The plain comparison, deviation about 1.
    pub plain: f32,
    pub is_liked: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Network {
    n_inputs: usize,
    // Invariant: `N_HIDDEN · n_inputs + N_SMALL` finite numbers.
    parameters: Vec<f32>,
}

impl Network {
    /// A network that is the plain comparison: its second layer is 0. `bias` is the logit of a
    /// film about which nothing is known.
    pub(super) fn new(n_inputs: usize, bias: f32, random: &mut SplitMix64) -> Self {
        let reach = (3.0 / n_inputs.max(1) as f32).sqrt() / 2.0;
        let mut parameters: Vec<f32> = (0..N_HIDDEN * n_inputs)
            .map(|_| reach * (2.0 * random.uniform() as f32 - 1.0))
            .collect();
        parameters.extend([0.0; 2 * N_HIDDEN]);
        parameters.extend([1.0, bias]);
        Self { n_inputs, parameters }
    }

    /// `None` if there are too few, too many, or some that are no numbers.
    pub(super) fn from_parameters(n_inputs: usize, parameters: Vec<f32>) -> Option<Self> {
        let is_whole = parameters.len() == N_HIDDEN * n_inputs + N_SMALL;
        let is_sound = is_whole && parameters.iter().all(|it| it.is_finite());
        is_sound.then_some(Self { n_inputs, parameters })
    }

    pub(super) fn into_parameters(self) -> Vec<f32> {
        self.parameters
    }

    pub(super) fn logit(&self, inputs: &[f32], plain: f32) -> f32 {
        let (_, second, [skip, bias]) = self.small();
        let hidden = self.hidden(inputs);
        skip * plain + bias + hidden.iter().zip(second).map(|(h, v)| h * v).sum::<f32>()
    }

    /// Adds the gradient of the mean loss of `examples` to `gradient`, shape of the parameters,
    /// and gives that loss.
    pub(super) fn add_gradient<'a>(
        &self,
        examples: impl ExactSizeIterator<Item = &'a Example>,
        gradient: &mut [f32],
    ) -> f32 {
        let share = 1.0 / examples.len().max(1) as f32;
        let n_first = N_HIDDEN * self.n_inputs;
        let mut total = 0.0;
        for example in examples {
            let (_, second, [skip, bias]) = self.small();
            let hidden = self.hidden(&example.inputs);
            let logit = skip * example.plain
                + bias
                + hidden.iter().zip(second).map(|(h, v)| h * v).sum::<f32>();
            total += share * loss(logit, example.is_liked);
            let slope = share * (sigmoid(logit) - f32::from(u8::from(example.is_liked)));
            let (of_first, of_small) = gradient.split_at_mut(n_first);
            for (h, row) in of_first.chunks_exact_mut(self.n_inputs).enumerate() {
                let before_tanh = slope * second[h] * (1.0 - hidden[h] * hidden[h]);
                of_small[h] += before_tanh;
                of_small[N_HIDDEN + h] += slope * hidden[h];
                // At the start the second layer is 0, and so is this.
                if before_tanh != 0.0 {
                    add_scaled(row, before_tanh, &example.inputs);
                }
            }
            of_small[2 * N_HIDDEN] += slope * example.plain;
            of_small[2 * N_HIDDEN + 1] += slope;
        }
        total
    }

    /// Shape `[N_HIDDEN]`.
    fn hidden(&self, inputs: &[f32]) -> [f32; N_HIDDEN] {
        let (first_bias, ..) = self.small();
        let mut hidden = [0.0; N_HIDDEN];
        let rows = self.parameters.chunks_exact(self.n_inputs);
        for ((unit, row), bias) in hidden.iter_mut().zip(rows).zip(first_bias) {
            *unit = (dot(row, inputs) + bias).tanh();
        }
        hidden
    }

    /// All that follows the first layer's weights: its biases, the second layer, skip and bias.
    fn small(&self) -> (&[f32], &[f32], [f32; 2]) {
        let small = &self.parameters[N_HIDDEN * self.n_inputs..];
        let (first_bias, rest) = small.split_at(N_HIDDEN);
        let (second, last) = rest.split_at(N_HIDDEN);
        (first_bias, second, [last[0], last[1]])
    }
}

/// Cross-entropy of a logit, without overflow.
pub(super) fn loss(logit: f32, is_liked: bool) -> f32 {
    let towards = if is_liked { logit } else { -logit };
    (-towards.abs()).exp().ln_1p() - towards.min(0.0)
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// AdamW: Adam with decoupled weight decay (Loshchilov and Hutter, 2019).
#[derive(Clone, Debug)]
pub(super) struct AdamW {
    learning_rate: f32,
    decay: f32,
    n_steps: i32,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl AdamW {
    const BETA1: f32 = 0.9;
    const BETA2: f32 = 0.98;
    const EPSILON: f32 = 1e-8;

    pub(super) fn new(network: &Network, learning_rate: f32, decay: f32) -> Self {
        let zeros = vec![0.0; network.parameters.len()];
        Self { learning_rate, decay, n_steps: 0, mean: zeros.clone(), square: zeros }
    }

    pub(super) fn n_parameters(&self) -> usize {
        self.mean.len()
    }

    /// One step against `gradient`, which is 0 afterwards. Biases and the plain comparison do
    /// not shrink.
    pub(super) fn step(&mut self, network: &mut Network, gradient: &mut [f32]) {
        self.n_steps += 1;
        let unbiased = |keep: f32| 1.0 / (1.0 - keep.powi(self.n_steps));
        let (of_mean, of_square) = (unbiased(Self::BETA1), unbiased(Self::BETA2));
        let n_first = N_HIDDEN * network.n_inputs;
        let is_weight =
            |at: usize| at < n_first || (N_HIDDEN..2 * N_HIDDEN).contains(&(at - n_first));
        let moments = self.mean.iter_mut().zip(&mut self.square);
        let all = network.parameters.iter_mut().zip(gradient).zip(moments);
        for (at, ((parameter, slope), (mean, square))) in all.enumerate() {
            *mean = Self::BETA1 * *mean + (1.0 - Self::BETA1) * *slope;
            *square = Self::BETA2 * *square + (1.0 - Self::BETA2) * *slope * *slope;
            let step = *mean * of_mean / ((*square * of_square).sqrt() + Self::EPSILON);
            let decay = if is_weight(at) { self.decay } else { 0.0 };
            *parameter -= self.learning_rate * (step + decay * *parameter);
            *slope = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N_INPUTS: usize = 11;

    fn network() -> Network {
        let mut random = SplitMix64::new(1);
        let mut network = Network::new(N_INPUTS, 0.2, &mut random);
        // Far from the start, where the second layer is 0 and hides mistakes in the first.
        network.parameters.iter_mut().for_each(|it| *it += random.uniform() as f32 - 0.5);
        network
    }

    fn examples(n: usize) -> Vec<Example> {
        let mut random = SplitMix64::new(2);
        let mut number = || 2.0 * random.uniform() as f32 - 1.0;
        let example = |at: usize| Example {
            inputs: (0..N_INPUTS).map(|_| number()).collect(),
            plain: 0.3 * at as f32 - 0.5,
            is_liked: at.is_multiple_of(3),
        };
        (0..n).map(example).collect()
    }

    #[test]
    fn the_gradient_is_that_of_finite_differences() {
        const STEP: f32 = 5e-3;
        let (network, examples) = (network(), examples(6));
        let mut gradient = vec![0.0; network.parameters.len()];
        network.add_gradient(examples.iter(), &mut gradient);
        let loss_at = |at: usize, step: f32| {
            let mut moved = network.clone();
            moved.parameters[at] += step;
            let logits = examples.iter().map(|it| (moved.logit(&it.inputs, it.plain), it.is_liked));
            logits.map(|(logit, is_liked)| f64::from(loss(logit, is_liked))).sum::<f64>() / 6.0
        };
        assert_eq!(gradient.len(), N_HIDDEN * N_INPUTS + N_SMALL);
        for (at, got) in gradient.iter().enumerate() {
            let want = (loss_at(at, STEP) - loss_at(at, -STEP)) / f64::from(2.0 * STEP);
            assert!((f64::from(*got) - want).abs() < 2e-4, "parameter {at}: {got}, {want}");
        }
    }

    #[test]
    fn a_new_network_is_the_plain_comparison() {
        let network = Network::new(N_INPUTS, -0.4, &mut SplitMix64::new(5));
        for it in examples(5) {
            assert_eq!(network.logit(&it.inputs, it.plain), it.plain - 0.4);
        }
    }

    #[test]
    fn the_loss_is_finite_however_wrong_a_logit_is() {
        assert!((loss(0.0, true) - std::f32::consts::LN_2).abs() < 1e-6);
        assert_eq!(loss(1e6, false), 1e6);
        assert_eq!(loss(1e6, true), 0.0);
        assert_eq!(loss(-300.0, true), 300.0);
    }

    #[test]
    fn adamw_takes_steps_of_the_learning_rate_and_shrinks_weights_alone() {
        let start = network();
        let mut moved = start.clone();
        let mut gradient: Vec<f32> =
            (0..start.parameters.len()).map(|at| if at % 2 == 0 { 0.7 } else { -3.0 }).collect();
        AdamW::new(&start, 0.01, 0.0).step(&mut moved, &mut gradient);
        for (at, (before, after)) in start.parameters.iter().zip(&moved.parameters).enumerate() {
            let want = if at % 2 == 0 { -0.01 } else { 0.01 };
            assert!((after - before - want).abs() < 1e-5, "the first step is the sign's");
        }
        assert!(gradient.iter().all(|it| *it == 0.0));
        let mut shrunk = start.clone();
        AdamW::new(&start, 0.01, 0.5).step(&mut shrunk, &mut gradient);
        let kept: Vec<usize> = (0..start.parameters.len())
            .filter(|&at| start.parameters[at] == shrunk.parameters[at])
            .collect();
        let n_first = N_HIDDEN * N_INPUTS;
        let mut want: Vec<usize> = (n_first..n_first + N_HIDDEN).collect();
        want.extend([n_first + 2 * N_HIDDEN, n_first + 2 * N_HIDDEN + 1]);
        assert_eq!(kept, want);
    }

    #[test]
    fn it_learns_what_no_straight_line_parts() {
        // Liked where two inputs have the same sign.
        let mut examples = examples(80);
        for it in &mut examples {
            it.plain = 0.0;
            it.is_liked = it.inputs[0] * it.inputs[1] > 0.0;
        }
        let mut network = Network::new(N_INPUTS, 0.0, &mut SplitMix64::new(4));
        let mut adam = AdamW::new(&network, 0.02, 0.0);
        let mut gradient = vec![0.0; network.parameters.len()];
        let before = network.add_gradient(examples.iter(), &mut gradient);
        let mut after = before;
        for _ in 0..400 {
            adam.step(&mut network, &mut gradient);
            after = network.add_gradient(examples.iter(), &mut gradient);
        }
        assert!(before > 0.6 && after < 0.1, "from {before} to {after}");
    }

    #[test]
    fn damaged_parameters_are_refused() {
        let whole = network().into_parameters();
        assert!(Network::from_parameters(N_INPUTS, whole.clone()).is_some());
        assert!(Network::from_parameters(N_INPUTS + 1, whole.clone()).is_none());
        let mut damaged = whole;
        damaged[3] = f32::NAN;
        assert!(Network::from_parameters(N_INPUTS, damaged).is_none());
    }
}
