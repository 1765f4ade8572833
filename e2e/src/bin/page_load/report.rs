//! The table of medians.

use crate::measure::Load;

/// A column: its heading and its value.
type Column = (&'static str, fn(&Load) -> f64);

const COLUMNS: [Column; 8] = [
    ("ink ms", |load| load.ink),
    ("ready ms", |load| load.ready),
    ("paint ms", |load| load.paint),
    ("kB", |load| load.kilobytes),
    ("kB in all", |load| load.kilobytes_in_all),
    ("main ms", |load| load.main_thread),
    ("script ms", |load| load.scripts),
    ("cpu ms", |load| load.processor),
];

/// Explains the columns.
pub(crate) const LEGEND: &str = "\
Medians. ink: from the start of the navigation until a stroke, begun when the page is ready, shows;
ready: until canvas and toolbar are there and the whiteboard reports that it can be used (Commonslate
has then heard from its server, Excalidraw has none); paint: until anything shows; kB: fetched by the
first ink, and in all; main, script: time of the page's main thread by the first ink, and the part of
it in scripts; cpu: time of all cores in the page's process, where a slowed main thread counts more.
Only the main thread is slowed, not the threads that compile WebAssembly beside it.";

/// The rows of one condition: both whiteboards, and the first divided by the second.
pub(crate) fn table(condition: &str, rows: [(&str, &[Load]); 2]) -> String {
    let headings = COLUMNS.map(|(heading, _)| heading.to_owned());
    let [first, second] = rows.map(|(_, loads)| COLUMNS.map(|(_, of)| median(loads, of)));
    let mut text = format!("\n{condition}\n{}", row("", &headings));
    for ((name, _), medians) in rows.iter().zip([&first, &second]) {
        text += &row(name, &medians.map(|value| format!("{value:.0}")));
    }
    let ratios: Vec<String> = first
        .iter()
        .zip(second)
        .map(|(one, other)| format!("{:.2}", one / other))
        .collect();
    text + &row("ratio", &ratios)
}

fn row(name: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {cell:>9}")).collect();
    format!("  {name:<12}{cells}\n")
}

/// The median.
fn median(loads: &[Load], of: impl Fn(&Load) -> f64) -> f64 {
    let mut values: Vec<f64> = loads.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        at(half)
    } else {
        f64::midpoint(at(half.wrapping_sub(1)), at(half))
    }
}

#[cfg(test)]
mod tests {
    use super::{Load, median, table};

    fn load(ink: f64) -> Load {
        Load {
            kilobytes: 1.0,
            kilobytes_in_all: 1.0,
            paint: 1.0,
            ready: 1.0,
            ink,
            main_thread: 1.0,
            scripts: 1.0,
            processor: 1.0,
        }
    }

    #[test]
    fn a_median_is_the_middle_or_the_mean_of_both_middle_ones() {
        let of = |values: &[f64]| {
            let loads: Vec<Load> = values.iter().copied().map(load).collect();
            median(&loads, |load| load.ink)
        };
        assert_eq!(
            (of(&[9.0, 1.0, 2.0]), of(&[9.0, 1.0, 2.0, 4.0])),
            (2.0, 3.0)
        );
        assert!(of(&[]).is_nan());
    }

    #[test]
    fn the_ratio_is_the_first_whiteboard_by_the_second() {
        let (first, second) = ([load(300.0)], [load(600.0)]);
        let text = table("here", [("one", &first), ("two", &second)]);
        let ratio = text.lines().last().unwrap();
        assert!(ratio.contains("0.50"), "{text}");
    }
}
