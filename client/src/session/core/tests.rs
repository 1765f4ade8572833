//! What the core notes for those who show it.

use shared::geometry::BoardPoint;
use shared::model::{Body, Color, NewElement, OrderKey, Outline, Prop, Props};
use shared::op::{Guard, Op};

use super::*;

const fn id(number: u8) -> ElementId {
    ElementId::from_bytes([number; 16])
}

fn core() -> Core {
    Core::new(ClientKey::from_bytes([1; 16]), Vec::new(), 1, || id(99), 0)
}

fn does(core: &mut Core, op: Op) {
    core.replica.submit(vec![op], Guard::Any, 0);
    core.follow_replica();
}

fn puts(core: &mut Core, number: u8) {
    let at = BoardPoint::new(0.0, 0.0);
    let props = Props::plain(OrderKey::first(), at, Color::Black, 4.0, 255);
    let props = props.with(Prop::Size([50.0, 50.0]));
    let shape = NewElement::new(id(number), props, Body::Shape(Outline::Rectangle));
    does(core, Op::Put(Box::new(shape)));
}

fn colours(core: &mut Core, number: u8, color: Color) {
    let prop = Prop::Color(color);
    let id = id(number);
    does(core, Op::Set { id, prop });
}

/// Whether the style panel would be worked out now.
fn asks_for_style(core: &mut Core) -> bool {
    std::mem::take(&mut core.style_changed)
}

#[test]
fn the_style_panel_follows_what_is_selected_and_nothing_else() {
    let mut core = core();
    puts(&mut core, 1);
    core.run(Command::SELECT_ALL, 0);
    assert!(asks_for_style(&mut core), "something is selected now");
    puts(&mut core, 2);
    colours(&mut core, 2, Color::Red);
    assert!(
        !asks_for_style(&mut core),
        "the rest of the board is no matter"
    );
    colours(&mut core, 1, Color::Red);
    assert!(
        asks_for_style(&mut core),
        "what is selected looks otherwise"
    );
    does(&mut core, Op::Delete { ids: vec![id(1)] });
    assert!(asks_for_style(&mut core), "nothing is selected any more");
    assert!(!asks_for_style(&mut core));
}
