//! The names by which a [`NodeRef`](super::NodeRef) says what it will be.

pub use web_sys::{
    HtmlCanvasElement as Canvas, HtmlDialogElement as Dialog, HtmlElement as Div,
    HtmlElement as Main, HtmlElement as Ol, HtmlInputElement as Input,
    HtmlTextAreaElement as Textarea,
};
