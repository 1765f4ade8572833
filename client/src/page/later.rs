//! Views whose code is in the chunk (`chunk`): `later_views` lists them.

use std::time::Duration;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use super::state::PageState;
use crate::chunk::{self, NotLoaded};
use crate::view_model::ToastTone;

/// Makes a view, under the owner that is current.
pub(super) type MakeView = fn() -> AnyView;
/// Loads the code of a view.
pub(super) type LoadView = fn() -> LocalBoxFuture<'static, Result<MakeView, NotLoaded>>;

/// The time after the start of a board when the chunk is loaded, unless it was needed before. It
/// must be there when the connection is gone, and must not delay the first strokes.
const PREFETCH_AFTER: Duration = Duration::from_secs(2);

/// A view that is made when it is needed first, and stays.
#[component]
pub(super) fn Later(
    /// Whether it is needed.
    #[prop(into)]
    needed: Signal<bool>,
    /// Loads its code.
    load: LoadView,
    /// It did not load. Takes the need back.
    #[prop(into)]
    on_failure: Callback<()>,
) -> impl IntoView {
    let PageState {
        toasts, is_awaited, ..
    } = PageState::from_context();
    let made = RwSignal::new(None::<MakeView>);
    Effect::new(move || {
        if !needed.get() || made.with_untracked(Option::is_some) {
            return;
        }
        is_awaited.set(true);
        spawn_local_scoped_with_cancellation(async move {
            let loaded = load().await;
            is_awaited.set(false);
            match loaded {
                Ok(make) => made.set(Some(make)),
                Err(error) => {
                    toasts.show(ToastTone::Warning, &error.to_string());
                    on_failure.run(());
                }
            }
        });
    });
    move || made.get().map(|make| make())
}

/// Loads the chunk some time from now.
pub(super) fn prefetch() {
    let timer = set_timeout_with_handle(
        // A failure is told when a part is needed, and loading is tried again then.
        || {
            spawn_local(async {
                let _ = chunk::load().await;
            })
        },
        PREFETCH_AFTER,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}
