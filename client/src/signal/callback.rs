//! What a component is given to call.

use std::fmt;
use std::marker::PhantomData;

use super::StoredValue;

type Run<A, R> = std::rc::Rc<dyn Fn(A) -> R>;

/// Something to call, which goes with its owner.
pub struct Callback<A, R = ()> {
    run: StoredValue<Run<A, R>>,
    kind: PhantomData<fn(A) -> R>,
}

impl<A: 'static, R: 'static> Callback<A, R> {
    /// Calls this.
    #[must_use]
    pub fn new(run: impl Fn(A) -> R + 'static) -> Self {
        let run: Run<A, R> = std::rc::Rc::new(run);
        Self {
            run: StoredValue::new(run),
            kind: PhantomData,
        }
    }

    /// Calls it.
    pub fn run(&self, with: A) -> R {
        self.run.get_value()(with)
    }
}

impl<F, A: 'static, R: 'static> From<F> for Callback<A, R>
where
    F: Fn(A) -> R + 'static,
{
    fn from(run: F) -> Self {
        Self::new(run)
    }
}

impl<A, R> Clone for Callback<A, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, R> Copy for Callback<A, R> {}

impl<A, R> fmt::Debug for Callback<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}
