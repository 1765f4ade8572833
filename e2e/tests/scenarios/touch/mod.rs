//! Fingers and styluses.

mod cancelled_touches;
mod gestures;
mod handles;
mod stylus;
