//! Diagrams on the board: what is bound to what, and where a diagram lies.

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

use diagrams::limits::{MAX_EDGES, MAX_NODES};
use diagrams::{Diagram, Direction, GraphEdge, GraphNode, Options, Shape, read};
use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::{Arrowhead, Body, Dash, OrderKey, Outline};
use shared::typeset::{Measure, Measures};

use drawn::{Drawn, draw, draw_with, edges, triple, words_by_key};

fn node(key: &str, text: &str) -> GraphNode {
    GraphNode {
        key: key.to_owned(),
        text: text.to_owned(),
        ..GraphNode::default()
    }
}

fn edge(from: &str, to: &str, text: &str) -> GraphEdge {
    GraphEdge {
        from: from.to_owned(),
        to: to.to_owned(),
        text: text.to_owned(),
        ..GraphEdge::default()
    }
}

fn graph(nodes: &[GraphNode], edges: &[GraphEdge], direction: Direction) -> Diagram {
    Diagram::from_graph(nodes, edges, direction).unwrap()
}

#[test]
fn arrows_are_bound_to_the_shapes_of_their_keys() {
    let nodes = [node("a", "Ask"), node("b", "Think"), node("c", "")];
    let lines = [
        edge("a", "b", ""),
        edge("b", "c", "then"),
        edge("c", "a", ""),
    ];
    let drawn = draw(&graph(&nodes, &lines, Direction::Right));
    drawn.check();
    drawn.every_line_is_bound();
    let expected = [
        triple("a", "b", ""),
        triple("b", "c", "then"),
        triple("c", "a", ""),
    ];
    assert_eq!(edges(&drawn), expected.into_iter().collect());
    let words = words_by_key(&drawn);
    let words: Vec<&str> = words.values().map(String::as_str).collect();
    assert_eq!(words, ["Ask", "Think", "c"]);
    assert!(
        drawn
            .lines()
            .all(|line| line.props.heads() == [Arrowhead::None, Arrowhead::Arrow])
    );
}

#[test]
fn mermaid_says_which_shapes_and_lines_there_are() {
    let text =
        "flowchart LR\n a{Choice} -->|yes| b((Round))\n a -.-> c[/Box/]\n b ==> c\n b --o a\n";
    let drawn = draw(&read(text).unwrap());
    let outline = |key: &str| match drawn.element(key).body {
        Body::Shape(outline) => outline,
        _ => panic!("`{key}` is no shape"),
    };
    assert_eq!(outline("a"), Outline::Diamond);
    assert_eq!(outline("b"), Outline::Ellipse);
    assert_eq!(outline("c"), Outline::Rectangle);
    let expected = [
        triple("a", "b", "yes"),
        triple("a", "c", ""),
        triple("b", "c", ""),
        triple("b", "a", ""),
    ];
    assert_eq!(edges(&drawn), expected.into_iter().collect());
    let dotted = drawn
        .lines()
        .filter(|line| line.props.dash() == Dash::Dotted);
    assert_eq!(dotted.count(), 1);
    let widths: BTreeSet<u32> = drawn.lines().map(|line| line.props.width as u32).collect();
    assert_eq!(widths.len(), 2, "one line is thick");
    let dots = drawn
        .lines()
        .filter(|line| line.props.heads()[1] == Arrowhead::Dot);
    assert_eq!(dots.count(), 1);
}

#[test]
fn edges_lead_in_the_direction_of_the_graph() {
    let nodes = [node("a", ""), node("b", "")];
    let lines = [edge("a", "b", "")];
    for (direction, x, y) in [
        (Direction::Down, 0.0, 1.0),
        (Direction::Up, 0.0, -1.0),
        (Direction::Right, 1.0, 0.0),
        (Direction::Left, -1.0, 0.0),
    ] {
        let drawn = draw(&graph(&nodes, &lines, direction));
        let [a, b] = ["a", "b"].map(|key| drawn.rect(drawn.element(key)).center());
        let way = b - a;
        let (along, across) = (way.x * x + way.y * y, way.x * y + way.y * x);
        assert!(along > 50.0 && across.abs() < 1.0, "{direction:?}: {way:?}");
    }
}

