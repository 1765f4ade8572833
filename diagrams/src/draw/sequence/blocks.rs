//! Blocks of a sequence diagram: backgrounds, and frames with titles and parts.

use kurbo::{Point, Rect};
use shared::model::{Color, Dash};

use super::picture::Picture;
use super::rows::{PlacedBlock, part_title, title};
use crate::draw::sketch::{LineLook, Membership, Sketch};
use crate::model::{BlockKind, Label, Look, Shape};

/// Space between the corner of a block and its title.
const TITLE_GAP: f64 = 8.0;

/// Draws the blocks that are only backgrounds, outer ones first.
pub(super) fn backgrounds(picture: &Picture<'_>, sketch: &mut Sketch<'_>) {
    for block in picture.rows.blocks.iter().rev() {
        let BlockKind::Background(fill) = block.kind else {
            continue;
        };
        let look = Look {
            line: Some(Color::Grey),
            fill,
            is_tinted: true,
            ..Look::default()
        };
        let id = sketch.id();
        let of = Membership::default();
        sketch.node(
            id,
            block.rect,
            (Shape::Rounded, look),
            &Label::default(),
            &of,
        );
    }
}

/// Draws all other blocks.
pub(super) fn outlines(picture: &Picture<'_>, sketch: &mut Sketch<'_>) {
    for block in picture.rows.blocks.iter().rev() {
        if matches!(block.kind, BlockKind::Named(_)) {
            outline(block, sketch);
        }
    }
}

fn outline(block: &PlacedBlock, sketch: &mut Sketch<'_>) {
    let of = Membership {
        frame: None,
        groups: vec![sketch.group()],
    };
    let look = Look {
        line: Some(Color::Grey),
        ..Look::default()
    };
    let Rect { x0, y0, x1, .. } = block.rect;
    let id = sketch.id();
    sketch.node(
        id,
        block.rect,
        (Shape::Rounded, look),
        &Label::default(),
        &of,
    );
    let corner = Point::new(x0 + TITLE_GAP, y0 + TITLE_GAP);
    sketch.tab(corner, &title(block), &of);
    let dashed = LineLook {
        dash: Dash::Dashed,
        color: Some(Color::Grey),
        ..LineLook::default()
    };
    for (y, label) in &block.parts {
        let points = [Point::new(x0, *y), Point::new(x1, *y)];
        sketch.line(&points, [None, None], &dashed, &Label::default(), &of);
        let at = Point::new(x0 + TITLE_GAP, *y + TITLE_GAP);
        sketch.tab(at, &part_title(label), &of);
    }
}
