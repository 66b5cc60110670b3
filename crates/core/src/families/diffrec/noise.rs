//! Gaussian noise that is the same for the same seed everywhere.

use crate::random::SplitMix64;

/// `n` numbers of mean 0 and deviation 1: a stream of its own for every `seed` and `draw`.
///
/// SplitMix64 gives the uniform numbers and the formula of Box and Muller makes pairs of them
/// Gaussian.
pub(super) fn gaussian(seed: u32, draw: u32, n: usize) -> Vec<f32> {
    let mut random = SplitMix64::new((u64::from(seed) << 32) | u64::from(draw));
    let mut numbers = Vec::with_capacity(n + 1);
    while numbers.len() < n {
        // Never 0, whose logarithm would be infinite.
        let radius = (-2.0 * (1.0 - random.uniform()).ln()).sqrt();
        let (sine, cosine) = (std::f64::consts::TAU * random.uniform()).sin_cos();
        numbers.extend([(radius * cosine) as f32, (radius * sine) as f32]);
    }
    numbers.truncate(n);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_known_numbers_and_each_draw_its_own() {
        let got = gaussian(7, 0, 3);
        for (got, want) in got.iter().zip(KNOWN) {
            assert!((got - want).abs() < 1e-6, "{got} is not {want}");
        }
        assert_eq!(gaussian(7, 0, 2), got[..2]);
        assert_ne!(gaussian(7, 1, 3), got);
        assert_ne!(gaussian(8, 0, 3), got);
    }

    #[test]
    fn the_numbers_have_mean_0_and_deviation_1() {
        let numbers = gaussian(1, 0, 10_000);
        let mean = numbers.iter().sum::<f32>() / 10_000.0;
        let square = numbers.iter().map(|it| it * it).sum::<f32>() / 10_000.0;
        assert!(mean.abs() < 0.03 && (square - 1.0).abs() < 0.05, "{mean}, {square}");
        let n_far = numbers.iter().filter(|it| it.abs() > 1.96).count();
        assert!((400..600).contains(&n_far), "{n_far} beyond 1.96");
    }

    /// Worked out in Python from the same formulas.
    const KNOWN: [f32; 3] = [-1.1387353, 1.1746734, 0.0925645];
}
