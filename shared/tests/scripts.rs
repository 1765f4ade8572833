//! Text in every script: clusters, line breaks, order, and the caret in mixed lines.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use shared::model::{Board, Body, NewElement, Prop};
use shared::op::{Commit, Guard, Op, apply_commit};
use shared::typeset::{
    Align, CaretStop, Font, Layout, LayoutOptions, Measure, Measures, Run, Toward, layout,
    layout_measured, next_cluster, next_word, pieces, previous_cluster, previous_word, word_at,
};
use testkit::fixtures::{client_id, commit, element_id, ink, stroke};

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

fn set(text: &str, width: impl Into<Option<f64>>) -> Layout {
    let wrap = width.into();
    layout(&[run(text)], &LayoutOptions { wrap, ..PLAIN })
}

/// The letters of each line.
fn lines(layout: &Layout) -> Vec<String> {
    let letters: Vec<char> = layout.text().chars().collect();
    let of = |line: &shared::typeset::TextLine| letters[line.letters.clone()].iter().collect();
    layout.lines.iter().map(of).collect()
}

/// The runs of the first line from left to right; those from right to left in brackets.
fn order(text: &str) -> String {
    let text = set(text, None);
    let mut shown = String::new();
    for run in &text.lines[0].runs {
        let words = text.words(run);
        match run.is_rtl {
            true => shown.push_str(&format!("[{words}]")),
            false => shown.push_str(words),
        }
    }
    shown.replace("][", "")
}

#[test]
fn a_line_has_the_order_of_the_bidirectional_algorithm() {
    assert_eq!(order("Say שלום עולם to all"), "Say [שלום עולם] to all");
    // The paragraph runs to the left: its first run is the rightmost one.
    assert_eq!(order("שלום עולם! (123) abc"), "abc[) ]123[! (שלום עולם]");
    assert_eq!(
        order("مرحبا بالعالم، هذا 2024 سطر."),
        "[.سطر ]2024[ مرحبا بالعالم، هذا]"
    );
    // An override decides, and neutral characters between two words follow them.
    assert_eq!(order("\u{202e}abc\u{202c}"), "\u{202e}[abc]\u{202c}");
    assert_eq!(order("abc (שלום)"), "abc ([שלום])");
}

#[test]
fn a_paragraph_begins_at_the_side_of_its_first_strong_character() {
    let text = set("abc\nשלום\n123 שלום\n12", 100.0);
    let starts: Vec<f64> = text
        .lines
        .iter()
        .map(|line| text.caret(text.line_ends(line.letters.start).0).x)
        .collect();
    let expected = [0.0, 100.0, 100.0, 0.0];
    assert!(
        starts
            .iter()
            .zip(expected)
            .all(|(x, right)| (x - right).abs() < 1.0e-9),
        "{starts:?}"
    );
    let end = text.caret(text.line_ends(4).1).x;
    assert!(end < 100.0 && (end - text.lines[1].runs[0].x).abs() < 1.0e-9);
}

#[test]
fn centre_and_end_follow_the_direction_too() {
    for (align, left) in [(Align::Center, 0.5), (Align::End, 0.0), (Align::Start, 1.0)] {
        let wrap = Some(100.0);
        let text = layout(
            &[run("שלום  ")],
            &LayoutOptions {
                wrap,
                align,
                ..PLAIN
            },
        );
        let word = text.lines[0].runs.last().unwrap();
        let free = 100.0 - (word.end - word.x);
        assert!(
            (word.x - free * left).abs() < 1.0e-9,
            "{align:?}: {}",
            word.x
        );
    }
}

