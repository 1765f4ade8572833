//! Texts that become diagrams: outlines, lists, Mermaid in a fence, and the limits of texts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[allow(dead_code, reason = "each test file uses a part")]
mod drawn;

use std::collections::BTreeSet;

use diagrams::limits::{MAX_NODES, MAX_PARTICIPANTS, MAX_SEQUENCE_ROWS, MAX_SOURCE_BYTES};
use diagrams::{is_mermaid, read};
use shared::model::Body;

use drawn::{draw, edges, triple, words_by_key};

#[test]
fn texts_beyond_the_limits_are_refused() {
    let refused = |text: &str| read(text).unwrap_err().to_string();
    assert!(refused(&"x".repeat(MAX_SOURCE_BYTES + 1)).contains("bytes"));
    assert!(
        refused(&format!("flowchart TD\n a[{}]", "word ".repeat(1_000))).contains("characters")
    );
    let columns = (0..=MAX_PARTICIPANTS).map(|at| format!("participant p{at}\n"));
    assert!(
        refused(&format!("sequenceDiagram\n{}", columns.collect::<String>()))
            .contains("participants")
    );
    let rows = "a->>b: c\n".repeat(MAX_SEQUENCE_ROWS + 1);
    assert!(refused(&format!("sequenceDiagram\n{rows}")).contains("messages"));
    let deep: String = (0..20).map(|at| format!("subgraph s{at}\n")).collect();
    let text = format!("flowchart TD\n{deep}a\n{}", "end\n".repeat(20));
    assert!(refused(&text).contains("groups in each other"));
    assert!(refused(&format!("flowchart TD\n{}a", "a-->".repeat(12_000))).contains("edges"));
    let items = "item\n".repeat(MAX_NODES + 1);
    assert!(refused(&items).contains("items"));
}

#[test]
fn an_outline_becomes_a_tree() {
    let nested = "Trip\n  Bags\n    Tent\n  Food\n";
    let bullets = "- Trip\n  * Bags\n    + [ ] Tent\n  * Food\n";
    let numbers = "1. Trip\n1.1 Bags\n1.1.1 Tent\n1.2 Food\n";
    let headings = "# Trip\n## Bags\n### Tent\n## Food\n";
    let tabs = "Trip\n\tBags\n\t\tTent\n\tFood";
    for text in [nested, bullets, numbers, headings, tabs] {
        let drawn = draw(&read(text).unwrap());
        drawn.check();
        drawn.nothing_overlaps();
        let expected = [
            triple("Trip", "Bags", ""),
            triple("Bags", "Tent", ""),
            triple("Trip", "Food", ""),
        ];
        assert_eq!(edges(&drawn), expected.into_iter().collect(), "{text}");
    }
}

#[test]
fn a_list_becomes_sticky_notes_in_a_grid() {
    let text = "- Buy milk\n- Call the dentist about the appointment\n- Rest\n- Read\n- Write\n";
    let drawn = draw(&read(text).unwrap());
    drawn.check();
    drawn.nothing_overlaps();
    let notes: Vec<_> = drawn.board.elements().collect();
    assert!(
        notes
            .iter()
            .all(|note| matches!(note.body, Body::Sticky { .. }))
    );
    let rows: BTreeSet<i64> = notes.iter().map(|note| note.props.at.y as i64).collect();
    assert_eq!((drawn.elements.elements.len(), rows.len()), (5, 2));
    let words = words_by_key(&drawn);
    assert!(words.contains_key("Buy milk"), "{words:?}");
}

#[test]
fn numbers_and_dashes_in_sentences_stay() {
    let drawn = draw(&read("3 apples\n2024 was good\n- 5 pears\n").unwrap());
    let words: Vec<String> = words_by_key(&drawn).into_values().collect();
    assert_eq!(words, ["2024 was good", "3 apples", "5 pears"]);
}

#[test]
fn mermaid_in_a_fence_is_read_and_its_lines_keep_their_numbers() {
    let drawn = draw(&read("```mermaid\nflowchart LR\n a --> b\n```\n").unwrap());
    assert_eq!(edges(&drawn), [triple("a", "b", "")].into_iter().collect());
    let error = read("\n```mermaid\nflowchart LR\n a --> b\n b -->\n```").unwrap_err();
    assert_eq!(error.line, Some(5), "{error}");
}

#[test]
fn only_a_whole_header_makes_a_text_mermaid() {
    for text in [
        "graph TD\n a --> b",
        "flowchart LR; a --> b",
        "  mindmap\n  a",
        "```mermaid\nsequenceDiagram\n a->>b: c\n```",
        "---\ntitle: a\n---\n%% b\nflowchart\n a",
    ] {
        assert!(is_mermaid(text), "{text}");
    }
    for text in [
        "graph theory is fun",
        "mindmap of ideas",
        "pie\n",
        "",
        "---",
        "flowcharts",
    ] {
        assert!(!is_mermaid(text), "{text}");
    }
}
