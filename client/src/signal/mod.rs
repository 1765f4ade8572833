//! Values that are followed: who read one is run anew when it changes.
//!
//! They are used as Leptos' signals are, and they stand on its graph and its owners: what
//! was made under an owner goes with it. Leptos compiles the graph's code once for each
//! type of value; here it is compiled once, and only a cell knows what is in it. Knows
//! nothing of boards or pages.

mod callback;
mod effect;
mod handle;
mod memo;
mod read;
mod rw;
mod stored;
#[cfg(test)]
mod tests;

pub use callback::Callback;
pub use effect::Effect;
pub use memo::Memo;
pub use read::Signal;
pub use rw::RwSignal;
pub use stored::StoredValue;