#[test]
fn clusters_are_never_torn() {
    let text = "a👨‍👩‍👧‍👦b🇩🇪c👩🏽‍🚀d";
    let shown = set(text, None);
    let words: Vec<&str> = shown.lines[0]
        .runs
        .iter()
        .map(|it| shown.words(it))
        .collect();
    assert_eq!(words, ["a", "👨‍👩‍👧‍👦", "b", "🇩🇪", "c", "👩🏽‍🚀", "d"]);
    // Each emoji takes the place of one.
    let emoji = &shown.lines[0].runs[1];
    assert!((emoji.end - emoji.x - 12.5).abs() < 1.0e-9);
    for width in 1..40 {
        for line in lines(&set(text, f64::from(width))) {
            assert!(
                !line.starts_with('\u{200d}') && !line.starts_with('🏽'),
                "{line}"
            );
            assert_eq!(line.matches(|it| ('🇦'..='🇿').contains(&it)).count() % 2, 0);
        }
    }
}

#[test]
fn a_row_of_emoji_breaks_between_them_and_stays_in_its_box() {
    let text = set(&"👍".repeat(15), 64.0);
    assert_eq!(lines(&text), ["👍👍👍👍👍"; 3]);
    assert!(text.lines.iter().all(|line| line.runs[0].end <= 64.0));
}

#[test]
fn lines_break_where_the_script_allows_it() {
    assert_eq!(
        lines(&set("こんにちは世界、ABCと混ぜる。", 71.0)),
        ["こんにちは世", "界、ABCと混ぜ", "る。"]
    );
    assert_eq!(lines(&set("नमस्ते दुनिया", 30.0)), ["नमस्ते ", "दुनिया"]);
    assert_eq!(lines(&set("হ্যালো বিশ্ব", 30.0)), ["হ্যালো ", "বিশ্ব"]);
    assert_eq!(
        lines(&set("see https://a.example/b?c=1 now", 60.0))[0],
        "see https://"
    );
    // Thai has no spaces: without a measure it breaks between clusters, and never before a mark.
    for line in lines(&set("สวัสดีชาวโลก", 20.0)) {
        assert!(
            !line.starts_with(['\u{e31}', '\u{e34}', '\u{e35}']),
            "{line}"
        );
    }
    assert_eq!(
        lines(&set("never\u{a0}break", 20.0)).concat(),
        "never\u{a0}break"
    );
}

fn measure(text: &str, advances: &[u16], breaks: &[u16]) -> Measure {
    Measure {
        text: text.to_owned(),
        bold: false,
        italic: false,
        advances: advances.to_vec(),
        breaks: breaks.to_vec(),
    }
}

#[test]
fn a_measure_gives_a_piece_its_widths_and_breaks() {
    let text = "a สวัสดีชาวโลก";
    let clusters = pieces(&[run(text)], Font::Sans)[0].estimates.len();
    assert_eq!(clusters, 10);
    let measures: Measures = [measure("สวัสดีชาวโลก", &[400; 10], &[3, 6])]
        .into_iter()
        .collect();
    let wrap = Some(30.0);
    let shown = layout_measured(&[run(text)], &LayoutOptions { wrap, ..PLAIN }, &measures);
    assert_eq!(lines(&shown), ["a สวัสดี", "ชาวโลก"]);
    let thai = &shown.lines[1].runs[0];
    assert!((thai.end - thai.x - 24.0).abs() < 1.0e-9 && thai.is_system);
    // A measure with another number of clusters is of another version of Unicode.
    let other: Measures = [measure("สวัสดีชาวโลก", &[400; 9], &[])]
        .into_iter()
        .collect();
    let shown = layout_measured(&[run(text)], &PLAIN, &other);
    assert_eq!(shown, layout(&[run(text)], &PLAIN));
}

#[test]
fn pieces_are_words_of_system_fonts() {
    let found = pieces(&[run("Say שלום עולם 👍👍 漢字 to all")], Font::Handwriting);
    let words: Vec<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(words, ["עולם", "שלום", "字", "漢", "👍"]);
    assert!(pieces(&[run("Grüße, Привет, Γεια – “plain” text 1/2")], Font::Sans).is_empty());
    let long = "ก".repeat(200);
    let lengths: Vec<usize> = pieces(&[run(&long)], Font::Sans)
        .iter()
        .map(|piece| piece.text.chars().count())
        .collect();
    assert_eq!(lengths, [8, 64]);
}

