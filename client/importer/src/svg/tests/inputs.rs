//! Parts of SVG, each in a small drawing.

use editor::extent;
use kurbo::{Point, Rect};
use shared::geometry::FillRule;
use shared::model::layout::outline_path;
use shared::model::{Arrowhead, Board, Body, Element, Filling, Marks, NewElement, Outline, Route};

use super::{ME, only, read, rgb};
use crate::svg;

pub(super) fn element(new: &NewElement) -> Element {
    Element::new(new.clone(), ME)
}

pub(super) fn around(new: &NewElement) -> Rect {
    extent(std::slice::from_ref(new), ME).unwrap()
}

pub(super) fn texts(elements: &[NewElement]) -> Vec<String> {
    let texts = elements.iter().filter(|new| matches!(new.body, Body::Text));
    texts.map(|new| new.text.plain()).collect()
}

pub(super) fn is_near(a: Point, b: Point) -> bool {
    a.distance(b) < 2.0
}

#[test]
fn corners_stay_corners() {
    let elements = read(
        "<svg viewBox='0 0 260 110'><g fill='none' stroke='#000' stroke-width='3'>\
         <path d='M20 10H100V70H20Z'/><path d='M150 10L190 45L150 80L110 45Z'/>\
         <path d='M200 90V50h20V10h20'/><path d='M0 0L50 0L30 40L90 80Z'/></g></svg>",
    );
    let [square, diamond, step, other] = elements.as_slice() else {
        panic!("{}", elements.len());
    };
    assert!(matches!(square.body, Body::Shape(Outline::Rectangle)));
    assert_eq!(square.props.size(), [80.0, 60.0]);
    assert!(matches!(diamond.body, Body::Shape(Outline::Diamond)));
    assert!(matches!(step.body, Body::Line));
    assert_eq!(step.props.points().len(), 5);
    assert_eq!(step.props.route(), Route::Straight);
    let path = outline_path(&element(other)).unwrap();
    assert!(
        path.segments()
            .all(|it| matches!(it, kurbo::PathSeg::Line(_)))
    );
    assert!(
        elements
            .iter()
            .all(|new| new.props.filling() == Filling::None && new.props.width == 3.0)
    );
}

#[test]
fn styles_come_from_sheets_attributes_and_tags_in_this_order() {
    let elements = read(
        "<svg viewBox='0 0 200 80'><style><![CDATA[\
         .ring{fill:none;stroke:#d62828;stroke-width:4} .pale , #box {fill:#bde0fe}\
         g.words text{fill:#003049;font:bold 20px/1.2 'Courier New', monospace}\
         rect.b{fill:#111!important} @media print{.ring{stroke:lime}}]]></style>\
         <rect class='other\n pale' x='8' y='10' width='80' height='50' fill='red'/>\
         <circle class='ring' cx='140' cy='36' r='24'/>\
         <g class='words'><text x='20' y='40'>Kitchen</text></g>\
         <rect class='b pale' style='fill:#222;stroke:#333' width='9' height='9'/></svg>",
    );
    let [pale, ring, words, both] = elements.as_slice() else {
        panic!("{}", elements.len());
    };
    assert_eq!(
        (pale.props.color, pale.props.outlined()),
        (rgb(0x00bd_e0fe), false)
    );
    assert_eq!(
        (ring.props.color, ring.props.filling()),
        (rgb(0x00d6_2828), Filling::None)
    );
    assert_eq!(ring.props.width, 4.0);
    assert_eq!(
        (words.props.color, words.props.text_size()),
        (rgb(0x0000_3049), 20.0)
    );
    assert_eq!(words.props.font(), shared::model::Font::Mono);
    assert!(words.text.runs().all(|run| run.marks.has(Marks::BOLD)));
    assert_eq!(both.props.fill(), Some(rgb(0x0011_1111)), "important wins");
    assert_eq!(both.props.color, rgb(0x0033_3333), "the tag wins");
}

#[test]
fn definitions_are_drawn_where_they_are_used() {
    let elements = read(
        "<svg xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 200 100'><defs>\
         <path id='t' d='M0 0V8' stroke='#000'/>\
         <symbol id='b' viewBox='0 0 10 10'><rect width='10' height='10' fill='#2a9d8f'/></symbol></defs>\
         <path d='M20 80H180' stroke='#000'/><use xlink:href='#t' x='50' y='80'/>\
         <use href='#t' x='120' y='80' transform='translate(0 1)'/>\
         <use href='#b' x='100' y='20' width='30' height='30'/></svg>",
    );
    let [axis, first, second, square] = elements.as_slice() else {
        panic!("{}", elements.len());
    };
    assert!(
        [axis, first, second]
            .iter()
            .all(|new| matches!(new.body, Body::Line))
    );
    assert!(is_near(around(first).center(), Point::new(50.0, 84.0)));
    assert!(is_near(around(second).center(), Point::new(120.0, 85.0)));
    assert_eq!((square.props.at.x, square.props.at.y), (100.0, 20.0));
    assert_eq!(
        (square.props.size(), square.props.filling()),
        ([30.0, 30.0], Filling::Solid)
    );
}

