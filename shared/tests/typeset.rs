//! Text layout: line breaks, positions of letters, and the caret.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use shared::typeset::{
    Align, CaretStop, Font, LINE_HEIGHT, Layout, LayoutOptions, Run, advance, layout, list_mark,
    next_cluster,
};

const PLAIN: LayoutOptions = LayoutOptions {
    font: Font::Sans,
    size: 10.0,
    wrap: None,
    align: Align::Start,
};

fn run(text: &str) -> Run<'_> {
    Run {
        text,
        bold: false,
        italic: false,
    }
}

fn set(text: &str, setting: &LayoutOptions) -> Layout {
    layout(&[run(text)], setting)
}

fn wrapped(text: &str, width: f64) -> Layout {
    let wrap = Some(width);
    set(text, &LayoutOptions { wrap, ..PLAIN })
}

fn mono(columns: usize) -> LayoutOptions {
    LayoutOptions {
        font: Font::Mono,
        wrap: Some(columns as f64 * 6.0),
        ..PLAIN
    }
}

/// The letters of each line.
fn lines(layout: &Layout) -> Vec<String> {
    let letters: Vec<char> = layout.text().chars().collect();
    let of = |line: &shared::typeset::TextLine| letters[line.letters.clone()].iter().collect();
    layout.lines.iter().map(of).collect()
}

#[test]
fn widths_are_those_of_the_bundled_fonts() {
    // The widths are from the fonts. Inter has 2048 units per em, Shantell Sans 1000.
    assert_eq!(advance(Font::Handwriting, false, 'a'), 0.622);
    assert_eq!(advance(Font::Handwriting, false, ' '), 0.341);
    assert_eq!(advance(Font::Mono, true, 'W'), 0.6);
    assert!(advance(Font::Sans, true, 'm') > advance(Font::Sans, false, 'm'));
    // Shantell Sans has no Greek letters, so they are measured in the plain font.
    assert_eq!(
        advance(Font::Handwriting, false, 'λ'),
        advance(Font::Sans, false, 'λ')
    );
    assert_eq!(advance(Font::Handwriting, false, '漢'), 1.0);
    assert_eq!(advance(Font::Mono, false, '🙂'), 1.25);
    assert_eq!(advance(Font::Sans, false, '\u{301}'), 0.0);
    assert_eq!(
        advance(Font::Sans, false, '\t'),
        advance(Font::Sans, false, ' ')
    );
}

#[test]
fn every_letter_of_the_supported_scripts_has_a_width() {
    let scripts = [
        'A'..='z',
        'À'..='ÿ',
        'Ā'..='ň',
        'Ŋ'..='ž',
        'Α'..='Ρ',
        'α'..='ω',
        'А'..='я',
    ];
    for letter in scripts.into_iter().flatten() {
        for font in Font::ALL {
            let width = advance(font, false, letter);
            assert!(width > 0.2 && width < 1.3, "{letter} in {font:?}: {width}");
            let guess = 0.55;
            assert!(
                (width - guess).abs() > 1.0e-9,
                "{letter} in {font:?} is guessed"
            );
        }
    }
}

#[test]
fn an_empty_text_is_one_line_high() {
    let empty = set("", &PLAIN);
    assert_eq!(empty.lines.len(), 1);
    assert_eq!((empty.width, empty.height), (0.0, 10.0 * LINE_HEIGHT));
    assert_eq!(set("a\n", &PLAIN).lines.len(), 2);
}

#[test]
fn lines_break_between_words_and_trailing_spaces_overhang() {
    let text = set("one two  three", &mono(8));
    assert_eq!(lines(&text), ["one two  ", "three"]);
    assert_eq!(
        lines(&set("ab abcdefghij", &mono(4))),
        ["ab ", "abcd", "efgh", "ij"]
    );
    assert_eq!(lines(&set("a-b c-d", &mono(4))), ["a-b ", "c-d"]);
    assert_eq!(lines(&set("漢字漢字。", &mono(4))), ["漢字", "漢", "字。"]);
    assert_eq!(lines(&set("abc", &mono(0))), ["a", "b", "c"]);
}

#[test]
fn list_items_are_indented_after_their_marks() {
    for (text, mark) in [("• one two three", "• "), ("12. one two three", "12. ")] {
        let text = set(text, &mono(9));
        let hanging = mark.chars().count() as f64 * 6.0;
        let starts: Vec<f64> = text.lines.iter().map(|line| line.runs[0].x).collect();
        assert_eq!(starts[0], 0.0);
        assert!(starts.len() > 1 && starts[1..].iter().all(|x| (x - hanging).abs() < 1.0e-9));
    }
    assert_eq!(list_mark("1.2 metres"), None);
    assert_eq!(list_mark("2024. "), None);
    assert_eq!(list_mark("7. x"), Some("7. "));
}

