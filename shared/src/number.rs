//! Numbers as short decimal text, for SVG, CSS and links.

/// Writes a number with at most `decimals` digits after the point and without trailing zeros:
/// `1.50` becomes `1.5`, `-0.00` becomes `0`. Infinity and NaN become `0`, because none of the
/// formats that we write has them.
#[must_use]
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let mut text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" {
        text.remove(0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn trailing_zeros_are_dropped() {
        for (number, decimals, text) in [
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (-0.05, 2, "-0.05"),
            (1.5, 0, "2"),
            (120.0, 0, "120"),
            (120.0, 3, "120"),
            (1.0 / 3.0, 9, "0.333333333"),
            (99.999, 2, "100"),
            (4e18, 9, "4000000000000000000"),
            (f64::NAN, 2, "0"),
            (f64::NEG_INFINITY, 2, "0"),
        ] {
            assert_eq!(decimal(number, decimals), text);
        }
    }
}
