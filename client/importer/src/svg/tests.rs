//! Reading drawings.

use editor::extent;
use kurbo::Point;
use shared::id::ClientId;
use shared::model::layout::{bounds, outline_path};
use shared::model::palette::{Rgb, Theme};
use shared::model::{
    Align, Board, Body, Color, Dash, Element, ElementState, Filling, Font, Marks, NewElement,
    OrderKey, Outline, Prop, Props,
};
use shared::paint::board_to_svg;

mod inputs;
mod programs;

use crate::Kind;

const ME: ClientId = ClientId::from_bytes([1; 16]);

/// The elements of a drawing, at a zoom of 1.
fn read(drawing: &str) -> Vec<NewElement> {
    super::read(drawing, 1.0).0
}

/// A colour as drawings have it.
fn rgb(hex: u32) -> Color {
    Color::Drawn(Rgb::from_hex(hex))
}

/// The only element of a drawing.
fn only(drawing: &str) -> Element {
    let elements = read(drawing);
    assert_eq!(elements.len(), 1, "{drawing}");
    Element::new(elements.into_iter().next().unwrap(), ME)
}

#[test]
fn simple_shapes_become_shapes() {
    let made = only(
        "<svg><rect x='10' y='20' width='30' height='40' rx='5' fill='#f00' stroke='none'/></svg>",
    );
    assert!(matches!(made.body, Body::Shape(Outline::Rectangle)));
    assert_eq!(
        (made.props.size(), made.props.corner()),
        ([30.0, 40.0], 5.0)
    );
    assert_eq!(made.props.filling(), Filling::Solid);
    assert_eq!(made.props.color, rgb(0x00ff_0000));
    let made = only(
        "<svg><circle cx='5' cy='5' r='20' fill='none' stroke='black' stroke-width='3' stroke-dasharray='4 2'/></svg>",
    );
    assert!(matches!(made.body, Body::Shape(Outline::Ellipse)));
    assert_eq!((made.props.size(), made.props.width), ([40.0, 40.0], 3.0));
    assert_eq!(
        (made.props.filling(), made.props.dash()),
        (Filling::None, Dash::Dashed)
    );
    let made = only("<svg><polyline points='0,0 10,5-20 30' style='fill:none;stroke:#00f'/></svg>");
    assert!(matches!(made.body, Body::Line));
    assert_eq!(
        made.props.points(),
        [[0.0, 0.0], [10.0, 5.0], [-20.0, 30.0]]
    );
    let made = only("<svg><polygon points='0,0 10,0 10,10' stroke='#00f'/></svg>");
    assert!(matches!(made.body, Body::Path(_)));
}

#[test]
fn a_filled_outline_becomes_a_filled_shape_if_the_board_has_that_shape() {
    let filled = Filling::Solid;
    for (tag, outline) in [
        ("path d='M10 10h80v60h-80z'", Outline::Rectangle),
        ("path d='M10 10V70L90 70L90 10L10 10'", Outline::Rectangle),
        ("polygon points='50,0 90,30 50,60 10,30'", Outline::Diamond),
        ("path d='M0 50L30 0L60 50Z'", Outline::Triangle),
    ] {
        let made = only(&format!("<svg><{tag} fill='orange'/></svg>"));
        assert!(
            matches!(made.body, Body::Shape(found) if found == outline),
            "{tag}: {:?}",
            made.body
        );
        assert_eq!(made.props.filling(), filled, "{tag}");
        assert_eq!(made.props.color, rgb(0x00ff_a500));
    }
    // Crossed, curved, and of other corners.
    for data in ["M0 0L9 9L9 0L0 9Z", "M0 0Q5 9 9 0Z", "M0 0L9 1L7 9L1 8Z"] {
        let made = only(&format!("<svg><path d='{data}' fill='orange'/></svg>"));
        assert!(matches!(made.body, Body::Path(_)), "{data}");
        assert_eq!(
            (made.props.filling(), made.props.outlined()),
            (filled, false)
        );
    }
    assert_eq!(
        read("<svg><path d='M0 0h9' fill='orange'/></svg>"),
        [],
        "a line has no inside"
    );
}

