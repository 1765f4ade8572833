//! The status pill and notices.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{log, mount, settle};
use crate::ui::{StatusPill, Toasts};
use crate::view_model::{Durability, Keeping, Status, Toast, ToastTone};

#[wasm_bindgen_test]
async fn the_pill_follows_the_status() {
    let status = RwSignal::new(Status::Connecting);
    let page =
        mount(move || view! { <StatusPill status keeping=Signal::from(Keeping::InBrowser) /> })
            .await;
    assert_eq!(page.text(".status-text"), "Connecting");
    assert_eq!(page.count("progress"), 0);
    status.set(Status::Loading {
        percent: 40,
        unsaved: 0,
    });
    settle().await;
    assert_eq!(page.text(".status-text"), "Loading 40 %");
    assert_eq!(page.count("progress[value='40'][max='100']"), 1);
    status.set(Status::NotSaved { unsaved: 2 });
    settle().await;
    assert_eq!(page.text(".status-text"), "Not saved (2 changes)");
    status.set(Status::Saved(Durability::OnDisk));
    settle().await;
    assert_eq!(page.text(".status-text"), "Saved");
    assert_eq!(page.count("[data-status=saved][data-durable=true]"), 1);
}

#[wasm_bindgen_test]
async fn only_a_warning_interrupts_screen_readers_and_work_can_be_stopped() {
    let toast = |id, tone, text: &str| Toast {
        id,
        tone,
        text: text.to_owned(),
    };
    let items = RwSignal::new(vec![
        toast(1, ToastTone::Info, "Copied."),
        toast(2, ToastTone::Warning, "Not saved."),
        toast(3, ToastTone::Progress, "Reading …"),
    ]);
    let (dismissed, on_dismiss) = log();
    let page = mount(move || view! { <Toasts items on_dismiss /> }).await;
    assert_eq!(page.count("[role=alert]"), 1);
    assert_eq!(page.text("[role=alert] .toast-text"), "Not saved.");
    page.click("[role=alert] [aria-label=Dismiss]").await;
    assert_eq!(dismissed.get_value(), [2]);
    assert_eq!(page.text("[data-tone=progress] button"), "Stop");
    page.click("[data-tone=progress] button").await;
    assert_eq!(dismissed.get_value(), [2, 3]);
}
