//! The states that are shown, a room of the house in each file.

pub(crate) mod company;
pub(crate) mod doors;
pub(crate) mod panels;
pub(crate) mod selecting;
pub(crate) mod sizes;
pub(crate) mod tools;
