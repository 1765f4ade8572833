//! `GET /api/v1/boards/<board>/export.<format>`: a board as a file.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::{IntoParams, ToSchema};

use super::access::Access;
use super::description::{Failed, Linked, Query, Unfit};
use super::rest::caller_boards;
use crate::export::{ExportQuery, ExportRequest, Exported, Format};
use crate::request::{Problem, RequestInfo};
use crate::service::Visitor;
use crate::state::AppState;

/// Names what a format cannot keep.
const NOT_KEPT: HeaderName = HeaderName::from_static("commonslate-not-kept");
/// Names letters that no font of the server has.
const MISSING_LETTERS: HeaderName = HeaderName::from_static("commonslate-missing-letters");
/// The longest name of a file, in characters.
const MAX_FILE_NAME: usize = 80;

/// The board and the file in a path, as they are described.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(
    dead_code,
    reason = "only its description is used; the handler reads the values"
)]
struct ExportPath {
    /// The id of the board: what follows `/b/` in its links.
    board: String,
    /// The name of the file, which tells the format.
    #[param(inline)]
    file: ExportFile,
}

/// The files of a board.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "only its description is used; `Format` is what the handler reads"
)]
enum ExportFile {
    #[schema(rename = "export.json")]
    Json,
    #[schema(rename = "export.svg")]
    Svg,
    #[schema(rename = "export.png")]
    Png,
    #[schema(rename = "export.pdf")]
    Pdf,
    #[schema(rename = "export.excalidraw")]
    Excalidraw,
}

/// Reads a board as a file
///
/// Any link may do that. The answer begins at once and is streamed.
#[utoipa::path(
    get,
    path = "/api/v1/boards/{board}/{file}",
    operation_id = "export_board",
    tag = "Files",
    params(ExportPath, ExportQuery),
    responses(
        (status = 200, description = "The file.", content(
            (serde_json::Value = "application/json"),
            (String = "image/svg+xml"),
            (Vec<u8> = "image/png"),
            (Vec<u8> = "application/pdf"),
        ), headers(
            ("Commonslate-Not-Kept" = String, description = "What the format cannot keep"),
            ("Commonslate-Missing-Letters" = String, description = "Letters that no font of the server has"),
        )),
        Linked,
        Query,
        Unfit,
        Failed,
    ),
)]
pub(super) async fn read(
    State(state): State<Arc<AppState>>,
    Path((_, file)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    access: Result<Access, Problem>,
    info: RequestInfo,
) -> Result<Response, Problem> {
    let Some(format) = Format::of_file(&file) else {
        return Err(Problem::unknown());
    };
    let Access { board, secret } = access?;
    let title = caller_boards(&state, &info)
        .info(board, secret)
        .await?
        .title;
    let visitor = Visitor {
        board,
        secret,
        caller: info.caller,
    };
    let request = ExportRequest::parse(format, query.as_deref().unwrap_or_default())?;
    let (exports, context, blobs) = (&state.exports, &state.context, &state.blobs);
    let exporting = exports.export(context, blobs, visitor, title.clone(), request);
    let exported = exporting.await?;
    Ok(answer(format, &title, exported))
}

fn answer(format: Format, title: &str, exported: Exported) -> Response {
    let Exported {
        pieces,
        not_kept,
        missing,
        region: _,
    } = exported;
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    add(header::CONTENT_TYPE, format.media_type());
    add(header::CACHE_CONTROL, "no-store");
    add(
        header::CONTENT_DISPOSITION,
        &disposition(title, format.ending()),
    );
    if !not_kept.is_empty() {
        add(NOT_KEPT, &not_kept.join(", "));
    }
    if !missing.is_empty() {
        let codes = missing
            .iter()
            .map(|letter| format!("U+{:04X}", u32::from(*letter)));
        add(MISSING_LETTERS, &codes.collect::<Vec<_>>().join(" "));
    }
    response
}

/// The name of the file: the title, as RFC 8187 writes it, and a plain one for old programs.
fn disposition(title: &str, ending: &str) -> String {
    let name: String = title
        .chars()
        .filter(|it| !it.is_control())
        .take(MAX_FILE_NAME)
        .collect();
    let name = name.replace(['/', '\\'], "-");
    let encoded = name.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    });
    let encoded: String = encoded.collect();
    format!("attachment; filename=\"board.{ending}\"; filename*=UTF-8''{encoded}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_title_becomes_the_name_of_a_file_without_harm() {
        assert_eq!(
            disposition("../a\"b\r\n\u{5e9}", "png"),
            "attachment; filename=\"board.png\"; filename*=UTF-8''..-a%22b%D7%A9.png"
        );
    }
}
