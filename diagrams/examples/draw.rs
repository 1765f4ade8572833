//! Draws diagrams from files: `cargo run -p diagrams --example draw -- a.mmd` writes `a.mmd.svg`.

use std::sync::Arc;

use diagrams::{Options, read};
use shared::id::{ClientId, ElementId};
use shared::model::palette::Theme;
use shared::model::{Board, Element, ElementState};
use shared::paint::svg::board_to_svg;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let diagram = read(&std::fs::read_to_string(&path)?)?;
        let mut number = 0_u128;
        let drawn = diagram.elements(&Options::default(), &mut || {
            number += 1;
            ElementId::from_bytes(number.to_be_bytes())
        })?;
        let mut board = Board::new();
        for new in drawn.elements {
            let id = new.id;
            let element = Element::new(new, ClientId::from_bytes([0; 16]));
            board.set_state(id, ElementState::Present(Arc::new(element)));
        }
        let svg = board_to_svg(&board, "", Theme::Light);
        std::fs::write(format!("{path}.svg"), svg)?;
    }
    Ok(())
}
