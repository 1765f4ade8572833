//! Views whose code is in the chunk (`chunk`): `later_views` lists them.

use futures::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::print;
use super::state::PageState;
use crate::chunk::NotLoaded;
use crate::session::Session;
use crate::view_model::ToastTone;

/// How long to wait before the chunk is loaded again after a failure, in milliseconds: a short outage
/// is over by then.
pub(super) const RETRY_MS: u32 = 10_000;

/// Makes a view, under the owner that is current.
pub(super) type MakeView = fn() -> AnyView;
/// Loads the code of a view.
pub(super) type LoadView = fn() -> LocalBoxFuture<'static, Result<MakeView, NotLoaded>>;

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
    let is_loading = StoredValue::new(false);
    Effect::new(move || {
        if !needed.get() || made.with_untracked(Option::is_some) || is_loading.get_value() {
            return;
        }
        is_loading.set_value(true);
        is_awaited.set(true);
        spawn_local_scoped_with_cancellation(async move {
            let loaded = load().await;
            is_loading.set_value(false);
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

/// Loads the chunk as soon as the board has arrived, unless it was needed before: it must be there
/// when the connection is gone, and must not delay the board. Then the page can print the board.
pub(super) fn prefetch() {
    let session = Session::from_context();
    let status = session.board_signals().status;
    let has_arrived = Memo::new(move |_| status.with(|status| !status.is_opening()));
    Effect::new(move || {
        if has_arrived.get() {
            // A failure is told when a part is needed.
            spawn_local_scoped_with_cancellation(async move {
                while print::listen(session).await.is_err() {
                    TimeoutFuture::new(RETRY_MS).await;
                }
            });
        }
    });
}