#[test]
fn lines_are_aligned_as_set() {
    for (align, x) in [
        (Align::Start, 0.0),
        (Align::Center, 24.0),
        (Align::End, 48.0),
    ] {
        let text = set("ab ", &LayoutOptions { align, ..mono(10) });
        assert!((text.lines[0].runs[0].x - x).abs() < 1.0e-9, "{align:?}");
    }
}

#[test]
fn each_font_and_each_fallback_is_a_segment_of_its_own() {
    let runs = [
        run("ab"),
        Run {
            bold: true,
            ..run("cd")
        },
        run("e🙂f"),
    ];
    let text = layout(&runs, &PLAIN);
    let words: Vec<&str> = text.lines[0].runs.iter().map(|s| text.words(s)).collect();
    assert_eq!(words, ["ab", "cd", "e", "🙂", "f"]);
    assert!(text.lines[0].runs[1].bold && !text.lines[0].runs[2].bold);
    let chained = text.lines[0]
        .runs
        .windows(2)
        .all(|pair| pair[0].end == pair[1].x);
    assert!(chained);
}

#[test]
fn the_caret_moves_up_and_down_and_to_the_ends_of_lines() {
    let text = set("one two three\nfour", &mono(8));
    assert_eq!(lines(&text), ["one two ", "three", "four"]);
    assert_eq!(text.stop_below(1, 6.0, 1).index, 9);
    assert_eq!(text.stop_below(9, 6.0, 1).index, 15);
    assert_eq!(text.stop_below(15, 6.0, 1).index, 18);
    assert_eq!(text.stop_below(1, 6.0, -1).index, 0);
    let ends = |letter| {
        let (start, end) = text.line_ends(letter);
        (start.index, end.index)
    };
    assert_eq!(ends(3), (0, 7));
    assert_eq!(ends(8), (8, 13));
    // The position at a soft line break belongs to the next line.
    let caret = |letter| text.caret(CaretStop::upstream(letter));
    assert_eq!(caret(8).top, text.lines[1].top);
    assert_eq!(caret(13).top, text.lines[1].top);
    assert_eq!(caret(14).x, 0.0);
}

#[test]
fn selected_text_has_one_box_per_line() {
    let text = set("one two three\nfour", &mono(8));
    let boxes = text.marked(4..16);
    assert_eq!(boxes.len(), 3);
    assert!((boxes[0].left - 24.0).abs() < 1.0e-9 && (boxes[2].right - 12.0).abs() < 1.0e-9);
    assert!(text.marked(5..5).is_empty());
}

fn any_text() -> impl Strategy<Value = String> {
    "[a-f ä漢🙂\n•1.-]{0,60}"
}

proptest! {
    #[test]
    fn all_letters_are_on_a_line_in_order(text in any_text(), width in 1.0..120.0_f64) {
        let set = wrapped(&text, width);
        let mut next = 0;
        for (index, line) in set.lines.iter().enumerate() {
            prop_assert_eq!(line.letters.start, next);
            let last = index + 1 == set.lines.len();
            next = line.letters.end + usize::from(!line.broken && !last);
            let words: String = line.runs.iter().map(|s| set.words(s)).collect();
            prop_assert_eq!(&words, &lines(&set)[index]);
        }
        prop_assert_eq!(next, text.chars().count());
        prop_assert!((set.height - set.lines.len() as f64 * 13.0).abs() < 1.0e-6);
    }

    #[test]
    fn no_line_is_wider_than_the_box_unless_it_is_one_letter(
        text in any_text(), width in 1.0..120.0_f64,
    ) {
        let set = wrapped(&text, width);
        for (line, shown) in set.lines.iter().zip(lines(&set)) {
            let inked = shown.trim_end();
            let narrow = next_cluster(inked, 0) == inked.chars().count();
            let spaces = shown.chars().count() - inked.chars().count();
            let hanging = spaces as f64 * 10.0 * advance(Font::Sans, false, ' ');
            let end = line.runs.last().map_or(0.0, |last| last.end) - hanging;
            prop_assert!(narrow || end <= width + 1.0e-6, "{shown:?} in {width}");
        }
    }

    #[test]
    fn a_click_on_the_caret_finds_its_position(text in any_text(), width in 20.0..120.0_f64) {
        let set = wrapped(&text, width);
        for letter in 0..=text.chars().count() {
            let caret = set.caret(CaretStop::upstream(letter));
            let found = set.stop_at(caret.x, (caret.top + caret.bottom) / 2.0);
            let again = set.caret(found);
            // Letters without width share a position.
            prop_assert_eq!((again.x, again.top), (caret.x, caret.top));
        }
    }
}
