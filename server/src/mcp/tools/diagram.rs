//! Diagrams whose layout the server makes.

use diagrams::{Diagram, DiagramError, Direction, GraphEdge, GraphNode, Shape};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::service::RequestContext;
use rmcp::{RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Outcome;
use super::terms::{speed, terms};
use super::writing::written;
use crate::guest::place_diagram;
use crate::mcp::error::ToolError;
use crate::mcp::server::McpServer;

/// A diagram to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDiagram {
    /// The link of the board; needed unless the client sends it as bearer token.
    board: Option<String>,
    /// The nodes, if the diagram is no text.
    #[serde(default)]
    nodes: Vec<DiagramNode>,
    /// The arrows between the nodes.
    #[serde(default)]
    edges: Vec<DiagramEdge>,
    /// Where the arrows lead, usually down.
    direction: Option<DiagramDirection>,
    /// The diagram as text, instead of nodes and edges: a flowchart, mind map or sequence diagram in the
    /// language of Mermaid, an outline that is indented, or a list.
    #[schemars(example = "flowchart LR\n  a[Sign in] --> b{Known?}\n  b -->|yes| c[Home]")]
    mermaid: Option<String>,
    /// The left edge of the diagram in board units. Without x and y, it is placed in free space.
    x: Option<f64>,
    /// The upper edge of the diagram.
    y: Option<f64>,
    /// Whether it is only proposed: people accept or discard it. Boards can demand that.
    #[serde(default)]
    propose: bool,
    /// Whether all of it appears at once, instead of element by element within some seconds.
    #[serde(default)]
    at_once: bool,
    /// The time between two elements in milliseconds: 20 to 2000, usually 120.
    #[schemars(range(min = 20, max = 2000), example = 120)]
    step_ms: Option<u64>,
}

/// A node of a diagram.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DiagramNode {
    /// A word by which edges name the node.
    #[schemars(example = &"login")]
    id: String,
    /// Its text, short. Without it, its id is shown.
    #[schemars(example = "Log in")]
    text: Option<String>,
    /// Its outline, usually rounded.
    shape: Option<NodeShape>,
    /// The title of the group that it is in.
    group: Option<String>,
}

/// An edge of a diagram.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DiagramEdge {
    /// The id of the node where it begins.
    #[schemars(example = &"login")]
    from: String,
    /// The id of the node to which it leads.
    #[schemars(example = &"home")]
    to: String,
    /// Its text, short.
    text: Option<String>,
    /// Whether it is dashed.
    #[serde(default)]
    dashed: bool,
}

/// Where arrows lead.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum DiagramDirection {
    Down,
    Up,
    Right,
    Left,
}

/// The outline of a node.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum NodeShape {
    Rectangle,
    Rounded,
    Stadium,
    Ellipse,
    Circle,
    Diamond,
    Triangle,
    Plain,
}

#[tool_router(router = diagram_tools, vis = "pub(super)")]
impl McpServer {
    /// Creates a diagram from nodes and edges, or from Mermaid text, an outline or a list. The server
    /// lays it out: boxes fit their texts and do not overlap, and arrows are bound to the boxes, so that
    /// they follow when people move these. Use this for everything with boxes and arrows.
    #[tool(annotations(
        title = "Create a diagram",
        read_only_hint = false,
        destructive_hint = false,
        open_world_hint = false
    ))]
    async fn create_diagram(
        &self,
        Parameters(new): Parameters<NewDiagram>,
        context: RequestContext<RoleServer>,
    ) -> Outcome {
        let visit = self.visit(new.board.as_deref(), &context).await?;
        let at = new.x.zip(new.y);
        let terms = terms(new.propose, speed(new.at_once, new.step_ms)?, &context)?;
        let diagram = self.guests.compute(&visit, || new.diagram()).await??;
        let done = self.guests.work(&visit, terms, move |board, author| {
            place_diagram(&diagram, board, author, at)
        });
        written(done.await?)
    }
}

impl NewDiagram {
    fn diagram(self) -> Result<Diagram, ToolError> {
        let diagram = match self.mermaid {
            Some(_) if !self.nodes.is_empty() => {
                return Err(ToolError("give nodes or mermaid, not both".to_owned()));
            }
            Some(text) => diagrams::read(&text),
            None => {
                let nodes: Vec<_> = self.nodes.into_iter().map(GraphNode::from).collect();
                let edges: Vec<_> = self.edges.into_iter().map(GraphEdge::from).collect();
                let direction = self.direction.map(Direction::from).unwrap_or_default();
                Diagram::from_graph(&nodes, &edges, direction)
            }
        };
        diagram.map_err(|error: DiagramError| ToolError(error.to_string()))
    }
}

impl From<DiagramNode> for GraphNode {
    fn from(node: DiagramNode) -> Self {
        Self {
            key: node.id,
            text: node.text.unwrap_or_default(),
            shape: node.shape.map(Shape::from).unwrap_or_default(),
            group: node.group,
        }
    }
}

impl From<DiagramEdge> for GraphEdge {
    fn from(edge: DiagramEdge) -> Self {
        Self {
            from: edge.from,
            to: edge.to,
            text: edge.text.unwrap_or_default(),
            is_dashed: edge.dashed,
        }
    }
}

impl From<DiagramDirection> for Direction {
    fn from(direction: DiagramDirection) -> Self {
        match direction {
            DiagramDirection::Down => Self::Down,
            DiagramDirection::Up => Self::Up,
            DiagramDirection::Right => Self::Right,
            DiagramDirection::Left => Self::Left,
        }
    }
}

impl From<NodeShape> for Shape {
    fn from(shape: NodeShape) -> Self {
        match shape {
            NodeShape::Rectangle => Self::Rectangle,
            NodeShape::Rounded => Self::Rounded,
            NodeShape::Stadium => Self::Stadium,
            NodeShape::Ellipse => Self::Ellipse,
            NodeShape::Circle => Self::Circle,
            NodeShape::Diamond => Self::Diamond,
            NodeShape::Triangle => Self::Triangle,
            NodeShape::Plain => Self::Plain,
        }
    }
}
