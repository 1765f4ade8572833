//! What people show each other beside their work: whom they follow, words, emoji, hands.

mod axe;
mod elsewhere;
mod following;
mod signals;
