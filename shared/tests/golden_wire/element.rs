//! Elements as in a snapshot, and packed ink.

use kurbo::BezPath;
use shared::geometry::{FillRule, Ink, InkPoint, PackedPath, Quantum};
use shared::model::palette::Rgb;
use shared::model::{
    Align, Arrowhead, Body, Brush, Color, Dash, Element, Erasure, Filling, Font, Marks, MediaType,
    Outline, Prop, PropKey, Props, RichText, Route, StyledRun, TextEdit, VectorPath,
};

use crate::sample::{Sample, me, new_box, new_element, other, picture, sample};

/// Every body, brush and outline, every property name, and every small enum.
pub(crate) const VARIANTS: &[&str] = &[
    "element.pen",
    "element.highlighter",
    "element.cut",
    "element.rectangle",
    "element.ellipse",
    "element.diamond",
    "element.triangle",
    "element.line",
    "element.line_with_text",
    "element.text",
    "element.sticky",
    "element.frame",
    "element.path",
    "element.image",
    "element.colors",
    "element.drawn_color",
    "element.keys",
    "element.keys_of_version_4",
    "element.keys_of_images",
    "element.keys_of_version_5",
    "element.keys_of_version_6",
    "text.typed",
    "look.media_types",
    "look.fillings",
    "look.dashes",
    "look.routes",
    "look.heads",
    "look.fonts",
    "look.aligns",
];

/// The number of properties that version 5 had.
const KEYS_OF_VERSION_5: usize = 33;
/// The number of properties that version 4 had.
const KEYS_OF_VERSION_4: usize = 32;
/// The number of properties that version 3 had. Later ones follow them.
const KEYS_OF_VERSION_3: usize = 24;
/// The number of properties before those of images.
const KEYS_BEFORE_IMAGES: usize = 29;

/// A new variant fails to compile here, because it needs a sample.
fn name(element: &Element) -> &'static str {
    match &element.body {
        Body::Stroke(stroke) if !stroke.erased.is_empty() => "element.cut",
        Body::Stroke(stroke) => match stroke.brush {
            Brush::Pen => "element.pen",
            Brush::Highlighter => "element.highlighter",
        },
        Body::Shape(Outline::Rectangle) => "element.rectangle",
        Body::Shape(Outline::Ellipse) => "element.ellipse",
        Body::Shape(Outline::Diamond) => "element.diamond",
        Body::Shape(Outline::Triangle) => "element.triangle",
        Body::Line if element.text.is_empty() => "element.line",
        Body::Line => "element.line_with_text",
        Body::Text => "element.text",
        Body::Sticky { .. } => "element.sticky",
        Body::Frame => "element.frame",
        Body::Path(_) => "element.path",
        Body::Image => "element.image",
    }
}

fn strokes() -> Vec<Element> {
    let pen = Element::new(new_element(false), me());
    let with = |change: &dyn Fn(&mut shared::model::Stroke)| {
        let mut element = pen.clone();
        if let Body::Stroke(stroke) = &mut element.body {
            change(stroke);
        }
        element
    };
    let mut highlighter = with(&|stroke| stroke.brush = Brush::Highlighter);
    let always = Props::ALWAYS.into_iter();
    highlighter.writers = always.map(|key| (key, other())).collect();
    let erased = with(&|stroke| {
        stroke.erased = vec![Erasure {
            by: other(),
            span: [0.5, 1.25],
        }];
    });
    vec![pen, highlighter, erased]
}

fn boxes() -> Vec<Element> {
    let bodies = [
        Body::Shape(Outline::Rectangle),
        Body::Shape(Outline::Ellipse),
        Body::Shape(Outline::Diamond),
        Body::Shape(Outline::Triangle),
        Body::Line,
        Body::Text,
        Body::Sticky {
            signed: "Ada".to_owned(),
        },
        Body::Frame,
        arrow(),
    ];
    let mut elements: Vec<Element> = bodies
        .into_iter()
        .map(|body| Element::new(new_box(body), me()))
        .collect();
    for element in &mut elements {
        // Lines have text since version 4.
        if element.body.has_text() && element.body.is_box() {
            element.text = typed();
        }
    }
    let mut line = Element::new(new_box(Body::Line), me());
    line.text = typed();
    elements.push(line);
    let mut image = Element::new(new_box(Body::Image), me());
    image
        .props
        .set(Prop::Picture(Some(picture(MediaType::Png))));
    elements.push(image);
    elements
}

