//! Arranges elements of a board: in lines, with even gaps, in rows, columns and grids, and in groups.
//!
//! The elements are named in order. Those in a common group count as one unit and move as one.

use std::collections::{BTreeMap, BTreeSet};

use kurbo::{Point, Size};
use serde::{Deserialize, Serialize};
use shared::geometry::BoardRect;
use shared::id::{ElementId, GroupId};
use shared::limits::MAX_GROUPS;
use shared::model::align::{AlignTo, Axis, aligned, distributed};
use shared::model::units::{groups_of, members, movable, units};
use shared::model::{Board, Prop};
use shared::op::Op;
use shared::protocol::Role;

use crate::author::Author;
use crate::error::WorkError;
use crate::frames::Frames;
use crate::moves::Moves;
use crate::names::Names;
use crate::work::{MAX_ENTRIES, Written, changed, fitting};

/// Space between elements that are stacked or put in a grid.
const GAP: f64 = 40.0;
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
        let ids = self.ids();
        let order = elements(ids, board, author)?;
        let ops = match self {
            Self::Align { to, .. } => moved(board, &order, |rects| aligned(rects, *to)),
            Self::Distribute { axis, .. } => moved(board, &order, |it| distributed(it, *axis)),
            Self::Stack { axis, gap, .. } => {
                let gap = checked_gap(*gap)?;
                moved(board, &order, |rects| stacked(rects, *axis, gap))
            }
            Self::Grid { columns, gap, .. } => {
                let gap = checked_gap(*gap)?;
                if *columns == Some(0) {
                    return Err(WorkError::invalid("columns", "a grid has a column"));
                }
                moved(board, &order, |rects| in_grid(rects, *columns, gap))
            }
            Self::Group { .. } => grouped(board, &order, author)?,
            Self::Ungroup { .. } => ungrouped(board, &order),
        };
        let ops = fitting(ops, board, author.client)?;
        Ok(Written {
            changed: changed(&ops),
            ops,
            ..Written::default()
        })
    }

    fn ids(&self) -> &[String] {
        match self {
            Self::Align { ids, .. }
            | Self::Distribute { ids, .. }
            | Self::Stack { ids, .. }
            | Self::Grid { ids, .. }
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

/// The ops that move units by ways that follow from their boxes. The boxes are in the order of the
/// elements.
fn moved(
    board: &Board,
    order: &[ElementId],
    ways: impl Fn(&[BoardRect]) -> Vec<[f64; 2]>,
) -> Vec<Op> {
    let ids: BTreeSet<ElementId> = order.iter().copied().collect();
    let places: BTreeMap<ElementId, usize> = order.iter().copied().zip(0..).collect();
    let mut units = movable(board, units(board, &ids, None), &ids);
    units.sort_by_key(|(unit, _)| unit.iter().filter_map(|id| places.get(id)).min());
    let rects: Vec<BoardRect> = units.iter().map(|(_, rect)| *rect).collect();
    let mut moves = Moves::default();
    for ((unit, _), by) in units.iter().zip(ways(&rects)) {
        if by != [0.0; 2] {
            unit.iter().for_each(|id| moves.add(*id, by));
        }
    }
    moves.ops(board, &Frames::of(board))
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

/// The ways into a row or a column that begins with the first box.
fn stacked(rects: &[BoardRect], axis: Axis, gap: f64) -> Vec<[f64; 2]> {
    let Some(first) = rects.first() else {
        return Vec::new();
    };
    let mut next = first.origin();
    let ways = rects.iter().map(|rect| {
        let by = next - rect.origin();
        let (from, to) = axis.span(*rect);
        let [x, y] = axis.way(to - from + gap);
        next += (x, y);
        [by.x, by.y]
    });
    ways.collect()
}

/// The ways into the cells of a grid. It begins at the upper left corner of the box around all.
fn in_grid(rects: &[BoardRect], columns: Option<usize>, gap: f64) -> Vec<[f64; 2]> {
    let Some(all) = rects.iter().copied().reduce(|all, one| all.union(one)) else {
        return Vec::new();
    };
    let cell = rects.iter().fold(Size::ZERO, |cell, rect| {
        Size::new(cell.width.max(rect.width()), cell.height.max(rect.height()))
    });
    let (wide, high) = (cell.width + gap, cell.height + gap);
    // As many columns as make the grid square.
    let square = || (rects.len() as f64 * high / wide.max(1.0)).sqrt().ceil();
    let columns = columns.unwrap_or_else(|| (square() as usize).clamp(1, rects.len()));
    let ways = rects.iter().enumerate().map(|(number, rect)| {
        let (row, column) = (number / columns, number % columns);
        let to = Point::new(column as f64 * wide, row as f64 * high) + all.origin().to_vec2();
        let by = to - rect.origin();
        [by.x, by.y]
    });
    ways.collect()
}

/// The ops that make a group of all elements, around the groups that they have.
fn grouped(board: &Board, order: &[ElementId], author: &Author<'_>) -> Result<Vec<Op>, WorkError> {
    let ids = order.iter().copied().collect();
    if units(board, &ids, None).len() < 2 {
        let reason = "a group has at least two elements that are not in one group already";
        return Err(WorkError::invalid("ids", reason));
    }
    let group = Names::new(board, author.seed).new_group();
    let mut ops = Vec::with_capacity(order.len());
    for (number, id) in order.iter().enumerate() {
        let mut groups = groups_of(board, *id);
        if groups.len() >= MAX_GROUPS {
            let reason = "groups cannot be nested any deeper";
            return Err(WorkError::invalid(format!("ids[{number}]"), reason));
        }
        groups.push(group);
        ops.push(set_groups(*id, groups));
    }
    Ok(ops)
}

/// The ops that dissolve the outermost groups of elements. Locked members stay in them.
fn ungrouped(board: &Board, order: &[ElementId]) -> Vec<Op> {
    let outermost = order.iter().filter_map(|id| groups_of(board, *id).pop());
    let outermost: BTreeSet<GroupId> = outermost.collect();
    let all: BTreeSet<ElementId> = outermost
        .iter()
        .flat_map(|group| members(board, *group))
        .collect();
    let free = all.into_iter().filter(|id| {
        let element = board.get(*id);
        element.is_some_and(|element| !element.props.locked())
    });
    let ops = free.map(|id| {
        let mut groups = groups_of(board, id);
        groups.retain(|group| !outermost.contains(group));
        set_groups(id, groups)
    });
    ops.collect()
}

fn set_groups(id: ElementId, groups: Vec<GroupId>) -> Op {
    let prop = Prop::Groups(groups);
    Op::Set { id, prop }
}
