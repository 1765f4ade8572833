//! Starts the client, which is a library.

fn main() {
    client::app::start();
}
