//! Elements as a snapshot holds them, and ink in its packed form.

use shared::geometry::{Ink, InkPoint, Quantum};
use shared::model::{Body, Brush, Color, Element, PropKey};

use crate::sample::{Sample, me, new_element, other, sample};

/// Every brush, every property name, and every colour.
pub(crate) const VARIANTS: &[&str] = &["element.pen", "element.highlighter", "element.colors"];

/// Fails to compile when a variant is added: it needs a sample then.
fn name(element: &Element) -> &'static str {
    match &element.body {
        Body::Stroke(stroke) => match stroke.brush {
            Brush::Pen => "element.pen",
            Brush::Highlighter => "element.highlighter",
        },
    }
}

/// All property names; fails to compile when one is added.
fn keys() -> Vec<PropKey> {
    let next = |key| match key {
        PropKey::Z => Some(PropKey::At),
        PropKey::At => Some(PropKey::Color),
        PropKey::Color => Some(PropKey::Width),
        PropKey::Width => Some(PropKey::Opacity),
        PropKey::Opacity => None,
    };
    std::iter::successors(Some(PropKey::Z), |key| next(*key)).collect()
}

pub(crate) fn samples() -> Vec<Sample> {
    let pen = Element::new(new_element(false), me());
    let mut highlighter = pen.clone();
    let Body::Stroke(stroke) = &mut highlighter.body;
    stroke.brush = Brush::Highlighter;
    highlighter.writers = keys().into_iter().map(|key| (key, other())).collect();
    let ink = |points: &[(f64, f64, f32)], quantum| {
        let points: Vec<_> = points
            .iter()
            .map(|(x, y, p)| InkPoint::new(*x, *y, *p))
            .collect();
        Ink::encode(&points, quantum).unwrap()
    };
    let fine = Quantum::for_zoom(1.0);
    vec![
        sample(name(&pen), pen),
        sample(name(&highlighter), highlighter),
        sample("element.colors", Color::ALL.to_vec()),
        sample("ink.none", ink(&[], fine)),
        sample("ink.dot", ink(&[(1.0, -1.0, 1.0)], fine)),
        sample(
            "ink.pressure",
            ink(&[(0.0, 0.0, 0.2), (3.0, 4.0, 0.4), (6.0, 8.5, 0.6)], fine),
        ),
        sample(
            "ink.jagged",
            ink(
                &[
                    (0.0, 0.0, 0.5),
                    (50.0, 0.0, 0.5),
                    (0.0, 0.0, 0.5),
                    (50.0, 0.0, 0.5),
                ],
                fine,
            ),
        ),
        sample("ink.far", ink(&[(1.0e7, -1.0e7, 0.0)], Quantum::COARSEST)),
    ]
}
