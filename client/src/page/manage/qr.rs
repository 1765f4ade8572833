//! The QR code of a link.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// The light edge that readers need, in modules.
const QUIET: i32 = 4;

/// The QR code, dark on light in every theme.
#[component]
pub(super) fn QrImage(
    /// The link.
    link: Memo<String>,
) -> impl IntoView {
    let image = |code: QrCode| {
        let side = code.size() + 2 * QUIET;
        view! {
            <svg class="qr" role="img" aria-label="QR code of the link" viewBox=format!("0 0 {side} {side}")>
                <rect width=side height=side fill="#fff" />
                <path d=outline(&code) fill="#000" />
            </svg>
        }
    };
    move || {
        let code = link.with(|link| QrCode::encode_text(link, QrCodeEcc::Medium));
        code.ok().map(image)
    }
}

/// The dark modules as SVG path data.
fn outline(code: &QrCode) -> String {
    let size = code.size();
    let all = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let dark = all.filter(|(x, y)| code.get_module(*x, *y));
    dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET))
        .collect()
}
