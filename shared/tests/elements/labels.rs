//! Labels of shapes: a shape is shown as large as its label needs, and no word is cut.

use kurbo::{ParamCurveNearest as _, Point, Rect, Shape as _, Size};
use shared::model::layout::{BoxLayout, bounds, box_size, line_points, oriented_box, outline_path};
use shared::model::text_layout::text_layout;
use shared::model::transform::transformed_props;
use shared::model::{Align, Element, NewElement, Outline, Prop, Transform};
use shared::op::Op;
use shared::typeset::advance;

use crate::fixtures::{With as _, anchor, arrow, board, change, get, id, point, shape};

const OUTLINES: [Outline; 4] = [
    Outline::Rectangle,
    Outline::Ellipse,
    Outline::Diamond,
    Outline::Triangle,
];

fn labelled(outline: Outline, size: [f32; 2], label: &str) -> NewElement {
    shape(1, outline, (100.0, 100.0), size)
        .with(Prop::Align(Align::Center))
        .written(label)
}

fn shown(new: NewElement) -> Element {
    let board = board([new]);
    get(&board, 1).clone()
}

/// The lines of the label as strings, without the spaces at their ends.
fn lines(element: &Element) -> Vec<String> {
    let layout = text_layout(element).unwrap().layout;
    let letters: Vec<char> = layout.text().chars().collect();
    let text = |line: &shared::typeset::TextLine| -> String {
        letters[line.letters.clone()].iter().collect()
    };
    layout
        .lines
        .iter()
        .map(|line| text(line).trim_end().to_owned())
        .collect()
}

/// Whether all words stand whole on one line each.
fn has_whole_words(element: &Element) -> bool {
    let lines = lines(element);
    let on_lines = lines.iter().flat_map(|line| line.split_whitespace());
    let text: String = element.text.runs().map(|run| run.text).collect();
    on_lines.eq(text.split_whitespace())
}

/// Whether the rectangle around the letters lies within the outline.
fn is_within_outline(element: &Element) -> bool {
    let place = BoxLayout::of(element).unwrap();
    let text = place.text_layout.as_ref().unwrap();
    let space = advance(text.setting.font, false, ' ') * text.setting.size;
    let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
    for line in &text.layout.lines {
        // The space at the end of a broken line hangs over the edge.
        let hanging = if line.broken { space } else { 0.0 };
        let [before, behind] = if line.is_rtl {
            [hanging, 0.0]
        } else {
            [0.0, hanging]
        };
        for run in &line.runs {
            left = left.min(run.x + before);
            right = right.max(run.end - behind);
        }
    }
    let block = Rect::new(left, 0.0, right, text.layout.height) + text.at.to_vec2();
    let path = place.outline();
    let corners = [
        Point::new(block.x0, block.y0),
        Point::new(block.x1, block.y0),
        Point::new(block.x1, block.y1),
        Point::new(block.x0, block.y1),
    ];
    let mut corners = corners.into_iter();
    corners.all(|corner| path.contains(place.to_board * corner))
}

#[test]
fn usual_labels_fit_usual_shapes() {
    // Outline, size, label, and the factors by which width and height may grow.
    let cases = [
        (Outline::Diamond, [160.0, 100.0], "Approved?", [1.25, 1.25]),
        (Outline::Diamond, [120.0, 80.0], "OK?", [1.0, 1.0]),
        (Outline::Ellipse, [140.0, 80.0], "Customer", [1.1, 1.1]),
        (
            Outline::Rectangle,
            [100.0, 60.0],
            "Authentication",
            [2.2, 1.0],
        ),
        (
            Outline::Diamond,
            [180.0, 130.0],
            "Really long decision?",
            [1.45, 1.45],
        ),
        (Outline::Triangle, [160.0, 120.0], "Warning", [1.5, 1.5]),
        (Outline::Ellipse, [60.0, 40.0], "Authentication", [5.0, 5.0]),
    ];
    for (outline, size, label, most) in cases {
        let element = shown(labelled(outline, size, label));
        let now = box_size(&element);
        let grown = [
            now.width / f64::from(size[0]),
            now.height / f64::from(size[1]),
        ];
        assert!(has_whole_words(&element), "{label}: {:?}", lines(&element));
        assert!(is_within_outline(&element), "{label}");
        for (grown, most) in grown.into_iter().zip(most) {
            assert!((1.0..=most).contains(&grown), "{label}: {grown}");
        }
        if outline != Outline::Rectangle {
            assert!((grown[0] - grown[1]).abs() < 1e-6, "{label}: {grown:?}");
        }
        assert_eq!(element.props.size(), size, "nothing is stored");
    }
}

