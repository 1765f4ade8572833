//! Reading a board as text and as elements.

use authoring::{Filter, compact, element_json};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::model::Board;

use super::area::Area;
use super::{Outcome, json};
use crate::guest::GuestVisit;
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;

/// Elements with lines of their own if the agent does not say how many.
const USUAL_LINES: usize = 400;
/// Elements in an answer of `find_elements` if the agent does not say how many.
const USUAL_FOUND: usize = 50;
/// The most. Their JSON fills what models take.
const MAX_FOUND: usize = 200;
/// Bytes of found elements: some 30,000 tokens. Ink is long.
const MAX_FOUND_BYTES: usize = 96 * 1024;

/// What to read.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reading {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The part of the board that is told element by element; the rest is summed up. Without it, all.
    area: Option<Area>,
    /// How many elements have lines of their own at most: usually 400.
    #[schemars(range(min = 1, max = 2000), example = 400)]
    limit: Option<usize>,
}

/// Which elements to find.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Finding {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// Only elements of these kinds; `arrow` is a line with a head.
    #[schemars(example = ["sticky", "text"])]
    kinds: Option<Vec<String>>,
    /// Only elements in whose text or name this occurs, in upper or lower case.
    #[schemars(example = &"login")]
    text: Option<String>,
    /// Only elements that touch this area.
    area: Option<Area>,
    /// Only elements with these ids, whole or their last six or more characters.
    ids: Option<Vec<String>>,
    /// How many elements at most: 1 to 200, usually 50.
    #[schemars(range(min = 1, max = 200), example = 50)]
    limit: Option<usize>,
}

/// Elements that were found.
#[derive(Debug, Default, Serialize)]
struct Found {
    /// The elements, from the bottom of the stack to the top.
    elements: Vec<Value>,
    /// How many more there are, which the limit left out.
    left_out: usize,
    /// The position of the board.
    position: String,
}

#[tool_router(router = reading_tools, vis = "pub(super)")]
impl McpServer {
    /// Tells what is on the board, as compact text: a line for each element in reading order with its
    /// short id, kind, text in quotes, bounds (left,top,right,bottom), colour and connections; elements
    /// outside of the area or beyond the limit are summed up in clusters. All tools take these ids.
    #[tool(annotations(
        title = "Read the board",
        read_only_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn read_board(
        &self,
        Parameters(Reading { board, area, limit }): Parameters<Reading>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let area = area.map(Area::edges).transpose()?;
        let visit = self.visit(board.as_deref(), &context).await?;
        let text = self.text_of_board(&visit, area, limit).await?;
        Ok(CallToolResult::success(vec![ContentBlock::text(text)]))
    }

    /// Finds elements by kind, text, area or ids, and answers all their fields as JSON, with their
    /// bounds. Give `ids` to read single elements, for example before you change them.
    #[tool(annotations(
        title = "Find elements",
        read_only_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn find_elements(
        &self,
        Parameters(finding): Parameters<Finding>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let limit = finding.limit.unwrap_or(USUAL_FOUND);
        if !(1..=MAX_FOUND).contains(&limit) {
            return Err(ToolError(format!("limit: 1 to {MAX_FOUND}")));
        }
        let filter = Filter {
            kind: finding.kinds.unwrap_or_default(),
            text: finding.text,
            area: finding.area.map(Area::edges).transpose()?,
            id: finding.ids.unwrap_or_default(),
        };
        let visit = self.visit(finding.board.as_deref(), &context).await?;
        let found = self.guests.read_board(&visit, move |board, at| Found {
            position: at.to_string(),
            ..Found::of(board, &filter, limit)
        });
        json(&found.await?)
    }
}

impl McpServer {
    /// The board as text for a model, with its position.
    pub(in crate::mcp) async fn text_of_board(
        &self,
        visit: &GuestVisit,
        area: Option<[f64; 4]>,
        limit: Option<usize>,
    ) -> Result<String, ToolError> {
        let limit = limit.unwrap_or(USUAL_LINES);
        let told = self.guests.read_board(visit, move |board, at| {
            format!("position: {at}\n{}", compact(board, area, limit))
        });
        Ok(told.await?)
    }
}

impl Found {
    fn of(board: &Board, filter: &Filter, limit: usize) -> Self {
        let mut found = Self::default();
        let mut bytes = 0;
        let matches = board.in_order().filter(|it| filter.matches(board, it));
        for element in matches {
            if found.elements.len() == limit || bytes > MAX_FOUND_BYTES {
                found.left_out += 1;
                continue;
            }
            let element = element_json(board, element);
            bytes += element.to_string().len();
            found.elements.push(element);
        }
        found
    }
}
