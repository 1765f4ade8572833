//! Starts the page; see the library for what it is made of.

fn main() {
    client::app::start();
}
