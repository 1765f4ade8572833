//! Starts the client with the page that the address asks for.
//!
//! There is no router, because there are two routes only and the fragment of a board's address
//! contains its secret. `leptos_router` keeps the fragment as text in its signals and looks for
//! an element of that name, and from there it could reach a log. A link from one page to the
//! other loads the client again from the browser's cache, which ends everything of the old page.

use leptos::prelude::*;
use leptos::server_fn::client::set_server_url;

use crate::base;
use crate::link::Route;
use crate::page::{BoardPage, StartPage, UnknownAddress, crash_bar, stored_theme};
use crate::ui::apply_theme;

/// Starts the client.
pub fn start() {
    crash_bar::show_on_panic();
    apply_theme(stored_theme());
    call_functions_at(base::base());
    let fragment = window().location().hash().unwrap_or_default();
    let route = Route::parse(&base::path(), &fragment);
    mount_to_body(move || view! { <App route /> });
}

/// Lets server functions be called at the address of the server. Leptos wants it for ever.
fn call_functions_at(base: String) {
    set_server_url(base.leak().trim_end_matches('/'));
}

/// The page for a route.
#[component]
fn App(route: Route) -> impl IntoView {
    match route {
        Route::Start => view! { <StartPage /> }.into_any(),
        Route::Board(board, secret, view) => view! { <BoardPage board secret view /> }.into_any(),
        Route::NotFound => view! { <UnknownAddress /> }.into_any(),
    }
}
