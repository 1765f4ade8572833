//! Views in the chunk (`chunk`) that open by themselves: they are made as soon as the board has
//! arrived.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::later::{LoadView, MakeView, RETRY_MS};
use crate::session::Session;

/// A view whose code is loaded in the background.
#[component]
pub(super) fn Soon(
    /// Loads the code.
    load: LoadView,
) -> impl IntoView {
    let status = Session::from_context().board_signals().status;
    let has_arrived = Memo::new(move |_| status.with(|status| !status.is_opening()));
    let made = RwSignal::new(None::<MakeView>);
    Effect::new(move |was_begun: Option<bool>| {
        let begins = has_arrived.get();
        if begins && was_begun != Some(true) {
            spawn_local_scoped_with_cancellation(async move {
                loop {
                    match load().await {
                        Ok(make) => return made.set(Some(make)),
                        Err(_) => TimeoutFuture::new(RETRY_MS).await,
                    }
                }
            });
        }
        begins || was_begun == Some(true)
    });
    move || made.get().map(|make| make())
}
