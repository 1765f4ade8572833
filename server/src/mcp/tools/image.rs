//! Placing pictures.

use authoring::Work;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::Outcome;
use super::terms::{Speed, terms};
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;
use crate::service::{StoredPicture, Visitor};

/// The largest file. As base64 it fits into a request.
const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;
/// The longer side of an image in board units if the agent does not say how wide it is.
const USUAL_SIDE: f64 = 480.0;

/// A picture to place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Placing {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The file as base64: PNG, JPEG, WebP or GIF of at most 4 MiB. A `data:` address is taken too.
    data: String,
    /// The left edge in board units. Without x and y, the picture is placed in free space.
    x: Option<f64>,
    /// The upper edge in board units.
    y: Option<f64>,
    /// The width in board units. The height follows from the picture. Without it, its longer side is
    /// 480 units, or as many as it has pixels if these are fewer.
    #[schemars(example = 320)]
    width: Option<f64>,
    /// The id of an element, to be placed in free space near it.
    near: Option<String>,
    /// What the picture shows, for people who do not see it.
    #[schemars(example = "A bar chart of sales by month")]
    alternative_text: Option<String>,
    /// Whether it is only proposed: people accept or discard it. Boards can demand that.
    #[serde(default)]
    propose: bool,
}

#[tool_router(router = image_tools, vis = "pub(super)")]
impl McpServer {
    /// Places a picture on the board. The server keeps the file, without metadata such as the place of
    /// a photo. It fetches no addresses: give the bytes as base64.
    #[tool(annotations(
        title = "Place a picture",
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    async fn place_image(
        &self,
        Parameters(placing): Parameters<Placing>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let file = file(&placing.data)?;
        let visit = self.visit(placing.board.as_deref(), &context).await?;
        let visitor = Visitor {
            board: visit.board,
            secret: visit.secret,
            caller: visit.caller,
        };
        let blobs = &self.guests.state().blobs;
        let refused = |refusal: crate::service::BlobRefusal| ToolError(refusal.to_string());
        blobs.may_upload(&visitor).await.map_err(refused)?;
        let stored = blobs.put(&visitor, file.into()).await.map_err(refused)?;
        let StoredPicture { hash, info } = stored;
        let (across, down) = (f64::from(info.width), f64::from(info.height));
        let usual = across * (USUAL_SIDE / across.max(down)).min(1.0);
        let width = placing.width.unwrap_or(usual);
        let image = json!({
            "kind": "image",
            "x": placing.x,
            "y": placing.y,
            "size": [width, width * down / across],
            "near": placing.near,
            "alternative_text": placing.alternative_text,
            "picture": {
                "sha256": hash.to_string(),
                "media_type": info.media_type.name(),
                "width": info.width,
                "height": info.height,
                "thumbhash": BASE64_STANDARD.encode(&info.thumbhash),
            },
        });
        let work = Work {
            create: vec![image],
            ..Work::default()
        };
        let terms = terms(placing.propose, Speed::AtOnce, &context)?;
        self.carry_out(&visit, work, terms).await
    }
}

/// The bytes of a file.
fn file(data: &str) -> Result<Vec<u8>, ToolError> {
    let data = match data.trim().split_once(";base64,") {
        Some((_, data)) => data,
        None => data.trim(),
    };
    let file = BASE64_STANDARD.decode(data);
    let file = file.map_err(|error| ToolError(format!("data: this is no base64: {error}")))?;
    if file.len() > MAX_FILE_BYTES {
        let text = format!("data: a file has at most {MAX_FILE_BYTES} bytes; make it smaller");
        return Err(ToolError(text));
    }
    Ok(file)
}
