//! The program that sends a request: its link, its name, and what the link grants.

use std::sync::Arc;

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use shared::limits::MAX_NAME_CHARS;
use shared::protocol::{ProgramKind, Role};

use super::super::access::Access;
use crate::guest::{GuestName, GuestVisit, Guests, people_only};
use crate::request::{Problem, RequestInfo};
use crate::state::AppState;

/// The header with the name of the program.
const PROGRAM: &str = "commonslate-program";

/// A program whose link was checked.
pub(super) struct Program {
    pub(super) guests: Arc<Guests>,
    pub(super) visit: GuestVisit,
    pub(super) role: Role,
}

impl FromRequestParts<Arc<AppState>> for Program {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Problem> {
        let Access { board, secret } = Access::from_request_parts(parts, state).await?;
        let Ok(info) = RequestInfo::from_request_parts(parts, state).await;
        let guests = Extension::<Arc<Guests>>::from_request_parts(parts, state).await;
        let Extension(guests) = guests.map_err(|_| Problem::unavailable(String::new()))?;
        let name = name(parts)?;
        let grant = state.boards.grant_of(board, &secret, info.caller).await?;
        if !grant.programs {
            return Err(people_only());
        }
        Ok(Self {
            guests,
            visit: GuestVisit {
                board,
                secret,
                name,
                kind: ProgramKind::Script,
                caller: info.caller,
            },
            role: grant.role,
        })
    }
}

fn name(parts: &Parts) -> Result<GuestName, Problem> {
    let Some(name) = parts.headers.get(PROGRAM) else {
        return Ok(GuestName::default());
    };
    let name = std::str::from_utf8(name.as_bytes()).ok();
    name.and_then(GuestName::parse).ok_or_else(|| {
        let detail =
            format!("the name in Commonslate-Program is 1 to {MAX_NAME_CHARS} letters of UTF-8");
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}
