//! Shared by the HTTP handlers and the WebSocket upgrade: the caller of a request, the check of its
//! origin, and refusals.

mod forwarded;
mod info;
mod origin;
mod problem;

pub use info::RequestInfo;
pub use origin::{RequestOrigin, check_origin};
pub use problem::Problem;
