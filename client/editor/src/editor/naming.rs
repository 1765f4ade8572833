//! Writing the names of frames: each writing is one step of undo.
//!
//! What the field means is the session's affair ([`crate::text`]). Who writes last
//! decides. It must not know how a field is shown.

use shared::id::ElementId;
use shared::model::{Element, Prop};
use shared::op::{Guard, Op};

use super::Editor;
use super::route::{World, commit};
use crate::document::pack;
use crate::input::FieldState;
use crate::output::Effect;
use crate::text::Naming;
use crate::tools::Entry;

impl Editor {
    /// Takes over what the field holds as the name that is written.
    pub(super) fn typed_name(&mut self, state: &FieldState, world: &mut World<'_>) {
        let Some((typing, element)) = self.writing(world.board) else {
            return;
        };
        if typing.is_entered(state) {
            return self.end_typing(world);
        }
        if let Some(name) = typing.named(state)
            && name != element.props.name()
        {
            self.arbiter.typed();
            self.rename(element, name, world);
        }
        world.effects.push(Effect::Typing);
        world.effects.push(Effect::Redraw);
    }

    /// The first change takes note of what the name was; to undo that takes back all that
    /// follow.
    fn rename(&mut self, element: &Element, name: String, world: &mut World<'_>) {
        let step = self.naming().and_then(|naming| naming.step);
        if step == Some(self.history.turn()) {
            return put_name(element.id, name, world);
        }
        let ops = vec![set(element.id, name)];
        self.submit(ops, Entry::New, world);
        let turn = self.history.turn();
        if let Some(naming) = self.naming() {
            naming.step = Some(turn);
        }
    }

    fn naming(&mut self) -> Option<&mut Naming> {
        self.typing.as_mut()?.name.as_mut()
    }

    /// The writing ended: a name of nothing is none, and the old one stays.
    pub(super) fn end_naming(&mut self, id: ElementId, naming: &Naming, world: &mut World<'_>) {
        let Some(element) = world.board.get(id).filter(|_| naming.step.is_some()) else {
            return;
        };
        let written = element.props.name();
        let name = match written.trim() {
            "" => &naming.before,
            name => name,
        };
        if naming.step == Some(self.history.turn()) && *name == naming.before {
            self.history.forget_last(id);
        }
        if name != written {
            put_name(id, name.to_owned(), world);
        }
        world.effects.push(Effect::History);
    }
}

fn set(id: ElementId, name: String) -> Op {
    Op::Set {
        id,
        prop: Prop::Name(name),
    }
}

/// Changes the name as part of a step that is known already.
fn put_name(id: ElementId, name: String, world: &mut World<'_>) {
    commit(pack(vec![(set(id, name), Guard::Any)]), world);
}
