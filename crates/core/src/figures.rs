//! Numbers as they are written: one way for signs, digits and nothing.

/// Digits behind the point, at least and at most.
const FEWEST: usize = 2;
const MOST: usize = 5;
/// How many digits of the largest number are shown.
const SHOWN: i32 = 3;

/// "0.62", "−0.18" with a true minus; what rounds to nothing is "0.00", without a sign.
pub fn plain(value: f32, digits: usize) -> String {
    written(value, digits, "")
}

/// As [`plain`], with a plus as well: "+0.62".
pub fn signed(value: f32, digits: usize) -> String {
    written(value, digits, "+")
}

fn written(value: f32, digits: usize, plus: &str) -> String {
    let text = format!("{:.digits$}", value.abs());
    let sign = match () {
        () if text.bytes().all(|it| matches!(it, b'0' | b'.')) => "",
        () if value < 0.0 => "−",
        () => plus,
    };
    format!("{sign}{text}")
}

/// How many digits behind the point tell enough of numbers up to `largest`.
pub fn digits_of(largest: f32) -> usize {
    let magnitude = largest.abs().log10().floor();
    if !magnitude.is_finite() {
        return FEWEST;
    }
    usize::try_from(SHOWN - 1 - magnitude as i32).unwrap_or(0).clamp(FEWEST, MOST)
}

/// As [`digits_of`] the first, and more where neighbours that differ would read alike.
pub fn digits_apart(values: &[f32]) -> usize {
    let fewest = digits_of(values.first().copied().unwrap_or(0.0));
    let are_apart = |&digits: &usize| {
        let read_alike = |pair: &[f32]| plain(pair[0], digits) == plain(pair[1], digits);
        !values.windows(2).any(|pair| pair[0] != pair[1] && read_alike(pair))
    };
    (fewest..MOST).find(are_apart).unwrap_or(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_true_and_nothing_has_none() {
        for (value, digits, want) in [
            (0.62, 2, ["0.62", "+0.62"]),
            (-0.18, 2, ["−0.18", "−0.18"]),
            (-0.0, 2, ["0.00", "0.00"]),
            (-0.004, 2, ["0.00", "0.00"]),
            (0.004, 2, ["0.00", "0.00"]),
            (-0.004, 3, ["−0.004", "−0.004"]),
            (-0.2, 0, ["0", "0"]),
        ] {
            assert_eq!([plain(value, digits), signed(value, digits)], want, "{value}");
        }
    }

    #[test]
    fn small_numbers_get_more_digits() {
        let got = [24.0, 2.23, 0.31, 0.104, 0.042, 0.000_01, 0.0, f32::NAN].map(digits_of);
        assert_eq!(got, [2, 2, 3, 3, 4, 5, 2, 2]);
        assert_eq!(digits_of(-0.31), 3);
    }

    #[test]
    fn rows_that_differ_read_differently() {
        assert_eq!(digits_apart(&[8.25, 8.11, 8.02]), 2);
        assert_eq!(digits_apart(&[8.251, 8.249, 8.02]), 3);
        assert_eq!(digits_apart(&[0.1043, 0.1041, 0.1041]), 4);
        assert_eq!(digits_apart(&[1.0, 1.0]), 2, "equal scores may read alike");
        assert_eq!(digits_apart(&[1.0, 0.999_999]), MOST);
        assert_eq!(digits_apart(&[]), 2);
    }
}