#[test]
fn markers_stand_at_the_points_between_the_ends() {
    let elements = read(
        "<svg width='300' height='100'><marker id='a' markerWidth='20' markerHeight='20' refX='10' refY='10'>\
         <rect x='5' y='5' width='10' height='10' fill='#f00'/></marker>\
         <marker id='b' orient='auto' markerUnits='userSpaceOnUse' viewBox='0 0 1 1' markerWidth='8' markerHeight='8'>\
         <rect width='1' height='1' fill='#00f'/></marker>\
         <path fill='none' marker-mid='url(#a)' stroke-width='2' d='M0 10H40H80H120'/>\
         <g marker='url(#b)'><path fill='none' d='M200 0V30V60'/></g>\
         <marker id='c'><path d='M0 0H1H2' marker-mid='url(#c)'/></marker><path d='M0 90H5H9' marker-mid='url(#c)'/></svg>",
    );
    let boxes = elements
        .iter()
        .filter(|new| matches!(new.body, Body::Shape(_)))
        .map(around);
    let boxes: Vec<Rect> = boxes.collect();
    let [one, other, turned] = boxes.as_slice() else {
        panic!("{boxes:?}");
    };
    // Twice as large, as the line is 2 pixels wide.
    assert!(is_near(
        other.center() - one.center().to_vec2(),
        Point::new(40.0, 0.0)
    ));
    assert!((one.width() - 20.0).abs() < 1.0 && (turned.width() - 8.0).abs() < 1.0);
    // Turned along a line that goes down, about its upper left corner.
    let from_first = turned.center() - one.center().to_vec2();
    assert!(is_near(from_first, Point::new(156.0, 24.0)), "{from_first}");
}

#[test]
fn markers_stand_between_the_first_and_the_last_point_of_all_pieces() {
    for (path, middles) in [
        ("M0 10H10M20 10H30", vec![(10.0, 10.0), (20.0, 10.0)]),
        ("M0 10H10V20Z", vec![(10.0, 10.0), (10.0, 20.0)]),
        (
            "M0 10H10V20ZM50 50H60",
            vec![(10.0, 10.0), (10.0, 20.0), (0.0, 10.0), (50.0, 50.0)],
        ),
        ("M5 5", vec![]),
    ] {
        let elements = read(&format!(
            "<svg width='300' height='100'><marker id='a' markerWidth='4' markerHeight='4' refX='2' refY='2' \
             markerUnits='userSpaceOnUse'><rect width='4' height='4'/></marker>\
             <path fill='none' marker-mid='url(#a)' d='{path}'/></svg>"
        ));
        let found: Vec<Point> = elements.iter().map(|new| around(new).center()).collect();
        assert_eq!(found.len(), middles.len(), "{path}: {found:?}");
        for (found, middle) in found.into_iter().zip(middles) {
            assert!(is_near(found, middle.into()), "{path}: {found}");
        }
    }
}

#[test]
fn markers_inherit_from_the_tags_around_them() {
    let elements = read(
        "<svg width='300' height='100' fill='#00f'><g fill='#f00' opacity='0.5' display='none'>\
         <marker id='a' markerWidth='9' markerHeight='9'><rect width='9' height='9'/></marker></g>\
         <g fill='none'><path marker-mid='url(#a)' d='M0 10H40H80'/></g></svg>",
    );
    let [marker] = elements.as_slice() else {
        panic!("{elements:?}");
    };
    assert_eq!(
        (marker.props.color, marker.props.opacity),
        (rgb(0x00ff_0000), 255)
    );
}

#[test]
fn markers_without_content_are_counted() {
    let points = "1 2 ".repeat(9_999);
    let lines = format!("<polyline points='{points}' marker-mid='url(#a)'/>").repeat(40);
    let (_, report) = svg::read(&format!("<svg><marker id='a'> </marker>{lines}</svg>"), 1.0);
    assert!(report.sentence().unwrap().contains("limit"));
}

