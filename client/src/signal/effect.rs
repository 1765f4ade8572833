//! What is done when something changed.

/// Something that is done soon, and anew whenever a value changes that it read.
#[derive(Clone, Copy, Debug)]
pub struct Effect;

impl Effect {
    /// Begins it; it ends with the owner.
    pub fn new(run: impl FnMut() + 'static) -> Self {
        begin(Box::new(run));
        Self
    }
}

fn begin(mut run: Box<dyn FnMut()>) {
    leptos::prelude::Effect::new(move |_: Option<()>| run());
}
