//! Draws the items of a list as sticky notes.

use super::sketch::Sketch;
use crate::layout;
use crate::model::Label;

pub(super) fn draw(cards: &[Label], sketch: &mut Sketch<'_>) {
    let sizes: Vec<_> = cards
        .iter()
        .map(|label| sketch.texts().card(label))
        .collect();
    for (label, rect) in cards.iter().zip(layout::cards(&sizes)) {
        let id = sketch.id();
        sketch.ids.entry(label.text()).or_insert(id);
        sketch.card(id, rect, label);
    }
}
