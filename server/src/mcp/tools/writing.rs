//! Creating, changing, deleting and arranging elements. Each call is one commit.

use std::collections::BTreeMap;

use authoring::{Arrange, Work};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::terms::{Speed, speed, terms};
use super::{Outcome, json};
use crate::guest::{Done, GuestVisit, WorkTerms};
use crate::mcp::server::McpServer;

/// New elements.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Creation {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The new elements, from the bottom of the stack to the top.
    #[schemars(schema_with = "new_elements")]
    elements: Vec<Value>,
    /// Whether they are only proposed: people accept or discard them. Boards can demand that.
    #[serde(default)]
    propose: bool,
    /// Whether all appear at once, instead of one after the other within some seconds.
    #[serde(default)]
    at_once: bool,
    /// The time between two elements in milliseconds: 20 to 2000, usually 120.
    #[schemars(range(min = 20, max = 2000), example = 120)]
    step_ms: Option<u64>,
}

/// Changes of elements.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Changing {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// For each element its `id` and the fields to change. Null gives a field its default.
    #[schemars(schema_with = "changes")]
    changes: Vec<Value>,
}

/// Elements to delete.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Deleting {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The ids of the elements, whole or short as `read_board` gives them.
    ids: Vec<String>,
}

/// A stroke to draw.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Drawing {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The points of the stroke in board units, each `[x, y]` or `[x, y, pressure]` with a pressure
    /// from 0 to 1. Give many for a curve: points are joined by straight lines.
    #[schemars(example = [[0, 0], [40, 25], [80, 30], [120, 10]])]
    points: Vec<Vec<f64>>,
    /// The colour: a name such as `blue`, or `#rrggbb`.
    #[schemars(example = &"blue")]
    color: Option<String>,
    /// The width in board units, usually 4.
    #[schemars(example = 4)]
    width: Option<f64>,
    /// `pen`, which is usual, or `highlighter`.
    brush: Option<String>,
    /// Whether it is only proposed: people accept or discard it. Boards can demand that.
    #[serde(default)]
    propose: bool,
    /// Whether it appears at once, instead of growing as if a pen drew it.
    #[serde(default)]
    at_once: bool,
}

/// An arrangement of elements.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arranging {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// What to do with which elements.
    arrange: Arrange,
}

/// What was done.
#[derive(Debug, Serialize)]
struct Written {
    /// The position of the board with the changes.
    position: String,
    /// The ids of the new elements, in the order of the request; the children of a frame follow it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    created: Vec<String>,
    /// The words of the request with the ids of the elements that they name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    words: BTreeMap<String, String>,
    /// The ids of the elements that were changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<String>,
    /// The ids of the elements that were deleted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deleted: Vec<String>,
    /// The proposal to which the new elements belong, until a person accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
}

#[tool_router(router = writing_tools, vis = "pub(super)")]
impl McpServer {
    /// Creates elements: shapes with text, texts, sticky notes, frames with children, lines, arrows
    /// between elements, strokes. Boxes without a size fit their text, and elements without x and y are
    /// placed in free space. Give elements words as `id` so that arrows of the same call can name them.
    /// All of them appear, or none.
    #[tool(annotations(
        title = "Create elements",
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    async fn create_elements(
        &self,
        Parameters(new): Parameters<Creation>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(new.board.as_deref(), &context).await?;
        let work = Work {
            create: new.elements,
            ..Work::default()
        };
        let terms = terms(new.propose, speed(new.at_once, new.step_ms)?, &context)?;
        self.carry_out(&visit, work, terms).await
    }

    /// Changes elements: their text, place, size, colour and all other fields. Fields that are not named
    /// stay; `by: [dx, dy]` moves an element with all that goes along with it. All changes take effect at
    /// once, or none.
    #[tool(annotations(
        title = "Change elements",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = false,
        open_world_hint = false
    ))]
    async fn change_elements(
        &self,
        Parameters(Changing { board, changes }): Parameters<Changing>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(board.as_deref(), &context).await?;
        let work = Work {
            change: changes,
            ..Work::default()
        };
        self.carry_out(&visit, work, terms(false, Speed::AtOnce, &context)?)
            .await
    }

    /// Deletes elements, all of them or none. Delete what others drew only if you are asked to.
    #[tool(annotations(
        title = "Delete elements",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = false,
        open_world_hint = false
    ))]
    async fn delete_elements(
        &self,
        Parameters(Deleting { board, ids }): Parameters<Deleting>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(board.as_deref(), &context).await?;
        let work = Work {
            delete: ids,
            ..Work::default()
        };
        self.carry_out(&visit, work, terms(false, Speed::AtOnce, &context)?)
            .await
    }

    /// Draws a stroke of ink through points, as a pen does.
    #[tool(annotations(
        title = "Draw a stroke",
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    async fn draw_stroke(
        &self,
        Parameters(drawing): Parameters<Drawing>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(drawing.board.as_deref(), &context).await?;
        let stroke = json!({
            "kind": "stroke",
            "points": drawing.points,
            "color": drawing.color,
            "width": drawing.width,
            "brush": drawing.brush,
        });
        let work = Work {
            create: vec![stroke],
            ..Work::default()
        };
        let terms = terms(drawing.propose, speed(drawing.at_once, None)?, &context)?;
        self.carry_out(&visit, work, terms).await
    }

    /// Puts elements in order: aligns them, makes their gaps even, stacks them in a row or column, puts
    /// them in a grid, tidies them up, puts texts that are about the same in clusters, groups or ungroups
    /// them.
    #[tool(annotations(
        title = "Arrange elements",
        read_only_hint = false,
        destructive_hint = true,
        idempotent_hint = true,
        open_world_hint = false
    ))]
    async fn arrange(
        &self,
        Parameters(Arranging { board, arrange }): Parameters<Arranging>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(board.as_deref(), &context).await?;
        let terms = terms(false, Speed::AtOnce, &context)?;
        let done = self.guests.work(&visit, terms, move |board, author| {
            arrange.ops(board, author)
        });
        written(done.await?)
    }
}

impl McpServer {
    /// Does what an agent asks for.
    pub(super) async fn carry_out(
        &self,
        visit: &GuestVisit,
        work: Work,
        terms: WorkTerms,
    ) -> Outcome {
        let done = self
            .guests
            .work(visit, terms, move |board, author| work.ops(board, author));
        written(done.await?)
    }
}

/// The answer about changes.
pub(super) fn written(done: Done) -> Outcome {
    let ids = |ids: Vec<_>| ids.iter().map(ToString::to_string).collect();
    let words = done.words.into_iter();
    json(&Written {
        position: done.at.to_string(),
        created: ids(done.created),
        words: words.map(|(word, id)| (word, id.to_string())).collect(),
        changed: ids(done.changed),
        deleted: ids(done.deleted),
        proposal: done.proposal.map(|proposal| proposal.to_string()),
    })
}

fn new_elements(_: &mut SchemaGenerator) -> Schema {
    of_work("create")
}

fn changes(_: &mut SchemaGenerator) -> Schema {
    of_work("change")
}

/// The schema of a field of [`Work`].
fn of_work(field: &str) -> Schema {
    let work = schemars::schema_for!(Work);
    let field = work.get("properties").and_then(|it| it.get(field)).cloned();
    field.and_then(|it| it.try_into().ok()).unwrap_or_default()
}
