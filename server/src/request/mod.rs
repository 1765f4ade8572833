//! What the HTTP handlers and the WebSocket upgrade share: who sends a request, from which origin,
//! and how a request is refused.

mod info;
mod origin;
mod permit;
mod problem;

pub use info::RequestInfo;
pub use origin::{RequestOrigin, check_origin};
pub use permit::ConnectionPermit;
pub use problem::Problem;
