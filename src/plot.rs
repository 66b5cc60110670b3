//! Numbers to lengths, positions and arcs. Knows nothing of films or models.

/// The length of a bar for `value`, in percent of the room, where `largest` fills it.
///
/// Negative and unknown values have no length; a value that is there always shows.
pub fn bar_percent(value: f32, largest: f32) -> f32 {
    const SHORTEST: f32 = 1.0;
    if value.is_nan() || largest.is_nan() || value <= 0.0 || largest <= 0.0 {
        return 0.0;
    }
    (100.0 * (value / largest).min(1.0)).max(SHORTEST)
}

/// A bar that grows from a middle line, left for negative values and right for positive ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it starts, in percent of the room from the left.
    pub start_percent: f32,
    pub length_percent: f32,
}

/// The bars of `values` around a common zero, so that the largest of them, either way, reaches
/// its edge. All bars have no length if there is nothing but zero.
pub fn diverging_bars(values: &[f32]) -> Vec<Bar> {
    let largest = values.iter().fold(0.0_f32, |reach, value| reach.max(value.abs()));
    let bar = |&value: &f32| {
        let length_percent = bar_percent(value.abs(), largest) / 2.0;
        let start_percent = if value < 0.0 { 50.0 - length_percent } else { 50.0 };
        Bar { start_percent, length_percent }
    };
    values.iter().map(bar).collect()
}

/// One arc of a ring as numbers for an SVG circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arc {
    /// Length of the visible dash along the circle.
    pub dash: f32,
    /// The rest of the circle, left empty.
    pub gap: f32,
    /// `stroke-dashoffset`: negative, so that the arc starts that far along.
    pub offset: f32,
}

/// A circle of `radius` cut into `n` equal arcs with `gap` between neighbours, from the start of
/// the circle onwards. A single arc is the whole circle.
pub fn ring(n: usize, radius: f32, gap: f32) -> Vec<Arc> {
    let around = std::f32::consts::TAU * radius;
    if n == 1 {
        return vec![Arc { dash: around, gap: 0.0, offset: 0.0 }];
    }
    let share = around / n as f32;
    let dash = (share - gap).max(share / 2.0);
    (0..n).map(|at| Arc { dash, gap: around - dash, offset: -(share * at as f32) }).collect()
}

/// Round numbers from 0 to at least `largest`, about `about` of them, for the ticks of a scale.
pub fn ticks(largest: f32, about: usize) -> Vec<f32> {
    if !largest.is_finite() || largest <= 0.0 || about == 0 {
        return vec![0.0];
    }
    let rough = largest / about as f32;
    let magnitude = 10.0_f32.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|steps| steps * magnitude)
        .into_iter()
        .find(|&step| step >= rough * 0.999)
        .unwrap_or(10.0 * magnitude);
    let n_steps = (largest / step - 1e-3).ceil().max(1.0) as usize;
    (0..=n_steps).map(|at| at as f32 * step).collect()
}