#[test]
fn places_follow_transforms_and_the_view_box() {
    let made = only(
        "<svg width='200' height='200' viewBox='0 0 100 100'><g transform='translate(10 0) rotate(90)'>\
         <rect width='30' height='10' stroke='black' fill='white'/></g></svg>",
    );
    assert_eq!(made.props.size(), [60.0, 20.0]);
    assert!((made.props.angle() - std::f32::consts::FRAC_PI_2).abs() < 1e-6);
    assert_eq!(made.props.fill(), Some(rgb(0x00ff_ffff)));
    let made =
        only("<svg><rect transform='skewX(30)' width='30' height='10' stroke='black'/></svg>");
    assert!(
        matches!(made.body, Body::Path(_)),
        "a skewed box is none any more"
    );
}

#[test]
fn curves_become_paths() {
    let made =
        only("<svg><path d='M0 0 C 50 -50 100 -50 150 0' stroke='#123456' fill='none'/></svg>");
    assert!(matches!(made.body, Body::Path(_)));
    let path = outline_path(&made).unwrap();
    let around = kurbo::Shape::bounding_box(&path);
    assert!((around.width() - 150.0).abs() < 0.1 && (around.height() - 37.5).abs() < 0.1);
    assert_eq!(
        (made.props.color, made.props.filling()),
        (rgb(0x0012_3456), Filling::None)
    );
    let pieces = read("<svg><path d='M0 0L9 9M20 0L29 9Z' stroke='red'/></svg>");
    assert_eq!(pieces.len(), 1, "subpaths are one element");
}

#[test]
fn words_become_text() {
    let made = only(
        "<svg><text x='50' y='40' font-size='20' font-weight='bold' text-anchor='middle' fill='#00f'>\
         A &lt; B<tspan x='50' dy='1.2em'>second &#x263A;</tspan></text></svg>",
    );
    assert!(matches!(made.body, Body::Text));
    assert_eq!(made.text.plain(), "A < B\nsecond ☺");
    assert_eq!(
        (made.props.text_size(), made.props.align()),
        (20.0, Align::Center)
    );
    assert!(
        made.text
            .runs()
            .all(|stretch| stretch.marks.has(Marks::BOLD))
    );
    let made = only(
        "<svg><text>\n plain\n <tspan>and bold</tspan> end <![CDATA[a<b]]>&nbsp;&who; & &amp;\n\
         <tspan x='0' y='20'>next</tspan> </text></svg>",
    );
    let words = "plain and bold end a<b\u{a0}&who; & &\nnext";
    assert_eq!(made.text.plain(), words);
}

#[test]
fn a_drawing_may_begin_with_a_comment_and_a_declaration() {
    let drawing = "\u{feff}<?xml version=\"1.0\"?>\n<!-- drawn by hand -->\n\
         <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 60'>\
         <circle cx='30' cy='30' r='25' fill='none' stroke='#000'/></svg>";
    assert_eq!(
        crate::read(drawing.as_bytes(), Kind::Drawing, 1.0)
            .unwrap()
            .notice,
        None
    );
    assert_eq!(only(drawing).props.size(), [50.0, 50.0]);
}

#[test]
fn a_drawing_that_breaks_off_is_drawn_as_far_as_it_goes() {
    for drawing in [
        "<svg><rect width='9' height='9'/><circle r='5",
        "<svg><g><rect width=9 height=9></svg><circle r='5' <",
        "<svg a:b='1'></wrong><rect width='9' height='9'/>",
    ] {
        assert_eq!(only(drawing).props.size(), [9.0, 9.0], "{drawing}");
    }
    let made = only("<svg><path d='M0 0H50V20 L 7 oops' stroke='red'/></svg>");
    assert!((bounds(&Board::new(), &made).width() - 51.0).abs() < 0.2);
}

