//! Elements in clusters by their words.

use std::collections::BTreeSet;

use authoring::{Arrange, MAX_ENTRIES, Written};
use kurbo::Rect;
use serde_json::{Value, json};
use shared::id::ElementId;
use shared::model::Board;
use shared::op::{Commit, Guard, apply_commit};

use crate::arrange::ask;
use crate::{ADA, made, rect, seed, words};

/// Puts elements in clusters.
fn cluster(board: &mut Board, ids: &[ElementId], titles: bool) -> Written {
    let ids = words(ids);
    let request = Arrange::Cluster { ids, titles };
    let written = request.ops(board, &seed(9)).unwrap();
    let ops = written.ops.clone();
    let guard = Guard::Any;
    let commit = Commit { cno: 1, guard, ops };
    assert_eq!(commit.validate(), Ok(()));
    apply_commit(board, ADA.client, &commit);
    written
}

/// Sticky notes, each a little beside the one before it.
fn notes(texts: &[&str]) -> (Board, Vec<ElementId>) {
    let notes = texts.iter().enumerate();
    let notes = notes.map(|(number, text)| {
        let at = 33.3 * number as f64;
        json!({"kind": "sticky", "text": text, "x": at, "y": at})
    });
    made(&notes.collect::<Value>())
}

fn rects(board: &Board, ids: &[ElementId]) -> Vec<Rect> {
    ids.iter().map(|id| rect(board, *id)).collect()
}

/// The numbers of the elements in each cluster: those that the usual gap or less is between.
fn found(rects: &[Rect]) -> BTreeSet<Vec<usize>> {
    let near = |a: usize, b: usize| {
        let [a, b] = [a, b].map(|number| rects[number].inset(25.0));
        !a.intersect(b).is_zero_area()
    };
    let mut left: Vec<usize> = (0..rects.len()).collect();
    let mut clusters = BTreeSet::new();
    while let Some(first) = left.pop() {
        let mut cluster = vec![first];
        let mut at = 0;
        while at < cluster.len() {
            let here = cluster[at];
            let (own, rest) = left.iter().partition(|other| near(here, **other));
            cluster.extend::<Vec<usize>>(own);
            left = rest;
            at += 1;
        }
        cluster.sort_unstable();
        clusters.insert(cluster);
    }
    clusters
}

fn expected<const N: usize>(clusters: [&[usize]; N]) -> BTreeSet<Vec<usize>> {
    clusters.into_iter().map(<[usize]>::to_vec).collect()
}

/// Notes of a retrospective about a shop.
const ENGLISH: [&str; 10] = [
    "The login is slow",
    "Payments fail with some cards",
    "Logging in took three attempts, the login page hangs",
    "Lunch!",
    "More tests for payment errors",
    "Payment: show which card was used",
    "Docs of the API are missing",
    "Login with a passkey, please",
    "The API documentation is out of date",
    "API examples in more languages",
];

#[test]
fn notes_that_share_words_stand_together() {
    let (mut board, ids) = notes(&ENGLISH);
    cluster(&mut board, &ids, false);
    let rects = rects(&board, &ids);
    let clusters = expected([&[0, 2, 7], &[1, 4, 5], &[6, 8, 9], &[3]]);
    assert_eq!(found(&rects), clusters, "{rects:?}");
    // The largest clusters come first, and all begin where the notes were.
    assert_eq!(rect(&notes(&ENGLISH).0, ids[0]), rects[0]);
    let overlapping = rects.iter().enumerate().any(|(number, one)| {
        let mut later = rects.iter().skip(number + 1);
        later.any(|other| !one.intersect(*other).is_zero_area())
    });
    assert!(!overlapping, "{rects:?}");
}

#[test]
fn a_second_time_moves_nothing() {
    let (mut board, ids) = notes(&ENGLISH);
    assert!(!cluster(&mut board, &ids, false).ops.is_empty());
    assert!(cluster(&mut board, &ids, false).ops.is_empty());
}

#[test]
fn german_notes_are_compared_without_their_endings() {
    let (mut board, ids) = notes(&[
        "Die Rechnungen kommen zu spät",
        "Wir haben keine Räume für Gespräche",
        "Eine Rechnung war falsch",
        "Der Raum im Keller ist für ein Gespräch zu laut",
        "Es gibt keinen Kaffee",
    ]);
    cluster(&mut board, &ids, false);
    let clusters = expected([&[0, 2], &[1, 3], &[4]]);
    assert_eq!(found(&rects(&board, &ids)), clusters);
}

#[test]
fn titles_name_the_most_telling_words() {
    let (mut board, ids) = notes(&ENGLISH);
    let written = cluster(&mut board, &ids, true);
    let titles = written.created.iter().map(|id| board.get(*id).unwrap());
    let titles: Vec<String> = titles.map(|title| title.text.plain()).collect();
    assert_eq!(titles, ["Login", "Payment", "API"]);
    let mut all = rects(&board, &written.created);
    // Each title is above the first note of its cluster, and covers nothing.
    assert!(all[0].y1 < rect(&board, ids[0]).y0 && all[0].x0 < rect(&board, ids[0]).x1);
    all.extend(rects(&board, &ids));
    assert_eq!(found(&all).len(), 4);
}

#[test]
fn groups_and_shapes_take_part_and_other_elements_stay() {
    let (mut board, ids) = made(&json!([
        {"kind": "rectangle", "x": 0, "y": 0, "size": [300, 300]},
        {"kind": "rectangle", "text": "Budget", "x": 400, "y": 0, "size": [100, 100], "groups": ["g"]},
        {"kind": "rectangle", "x": 520, "y": 0, "size": [100, 100], "groups": ["g"]},
        {"kind": "text", "text": "The budget of 2030", "x": 900, "y": 300},
        {"kind": "stroke", "points": [[2000, 2000], [2080, 2090]]},
    ]));
    let before = rects(&board, &ids);
    cluster(&mut board, &ids, false);
    let after = rects(&board, &ids);
    assert_eq!((before[0], before[4]), (after[0], after[4]));
    let way = |rects: &[Rect]| rects[2].origin() - rects[1].origin();
    assert_eq!(way(&after), way(&before));
    assert_ne!(before[3], after[3]);
}

#[test]
fn what_cannot_be_in_clusters_is_refused() {
    let path = |texts: &[&str]| {
        let (board, ids) = notes(texts);
        let error = ask(&board, &ids, json!({"action": "cluster"})).unwrap_err();
        error.path().map(str::to_owned)
    };
    let ids = Some("ids".to_owned());
    assert_eq!(path(&["alone"]), ids);
    // These share common words alone.
    assert_eq!(path(&["the cat and I", "the dog and you"]), ids);
    assert_eq!(path(&["", ""]), ids);
}

#[test]
fn as_many_texts_as_a_request_names_get_into_clusters() {
    // One commit has room for their moves and the titles.
    let entries = (0..MAX_ENTRIES - 10).map(|number| {
        let text = format!("topic{} {number}", number % 10);
        json!({"kind": "text", "text": text, "x": number, "y": 0})
    });
    let (mut board, ids) = made(&entries.collect::<Value>());
    assert_eq!(cluster(&mut board, &ids, true).created.len(), 10);
}
