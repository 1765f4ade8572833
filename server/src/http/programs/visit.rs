//! The program that sends a request: its link and its name.

use std::sync::Arc;

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::protocol::ProgramKind;

use super::super::access::Access;
use crate::guest::{GuestName, GuestVisit, Guests, people_only};
use crate::request::{Problem, RequestInfo};
use crate::state::AppState;

/// A program whose link was checked.
pub(super) struct Program {
    pub(super) guests: Arc<Guests>,
    pub(super) visit: GuestVisit,
}

impl FromRequestParts<Arc<AppState>> for Program {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Problem> {
        let Access { board, secret } = Access::from_request_parts(parts, state).await?;
        let Ok(info) = RequestInfo::from_request_parts(parts, state).await;
        let guests = Extension::<Arc<Guests>>::from_request_parts(parts, state).await;
        let Extension(guests) = guests.map_err(|_| Problem::unavailable(String::new()))?;
        let name = GuestName::in_headers(&parts.headers)?.unwrap_or_default();
        let grant = state.boards.grant_of(board, &secret, info.caller).await?;
        if !grant.programs {
            return Err(people_only());
        }
        Ok(Self {
            guests,
            visit: GuestVisit {
                board,
                secret,
                device: name.device(board, &secret),
                name,
                kind: ProgramKind::Script,
                caller: info.caller,
            },
        })
    }
}
