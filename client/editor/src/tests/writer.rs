//! A rig with a text field, as a browser has it.

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::{
    Body, Color, Marks, NewElement, OrderKey, Props, RichText, StyledRun, TextEdit,
};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, element_id};
use crate::input::FieldState;
use crate::{Command, Focus, InputEvent, Key, Modifiers, ToolKind};

/// The text field of a browser: it knows text and a caret, and nothing else.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) version: Option<u32>,
    pub(super) value: Vec<u16>,
    pub(super) range: (usize, usize),
    pub(super) composing: bool,
}

impl Field {
    /// Takes over the offered content, as a browser does between two events.
    pub(super) fn follow(&mut self, rig: &Rig) {
        if let Some(view) = rig.editor.typing(&rig.board)
            && self.version != Some(view.version)
        {
            self.version = Some(view.version);
            self.value = view.value.encode_utf16().collect();
            self.range = (view.range.0 as usize, view.range.1 as usize);
        }
    }

    pub(super) fn value(&self) -> String {
        String::from_utf16(&self.value).unwrap()
    }

    /// Replaces the marked text.
    pub(super) fn put(&mut self, text: &str) {
        let new: Vec<u16> = text.encode_utf16().collect();
        let caret = self.range.0 + new.len();
        self.value.splice(self.range.0..self.range.1, new);
        self.range = (caret, caret);
    }

    pub(super) fn tell(&self, rig: &mut Rig) {
        let Some(id) = rig.editor.edited_element() else {
            return;
        };
        rig.send(InputEvent::Typed(FieldState {
            id,
            version: self.version.unwrap(),
            value: self.value(),
            range: (self.range.0 as u32, self.range.1 as u32),
            composing: self.composing,
        }));
    }
}

/// A rig with a field.
pub(super) struct Writer {
    pub(super) rig: Rig,
    pub(super) field: Field,
}

pub(super) const TEXT: u64 = 7;

pub(super) fn text(number: u64, words: &str) -> NewElement {
    let props = Props::plain(
        OrderKey::first(),
        BoardPoint::new(100.0, 100.0),
        Color::Black,
        4.0,
        255,
    );
    let marks = Marks::NONE;
    NewElement {
        text: RichText::typed(ME, [StyledRun { text: words, marks }]),
        ..NewElement::new(element_id(number), props, Body::Text)
    }
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            rig: Rig::new(),
            field: Field::default(),
        }
    }

    /// Begins a text there by the tool for it.
    pub(super) fn beginning(x: f64, y: f64) -> Self {
        let mut writer = Self::new();
        writer.rig.pick(ToolKind::Text);
        writer.rig.click(x, y);
        writer.follow();
        writer
    }

    /// Edits an existing text, with the caret at its end.
    pub(super) fn on(words: &str) -> Self {
        let mut writer = Self::new();
        writer.rig.put(ME, text(TEXT, words));
        writer.rig.pick(ToolKind::Text);
        writer.rig.click(101.0, 110.0);
        assert_eq!(writer.rig.editor.edited_element(), Some(element_id(TEXT)));
        writer.follow();
        let end = writer.field.value.len();
        writer.mark(end, end);
        writer
    }

    pub(super) fn follow(&mut self) {
        self.field.follow(&self.rig);
    }

    pub(super) fn type_(&mut self, text: &str) {
        for letter in text.chars() {
            self.rig.now += 100;
            self.field.put(&letter.to_string());
            self.field.tell(&mut self.rig);
            self.follow();
        }
    }

    pub(super) fn backspace(&mut self) {
        if self.field.range.0 == self.field.range.1 {
            self.field.range.0 -= 1;
        }
        self.field.put("");
        self.field.tell(&mut self.rig);
        self.follow();
    }

    /// Marks in UTF-16 units.
    pub(super) fn mark(&mut self, from: usize, to: usize) {
        self.field.range = (from, to);
        self.field.tell(&mut self.rig);
        self.follow();
    }

    pub(super) fn key(&mut self, key: &str, modifiers: Modifiers) {
        // As the page does, once there is a field.
        if self.field.version.is_some() {
            self.field.tell(&mut self.rig);
        }
        self.rig.send(InputEvent::KeyDown(Key {
            key: key.to_owned(),
            modifiers,
            focus: Focus::TextField,
            ..Key::default()
        }));
        self.follow();
    }

    /// Another user types into the text, after `behind` characters.
    pub(super) fn other_types(&mut self, position: usize, words: &str) {
        let text = self.rich();
        let edit = TextEdit::Insert {
            after: text.id_before(position),
            from: text.next_of(OTHER),
            text: words.to_owned(),
            marks: Marks::NONE,
        };
        self.other(edit);
    }

    pub(super) fn other(&mut self, edit: TextEdit) {
        let id = self.id();
        self.rig
            .apply(OTHER, vec![Op::Text { id, edit }], Guard::Any);
        self.follow();
    }

    pub(super) fn id(&self) -> ElementId {
        self.rig.board.elements().next().unwrap().id
    }

    pub(super) fn rich(&self) -> RichText {
        self.rig.board.elements().next().unwrap().text.clone()
    }

    pub(super) fn plain(&self) -> String {
        self.rich().plain()
    }

    pub(super) fn undo(&mut self) {
        self.rig.run(Command::UNDO);
        self.follow();
    }
}

pub(super) const CTRL: Modifiers = Modifiers {
    ctrl: true,
    shift: false,
    alt: false,
    meta: false,
};
pub(super) const SHIFT: Modifiers = Modifiers {
    shift: true,
    ctrl: false,
    alt: false,
    meta: false,
};
pub(super) const NO_KEYS: Modifiers = Modifiers {
    shift: false,
    ctrl: false,
    alt: false,
    meta: false,
};