#[test]
fn labels_of_all_lengths_stay_whole_and_within_the_outline() {
    let labels = [
        "a",
        "Yes / No",
        "Datenschutzgrundverordnung",
        "Send the invoice to the customer",
        "Проверить учётные данные пользователя",
        "שלום עולם לכולם",
        "• Check the stock\n• Internationalization\n• Order",
        "One line\n\nand another one after an empty one",
    ];
    let long = ["Some words of a longer explanation."; 12].join(" ");
    let sizes = [
        [20.0, 20.0],
        [160.0, 100.0],
        [100.0, 160.0],
        [600.0, 10.0],
        [8.0, 300.0],
        [900.0, 700.0],
        [300.0, 20.0],
    ];
    let corners = |outline| match outline {
        Outline::Rectangle => [0.0, 16.0, 200.0].as_slice(),
        Outline::Ellipse | Outline::Diamond | Outline::Triangle => &[0.0],
    };
    let rounded = OUTLINES.into_iter().flat_map(|outline| {
        corners(outline)
            .iter()
            .map(move |corner| (outline, *corner))
    });
    for (outline, corner) in rounded {
        for size in sizes {
            for label in labels.iter().copied().chain([long.as_str()]) {
                for align in [Align::Start, Align::Center] {
                    let new = labelled(outline, size, label)
                        .with(Prop::Align(align))
                        .with(Prop::Corner(corner));
                    let element = shown(new);
                    let context = format!("{outline:?} {corner} {size:?} {align:?} {label}");
                    assert!(
                        has_whole_words(&element),
                        "{context}: {:?}",
                        lines(&element)
                    );
                    assert!(is_within_outline(&element), "{context}");
                }
            }
        }
    }
}

#[test]
fn a_large_shape_keeps_its_size_and_a_short_label_has_one_line() {
    for outline in OUTLINES {
        let element = shown(labelled(outline, [500.0, 400.0], "Two words"));
        assert_eq!(box_size(&element), Size::new(500.0, 400.0));
        assert_eq!(lines(&element), ["Two words"]);
    }
}

#[test]
fn a_flat_shape_becomes_higher_rather_than_very_wide() {
    for outline in [Outline::Ellipse, Outline::Diamond, Outline::Triangle] {
        let size = box_size(&shown(labelled(outline, [1000.0, 2.0], "Flat")));
        assert!(size.width < 1500.0, "{outline:?}: {size:?}");
        assert!(size.height < 200.0, "{outline:?}: {size:?}");
    }
}

#[test]
fn only_very_long_words_are_broken() {
    let address = "https://example.org/a/very/long/path".to_owned() + &"x".repeat(300);
    for outline in OUTLINES {
        let element = shown(labelled(outline, [100.0, 60.0], &address));
        assert!(lines(&element).len() > 2, "{outline:?}");
        assert!(is_within_outline(&element), "{outline:?}");
        let width = box_size(&element).width;
        assert!(width < 60.0 * 24.0, "{outline:?}: {width}");
    }
}

#[test]
fn a_shape_grows_about_its_middle_and_calmly() {
    let label = "Authentication of the customer";
    for outline in OUTLINES {
        let mut last = Size::ZERO;
        for end in 1..=label.len() {
            let element = shown(labelled(outline, [100.0, 60.0], &label[..end]));
            let board = board([labelled(outline, [100.0, 60.0], &label[..end])]);
            let (rect, _) = oriented_box(&board, &element);
            assert!((rect.center().x - 150.0).abs() < 1e-9, "{outline:?}");
            match outline {
                Outline::Rectangle => assert!((rect.y0 - 100.0).abs() < 1e-9),
                _ => assert!((rect.center().y - 130.0).abs() < 1e-9, "{outline:?}"),
            }
            // One letter more never makes a shape smaller by more than the search is exact.
            let size = rect.size();
            assert!(size.width > 0.98 * last.width, "{outline:?} {end}");
            assert!(size.height > 0.98 * last.height, "{outline:?} {end}");
            last = size;
        }
    }
}

