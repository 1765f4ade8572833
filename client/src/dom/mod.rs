//! Elements of the page, bound to signals.
//!
//! Components, owners and contexts are Leptos'. Its views are not used: each is
//! a type that holds the types of all that is in it, and code is compiled for each of
//! them. Here every element is the same type, and what follows signals is a boxed closure.
//! [`view!`] is written as Leptos' macro is.
//!
//! What was made goes with the Leptos owner under which it was made: its effects stop and
//! its listeners are taken away. Knows nothing of boards.

pub mod each;
mod element;
mod follow;
pub mod html;
mod node_ref;
pub mod part;
pub mod prelude;
pub mod value;
mod view;

pub use each::{For, ForProps};
pub use element::Element;
pub use node_ref::NodeRef;
pub use part::{Show, ShowProps};
pub use value::{Property, Value};
pub use view::{ChildrenFn, IntoView, View, Views, children, mount, together};

pub use ::view::view;
