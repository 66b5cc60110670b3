//! What marks say before any training: the reader's vector, and the plain comparison.

use glassrec_loops::{add_scaled, dot};

/// A marked film with its text vector.
#[derive(Clone, Debug)]
pub(super) struct Film {
    /// Shape `[dim]`, of length 1.
    pub vector: Vec<f32>,
    pub is_liked: bool,
}

/// Sums over marked films; taken without one of them, nothing is known of it.
#[derive(Clone, Debug)]
pub(super) struct Taste {
    // Shape `[dim]` each.
    liked: Vec<f32>,
    disliked: Vec<f32>,
    n_liked: usize,
    n_disliked: usize,
    // The plain comparison's mean and deviation over the films, each left out of its own.
    mean: f32,
    deviation: f32,
}

impl Taste {
    /// The taste that `films` show; a kind of which there is none counts as a vector of zeros.
    pub(super) fn new<'a>(films: impl IntoIterator<Item = &'a Film> + Clone) -> Self {
        let dim = films.clone().into_iter().next().map_or(0, |it| it.vector.len());
        let mut taste = Self {
            liked: vec![0.0; dim],
            disliked: vec![0.0; dim],
            n_liked: 0,
            n_disliked: 0,
            mean: 0.0,
            deviation: 1.0,
        };
        for film in films.clone() {
            taste.add(film, 1.0);
        }
        let plains: Vec<f32> =
            films.into_iter().map(|it| taste.without(it).cosine(&it.vector)).collect();
        let n = plains.len().max(1) as f32;
        taste.mean = plains.iter().sum::<f32>() / n;
        let square = plains.iter().map(|it| (it - taste.mean).powi(2)).sum::<f32>() / n;
        taste.deviation = square.sqrt().max(1e-6);
        taste
    }

    /// The same with `film`, one of its films, left out.
    pub(super) fn without(&self, film: &Film) -> Self {
        let mut taste = self.clone();
        taste.add(film, -1.0);
        taste
    }

    /// The plain comparison: the cosine of `film` with the mean liked film minus the mean disliked
    /// one, in deviations from its mean over the marked films.
    pub(super) fn plain(&self, film: &[f32]) -> f32 {
        (self.cosine(film) - self.mean) / self.deviation
    }

    /// What the network reads of `film`, shape `[4 · dim]`: `[u; i; u·i; |u − i|]`, `u` the mean
    /// liked film; each number about 1 in size, as those of unit vectors are not.
    pub(super) fn inputs(&self, film: &[f32]) -> Vec<f32> {
        let size = (film.len() as f32).sqrt();
        let share = size / self.n_liked.max(1) as f32;
        let reader: Vec<f32> = self.liked.iter().map(|it| share * it).collect();
        let film: Vec<f32> = film.iter().map(|it| size * it).collect();
        let pairs = || reader.iter().zip(&film);
        let products: Vec<f32> = pairs().map(|(u, i)| u * i).collect();
        let differences: Vec<f32> = pairs().map(|(u, i)| (u - i).abs()).collect();
        [reader, film, products, differences].concat()
    }

    fn add(&mut self, film: &Film, sign: f32) {
        let (sum, n) = if film.is_liked {
            (&mut self.liked, &mut self.n_liked)
        } else {
            (&mut self.disliked, &mut self.n_disliked)
        };
        add_scaled(sum, sign, &film.vector);
        *n = if sign > 0.0 { *n + 1 } else { n.saturating_sub(1) };
    }

    /// The direction from the mean disliked film to the mean liked one, against `film`.
    fn cosine(&self, film: &[f32]) -> f32 {
        let mut direction = vec![0.0; self.liked.len()];
        add_scaled(&mut direction, 1.0 / self.n_liked.max(1) as f32, &self.liked);
        add_scaled(&mut direction, -1.0 / self.n_disliked.max(1) as f32, &self.disliked);
        let length = (dot(&direction, &direction) * dot(film, film)).sqrt();
        if length > 0.0 { dot(&direction, film) / length } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(vector: [f32; 2], is_liked: bool) -> Film {
        Film { vector: vector.to_vec(), is_liked }
    }

    #[test]
    fn the_plain_comparison_points_from_dislikes_to_likes() {
        let films = [film([1.0, 0.0], true), film([0.0, 1.0], false), film([0.6, 0.8], false)];
        let taste = Taste::new(&films);
        assert!(taste.plain(&[1.0, 0.0]) > taste.plain(&[0.6, 0.8]));
        assert!(taste.plain(&[0.6, 0.8]) > taste.plain(&[0.0, 1.0]));
        // The direction is (1, 0) − (0.3, 0.9).
        let want = (0.7 - 0.0) / (0.7_f32.powi(2) + 0.9_f32.powi(2)).sqrt();
        assert!((taste.cosine(&[1.0, 0.0]) - want).abs() < 1e-6);
    }

    #[test]
    fn the_inputs_are_reader_film_product_and_difference() {
        let taste = Taste::new(&[film([1.0, 0.0], true), film([0.0, 1.0], true)]);
        let root = std::f32::consts::SQRT_2;
        let want = [0.5 * root, 0.5 * root, root, 0.0, 1.0, 0.0, 0.5 * root, 0.5 * root];
        for (got, want) in taste.inputs(&[1.0, 0.0]).iter().zip(want) {
            assert!((got - want).abs() < 1e-6, "{got} is not {want}");
        }
    }

    #[test]
    fn a_film_left_out_says_nothing_of_itself() {
        let films = [film([1.0, 0.0], true), film([0.6, 0.8], true), film([0.0, 1.0], false)];
        let without = Taste::new(&films).without(&films[0]);
        let alone = Taste::new(&films[1..]);
        assert_eq!(without.cosine(&[1.0, 0.0]), alone.cosine(&[1.0, 0.0]));
        assert_eq!(without.inputs(&[1.0, 0.0]), alone.inputs(&[1.0, 0.0]));
    }

    #[test]
    fn alike_films_divide_by_no_zero() {
        let films = [film([1.0, 0.0], true), film([1.0, 0.0], false)];
        assert_eq!(Taste::new(&films).plain(&[1.0, 0.0]), 0.0);
        assert_eq!(Taste::new(std::iter::empty()).inputs(&[]), Vec::<f32>::new());
    }
}
