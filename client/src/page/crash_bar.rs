//! A bar that says that the program has failed.
//!
//! It consists of plain elements, because components or signals may have failed.

use std::panic;

use gloo_events::EventListener;
use leptos::prelude::{document, window};

/// Shows the bar when the program panics.
pub(crate) fn show_on_panic() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Without a page there is no place for the bar.
        let _ = show_bar();
    }));
}

fn show_bar() -> Option<()> {
    let page = document();
    if page.query_selector(".crash-bar").ok()?.is_some() {
        return Some(());
    }
    let bar = page.create_element("div").ok()?;
    bar.set_class_name("crash-bar");
    bar.set_attribute("role", "alert").ok()?;
    let words = page.create_element("p").ok()?;
    words.set_text_content(Some(
        "Something broke. What was saved is safe; please reload.",
    ));
    let button = page.create_element("button").ok()?;
    button.set_class_name("button-filled");
    button.set_text_content(Some("Reload"));
    let reload = EventListener::once(&button, "click", |_| {
        // If a browser refuses to reload, the person can still do it.
        let _ = window().location().reload();
    });
    // The bar stays until the page is reloaded.
    reload.forget();
    bar.append_child(&words).ok()?;
    bar.append_child(&button).ok()?;
    page.body()?.append_child(&bar).ok().map(drop)
}
