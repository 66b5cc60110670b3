//! Lines over steps, as of a loss over epochs.

use super::Room;

/// Lines with the scale they stand on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// A path for each line.
    pub paths: Vec<String>,
    /// Round values from below the least to above the largest, each with its height.
    pub ticks: Vec<(f32, f32)>,
    /// Where each step stands, of the longest line.
    pub steps: Vec<f32>,
}

/// Draws `lines` over a common scale that fills `room`, tenth by tenth or coarser; the first value
/// of each stands on its left edge, and the `n_steps`-th on its right one.
///
/// What is no number is left out.
pub fn curves(lines: &[Vec<f32>], n_steps: usize, room: Room) -> Curves {
    let values = || lines.iter().flatten().copied().filter(|it| it.is_finite());
    let (least, largest) =
        values().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), it| (a.min(it), b.max(it)));
    if least > largest {
        return Curves::default();
    }
    // A tenth, or what leaves no more than six ticks.
    let unit = ((largest - least) * 2.0).ceil().max(1.0);
    let (first, last) = ((10.0 * least / unit).floor(), (10.0 * largest / unit).ceil());
    let last = last.max(first + 1.0);
    let height = |value: f32| {
        let share = (10.0 * value / unit - first) / (last - first);
        room.bottom - share * (room.bottom - room.top)
    };
    let x = |step: usize| {
        room.left + (room.right - room.left) * step as f32 / n_steps.max(2).saturating_sub(1) as f32
    };
    let path = |line: &Vec<f32>| -> String {
        let points = line.iter().enumerate().filter(|(_, value)| value.is_finite());
        let mut path = String::new();
        for (step, &value) in points {
            let command = if path.is_empty() { 'M' } else { 'L' };
            path += &format!("{command}{:.1} {:.1}", x(step), height(value));
        }
        path
    };
    let ticks = (first as i32..=last as i32).map(|at| at as f32 * unit / 10.0);
    let longest = lines.iter().map(Vec::len).max().unwrap_or(0);
    Curves {
        paths: lines.iter().map(path).collect(),
        ticks: ticks.map(|value| (value, height(value))).collect(),
        steps: (0..longest).map(x).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { left: 0.0, right: 10.0, top: 0.0, bottom: 100.0 };

    #[test]
    fn lines_fill_the_room_between_round_values() {
        let got = curves(&[vec![0.6, 0.5], vec![0.6, 0.4, 0.45]], 3, ROOM);
        assert_eq!(got.paths, ["M0.0 0.0L5.0 50.0", "M0.0 0.0L5.0 100.0L10.0 75.0"]);
        let ticks: Vec<String> = got.ticks.iter().map(|(value, _)| format!("{value:.1}")).collect();
        assert_eq!(ticks, ["0.4", "0.5", "0.6"]);
        assert_eq!(got.steps, [0.0, 5.0, 10.0]);
    }

    #[test]
    fn one_point_no_point_and_no_number_draw_what_there_is() {
        assert_eq!(curves(&[], 5, ROOM), Curves::default());
        assert_eq!(curves(&[vec![f32::NAN]], 5, ROOM), Curves::default());
        let got = curves(&[vec![0.5]], 5, ROOM);
        assert_eq!((got.paths[0].as_str(), got.ticks.len()), ("M0.0 100.0", 2));
        let got = curves(&[vec![0.5, f32::INFINITY, 0.6]], 3, ROOM);
        assert_eq!(got.paths, ["M0.0 100.0L10.0 0.0"]);
    }

    #[test]
    fn a_wide_range_keeps_few_ticks() {
        let got = curves(&[vec![0.1, 40.0]], 2, ROOM);
        assert!((2..=7).contains(&got.ticks.len()), "{:?}", got.ticks);
    }
}
