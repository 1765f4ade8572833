//! Answers to calls that fail. Each group is described once; a call names the groups that it has.

use std::collections::BTreeMap;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder, schema};
use utoipa::{IntoResponses, ToSchema};

/// The media type of all errors.
const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request failed (RFC 9457).
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "there is no such board, or this link does not open it",
}))]
#[expect(
    dead_code,
    reason = "only its schema is used; the crate problem_details writes problems"
)]
pub(super) struct Problem {
    /// Always `about:blank`: the status tells the kind.
    #[schema(format = "uri-reference")]
    r#type: String,
    /// The name of the status.
    title: String,
    /// The status of the answer.
    status: u16,
    /// One sentence for people.
    detail: String,
}

/// Declares a group of answers by status and description.
macro_rules! refusals {
    ($($(#[$docs:meta])* $name:ident { $($status:literal: $words:literal,)+ })+) => {$(
        $(#[$docs])*
        pub(in super::super) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$(($status, $words)),+].into_iter().map(refusal).collect()
            }
        }
    )+};
}

refusals! {
    /// Every call with a link.
    Linked {
        401: "No secret of a link was sent.",
        404: "There is no such board, or the secret does not open it, or the board has no such part.",
        410: "The link was revoked or has expired.",
        429: "Too many requests in a short time.",
        503: "The server cannot reach its store, is busy, or shuts down.",
    }
    /// A call without a link.
    NoLink {
        429: "Too many requests of this address.",
        503: "The server cannot reach its store, is busy, or shuts down.",
    }
    /// Every call with a body.
    Body {
        400: "The body, a parameter or a header cannot be read.",
        413: "The body is too large.",
        415: "The body is not `application/json`, or has a `Content-Encoding`.",
    }
    /// Every call with a query.
    Query {
        400: "A parameter or a header cannot be read.",
    }
    /// Calls of which the role of the link decides, and changes, which pages of other origins cannot make.
    Forbidden {
        403: "The link does not allow this, or the page that asks is of another origin.",
    }
    /// Calls of guests.
    Guest {
        400: "The body, a parameter or a header cannot be read.",
        403: "The link is for people only, or does not allow this, or an owner muted or removed the program, \
              or the board is frozen.",
    }
    /// Calls with values that have limits.
    Unfit {
        422: "A value is beyond its limits.",
    }
    /// Calls that the state of the board may refuse.
    Conflict {
        409: "The board has as many links as it can, or would have no owner link that does not end, or its \
              history is not complete.",
    }
    /// Changes of a board that the program may not know as it is now.
    Stale {
        412: "The board is at another position than `If-Match` says.",
    }
    /// Calls that change elements.
    Locked {
        409: "An element is locked. A change with `\"locked\": false` unlocks it.",
    }
    /// Calls that make files.
    Failed {
        500: "The file could not be made.",
    }
    /// Calls that need room.
    Full {
        507: "The board or the store is full.",
    }
}

fn refusal((status, words): (u16, &str)) -> (String, RefOr<Response>) {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let response = ResponseBuilder::new()
        .description(words)
        .content(MEDIA_TYPE, content);
    let response = match status {
        429 | 503 | 507 => response.header("Retry-After", wait()),
        _ => response,
    };
    (status.to_string(), RefOr::T(response.build()))
}

fn wait() -> utoipa::openapi::Header {
    let seconds = schema::ObjectBuilder::new().schema_type(schema::Type::Integer);
    HeaderBuilder::new()
        .schema(Some(seconds))
        .description(Some(
            "Seconds after which it is worth trying again, if they are known.",
        ))
        .build()
}
