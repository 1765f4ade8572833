//! Which clients a server lets in: those with a link that is valid, while the board has room.

use shared::api::ApiError;
use shared::id::{BoardId, PersonId};
use shared::limits::MAX_PEOPLE;
use shared::protocol::{CloseCode, Hello, Role};

use super::session::Handshake;
use crate::caller_rate_limit::Caller;
use crate::people_limit::{Newcomer, PersonPermit};
use crate::room::Admission;
use crate::service::Grant;
use crate::telemetry::Tag;

/// The board and what its link grants, or why the client is refused.
pub(super) async fn admit(
    handshake: &Handshake,
    hello: &Hello,
) -> Result<(BoardId, Grant), CloseCode> {
    let board = handshake.board.ok_or(CloseCode::NoAccess)?;
    match handshake
        .state
        .boards
        .grant_of(board, &hello.secret, handshake.caller)
        .await
    {
        Ok(grant) if hello.program.is_some() && !grant.programs && grant.on_behalf_of.is_none() => {
            Err(CloseCode::PeopleOnly)
        }
        Ok(grant) => Ok((board, grant)),
        Err(ApiError::NoAccess | ApiError::Forbidden) => Err(CloseCode::NoAccess),
        Err(ApiError::LinkRevoked) => Err(CloseCode::LinkRevoked),
        Err(ApiError::LinkExpired) => Err(CloseCode::LinkExpired),
        Err(ApiError::TooMany { .. }) => Err(CloseCode::TooFast),
        Err(
            ApiError::Unavailable
            | ApiError::BadTitle
            | ApiError::NoLink
            | ApiError::BadLabel
            | ApiError::BadExpiry
            | ApiError::BadPeople
            | ApiError::TooManyLinks
            | ApiError::TooManyNamed
            | ApiError::LastOwner
            | ApiError::TooManyElements
            | ApiError::HistoryLost
            | ApiError::OtherTitle
            | ApiError::ForeignOrigin
            | ApiError::Transport(_),
        ) => Err(CloseCode::Unavailable),
    }
}

/// By what the client is on the board.
pub(super) fn admission(hello: &Hello, grant: Grant, caller: Caller) -> Admission {
    let client = hello.key.client_id();
    let device = hello.device.map(|key| key.device_id());
    Admission {
        link: grant.link,
        client,
        person: PersonId::of(client, device),
        revision: grant.revision,
        // The assistant says by itself that it does nothing for links that are for people only.
        is_program: hello.program.is_some() && grant.on_behalf_of.is_none(),
        on_behalf_of: grant.on_behalf_of,
        caller,
    }
}

/// Counts the person, if the board has room for it.
pub(super) fn enter(
    handshake: &Handshake,
    board: BoardId,
    role: Role,
    hello: &Hello,
) -> Result<PersonPermit, CloseCode> {
    let newcomer = Newcomer {
        client: hello.key.client_id(),
        role,
        caller: handshake.caller,
    };
    let entered = handshake.state.people.try_enter(board, newcomer);
    entered.ok_or_else(|| {
        handshake.state.warnings.crowded_board.warn(|suppressed| {
            tracing::warn!(
                suppressed,
                board = %Tag::from(board),
                "a board has {MAX_PEOPLE} people, and more cannot join it on this server"
            );
        });
        CloseCode::Crowded
    })
}
