//! Server functions: the calls of the UI, in MessagePack.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use server_fn::ContentType as _;
use server_fn::codec::MsgPackEncoding;
use shared::api::{
    ApiError, BoardInfo, BoardService, CreateBoard, CreatedBoard, RenameBoard, ServiceFuture,
};
use shared::id::{BoardId, Secret};

use super::rest::caller_boards;
use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::service::CallerBoards;
use crate::state::AppState;

/// Registers the functions. On most platforms they register themselves; this works everywhere.
pub(super) fn register() {
    server_fn::axum::register_explicit::<CreateBoard>();
    server_fn::axum::register_explicit::<RenameBoard>();
}

/// `POST /sfn/{function}`
pub(super) async fn call(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    parts: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    if check_origin(&state.config, &info, &parts.headers) == RequestOrigin::Foreign {
        return Err(Problem::foreign_origin());
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != MsgPackEncoding::CONTENT_TYPE) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("the body must be {}", MsgPackEncoding::CONTENT_TYPE),
        ));
    }
    let request = Request::from_parts(parts, Body::from(body?));
    let boards = caller_boards(&state, &info);
    let provide = move || {
        let service = WithStatus {
            boards: boards.clone(),
            response: use_context(),
        };
        provide_context::<Arc<dyn BoardService>>(Arc::new(service));
    };
    let mut response = leptos_axum::handle_server_fns_with_context(provide, request)
        .await
        .into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The service, which also sets the HTTP status of an error.
#[derive(Clone)]
struct WithStatus {
    boards: CallerBoards,
    response: Option<ResponseOptions>,
}

impl WithStatus {
    fn set_status<T>(&self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        if let (Err(error), Some(response)) = (&answer, &self.response) {
            let problem = Problem::from(error.clone());
            response.set_status(problem.status());
            if let Some(seconds) = problem.retry_after_s() {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
        }
        answer
    }
}

impl BoardService for WithStatus {
    fn create(&self, title: Option<String>) -> ServiceFuture<'_, CreatedBoard> {
        Box::pin(async move { self.set_status(self.boards.create(title).await) })
    }

    fn rename(
        &self,
        board: BoardId,
        secret: Secret,
        title: String,
    ) -> ServiceFuture<'_, BoardInfo> {
        Box::pin(async move { self.set_status(self.boards.rename(board, secret, title).await) })
    }
}
