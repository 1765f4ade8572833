//! The description without the calls, which the routers add, and who serves it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use shared::limits::{
    MAX_LABEL_CHARS, MAX_LINKS, MAX_MESSAGE_CHARS, MAX_NAME_CHARS, MAX_PEOPLE, MAX_TITLE_CHARS,
};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi, SecurityRequirement, Server};
use utoipa::{Modify, OpenApi as _};

use super::super::body::{MAX_BODY_BYTES, MAX_WORK_BYTES};
use super::refusals::Problem;
use crate::guest;
use crate::request::RequestInfo;
use crate::state::AppState;

/// The name of the only way to prove a right.
const LINK: &str = "link";
/// What is told about it.
const LINK_WORDS: &str = "The secret of a link: what follows `#` in its URL. Its role says what the call \
    may do. A wrong secret and an unknown board get the same answer.";

/// The description before calls are added to it.
pub(in super::super) fn empty() -> OpenApi {
    Document::openapi()
}

/// `GET /api/v1/openapi.json`
pub(super) async fn read(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    Extension(described): Extension<Arc<OpenApi>>,
) -> Response {
    let mut described = OpenApi::clone(&described);
    described.servers = Some(vec![Server::new(info.base(&state.config))]);
    Json(described).into_response()
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Commonslate", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    tags(
        (name = "Boards", description = "Making, reading, renaming and deleting boards"),
        (name = "Links and settings", description = "What owners manage"),
        (name = "Elements", description = "Reading and changing what is on a board"),
        (name = "Files", description = "A board as a file"),
        (name = "Chat", description = "The conversation of a board"),
        (name = "Events", description = "What happens on a board, as it happens"),
        (name = "Undo", description = "Taking back the work of the program"),
    ),
    components(schemas(
        Problem,
        guest::CommitEvent,
        guest::PeopleEvent,
        guest::StartEvent,
    )),
    modifiers(&Rules),
)]
struct Document;

/// Adds what no macro can say.
struct Rules;

impl Modify for Rules {
    fn modify(&self, openapi: &mut OpenApi) {
        let link = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(LINK_WORDS))
            .build();
        if let Some(components) = openapi.components.as_mut() {
            components.add_security_scheme(LINK, SecurityScheme::Http(link));
        }
        openapi.security = Some(vec![SecurityRequirement::new(LINK, Vec::<String>::new())]);
        openapi.info.description = Some(introduction());
    }
}

fn introduction() -> String {
    format!(
        "Whatever a person does on a board, a program does over HTTP. Its only credential is a link, and it \
         has no more rights than this link grants: `view`, `edit` or `owner`.\n\n\
         A program that reads or changes elements, reads or writes the chat, follows events or undoes is a **guest**: people see \
         it by the name in `Commonslate-Program`, and owners can mute and remove it. It leaves 30 s after its \
         last request. A link with `programs: false` takes no guests.\n\n\
         A **position** names a state of the board. Compare positions only for equality.\n\n\
         Errors are `application/problem+json` (RFC 9457) with one sentence in `detail`. \
         `Retry-After` says after how many seconds it is worth trying again.\n\n\
         Limits: a body has at most {} KiB, one that changes elements {} KiB, and no `Content-Encoding`; a title \
         {MAX_TITLE_CHARS} characters, a label {MAX_LABEL_CHARS}, the name of a program \
         {MAX_NAME_CHARS}, a message {MAX_MESSAGE_CHARS}; a board {MAX_LINKS} links that have not ended, and \
         {MAX_PEOPLE} people. One address makes 20 boards an hour, unless the server was started with \
         another limit, and changes the links and settings of a board 60 times a minute. A guest sends 30 \
         changes a second, and 120 at once; more of them wait. After ten wrong secrets from one \
         address, further ones are answered with 429.",
        MAX_BODY_BYTES / 1024,
        MAX_WORK_BYTES / 1024,
    )
}