#[test]
fn groups_are_frames_that_hold_their_members() {
    let mut nodes = [node("a", ""), node("b", ""), node("c", "")];
    nodes[0].group = Some("Inside".to_owned());
    nodes[1].group = Some("Inside".to_owned());
    let lines = [edge("a", "b", ""), edge("b", "c", "")];
    let drawn = draw(&graph(&nodes, &lines, Direction::Down));
    drawn.check();
    drawn.nothing_overlaps();
    let frame = drawn
        .board
        .elements()
        .find(|it| matches!(it.body, Body::Frame))
        .unwrap();
    assert_eq!(frame.props.name(), "Inside");
    let members: Vec<Option<ElementId>> = ["a", "b", "c"]
        .iter()
        .map(|key| drawn.element(key).props.frame())
        .collect();
    assert_eq!(members, [Some(frame.id), Some(frame.id), None]);
    let held = drawn
        .lines()
        .filter(|line| line.props.frame() == Some(frame.id));
    assert_eq!(
        held.count(),
        1,
        "the edge that leaves the frame is no member"
    );
}

#[test]
fn nested_groups_are_boxes_that_move_with_their_content() {
    let text =
        "flowchart TD\n subgraph out\n subgraph in [Within]\n a --> b\n end\n c --> a\n end\n";
    let drawn = draw(&read(text).unwrap());
    drawn.check();
    drawn.nothing_overlaps();
    let (outer, inner) = (drawn.element("out"), drawn.element("in"));
    assert!(matches!(outer.body, Body::Frame) && matches!(inner.body, Body::Shape(_)));
    let group = inner.props.groups();
    assert_eq!((group.len(), inner.props.frame()), (1, Some(outer.id)));
    assert_eq!(drawn.element("a").props.groups(), group);
    assert_eq!(drawn.element("c").props.groups(), []);
}

#[test]
fn a_diagram_lies_around_its_centre_at_its_scale_and_above_all_else() {
    let nodes = [node("a", ""), node("b", "")];
    let diagram = graph(&nodes, &[edge("a", "b", "to")], Direction::Down);
    let above = OrderKey::above(Some(&OrderKey::first()));
    let options = Options {
        centre: BoardPoint::new(-5_000.0, 300.0),
        scale: 0.5,
        above: Some(above.clone()),
        ..Options::default()
    };
    let (plain, moved) = (draw(&diagram), draw_with(&diagram, &options));
    moved.check();
    let centre = moved.elements.bounds.center();
    assert!((centre.x + 5_000.0).abs() < 0.1 && (centre.y - 300.0).abs() < 0.1);
    let ratio = plain.elements.bounds.width() / moved.elements.bounds.width();
    assert!((ratio - 2.0).abs() < 0.001);
    assert!(
        moved
            .elements
            .elements
            .iter()
            .all(|new| new.props.z > above)
    );
    assert_eq!(
        draw_with(&diagram, &options).elements,
        moved.elements,
        "no chance is involved"
    );
}

#[test]
fn the_measures_of_the_author_travel_with_the_texts_they_belong_to() {
    let measure = Measure {
        text: "日".to_owned(),
        bold: false,
        italic: false,
        advances: vec![9_000],
        breaks: Vec::new(),
    };
    let nodes = [node("a", "日"), node("b", "day")];
    let diagram = graph(&nodes, &[], Direction::Down);
    let options = Options {
        measures: Measures::from_iter([measure]),
        ..Options::default()
    };
    let (estimated, measured) = (draw(&diagram), draw_with(&diagram, &options));
    measured.check();
    let width = |drawn: &Drawn, key: &str| drawn.element(key).props.size()[0];
    assert!(width(&measured, "a") > width(&estimated, "a") + 100.0);
    assert!(measured.element("b").props.measures().is_empty());
}

