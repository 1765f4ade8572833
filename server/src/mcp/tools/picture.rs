//! Looking at a board.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures::StreamExt as _;
use painters::Resolution;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Scope;
use shared::model::palette::Theme;
use shared::paint::RenderingOptions;

use super::Outcome;
use super::area::Area;
use crate::export::{ExportRequest, Exported, Format};
use crate::guest::GuestVisit;
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;
use crate::service::Visitor;

/// The longer side of a picture in pixels.
const SIDES: std::ops::RangeInclusive<u32> = 64..=2048;
/// The side if none is asked for. Models see no more in a larger picture of a whole board.
const USUAL_SIDE: u32 = 1024;
/// A few small elements are not enlarged to more pixels of one board unit.
const MAX_SCALE: f64 = 2.0;
/// The largest PNG. As base64 it fits into what models take.
const MAX_PNG_BYTES: usize = 3 * 1024 * 1024;
/// The largest SVG, which a model reads as text.
const MAX_SVG_BYTES: usize = 256 * 1024;

/// What to look at.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Seeing {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The part of the board to show, in board units. Without it, everything is shown.
    area: Option<Area>,
    /// Shows only these elements, by their ids.
    elements: Option<Vec<String>>,
    /// Shows only this frame with its members, by its id.
    frame: Option<String>,
    /// `png` for a picture, which is usual, or `svg` for a drawing as text.
    format: Option<PictureFormat>,
    /// The longer side of the picture in pixels: 64 to 2048, usually 1024.
    #[schemars(range(min = 64, max = 2048), example = 1024)]
    size: Option<u32>,
    /// Shows the dark theme.
    dark: Option<bool>,
}

/// A format of pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::mcp) enum PictureFormat {
    /// Pixels.
    #[default]
    Png,
    /// A drawing as text. It has blurred previews of pictures.
    Svg,
}

/// A picture of a board.
#[derive(Debug)]
pub(in crate::mcp) struct Picture {
    /// The file.
    pub(in crate::mcp) bytes: Vec<u8>,
    shown: Shown,
}

/// What a picture shows.
#[derive(Debug, Serialize)]
struct Shown {
    /// The part of the board, in board units.
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// What it lacks.
    lacks: Vec<&'static str>,
}

#[tool_router(router = picture_tools, vis = "pub(super)")]
impl McpServer {
    /// Shows the board as people see it: all of it, an area, some elements or one frame, as a PNG or as
    /// SVG text. Tells which part of the board the picture shows, so that you can compute coordinates.
    #[tool(annotations(
        title = "See the board",
        read_only_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn see_board(
        &self,
        Parameters(seeing): Parameters<Seeing>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let format = seeing.format.unwrap_or_default();
        let request = seeing.request()?;
        let visit = self.visit(seeing.board.as_deref(), &context).await?;
        let Picture { bytes, shown } = self.picture(&visit, format, request).await?;
        let shown = serde_json::to_string(&shown);
        let shown = shown.map_err(|error| ToolError(error.to_string()))?;
        let picture = match format {
            PictureFormat::Png => {
                let media_type = Format::Png.media_type();
                ContentBlock::image(BASE64_STANDARD.encode(&bytes), media_type)
            }
            PictureFormat::Svg => ContentBlock::text(String::from_utf8_lossy(&bytes)),
        };
        let blocks = vec![picture, ContentBlock::text(format!("It shows {shown}"))];
        Ok(CallToolResult::success(blocks))
    }
}

impl McpServer {
    /// A picture of the whole board.
    pub(in crate::mcp) async fn preview(&self, visit: &GuestVisit) -> Result<Picture, ToolError> {
        let format = PictureFormat::Svg;
        let seeing = Seeing {
            format: Some(format),
            ..Seeing::default()
        };
        self.picture(visit, format, seeing.request()?).await
    }

    async fn picture(
        &self,
        visit: &GuestVisit,
        format: PictureFormat,
        request: ExportRequest,
    ) -> Result<Picture, ToolError> {
        let state = self.guests.state();
        let boards = &state.boards;
        let info = boards
            .info(visit.board, &visit.secret, visit.caller)
            .await?;
        let visitor = Visitor {
            board: visit.board,
            secret: visit.secret,
            caller: visit.caller,
        };
        let (context, blobs) = (&state.context, &state.blobs);
        let exporting = state
            .exports
            .export(context, blobs, visitor, info.title, request);
        let exported = exporting.await?;
        let region = exported.region.unwrap_or(BoardRect::ZERO);
        let shown = Shown {
            x: rounded(region.x0),
            y: rounded(region.y0),
            width: rounded(region.width()),
            height: rounded(region.height()),
            lacks: exported.not_kept.clone(),
        };
        let bytes = collect(exported, format).await?;
        Ok(Picture { bytes, shown })
    }
}

impl Seeing {
    fn request(&self) -> Result<ExportRequest, ToolError> {
        let side = self.size.unwrap_or(USUAL_SIDE);
        if !SIDES.contains(&side) {
            let (least, most) = (SIDES.start(), SIDES.end());
            return Err(ToolError(format!("size: from {least} to {most} pixels")));
        }
        let format = self.format.unwrap_or_default();
        let theme = match self.dark {
            Some(true) => Theme::Dark,
            Some(false) | None => Theme::Light,
        };
        Ok(ExportRequest {
            format: match format {
                PictureFormat::Png => Format::Png,
                PictureFormat::Svg => Format::Svg,
            },
            scope: self.scope()?,
            area: self.area.map(Area::rect).transpose()?,
            options: RenderingOptions {
                theme,
                ..RenderingOptions::default()
            },
            resolution: Resolution::Within {
                side,
                scale: MAX_SCALE,
            },
            embeds_scene: false,
            has_pictures: format == PictureFormat::Png,
        })
    }

    fn scope(&self) -> Result<Scope, ToolError> {
        let id = |text: &String| {
            let id = text.parse::<ElementId>();
            id.map_err(|_| ToolError(format!("{text:?} is not the id of an element")))
        };
        match (&self.frame, &self.elements) {
            (Some(_), Some(_)) => Err(ToolError("give frame or elements, not both".to_owned())),
            (Some(frame), None) => Ok(Scope::Frame(id(frame)?)),
            (None, Some(ids)) => {
                let ids = ids.iter().map(id).collect::<Result<_, _>>();
                Ok(Scope::Elements(ids?))
            }
            (None, None) => Ok(Scope::Board),
        }
    }
}

/// Collects the bytes of a file, up to the limit of its format.
async fn collect(exported: Exported, format: PictureFormat) -> Result<Vec<u8>, ToolError> {
    let (most, advice) = match format {
        PictureFormat::Png => (
            MAX_PNG_BYTES,
            "ask for a smaller `size` or a smaller `area`",
        ),
        PictureFormat::Svg => (MAX_SVG_BYTES, "ask for a smaller `area` or for `png`"),
    };
    let mut pieces = exported.pieces;
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| ToolError(error.to_string()))?;
        if bytes.len() + piece.len() > most {
            let text = format!("the picture is larger than {most} bytes; {advice}");
            return Err(ToolError(text));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// A coordinate with as many digits as matter.
fn rounded(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}