#[test]
fn attributes_are_read_as_drawing_programs_write_them() {
    let made = only(
        "<svg><text style='font-family:&quot;Courier New&quot;;font-size:2rem;fill:DarkSlateGray' \
         opacity='50%'>x</text></svg>",
    );
    assert_eq!(made.props.font(), Font::Mono);
    assert_eq!((made.props.text_size(), made.props.opacity), (32.0, 128));
    assert_eq!(made.props.color, rgb(0x002f_4f4f));
    let made = only(
        "<svg><rect style='transform:translate(3px, 4px) scale(2)' width='5mm' height='1ex' \
         fill='rgba(1,2,3,0)' stroke='hsl(120, 100%, 50%)'/></svg>",
    );
    let [width, height] = made.props.size();
    assert!((width - 37.795).abs() < 0.01 && height == 16.0, "{width}");
    assert_eq!(made.props.filling(), Filling::None);
    assert_eq!(made.props.color, rgb(0x0000_ff00));
}

#[test]
fn deep_tags_are_closed_one_by_one() {
    let inner = "<g>".repeat(300) + &"</g>".repeat(300);
    let outer = format!("<g transform='scale(2)'>{inner}<rect width='9' height='9'/></g>");
    assert_eq!(
        only(&format!("<svg>{outer}</svg>")).props.size(),
        [18.0, 18.0]
    );
}

#[test]
fn definitions_hidden_tags_and_the_background_are_left_out() {
    let elements = read(
        "<?xml version='1.0'?><!DOCTYPE svg><!-- <rect width='9' height='9'/> -->\
         <svg xmlns:a='b' viewBox='0 0 10 10'><title>no</title><defs><rect width='5' height='5'/></defs>\
         <rect width='10' height='10' fill='#fdfdfc'/><g display='none'><circle r='5'/></g>\
         <a:line x1='0' y1='0' x2='5' y2='5' stroke='#000'/><line x1='0' y1='0' x2='5' y2='5' stroke='#000'/><image/></svg>",
    );
    assert_eq!(elements.len(), 1);
    assert!(matches!(elements[0].body, Body::Line));
}

#[test]
fn a_drawing_of_several_parts_is_one_group() {
    let elements = read("<svg><rect width='9' height='9'/><circle r='5'/></svg>");
    assert_eq!(elements.len(), 2);
    let group = elements[0].props.groups();
    assert_eq!(
        (group.len(), elements[1].props.groups() == group),
        (1, true)
    );
}

#[test]
fn an_exported_board_is_read_back_in_place() {
    let new = |number, at: Point, body, prop| {
        let mut props = Props::plain(OrderKey::first(), at.into(), Color::Black, 4.0, 255);
        props.set(prop);
        NewElement::new(super::id(number), props, body)
    };
    let line = Prop::Points(vec![[0.0, 0.0], [120.0, 60.0]]);
    let mut board = Board::new();
    for new in [
        new(1, Point::ZERO, Body::Line, line),
        new(
            2,
            Point::new(0.0, 100.0),
            Body::Shape(Outline::Rectangle),
            Prop::Size([50.0, 50.0]),
        ),
    ] {
        board.set_state(new.id, ElementState::Present(Element::new(new, ME).into()));
    }
    let whole = extent(&read(&board_to_svg(&board, "", Theme::Light)), ME).unwrap();
    assert!((whole.width() - 124.0).abs() < 10.0, "{whole:?}");
    assert!((whole.height() - 154.0).abs() < 10.0, "{whole:?}");
}

