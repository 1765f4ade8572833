//! What scenarios share: users, input, waiting, positions.

pub(crate) mod axe;
pub(crate) mod chat;
pub(crate) mod controls;
pub(crate) mod places;
pub(crate) mod pointer;
pub(crate) mod steps;
pub(crate) mod touch;
pub(crate) mod typing;
pub(crate) mod users;
pub(crate) mod wait;
