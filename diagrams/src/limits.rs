//! Every limit of a diagram, with its reason.
//!
//! A diagram within them fits one commit, so that one undo removes it.

use shared::limits::MAX_OPS_PER_COMMIT;

/// Bytes of the text of a diagram. Mermaid itself takes no longer texts, and all labels fit into one
/// commit.
pub const MAX_SOURCE_BYTES: usize = 50_000;
/// Nodes of a graph, a tree or a list: more than a person reads. The layout of so many takes less than
/// a second.
pub const MAX_NODES: usize = 400;
/// Edges of a graph. Mermaid itself takes no more.
pub const MAX_EDGES: usize = 500;
/// Groups of a graph. A nested one is a box and a title, so that all elements fit one commit.
pub const MAX_GROUPS: usize = 40;
/// Depth of groups in groups; an element of the board is in at most 16 groups.
pub const MAX_GROUP_DEPTH: usize = 12;
/// Lines of edges, in any form, that a text of Mermaid may have: a few for each edge, and some in texts. The
/// time of the parser grows with the square of their number.
pub const MAX_LINKS: usize = 8 * MAX_EDGES;
/// Ranks that one edge spans at most. A longer one would lead far out of view.
pub const MAX_EDGE_LENGTH: usize = 20;
/// Depth of a tree: each level is a column of its own.
pub const MAX_TREE_DEPTH: usize = 50;
/// Participants of a sequence: more columns would not fit a screen at any zoom that can be read.
pub const MAX_PARTICIPANTS: usize = 50;
/// Messages, notes and blocks of a sequence, each of a few elements.
pub const MAX_SEQUENCE_ROWS: usize = 300;
/// Characters of one label: a long paragraph.
pub const MAX_LABEL_CHARS: usize = 2_000;
/// Elements of a diagram, so that they fit one commit.
pub const MAX_ELEMENTS: usize = MAX_OPS_PER_COMMIT;
/// Units of work of one layout, as its library counts them. Graphs of the largest size fit it unless
/// they were made to be slow; the layout of such a graph ends within some seconds.
pub const MAX_LAYOUT_WORK: usize = 60_000_000;
