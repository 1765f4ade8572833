//! What a file with markup needs: Leptos' prelude, with our elements and signals in place
//! of its.

pub use leptos::prelude::*;

pub use super::html;
pub use super::{
    ChildrenFn, For, ForProps, IntoView, NodeRef, Show, ShowProps, View, Views as _, view,
};
pub use crate::signal::{Callback, Effect, Memo, RwSignal, Signal, StoredValue};
