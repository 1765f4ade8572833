//! Programs on a board that people watch.

mod proposals;
