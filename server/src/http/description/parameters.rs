//! What the paths and headers of many calls have in common, as they are described.
#![expect(
    dead_code,
    reason = "only the descriptions are used; extractors read the values"
)]

use utoipa::IntoParams;

/// The board in a path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(in super::super) struct BoardParameter {
    /// The id of the board: what follows `/b/` in its links.
    board: String,
}

/// The board and the link in a path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(in super::super) struct LinkParameters {
    /// The id of the board: what follows `/b/` in its links.
    board: String,
    /// The number of the link on its board.
    link: u32,
}

/// The board and the element in a path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(in super::super) struct ElementParameters {
    /// The id of the board: what follows `/b/` in its links.
    board: String,
    /// The id of the element.
    element: String,
}

/// The headers under whose terms a change is made.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(in super::super) struct WorkHeaders {
    /// A word that the program chooses for this request. Repeats with the same word take effect once.
    #[param(rename = "Idempotency-Key", max_length = 255)]
    key: Option<String>,
    /// The position of the board that the program knows, in quotation marks.
    #[param(rename = "If-Match")]
    only_at: Option<String>,
}

/// The header by which a program says its name.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(in super::super) struct ProgramHeader {
    /// The name by which people see the program, in UTF-8; `Script` without it. Requests with the same
    /// link and the same name are one guest.
    #[param(
        rename = "Commonslate-Program",
        max_length = 64,
        example = "nightly build"
    )]
    name: Option<String>,
}
