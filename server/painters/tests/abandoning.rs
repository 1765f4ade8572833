//! Painters end early once their rendering is abandoned.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cell::Cell;

use painters::{Fonts, PaintContext, PaintError, PixelSize, Resolution, write_pdf, write_png};
use shared::model::Scope;
use shared::paint::{Rendering, RenderingOptions};

// Other tests need the rest of it.
#[allow(dead_code, reason = "each test file uses a part")]
#[path = "../../../shared/tests/golden_board/mod.rs"]
mod golden_board;

#[test]
fn painters_look_before_each_element_and_end_once_abandoned() {
    let board = golden_board::board();
    let rendering = Rendering::new(&board, &Scope::Board, RenderingOptions::default());
    let size = PixelSize::of(rendering.region(), Resolution::Scale(1.0)).unwrap();
    let fonts = Fonts::load(None);
    // The client goes while the third element is painted.
    let looks = Cell::new(0);
    let is_abandoned = || {
        looks.set(looks.get() + 1);
        looks.get() > 3
    };
    let context = PaintContext {
        is_abandoned: &is_abandoned,
        ..PaintContext::new(&fonts)
    };
    let mut out = Vec::new();
    let png = write_png(&rendering, size, context, None, &mut out);
    assert!(matches!(png, Err(PaintError::Write(_))), "{png:?}");
    assert!(looks.replace(0) < 10);
    let pdf = write_pdf(&[rendering], "Abandoned", context);
    assert!(matches!(pdf, Err(PaintError::Write(_))));
    assert!(looks.get() < 10);
}
