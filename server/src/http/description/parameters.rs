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
