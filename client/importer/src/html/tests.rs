//! Pages of text programs and tables.

use super::*;
use crate::rich_text;
use shared::model::NewElement;

fn elements(html: &str) -> Vec<NewElement> {
    let (blocks, _) = read(html);
    rich_text::elements(&blocks, 1.0).0
}

fn is_bold(new: &NewElement) -> bool {
    new.text.runs().all(|run| run.marks.has(Marks::BOLD))
}

#[test]
fn a_table_becomes_a_grid_of_aligned_texts() {
    let made = elements(
        "<meta charset=\"utf-8\"><table><tr><td><b>Plant</b></td><td><b>Where</b></td><td><b>Water</b></td></tr>\
         <tr><td>Basil</td><td>window of the kitchen</td><td>daily</td></tr>\
         <tr><td>Fern</td><td></td><td>twice<br>a week</td></tr></table>",
    );
    let texts: Vec<String> = made.iter().map(|new| new.text.plain()).collect();
    assert_eq!(
        texts,
        [
            "Plant",
            "Where",
            "Water",
            "Basil",
            "window of the kitchen",
            "daily",
            "Fern",
            "twice\na week"
        ]
    );
    let at = |number: usize| (made[number].props.at.x, made[number].props.at.y);
    assert_eq!((at(0).0, at(3).0, at(6).0), (0.0, 0.0, 0.0));
    assert_eq!((at(1).0, at(2).0), (at(4).0, at(5).0));
    assert_eq!(at(2).0, at(7).0, "an empty cell keeps its column");
    assert!(at(0).1 == at(2).1 && at(3).1 == at(5).1 && at(0).1 < at(3).1 && at(3).1 < at(6).1);
    assert!(at(1).0 < at(2).0);
    assert!(made[..3].iter().all(is_bold) && !made[3..].iter().any(is_bold));
    let group = made[0].props.groups();
    assert!(
        made.iter()
            .all(|new| new.props.groups() == group && group.len() == 1)
    );
}

#[test]
fn documents_keep_bold_italic_lists_and_links() {
    let made = elements(
        "<html><head><style>p{color:red}</style></head><body><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\">\
         <p dir=\"ltr\"><span style=\"font-weight:400\">A plan with </span><span style=\"font-weight:700;font-style:italic\">weight</span></p>\
         <ul><li><p>first</p></li><li>second<ol><li>inner</li></ol></li></ul><br>\
         <p>See <a href=\"https://example.org/a\">the page</a>&nbsp;or <a href=\"https://b.org/\">https://b.org</a></p></b></body></html>",
    );
    assert_eq!(made.len(), 1);
    assert_eq!(
        made[0].text.plain(),
        "A plan with weight\n• first\n• second\n    1. inner\n\nSee the page (https://example.org/a) or https://b.org"
    );
    let marks: Vec<(String, Marks)> = made[0]
        .text
        .runs()
        .map(|run| (run.text.to_owned(), run.marks))
        .collect();
    let both = Marks::BOLD.set(Marks::ITALIC, true);
    assert!(marks.contains(&("weight".to_owned(), both)), "{marks:?}");
    assert!(marks.iter().filter(|(_, it)| *it != Marks::NONE).count() == 1);
}

#[test]
fn text_and_tables_stand_one_below_the_other() {
    let made = elements(
        "<p>before</p><table><thead><tr><th colspan='2'>Head</th></tr></thead><tbody><tr><td>a</td>\
         <td style='text-align:right'>1</td></tr><tr><td>b</td><td style='text-align:right'>1000</td></tr></tbody></table><pre>x\n  y</pre>",
    );
    let texts: Vec<String> = made.iter().map(|new| new.text.plain()).collect();
    assert_eq!(texts, ["before", "Head", "a", "1", "b", "1000", "x\n  y"]);
    assert!(
        is_bold(&made[1]) && made[3].props.at.x > made[5].props.at.x,
        "aligned at their right"
    );
    assert!(
        made.windows(2)
            .all(|pair| pair[0].props.at.y <= pair[1].props.at.y)
    );
}

#[test]
fn hostile_pages_do_no_harm() {
    for html in [
        "<table>".repeat(10_000),
        "<tr><td>".repeat(10_000),
        format!(
            "<table><tr>{}</tr></table>",
            "<td colspan='999999999'>x".repeat(5_000)
        ),
        format!("<table>{}</table>", "<tr><td>x</td></tr>".repeat(40_000)),
        "<ul><li>".repeat(10_000),
        "x".repeat(100_000),
        "<a href='javascript:alert(1)'>x</a><script>alert(1)</script>".to_owned(),
    ] {
        let made = elements(&html);
        assert!(made.len() <= crate::limits::MAX_ELEMENTS);
        assert!(made.iter().all(|new| !new.text.plain().contains("alert")));
    }
}