#[test]
fn the_newest_measure_wins_and_an_empty_one_drops() {
    let old: Measures = [measure("א", &[500], &[]), measure("ב", &[600], &[])]
        .into_iter()
        .collect();
    let new: Measures = [measure("ב", &[], &[]), measure("א", &[510], &[])]
        .into_iter()
        .collect();
    let merged = old.merged(&new);
    let merged: Vec<Measure> = merged.list().cloned().collect();
    assert_eq!(merged, [measure("א", &[510], &[])]);
}

#[test]
fn measures_add_up_and_have_no_writer() {
    let mut board = Board::new();
    let new = NewElement {
        body: Body::Text,
        ..stroke(element_id(1), ink([(0.0, 0.0)]))
    };
    let set = |measures: Measures| Op::Set {
        id: new.id,
        prop: Prop::Measures(measures),
    };
    let put = commit(1, vec![Op::Put(Box::new(new.clone()))]);
    let _ = apply_commit(&mut board, client_id(1), &put);
    for (by, text) in [(client_id(1), "א"), (client_id(2), "ב")] {
        let ops = vec![set([measure(text, &[600], &[])].into_iter().collect())];
        let guarded = Commit {
            guard: Guard::MineOnly,
            ..commit(2, ops)
        };
        assert!(guarded.validate().is_ok());
        let _ = apply_commit(&mut board, by, &guarded);
    }
    let element = board.get(new.id).unwrap();
    assert_eq!(element.props.measures().list().len(), 2);
    assert!(element.is_untouched_by_others(client_id(1)));
    let wide: Measures = [measure("א", &[20_001], &[])].into_iter().collect();
    assert!(set(wide).validate().is_err());
    let long = "א".repeat(65);
    let long: Measures = [measure(&long, &[], &[])].into_iter().collect();
    assert!(set(long).validate().is_err());
}

#[test]
fn one_run_holds_a_whole_phrase() {
    let text = set("नमस्ते, दुनिया! ok 漢字", None);
    let runs = &text.lines[0].runs;
    let words: Vec<&str> = runs.iter().map(|it| text.words(it)).collect();
    assert_eq!(words, ["नमस्ते, दुनिया", "! ok ", "漢字"]);
    assert_eq!(
        runs.iter().map(|it| it.is_system).collect::<Vec<_>>(),
        [true, false, true]
    );
}

/// The places that the caret passes on its way through the first line.
fn way(text: &Layout, from: CaretStop, toward: Toward) -> Vec<usize> {
    let mut stops = vec![from];
    loop {
        let last = *stops.last().unwrap();
        let next = text.stop_toward(last, toward);
        if next == last || stops.len() > 20 {
            return stops.iter().map(|stop| stop.index).collect();
        }
        stops.push(next);
    }
}

#[test]
fn arrow_keys_follow_the_screen() {
    let text = set("ab שלו c", None);
    let way_right = way(&text, CaretStop::upstream(0), Toward::Right);
    assert_eq!(way_right, [0, 1, 2, 3, 5, 4, 3, 7, 8]);
    let way_left = way(&text, CaretStop::downstream(8), Toward::Left);
    assert_eq!(way_left, [8, 7, 6, 4, 5, 6, 2, 1, 0]);
    // Each step moves in its direction.
    let mut stop = CaretStop::upstream(0);
    for _ in 0..8 {
        let next = text.stop_toward(stop, Toward::Right);
        assert!(text.caret(next).x > text.caret(stop).x);
        stop = next;
    }
}

#[test]
fn arrow_keys_go_on_in_the_next_line() {
    let text = set("ab\nשל", 50.0);
    let right = way(&text, CaretStop::upstream(1), Toward::Right);
    assert_eq!(right[..3], [1, 2, 3]);
    assert_eq!(way(&text, CaretStop::upstream(3), Toward::Left), [3, 4, 5]);
    let back = text.stop_toward(CaretStop::upstream(3), Toward::Right);
    assert_eq!(back.index, 2);
    let emoji = set("a👨‍👩‍👧‍👦b", None);
    assert_eq!(
        way(&emoji, CaretStop::upstream(0), Toward::Right),
        [0, 1, 8, 9]
    );
}