#[test]
fn labels_of_diagrams_and_markers_are_kept() {
    let elements = read(
        "<svg viewBox='0 0 300 80'><rect x='5' y='15' width='90' height='40' fill='#eef' stroke='#55a'/>\
         <switch><foreignObject x='5' y='15' width='90' height='40'><div xmlns='http://www.w3.org/1999/xhtml'>Plan</div>\
         </foreignObject><text x='30' y='40'>no rich text here</text></switch>\
         <path d='M95 35H200' stroke='#333' fill='none' marker-end='url(#a)'/>\
         <defs><marker id='a' orient='auto'><path d='M0 0L6 3L0 6Z'/></marker></defs>\
         <rect x='200' y='15' width='90' height='40' fill='#eef' stroke='#55a'/>\
         <foreignObject x='200' y='15' width='90' height='40'><div xmlns='http://www.w3.org/1999/xhtml'><span>Build</span></div>\
         </foreignObject></svg>",
    );
    assert_eq!(texts(&elements), ["Plan", "Build"]);
    let boxes: Vec<_> = elements
        .iter()
        .filter(|new| matches!(new.body, Body::Shape(_)))
        .collect();
    let words: Vec<_> = elements
        .iter()
        .filter(|new| matches!(new.body, Body::Text))
        .collect();
    for (outer, inner) in boxes.iter().zip(&words) {
        assert!(
            around(outer).contains_rect(around(inner)),
            "{:?}",
            around(inner)
        );
    }
    let arrow = elements
        .iter()
        .find(|new| matches!(new.body, Body::Line))
        .unwrap();
    assert_eq!(arrow.props.heads(), [Arrowhead::None, Arrowhead::Triangle]);
    assert_eq!(arrow.props.points(), [[0.0, 0.0], [105.0, 0.0]]);
}

#[test]
fn concave_and_compound_paths_keep_their_fill() {
    let elements = read(
        "<svg><path d='M10 40H60V20L100 50L60 80V60H10Z' fill='#f4a261'/>\
         <path fill-rule='evenodd' d='M160 10a40 40 0 1 0 .1 0ZM160 30a20 20 0 1 1-.1 0Z' fill='#264653'/>\
         <path d='M0 0H9V9H0ZM3 3H6V6H3Z' fill='#ffd60a' stroke='#1d4ed8' fill-opacity='.5'/></svg>",
    );
    let [arrow, ring, inside, line] = elements.as_slice() else {
        panic!("{}", elements.len());
    };
    let rule = |new: &NewElement| match &new.body {
        Body::Path(path) => path.rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (rule(arrow), rule(ring)),
        (FillRule::NonZero, FillRule::EvenOdd)
    );
    assert_eq!(
        (arrow.props.color, arrow.props.outlined()),
        (rgb(0x00f4_a261), false)
    );
    assert!(
        (around(ring).width() - 80.0).abs() < 0.5,
        "{:?}",
        around(ring)
    );
    assert_eq!(
        (inside.props.opacity, inside.props.filling()),
        (128, Filling::Solid)
    );
    assert_eq!(
        (line.props.opacity, line.props.filling()),
        (255, Filling::None)
    );
}

#[test]
fn fill_and_line_keep_their_own_colours() {
    let made = only(
        "<svg><rect x='10' y='10' width='100' height='60' fill='#ffd60a' stroke='#1d4ed8' stroke-width='4'/></svg>",
    );
    assert_eq!(
        (made.props.color, made.props.fill()),
        (rgb(0x001d_4ed8), Some(rgb(0x00ff_d60a)))
    );
    assert_eq!(
        (made.props.filling(), made.props.outlined()),
        (Filling::Solid, true)
    );
}

#[test]
fn runs_of_text_keep_style_spaces_and_rotation() {
    let elements = read(
        "<svg viewBox='0 0 260 120' font-family='sans-serif' font-size='20'><text x='10' y='30'>plain \
         <tspan font-weight='bold' fill='#c1121f'>and bold</tspan> end</text>\
         <text transform='translate(40 60) rotate(30)'>turned</text>\
         <text x='9' y='90'>one <tspan font-style='italic'>style</tspan></text></svg>",
    );
    assert_eq!(
        texts(&elements),
        ["plain ", "and bold", " end", "turned", "one style"]
    );
    let (plain, bold, end) = (&elements[0], &elements[1], &elements[2]);
    assert!(bold.text.runs().all(|run| run.marks.has(Marks::BOLD)));
    assert_eq!(bold.props.color, rgb(0x00c1_121f));
    assert!(plain.props.at.x < bold.props.at.x && bold.props.at.x < end.props.at.x);
    let gap = around(bold).x0 - around(plain).x1;
    assert!((0.0..9.0).contains(&gap), "one space: {gap}");
    let turned = &elements[3];
    assert!((f64::from(turned.props.angle()) - 30_f64.to_radians()).abs() < 1e-3);
    let (rect, _) = shared::model::layout::oriented_box(&Board::new(), &element(turned));
    let rotate = kurbo::Affine::rotate_about(30_f64.to_radians(), rect.center());
    let corner = rotate * Point::new(rect.x0, rect.y1);
    assert!(corner.distance(Point::new(40.0, 60.0)) < 8.0, "{corner:?}");
}

