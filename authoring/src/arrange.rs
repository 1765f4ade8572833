//! Arranges elements of a board: in lines, with even gaps, in rows, columns and grids, and in groups.
//!
//! The elements are named in order. Those in a common group count as one unit and move as one.

mod bands;
mod blocks;
mod cluster;
mod grouping;
mod placing;
mod similar;
mod tidy;
mod words;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::id::ElementId;
use shared::model::Board;
use shared::model::align::{AlignTo, Axis, aligned, distributed};
use shared::op::Op;
use shared::protocol::Role;

use crate::author::Author;
use crate::create;
use crate::error::WorkError;
use crate::names::Names;
use crate::work::{MAX_ENTRIES, Written, changed, fitting};
use blocks::blocks;
use cluster::clustered;
use grouping::{grouped, ungrouped};
use placing::{GAP, in_grid, moved, stacked};
use tidy::tidied;

/// The largest gap that can be asked for: some screens.
pub(crate) const MAX_GAP: f64 = 10_000.0;

/// A request to arrange elements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase", deny_unknown_fields)]
pub enum Arrange {
    /// Brings edges or middles in line.
    Align {
        /// The elements.
        ids: Vec<String>,
        /// The edge or middle.
        to: AlignTo,
    },
    /// Makes the gaps even; the outermost elements stay.
    Distribute {
        /// The elements.
        ids: Vec<String>,
        /// The direction of the gaps.
        axis: Axis,
    },
    /// Puts elements in a row or a column, in the order of the list. The first one stays.
    Stack {
        /// The elements.
        ids: Vec<String>,
        /// `horizontal` for a row, `vertical` for a column.
        axis: Axis,
        /// The space between them in board units; 40 by default.
        gap: Option<f64>,
    },
    /// Puts elements in the cells of a grid, row by row in the order of the list.
    Grid {
        /// The elements.
        ids: Vec<String>,
        /// The number of columns. Without it the grid is about as wide as high.
        columns: Option<usize>,
        /// The space between cells in board units; 40 by default.
        gap: Option<f64>,
    },
    /// Brings elements that are nearly in rows, in columns or in a grid into straight lines with even
    /// gaps. None overlap then, their order stays, and so does the upper left corner of all.
    Tidy {
        /// The elements.
        ids: Vec<String>,
    },
    /// Puts sticky notes, texts and shapes with text beside those that share telling words with them, each
    /// cluster in a grid. Those that are like no other come last; elements of other kinds stay.
    Cluster {
        /// The elements.
        ids: Vec<String>,
        /// Whether each cluster gets a new text above it, with its most telling word.
        #[serde(default)]
        titles: bool,
    },
    /// Makes a group of elements.
    Group {
        /// The elements.
        ids: Vec<String>,
    },
    /// Dissolves the outermost groups of elements.
    Ungroup {
        /// The elements.
        ids: Vec<String>,
    },
}

impl Arrange {
    /// The ops that do what the request asks for on this board.
    ///
    /// # Errors
    /// The first fault of the request, with its place.
    pub fn ops(&self, board: &Board, author: &Author<'_>) -> Result<Written, WorkError> {
        if !author.role.may_draw() {
            return Err(WorkError::ReadOnly);
        }
        let order = elements(self.ids(), board, author)?;
        let (mut ops, titles) = self.planned(board, &order, author)?;
        let mut names = Names::new(board, author.seed);
        let new = create::elements(&titles, board, &mut names, author)?;
        let created = new.ids();
        ops.extend(new.ops());
        let ops = fitting(ops, board, author.client)?;
        Ok(Written {
            changed: changed(&ops),
            ops,
            created,
            ..Written::default()
        })
    }

    /// The ops for elements of the board, and the new elements as entries of a request.
    fn planned(
        &self,
        board: &Board,
        order: &[ElementId],
        author: &Author<'_>,
    ) -> Result<(Vec<Op>, Vec<Value>), WorkError> {
        let ops = match self {
            Self::Align { to, .. } => moved(board, order, |rects| aligned(rects, *to)),
            Self::Distribute { axis, .. } => moved(board, order, |it| distributed(it, *axis)),
            Self::Stack { axis, gap, .. } => {
                let gap = checked_gap(*gap)?;
                moved(board, order, |rects| stacked(rects, *axis, gap))
            }
            Self::Grid { columns, gap, .. } => {
                let gap = checked_gap(*gap)?;
                if *columns == Some(0) {
                    return Err(WorkError::invalid("columns", "a grid has a column"));
                }
                moved(board, order, |rects| in_grid(rects, *columns, gap))
            }
            Self::Tidy { .. } => tidied(board, &blocks(board, order))?,
            Self::Cluster { titles, .. } => {
                return clustered(board, blocks(board, order), *titles);
            }
            Self::Group { .. } => grouped(board, order, author)?,
            Self::Ungroup { .. } => ungrouped(board, order),
        };
        Ok((ops, Vec::new()))
    }

    fn ids(&self) -> &[String] {
        match self {
            Self::Align { ids, .. }
            | Self::Distribute { ids, .. }
            | Self::Stack { ids, .. }
            | Self::Grid { ids, .. }
            | Self::Tidy { ids }
            | Self::Cluster { ids, .. }
            | Self::Group { ids }
            | Self::Ungroup { ids } => ids,
        }
    }
}

/// The named elements, each once, if the author may move all of them.
fn elements(
    list: &[String],
    board: &Board,
    author: &Author<'_>,
) -> Result<Vec<ElementId>, WorkError> {
    if list.len() > MAX_ENTRIES {
        let reason = format!(
            "a request has at most {MAX_ENTRIES} ids, not {}",
            list.len()
        );
        return Err(WorkError::TooLarge(reason));
    }
    if list.is_empty() {
        return Err(WorkError::invalid("ids", "name the elements to arrange"));
    }
    let names = Names::new(board, author.seed);
    let mut seen = BTreeSet::new();
    let mut order = Vec::with_capacity(list.len());
    for (number, name) in list.iter().enumerate() {
        let path = format!("ids[{number}]");
        let found = names.on_board(name, &path)?;
        let props = board.get(found).map(|element| &element.props);
        let id = name.clone();
        if props.is_some_and(|it| it.protected()) && author.role != Role::Owner {
            return Err(WorkError::Protected { path, id });
        }
        if props.is_some_and(|it| it.locked()) {
            return Err(WorkError::Locked { path, id });
        }
        if seen.insert(found) {
            order.push(found);
        }
    }
    Ok(order)
}

fn checked_gap(gap: Option<f64>) -> Result<f64, WorkError> {
    let gap = gap.unwrap_or(GAP);
    if (0.0..=MAX_GAP).contains(&gap) {
        Ok(gap)
    } else {
        let reason = format!("a gap is from 0 to {MAX_GAP}");
        Err(WorkError::invalid("gap", reason))
    }
}
