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
    ApiError, AskHistory, BoardInfo, BoardManagement, BoardService, CreateBoard, CreatedBoard,
    DeleteBoard, HistoryAnswer, HistoryQuestion, ManageBoard, ManageRequest, RenameBoard,
    ServiceFuture,
};
use shared::id::{BoardId, Secret};

use super::rest::caller_boards;
use crate::metrics::HttpRefusal;
use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::service::CallerBoards;
use crate::state::AppState;

/// Registers the functions. On most platforms they register themselves; this works everywhere.
pub(super) fn register() {
    server_fn::axum::register_explicit::<CreateBoard>();
    server_fn::axum::register_explicit::<RenameBoard>();
    server_fn::axum::register_explicit::<ManageBoard>();
    server_fn::axum::register_explicit::<AskHistory>();
    server_fn::axum::register_explicit::<DeleteBoard>();
}

/// `POST /sfn/{function}`
pub(super) async fn call(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    parts: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    if check_origin(&state, &info, &parts.headers) == RequestOrigin::Foreign {
        return Ok(refused(&ApiError::ForeignOrigin));
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != MsgPackEncoding::CONTENT_TYPE) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("the body must be {}", MsgPackEncoding::CONTENT_TYPE),
        ));
    }
    let path = parts.uri.path();
    if server_fn::axum::get_server_fn_service(path, parts.method.clone()).is_none() {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "there is no such function",
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
    // The functions set the status of their errors, so this one comes from reading the arguments.
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        let detail = "the body is not the arguments of this function";
        return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
    }
    if response.status() == StatusCode::NOT_FOUND {
        // The function exists, so the board does not, or the secret does not open it.
        response.extensions_mut().insert(HttpRefusal::NoAccess);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A refusal in the form in which a function answers, so that the page can show it.
fn refused(error: &ApiError) -> Response {
    let problem = Problem::from(error.clone());
    let Ok(body) = shared::protocol::encode(error) else {
        return problem.into_response();
    };
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(MsgPackEncoding::CONTENT_TYPE),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let mut response = (problem.status(), headers, body).into_response();
    if let Some(reason) = problem.reason() {
        response.extensions_mut().insert(reason);
    }
    response
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

    fn manage(
        &self,
        board: BoardId,
        secret: Secret,
        request: ManageRequest,
    ) -> ServiceFuture<'_, BoardManagement> {
        Box::pin(async move { self.set_status(self.boards.manage(board, secret, request).await) })
    }

    fn ask_history(
        &self,
        board: BoardId,
        secret: Secret,
        question: HistoryQuestion,
    ) -> ServiceFuture<'_, HistoryAnswer> {
        let answer = self.boards.ask_history(board, secret, question);
        Box::pin(async move { self.set_status(answer.await) })
    }

    fn delete(&self, board: BoardId, secret: Secret, title: String) -> ServiceFuture<'_, ()> {
        Box::pin(async move { self.set_status(self.boards.delete(board, secret, title).await) })
    }
}
