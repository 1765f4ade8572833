//! The states in the pictures, one area of the product in each file.

pub(crate) mod arrows;
pub(crate) mod assistant;
pub(crate) mod board_history;
pub(crate) mod chat;
pub(crate) mod diagrams;
pub(crate) mod exports;
pub(crate) mod other_users;
pub(crate) mod pages;
pub(crate) mod panels;
pub(crate) mod pictures;
pub(crate) mod programs;
pub(crate) mod selecting;
pub(crate) mod sizes;
pub(crate) mod together;
pub(crate) mod tools;
