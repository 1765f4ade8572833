//! Numbers from text, in little code.
//!
//! The standard library reads decimals to the last bit and brings 10 KB of powers of ten
//! for it; places, sizes and SVG need no more than what is written here. Knows nothing else.

/// Digits beyond these are beyond the precision of a float.
const MOST_DIGITS: u32 = 18;

/// Reads a number such as `-1.5`, `.5` or `2e3`, exact to about 15 digits. Nothing for
/// anything else, infinity and the like included.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = signed(text);
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => {
            let (down, exponent) = signed(exponent);
            let exponent: i32 = exponent.parse().ok()?;
            (digits, if down { -exponent } else { exponent })
        }
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let (mut value, mut seen, mut scale) = (0_u64, 0_u32, exponent);
    for (letter, after_point) in letters(whole, false).chain(letters(part, true)) {
        let digit = letter.to_digit(10)?;
        if seen < MOST_DIGITS {
            value = value * 10 + u64::from(digit);
            seen += u32::from(value > 0);
            scale = scale.checked_sub(i32::from(after_point))?;
        } else {
            scale = scale.checked_add(i32::from(!after_point))?;
        }
    }
    let value = scaled(value, scale);
    value
        .is_finite()
        .then_some(if negative { -value } else { value })
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn letters(text: &str, after_point: bool) -> impl Iterator<Item = (char, bool)> {
    text.chars().map(move |letter| (letter, after_point))
}

/// Times a power of ten. Dividing by a power that a float holds exactly rounds once.
#[expect(clippy::cast_precision_loss, reason = "rounds to the nearest float")]
fn scaled(value: u64, scale: i32) -> f64 {
    let value = value as f64;
    if scale < 0 {
        // In two steps: the power alone may be too large where the number is not.
        let half = scale.saturating_neg() / 2;
        value / 10_f64.powi(half) / 10_f64.powi(scale.saturating_neg() - half)
    } else {
        value * 10_f64.powi(scale)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    #[test]
    fn numbers_as_people_and_programs_write_them() {
        for (text, number) in [
            ("0", 0.0),
            ("-0.5", -0.5),
            (".25", 0.25),
            ("+3.", 3.0),
            ("12e-2", 0.12),
            ("1E3", 1000.0),
            ("0.000001", 1e-6),
            ("100000000000000000000", 1e20),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in [
            "", "-", ".", "e5", "1e", "1.2.3", "ten", "inf", "NaN", "1 2", "--1", "1e999",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_what_is_written(number in -1e12_f64..1e12, digits in 0_usize..9) {
            let text = format!("{number:.digits$}");
            let (ours, theirs) = (parse(&text).unwrap(), text.parse::<f64>().unwrap());
            prop_assert!((ours - theirs).abs() <= theirs.abs() * 1e-15, "{ours} {theirs}");
        }

        #[test]
        fn no_text_makes_it_panic(text in "[-+.eE0-9]{0,40}") {
            let _ = parse(&text);
        }
    }
}
