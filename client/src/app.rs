//! Where the page begins: which of the two pages to show.
//!
//! There is no router. There are two routes, and the secret of a board stands in the
//! fragment of its address: `leptos_router` keeps the fragment as text in its signals and
//! looks for an element of that name, and from there it could reach a log. A link from one
//! page to the other loads it anew, from the browser's cache, and whatever the old page
//! held ends with it.

use leptos::prelude::*;

use crate::link::Place;
use crate::page::{BoardPage, BrokenLink, StartPage, broken, stored_theme};
use crate::ui::apply_theme;

/// Shows the page that the address asks for.
pub fn start() {
    broken::watch();
    apply_theme(stored_theme());
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let place = Place::parse(&path, &location.hash().unwrap_or_default());
    mount_to_body(move || view! { <App place /> });
}

/// One of the pages.
#[component]
fn App(place: Place) -> impl IntoView {
    match place {
        Place::Start => view! { <StartPage /> }.into_any(),
        Place::Board(board, secret, spot) => view! { <BoardPage board secret spot /> }.into_any(),
        Place::Nowhere => view! { <BrokenLink /> }.into_any(),
    }
}