#[test]
fn hostile_drawings_do_no_harm() {
    for drawing in [
        "<svg>".repeat(5_000),
        "<".repeat(9_000),
        "<svg><path d='M1e300 0L-1e300 9'/><rect width='1e300' height='1e300'/></svg>".to_owned(),
        "<svg><g transform='scale(0)'><rect width='5' height='5'/></g></svg>".to_owned(),
        "<svg viewBox='0 0 0 0'><text x='NaN' y='1' font-size='1e99'>x</text></svg>".to_owned(),
        "<svg><polyline points='1' stroke='red'/><path d='zzz'/><text>&#xFFFFFFFF;&amp</text></svg>".to_owned(),
        "<svg><path d='M0 0C1e300 0 0 1e300 9 9' stroke='red' transform='scale(1e300)'/></svg>".to_owned(),
        "<svg><path d='M0 0Q1e11 1e11 9 9' stroke='red'/><path d='M0 0A1e300 1 0 0 1 9 9'/></svg>".to_owned(),
        "<svg><ellipse rx='1e300' ry='1e300' transform='skewX(9)' stroke='red'/></svg>".to_owned(),
        "<!DOCTYPE svg [<!ENTITY a '&a;&a;'>]><svg><text>&a;</text><rect width='&a;'/></svg>".to_owned(),
    ] {
        let _ = read(&drawing);
    }
}

/// Each of these would take minutes if its time grew with the square of its length.
#[test]
fn long_drawings_take_no_longer_than_their_length() {
    let many = |text: &str| text.repeat(100_000);
    for drawing in [
        format!(
            "<svg {}/>",
            (0..100_000)
                .map(|at| format!("a{at}='' "))
                .collect::<String>()
        ),
        (0..100_000)
            .map(|at| format!("<g xmlns:a{at}='b'>"))
            .collect(),
        format!("<svg><text>{}</text></svg>", many("&lt;<![CDATA[x]]>&")),
        format!("<svg><text>{}</text></svg>", many("a <tspan y='1'>")),
        format!("<svg><rect style='{}'/></svg>", many("fill:#zz;")),
        format!("<svg><path d='M0 0{}' stroke='red'/></svg>", many("zm1 1")),
        many("<svg><path d='M0 0x'/>"),
        many("<svg a=\""),
        many("</svg><!---->"),
    ] {
        let _ = read(&drawing);
    }
}

#[test]
fn a_few_letters_do_not_become_endless_curves() {
    let curves = "M0 0C1e7 0 0 1e7 5 5".repeat(20_000);
    let drawing = format!("<svg><path d='{curves}' stroke='red'/></svg>");
    let (elements, report) = super::read(&drawing, 1.0);
    assert_eq!(elements, []);
    assert_eq!(report.sentence().unwrap(), "Not kept: very long paths.");
    let many = "<path d='M0 0H9V9' stroke='red'/>".repeat(30_000);
    let (elements, report) = super::read(&format!("<svg>{many}</svg>"), 1.0);
    assert_eq!(elements.len(), crate::limits::MAX_ELEMENTS);
    let sentence = report.sentence().unwrap();
    assert_eq!(
        sentence,
        "Not kept: everything beyond the limit of elements."
    );
}

#[test]
fn uses_of_uses_end() {
    let mut drawing = String::from("<svg><defs><rect id='a0' width='1' height='1'/>");
    for number in 1..40 {
        let before = number - 1;
        drawing += &format!(
            "<g id='a{number}'>{}</g>",
            format!("<use href='#a{before}'/>").repeat(10)
        );
    }
    drawing += "</defs><use href='#a39'/><g id='b'><use href='#b'/><use href='#c'/></g><g id='c'><use href='#b'/></g></svg>";
    let (elements, report) = super::read(&drawing, 1.0);
    assert!(elements.len() <= crate::limits::MAX_ELEMENTS);
    assert!(report.sentence().is_some());
}

#[test]
fn selectors_of_many_parts_end() {
    let parts = "g ".repeat(40);
    let style = format!(
        "{parts} nowhere{{fill:red}}{}rect{{fill:blue}}",
        "rect+".repeat(5_000)
    );
    let nested = "<g>".repeat(200) + &"<rect width='9' height='9'/>".repeat(2_000);
    let drawing = format!("<svg><style>{style}</style>{nested}</svg>");
    assert_eq!(read(&drawing).len(), 2_000);
}
