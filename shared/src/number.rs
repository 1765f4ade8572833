//! Numbers from text and as text, in little code.
//!
//! The standard library reads decimals to the last bit and brings 10 KB of powers of ten
//! for it, and nearly as much to write them; places, sizes and SVG need no more than what
//! is written here. Knows nothing else.

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
            // Not so large that it could not be counted up or down.
            let exponent = i32::from(
                exponent
                    .parse::<u16>()
                    .ok()
                    .filter(|_| is_digits(exponent))?,
            );
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

fn is_digits(text: &str) -> bool {
    text.bytes().all(|letter| letter.is_ascii_digit())
}

fn letters(text: &str, after_point: bool) -> impl Iterator<Item = (char, bool)> {
    text.chars().map(move |letter| (letter, after_point))
}

/// A power of ten that a float holds exactly, as it does all below.
const EXACT_POWER: i32 = 22;

/// Times a power of ten. Dividing by a power that a float holds exactly rounds once.
#[expect(clippy::cast_precision_loss, reason = "rounds to the nearest float")]
fn scaled(value: u64, scale: i32) -> f64 {
    let value = value as f64;
    if scale < -EXACT_POWER {
        // In two steps: the power alone may be too large where the number is not.
        value / 10_f64.powi(EXACT_POWER) / 10_f64.powi(scale.saturating_neg() - EXACT_POWER)
    } else if scale < 0 {
        value / 10_f64.powi(-scale)
    } else {
        value * 10_f64.powi(scale)
    }
}

/// Whole numbers below this are exact as floats.
const EXACT: f64 = 9e15;

/// A finite number below 1e19 as text with at most so many digits behind the point, up to
/// 18, rounded, and without zeros at its end. Of a number with more than 15 digits only the
/// first are right; what is no number is written as 0.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "below what is exact, and what is larger is cut off"
)]
pub fn written(value: f64, digits: u32) -> String {
    let size = value.abs();
    let mut unit = 1_u64;
    for _ in 0..digits {
        let finer = unit * 10;
        if size * finer as f64 >= EXACT {
            break;
        }
        unit = finer;
    }
    let units = (size * unit as f64).round() as u64;
    let sign = if value < 0.0 && units > 0 { "-" } else { "" };
    let whole = (units / unit).to_string();
    // The one in front keeps the zeros behind the point.
    let part = (unit + units % unit).to_string();
    let part = part.get(1..).unwrap_or_default().trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    [sign, &whole, point, part].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{parse, written};

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
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1.2.3",
            "ten",
            "inf",
            "NaN",
            "1 2",
            "--1",
            "1e999",
            "1e--5",
            "1e+-5",
            "1e--2147483648",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_short() {
        for (number, digits, text) in [
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (-0.05, 2, "-0.05"),
            (1.5, 0, "2"),
            (120.0, 3, "120"),
            (1.0 / 3.0, 9, "0.333333333"),
            (99.999, 2, "100"),
            (1e12, 9, "1000000000000"),
            (4e18, 9, "4000000000000000000"),
        ] {
            assert_eq!(written(number, digits), text);
        }
    }

    proptest! {
        #[test]
        fn it_is_written_as_the_standard_library_writes_it(
            number in -1e9_f64..1e9,
            digits in 0_u32..6,
        ) {
            let parts = 10_f64.powi(digits.cast_signed());
            let rounded = (number * parts).round() / parts;
            let theirs = format!("{}", if rounded == 0.0 { 0.0 } else { rounded });
            prop_assert_eq!(written(number, digits), theirs);
        }

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
