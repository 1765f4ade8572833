//! Unicode's own test files: clusters (UAX #29), line breaks (UAX #14), order (UAX #9).
//! `unicode_data/README.md` says which lines of them.

use super::cluster::{Paragraph, paragraphs};
use super::visual::in_visual_order;
use super::{Align, Font, LayoutOptions, Measures, Run, next_cluster};

fn character(code: &str) -> char {
    char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()
}

/// The characters of a line such as `÷ 0020 × 0308 ÷`, and the numbers of characters before the
/// breaks.
fn with_breaks(line: &str) -> (String, Vec<usize>) {
    let (mut text, mut count, mut breaks) = (String::new(), 0, Vec::new());
    for item in line.split_whitespace() {
        match item {
            "÷" => breaks.push(count),
            "×" => {}
            code => {
                text.push(character(code));
                count += 1;
            }
        }
    }
    (text, breaks)
}

/// A text of one paragraph; `None` for one of several.
fn only_paragraph(text: &str) -> Option<Paragraph> {
    let run = Run {
        text,
        bold: false,
        italic: false,
    };
    let setting = LayoutOptions {
        font: Font::Sans,
        size: 10.0,
        wrap: None,
        align: Align::Start,
    };
    let mut all = paragraphs(text, &[run], &setting, &Measures::default());
    all.pop().filter(|_| all.is_empty())
}

#[test]
fn clusters_are_those_of_unicode() {
    let lines: Vec<&str> = include_str!("unicode_data/grapheme_break.txt")
        .lines()
        .collect();
    assert!(lines.len() > 500);
    for line in lines {
        let (text, breaks) = with_breaks(line);
        let mut found = vec![0];
        while *found.last().unwrap() < text.chars().count() {
            found.push(next_cluster(&text, *found.last().unwrap()));
        }
        assert_eq!(found, breaks, "{line}");
    }
}

#[test]
fn lines_end_where_unicode_allows_it() {
    let mut checked = 0;
    for line in include_str!("unicode_data/line_break.txt").lines() {
        let (text, breaks) = with_breaks(line);
        let Some(paragraph) = only_paragraph(&text) else {
            continue;
        };
        let clusters = &paragraph.clusters;
        let found: Vec<usize> = clusters
            .iter()
            .filter(|cluster| cluster.may_end_line)
            .map(|cluster| cluster.letters.end)
            .collect();
        // The end of the paragraph is no break of ours, and a break never tears a cluster.
        let ends_cluster = |at: &usize| clusters.iter().any(|cluster| cluster.letters.end == *at);
        let count = text.chars().count();
        let expected = breaks.into_iter().filter(|at| *at < count);
        let expected: Vec<usize> = expected.filter(ends_cluster).collect();
        assert_eq!(found, expected, "{line}");
        checked += 1;
    }
    assert!(checked > 1_000, "{checked}");
}

#[test]
fn lines_have_the_order_of_unicode() {
    let mut checked = 0;
    for line in include_str!("unicode_data/bidi_character.txt").lines() {
        let fields: Vec<&str> = line.split(';').collect();
        let text: String = fields[0].split(' ').map(character).collect();
        let Some(paragraph) = only_paragraph(&text) else {
            continue;
        };
        // The layout finds the direction itself; the file sets it for most lines.
        if fields[1] != "2" && paragraph.is_rtl != (fields[2] == "1") {
            continue;
        }
        assert_eq!(paragraph.is_rtl, fields[2] == "1", "{line}");
        let levels: Vec<&str> = fields[3].split(' ').collect();
        let is_first = |at: &usize| paragraph.clusters.iter().any(|it| it.letters.start == *at);
        let expected = fields[4].split(' ').filter_map(|at| at.parse().ok());
        let expected: Vec<usize> = expected.filter(is_first).collect();
        let found: Vec<usize> = in_visual_order(&paragraph.clusters, paragraph.is_rtl)
            .map(|(cluster, _)| cluster.letters.start)
            // The algorithm removes these; the layout keeps them without width.
            .filter(|at| levels[*at] != "x")
            .collect();
        assert_eq!(found, expected, "{line}");
        checked += 1;
    }
    assert!(checked > 1_000, "{checked}");
}
