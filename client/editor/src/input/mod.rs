//! What the person does with pointers, wheel and keys, and which gesture that is.

mod chord;
mod event;
pub(crate) mod gesture;

pub(crate) use chord::Chord;
pub use event::{
    Button, FieldState, Focus, InputEvent, Key, Modifiers, Pasted, Pointer, PointerId, PointerKind,
    Sample, WheelKind,
};
