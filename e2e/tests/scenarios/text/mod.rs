//! Texts and their editing.

mod caret_visibility;
mod deleted_while_editing;
mod editing;
mod formatting;
mod input_method;
mod scripts;
mod wrapping;