/// A filled block arrow with a hole.
fn arrow() -> Body {
    let path = BezPath::from_svg("M0 20H50V0L90 30L50 60V40H0ZM10 30C10 25 20 25 20 30Z").unwrap();
    let (outline, _) = PackedPath::pack(&path).unwrap();
    let rule = FillRule::EvenOdd;
    Body::Path(VectorPath { rule, outline })
}

/// A text with two authors, two formats and deleted letters.
fn typed() -> RichText {
    let stretch = |text, marks| StyledRun { text, marks };
    let pieces = [stretch("Hello ", Marks::NONE), stretch("you", Marks::BOLD)];
    let mut text = RichText::typed(me(), pieces);
    let insert = TextEdit::Insert {
        after: text.id_before(5),
        from: 0,
        text: " to".to_owned(),
        marks: Marks::ITALIC,
    };
    assert!(text.edit(other(), &insert));
    let spans = text.spans(0..1);
    assert!(text.edit(other(), &TextEdit::Delete(spans)));
    text
}

fn looks() -> Vec<Sample> {
    let fillings = vec![Filling::None, Filling::Tint, Filling::Solid];
    let dashes = vec![Dash::Solid, Dash::Dashed, Dash::Dotted];
    let routes = vec![Route::Straight, Route::Curved, Route::Elbow];
    let heads = vec![
        Arrowhead::None,
        Arrowhead::Arrow,
        Arrowhead::Triangle,
        Arrowhead::Dot,
        Arrowhead::Bar,
    ];
    vec![
        sample("look.fillings", fillings),
        sample("look.dashes", dashes),
        sample("look.routes", routes),
        sample("look.heads", heads),
        sample(
            "look.fonts",
            vec![Font::Handwriting, Font::Sans, Font::Mono],
        ),
        sample("look.media_types", MediaType::ALL.to_vec()),
        sample("look.aligns", vec![Align::Start, Align::Center, Align::End]),
    ]
}

fn inks() -> Vec<Sample> {
    let ink = |points: &[(f64, f64, f32)], quantum| {
        let points: Vec<_> = points
            .iter()
            .map(|(x, y, p)| InkPoint::new(*x, *y, *p))
            .collect();
        Ink::encode(&points, quantum).unwrap()
    };
    let fine = Quantum::for_zoom(1.0);
    let rising = [(0.0, 0.0, 0.2), (3.0, 4.0, 0.4), (6.0, 8.5, 0.6)];
    let jagged = [
        (0.0, 0.0, 0.5),
        (50.0, 0.0, 0.5),
        (0.0, 0.0, 0.5),
        (50.0, 0.0, 0.5),
    ];
    vec![
        sample("ink.none", ink(&[], fine)),
        sample("ink.dot", ink(&[(1.0, -1.0, 1.0)], fine)),
        sample("ink.pressure", ink(&rising, fine)),
        sample("ink.jagged", ink(&jagged, fine)),
        sample("ink.far", ink(&[(1.0e7, -1.0e7, 0.0)], Quantum::COARSEST)),
    ]
}

pub(crate) fn samples() -> Vec<Sample> {
    let elements = strokes().into_iter().chain(boxes());
    let mut all: Vec<Sample> = elements
        .map(|element| sample(name(&element), element))
        .collect();
    let free = Color::Custom(Rgb::from_hex(0x0012_3456));
    all.push(sample("element.colors", Color::ALL.to_vec()));
    all.push(sample("element.free_color", free));
    all.push(sample(
        "element.drawn_color",
        Color::Drawn(Rgb::from_hex(0x00fe_dcba)),
    ));
    let (keys, new_keys) = PropKey::ALL.split_at(KEYS_OF_VERSION_3);
    all.push(sample("element.keys", keys.to_vec()));
    let (new_keys, image_keys) = new_keys.split_at(KEYS_BEFORE_IMAGES - KEYS_OF_VERSION_3);
    all.push(sample("element.keys_of_version_4", new_keys.to_vec()));
    let (image_keys, later_keys) = image_keys.split_at(KEYS_OF_VERSION_4 - KEYS_BEFORE_IMAGES);
    all.push(sample("element.keys_of_images", image_keys.to_vec()));
    let (later_keys, newest_keys) = later_keys.split_at(KEYS_OF_VERSION_5 - KEYS_OF_VERSION_4);
    all.push(sample("element.keys_of_version_5", later_keys.to_vec()));
    all.push(sample("element.keys_of_version_6", newest_keys.to_vec()));
    all.push(sample("text.typed", typed()));
    all.extend(looks());
    all.extend(inks());
    all
}
