//! What can be shown.

use std::sync::Arc;

use leptos::prelude::{document, mount_to_body};
use wasm_bindgen::JsCast as _;
use web_sys::Node;

use super::element::append;
use super::part::{Part, follow_part};
use crate::signal::{Memo, RwSignal, Signal};

/// Something made and not yet on the page: an element, a text, or several of them.
#[derive(Debug)]
pub struct View(Node);

impl View {
    pub(super) const fn of(node: Node) -> Self {
        Self(node)
    }

    pub(super) fn into_node(self) -> Node {
        self.0
    }
}

/// What stands between the tags of a component, made whenever it is called.
pub type ChildrenFn = Arc<dyn Fn() -> View + Send + Sync>;

/// The children of a component.
pub fn children(make: impl Fn() -> View + Send + Sync + 'static) -> ChildrenFn {
    Arc::new(make)
}

/// Several views behind each other.
#[must_use]
pub fn together(views: Vec<View>) -> View {
    let all = document().create_document_fragment();
    for view in views {
        append(&all, view);
    }
    View(all.unchecked_into())
}

/// Puts a view on the page, for good.
pub fn mount(make: impl FnOnce() -> View + 'static) {
    // Leptos gives an owner and starts what runs effects.
    mount_to_body(move || {
        if let Some(body) = document().body() {
            append(&body, make());
        }
    });
}

/// Something that can be shown.
pub trait IntoView: Sized {
    /// Makes it.
    fn into_view(self) -> View;

    /// Shows it in a part of the page in place of what was there. What is not a text is
    /// made under the owner of that part.
    fn show_in(part: &mut Part, make: &mut dyn FnMut() -> Self) {
        part.renew(&mut || make().into_view());
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        together(Vec::new())
    }
}

impl IntoView for &str {
    fn into_view(self) -> View {
        View(document().create_text_node(self).unchecked_into())
    }

    fn show_in(part: &mut Part, make: &mut dyn FnMut() -> Self) {
        part.write(make());
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        self.as_str().into_view()
    }

    fn show_in(part: &mut Part, make: &mut dyn FnMut() -> Self) {
        part.write(&make());
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> View {
        together(self.map(IntoView::into_view).into_iter().collect())
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> View {
        together(self.into_iter().map(IntoView::into_view).collect())
    }
}

/// A part of the page that is made anew whenever a signal changes that it read.
impl<F, T> IntoView for F
where
    F: FnMut() -> T + 'static,
    T: IntoView,
{
    fn into_view(mut self) -> View {
        follow_part(Box::new(move |part| T::show_in(part, &mut self)))
    }
}

macro_rules! followed {
    ($($signal:ident),*) => {
        $(impl<T: IntoView + Clone + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                (move || self.get()).into_view()
            }
        })*
    };
}

followed!(Signal, RwSignal, Memo);

/// Several things that can be shown, as one.
pub trait Views {
    /// All of them behind each other.
    fn collect_view(self) -> View;
}

impl<I> Views for I
where
    I: IntoIterator,
    I::Item: IntoView,
{
    fn collect_view(self) -> View {
        together(self.into_iter().map(IntoView::into_view).collect())
    }
}