#[test]
fn arrows_and_bounds_follow_the_shown_outline() {
    for (outline, angle) in OUTLINES.into_iter().zip([0.0, 0.3, 0.0, -0.4]) {
        let new = labelled(outline, [60.0, 40.0], "Authentication").with(Prop::Angle(angle));
        let to = anchor(1, 0.5, 0.5);
        let line = arrow(2, &[[-500.0, 120.0], [0.0, 0.0]]).with(Prop::End(Some(to)));
        let board = board([new, line]);
        let element = get(&board, 1);
        let outline_box = outline_path(element).unwrap().bounding_box();
        let painted = bounds(&board, element).inflate(-2.0, -2.0);
        let wider = painted.union(outline_box);
        assert!((wider.width() - painted.width()).abs() < 1.0, "{outline:?}");
        assert!(outline_box.width() > 150.0, "{outline:?}");
        let end = line_points(&board, get(&board, 2))[1];
        let path = outline_path(element).unwrap();
        let nearest = path
            .segments()
            .map(|segment| segment.nearest(end.into(), 1e-6).distance_sq)
            .fold(f64::INFINITY, f64::min)
            .sqrt();
        assert!(nearest < 8.0, "{outline:?}: the arrow ends {nearest} away");
    }
}

#[test]
fn the_edge_opposite_to_a_dragged_one_stays() {
    for outline in OUTLINES {
        let mut board = board([labelled(outline, [400.0, 300.0], "Authentication")]);
        let before = oriented_box(&board, get(&board, 1)).0;
        // Dragging the right edge to the left, much farther than the label allows.
        let narrow = Transform::Scale {
            about: point(before.x0, before.center().y),
            by: [0.05, 1.0],
            angle: 0.0,
        };
        let props = transformed_props(&board, get(&board, 1), &narrow);
        let set = |prop| Op::Set { id: id(1), prop };
        change(&mut board, props.into_iter().map(set).collect());
        let after = oriented_box(&board, get(&board, 1)).0;
        assert!(after.width() < before.width(), "{outline:?}");
        assert!((after.x0 - before.x0).abs() < 1e-2, "{outline:?}: {after}");
        assert!(has_whole_words(get(&board, 1)));
    }
}

#[test]
fn moving_and_turning_a_grown_shape_keeps_its_size_and_middle() {
    for outline in OUTLINES {
        let mut board = board([labelled(outline, [60.0, 40.0], "Authentication")]);
        let before = oriented_box(&board, get(&board, 1)).0;
        let steps = [
            Transform::Rotate {
                about: before.center().into(),
                by: 0.7,
            },
            Transform::Move([30.0, -20.0]),
            Transform::Scale {
                about: point(0.0, 0.0),
                by: [-1.0, 1.0],
                angle: 0.0,
            },
        ];
        let mut middle = before.center();
        for step in steps {
            let props = transformed_props(&board, get(&board, 1), &step);
            let set = |prop| Op::Set { id: id(1), prop };
            change(&mut board, props.into_iter().map(set).collect());
            middle = step.affine() * middle;
            let after = oriented_box(&board, get(&board, 1)).0;
            assert!((after.size().to_vec2() - before.size().to_vec2()).hypot() < 0.1);
            assert!(
                (after.center() - middle).hypot() < 0.1,
                "{outline:?} {step:?}"
            );
        }
    }
}

#[test]
fn a_shape_without_a_label_keeps_its_size() {
    for outline in OUTLINES {
        let element = shown(shape(1, outline, (0.0, 0.0), [3.0, 2.0]));
        assert_eq!(box_size(&element), Size::new(3.0, 2.0));
        assert_eq!(text_layout(&element).unwrap().size, Size::new(3.0, 2.0));
    }
}
