//! Input events of pointers, wheel and keys, and the recognition of gestures.

mod chord;
mod event;
pub(crate) mod gesture;

pub(crate) use chord::Chord;
pub use event::{
    Button, FieldState, Focus, ImageChange, InputEvent, Key, Modifiers, Pasted, Pointer, PointerId,
    PointerKind, Sample, WheelKind,
};