#[test]
fn a_selection_in_a_mixed_line_has_several_boxes() {
    let text = set("ab שלום cd", None);
    let boxes = text.marked(1..5);
    assert_eq!(boxes.len(), 2, "{boxes:?}");
    let hebrew = &text.lines[0].runs[1];
    assert!((boxes[1].right - hebrew.end).abs() < 1.0e-9 && boxes[1].left > hebrew.x);
    assert_eq!(text.marked(0..10).len(), 1);
}

#[test]
fn a_click_finds_the_character_under_it() {
    let text = set("ab שלום cd", None);
    let hebrew = &text.lines[0].runs[1];
    let first = text.stop_at(hebrew.end - 0.5, 5.0);
    assert_eq!(
        first,
        CaretStop::downstream(3),
        "the first letter is the rightmost one"
    );
    assert_eq!(text.stop_at(hebrew.x + 0.5, 5.0), CaretStop::upstream(7));
    assert_eq!(text.stop_at(hebrew.x - 0.5, 5.0), CaretStop::upstream(3));
}

#[test]
fn steps_by_cluster_and_word() {
    let text = "क्षमा 👩🏽‍🚀 can't—शब्द";
    let letters = |range: std::ops::Range<usize>| -> String {
        text.chars().skip(range.start).take(range.len()).collect()
    };
    assert_eq!(letters(0..next_cluster(text, 0)), "क्ष");
    let end = text.chars().count();
    assert_eq!(letters(previous_cluster(text, end)..end), "ब्द");
    assert_eq!(letters(previous_word(text, end)..end), "शब्द");
    assert_eq!(letters(0..next_word(text, 0)), "क्षमा");
    let emoji = text.chars().position(|it| it == '👩').unwrap();
    assert_eq!(letters(emoji..next_cluster(text, emoji)), "👩🏽‍🚀");
    let word = text.chars().position(|it| it == 'n').unwrap();
    assert_eq!(letters(word_at(text, word)), "can't");
    assert_eq!(word_at("", 0), 0..0);
}

fn any_text() -> impl Strategy<Value = String> {
    "[a-c 1(.שלم۱\u{202e}\u{202c}\u{2067}\u{2069}👍🏽🇩\u{200d}\u{fe0f}é\u{301}नि्กา漢\n]{0,40}"
}

proptest! {
    #[test]
    fn every_place_has_a_caret_and_every_caret_a_place(
        text in any_text(), width in 5.0..120.0_f64,
    ) {
        let set = set(&text, width);
        let count = text.chars().count();
        for letter in 0..=count {
            for stop in [CaretStop::upstream(letter), CaretStop::downstream(letter)] {
                let caret = set.caret(stop);
                prop_assert!(caret.x.is_finite() && caret.bottom > caret.top);
                let found = set.stop_at(caret.x, (caret.top + caret.bottom) / 2.0);
                prop_assert!(found.index <= count);
                for toward in [Toward::Left, Toward::Right] {
                    prop_assert!(set.stop_toward(stop, toward).index <= count);
                }
            }
        }
        let boxes: f64 = set.marked(0..count).iter().map(|it| it.right - it.left).sum();
        prop_assert!(boxes >= 0.0);
    }

    #[test]
    fn the_runs_of_a_line_hold_all_its_letters(text in any_text(), width in 5.0..120.0_f64) {
        let set = set(&text, width);
        let mut next = 0;
        for (at, (line, letters)) in set.lines.iter().zip(lines(&set)).enumerate() {
            prop_assert_eq!(line.letters.start, next);
            next = line.letters.end + usize::from(!line.broken && at + 1 < set.lines.len());
            let count: usize = line.runs.iter().map(|it| set.words(it).chars().count()).sum();
            prop_assert_eq!(count, letters.chars().count());
            prop_assert!(line.runs.windows(2).all(|it| (it[0].end - it[1].x).abs() < 1.0e-9));
        }
        prop_assert_eq!(next, text.chars().count());
    }
}