#[test]
fn lines_of_one_text_are_one_element_and_others_stay_apart() {
    let lines = |dy: &str| {
        texts(&read(&format!(
            "<svg><text x='50' y='40' text-anchor='middle'>first<tspan x='50' dy='{dy}'>second</tspan></text></svg>"
        )))
    };
    assert_eq!(lines("1.2em"), ["first\nsecond"]);
    assert_eq!(lines("3em"), ["first", "second"]);
    let inner = read("<svg><text x='9' y='40'><tspan x='20' dy='2'>in</tspan></text></svg>");
    assert!((around(&inner[0]).x0 - 20.0).abs() < 0.01 && around(&inner[0]).y1 > 40.0);
    let kept = read(
        "<svg><text xml:space='preserve' y='9'> a  b </text><text y='9'> a \n b </text></svg>",
    );
    assert_eq!(texts(&kept), [" a  b ", "a b"]);
}

#[test]
fn patterns_without_gaps_are_no_dashes() {
    let dash = |pattern: &str| {
        let line = format!("<path d='M0 0H50' stroke='red' stroke-dasharray='{pattern}'/>");
        only(&format!("<svg>{line}</svg>")).props.dash()
    };
    for solid in ["none", "0", "1px, 0px", "0 0", ""] {
        assert_eq!(dash(solid), shared::model::Dash::Solid, "{solid}");
    }
    assert_eq!(dash("5"), shared::model::Dash::Dashed);
    assert_eq!(dash("1 3"), shared::model::Dash::Dotted);
}

#[test]
fn functions_of_css_stand_for_their_values() {
    let fill = |style: &str, root: &str| {
        only(&format!("<svg style='{root}'><rect width='9' height='9' fill='#00f' style='fill:{style}'/></svg>"))
            .props
            .color
    };
    let both = "light-dark(rgb(1, 2, 3), var(--dark, #040506))";
    assert_eq!(fill(both, ""), rgb(0x0001_0203));
    assert_eq!(fill(both, "color-scheme: light dark"), rgb(0x0001_0203));
    assert_eq!(fill(both, "color-scheme: dark"), rgb(0x0004_0506));
    assert_eq!(fill("var(--a,var(--b,#070809))", ""), rgb(0x0007_0809));
    assert_eq!(
        fill("color-mix(in srgb, red, blue)", ""),
        rgb(0x0000_00ff),
        "unknown has no effect"
    );
}

#[test]
fn effects_that_are_not_kept_are_named() {
    let notice = |inner: &str| {
        let defs = "<defs><linearGradient id='g'><stop stop-color='#f00'/><stop offset='1' style='stop-color:#00f'/></linearGradient>\
             <radialGradient id='h' xlink:href='#g'/><filter id='f'/><mask id='m'/><pattern id='p'/>\
             <clipPath id='c'><rect width='20' height='20'/></clipPath></defs>";
        let (elements, report) = svg::read(
            &format!("<svg viewBox='0 0 90 90'>{defs}{inner}</svg>"),
            1.0,
        );
        (elements, report.sentence().unwrap_or_default())
    };
    let (elements, words) = notice("<rect width='9' height='9' fill='url(#h)'/>");
    assert_eq!(words, "Not kept: gradients (one colour instead).");
    // Two thirds of a disk lie nearer to the blue edge.
    assert_eq!(elements[0].props.color, rgb(0x0055_00aa), "the mean colour");
    let (_, words) = notice(
        "<g filter='url(#f)' style='mask:url(#m)'><image href='a.png'/><rect width='9' height='9' fill='url(#p)'/></g>",
    );
    assert_eq!(
        words,
        "Not kept: patterns (grey instead), filters, masks and pictures."
    );
    let (elements, words) = notice(
        "<g clip-path='url(#c)'><rect width='20' height='20'/><rect x='30' width='9' height='9'/></g>",
    );
    assert_eq!(
        (elements.len(), words.as_str()),
        (1, ""),
        "hidden parts are left out"
    );
    let (_, words) = notice("<g clip-path='url(#c)'><rect width='60' height='20'/></g>");
    assert_eq!(words, "Not kept: clipping.");
    assert_eq!(
        notice("<rect width='9' height='9' filter='url(#gone)'/>").1,
        ""
    );
}
