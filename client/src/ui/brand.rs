//! The brand mark: a chalk stroke and a spark on a slate, as in `public/favicon.svg`.

use leptos::prelude::*;

/// The mark. It is decoration beside the name.
#[component]
pub(crate) fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="4 4 56 56" aria-hidden="true" focusable="false">
            <rect class="brand-slate" x="4" y="4" width="56" height="56" rx="14" />
            <path class="brand-chalk" d="M14 41c7-17 13-21 16-15s-6 15-1 17 9-13 14-14 3 8 8 5" />
            <circle class="brand-spark" cx="50" cy="19" r="5" />
        </svg>
    }
}