#[test]
fn a_graph_with_a_wrong_key_is_refused() {
    let refused = |nodes: &[GraphNode], edges: &[GraphEdge]| {
        let error = Diagram::from_graph(nodes, edges, Direction::Down).unwrap_err();
        error.to_string()
    };
    let nodes = [node("a", ""), node("b", "")];
    assert!(refused(&nodes, &[edge("a", "z", "")]).contains("`z`"));
    assert!(refused(&[node("a", ""), node("a", "")], &[]).contains("Two nodes have the key `a`"));
    assert!(refused(&[], &[]).contains("empty"));
}

#[test]
fn the_largest_graph_fits_one_commit_and_a_larger_one_is_refused() {
    let key = |at: usize| format!("node {at}");
    let nodes: Vec<GraphNode> = (0..MAX_NODES).map(|at| node(&key(at), "")).collect();
    let lines: Vec<GraphEdge> = (0..MAX_EDGES)
        .map(|at| {
            edge(
                &key(at * 7 % MAX_NODES),
                &key((at * 11 + 1) % MAX_NODES),
                "",
            )
        })
        .collect();
    let drawn = draw(&graph(&nodes, &lines, Direction::Down));
    drawn.check();
    let more = [nodes, vec![node("one more", "")]].concat();
    let error = Diagram::from_graph(&more, &[], Direction::Down).unwrap_err();
    assert!(
        error.message.contains(&format!("at most {MAX_NODES}")),
        "{error}"
    );
}

#[test]
fn messages_are_bound_to_the_lifelines_of_their_participants() {
    let text =
        "sequenceDiagram\n participant a as Ada\n participant b as Ben\n a->>b: hi\n b-->>a: ho\n";
    let drawn = draw(&read(text).unwrap());
    drawn.check();
    let lines: Vec<_> = drawn.lines().collect();
    assert_eq!(lines.len(), 2);
    let middle = |key: &str| drawn.rect(drawn.element(key)).center().x;
    let [ada, ben] = ["a", "b"].map(middle);
    for (line, ends) in lines.iter().zip([[ada, ben], [ben, ada]]) {
        let bound = [line.props.start(), line.props.end()].map(|it| it.unwrap().to);
        for (id, x) in bound.into_iter().zip(ends) {
            let lifeline = drawn.board.get(id).unwrap();
            assert!((drawn.rect(lifeline).center().x - x).abs() < 0.1);
            let head = if x == ada { "a" } else { "b" };
            let groups = drawn.element(head).props.groups();
            assert_eq!(lifeline.props.groups(), groups, "they move together");
        }
    }
    assert!(lines[0].props.dash() == Dash::Solid && lines[1].props.dash() == Dash::Dashed);
}

#[test]
fn shapes_of_a_graph_are_drawn_as_asked() {
    let shapes = [
        (Shape::Rectangle, Outline::Rectangle),
        (Shape::Stadium, Outline::Rectangle),
        (Shape::Circle, Outline::Ellipse),
        (Shape::Diamond, Outline::Diamond),
        (Shape::Triangle, Outline::Triangle),
    ];
    for (shape, outline) in shapes {
        let one = GraphNode {
            shape,
            ..node("a", "Some words in a shape")
        };
        let drawn = draw(&graph(&[one], &[], Direction::Down));
        drawn.check();
        assert_eq!(drawn.element("a").body, Body::Shape(outline));
    }
}

/// Forty groups of ten nodes with edges between any of them.
fn crowd() -> String {
    let mut text = "flowchart TD\n".to_owned();
    for group in 0..38 {
        text.push_str(&format!("subgraph g{group}\n"));
        (0..10).for_each(|node| text.push_str(&format!("n{}\n", group * 10 + node)));
        text.push_str("end\n");
    }
    let mut seed: u32 = 1;
    let mut any = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % 380
    };
    for _ in 0..490 {
        let (from, to) = (any(), any());
        text.push_str(&format!("n{from} --> n{to}\n"));
    }
    text
}

#[test]
fn a_crowd_of_groups_that_the_library_cannot_order_is_laid_out_group_by_group() {
    let drawn = draw(&read(&crowd()).unwrap());
    drawn.check();
    drawn.every_line_is_bound();
    drawn.nothing_overlaps();
}
