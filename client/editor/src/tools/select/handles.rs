//! The selection box, and the handles on it.

use crate::view::CursorIcon;
use std::f64::consts::FRAC_PI_4;

use kurbo::{ParamCurve as _, PathSeg, Point, Rect, Vec2};
use shared::geometry::cut_out::point_at;
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::{ElbowSegment, elbow_segments, line_path, line_points, line_text};
use shared::model::{Board, Body, Element, Outline, Route};

use super::crop;
use crate::document::index::Index;
use crate::document::topmost::selection_box_of;
use crate::input::PointerKind;
use crate::selection::Selection;
use crate::tools::context::ToolCtx;
use crate::view::overlay::{Handle, HandleKind, SelectionBox};
use crate::view::screen::TEXT_GAP_PX;

/// How far from its middle a handle can be pressed, in CSS pixels: a target of 10 for a mouse, of
/// 44 for a finger.
const MOUSE_PX: f64 = 5.0;
const PEN_PX: f64 = 10.0;
const TOUCH_PX: f64 = 22.0;
/// Inside the selection box, handles reach no further than this share of a side, so that a finger
/// can move even a small element.
const INWARD_SHARE: f64 = 0.25;
/// How far the turn handle is above the selection box, in CSS pixels.
const TURN_PX: f64 = 26.0;
/// Sides shorter than this on the screen have no handle of their own, in CSS pixels.
const SHORT_SIDE_PX: f64 = 32.0;
/// Boxes narrower than this have no handle for their corners, in CSS pixels.
const ROUND_SIDE_PX: f64 = 80.0;
/// The corner handle is at least this far from the corner on each axis, in CSS pixels.
const ROUND_PX: f64 = 18.0;

/// The selection box around more elements than this is taken from the index: to measure them
/// exactly at each change by others would take too long.
const CROWD: usize = 200;
/// Pieces of a line shorter than this on the screen have no handle of their own.
const SHORT_PIECE_PX: f64 = 28.0;

/// The handles that stretch a selection box.
const CORNERS: [(i8, i8); 4] = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
const SIDES: [(i8, i8); 4] = [(0, -1), (1, 0), (0, 1), (-1, 0)];

/// The only selected element, if there is only one.
pub(super) fn only<'a>(board: &'a Board, selection: &Selection) -> Option<&'a Element> {
    let mut ids = selection.ids.iter();
    let id = ids.next().filter(|_| ids.next().is_none())?;
    board.get(*id).map(AsRef::as_ref)
}

/// The selection box. It is turned with a single element.
pub(crate) fn selection_box(ctx: &ToolCtx<'_>) -> Option<SelectionBox> {
    let measure = || measured(ctx.board, ctx.index, ctx.selection);
    ctx.cache.selection_box(measure)
}

fn measured(board: &Board, index: &Index, selection: &Selection) -> Option<SelectionBox> {
    if let Some(element) = only(board, selection) {
        return Some(selection_box_of(board, element));
    }
    let is_crowd = selection.ids.len() > CROWD;
    let ids = selection.ids.iter();
    let boxes = ids.filter_map(|id| match board.get(*id) {
        // The bounds in the index are at most a line's width larger.
        Some(_) if is_crowd => index.bounds_of(*id),
        Some(element) => Some(selection_box_of(board, element).upright()),
        None => None,
    });
    let rect = boxes
        .filter(BoardRect::is_finite)
        .reduce(|all, one| all.union(one))?;
    Some(SelectionBox { rect, angle: 0.0 })
}

/// Whether any selected element may be changed.
pub(super) fn can_transform(board: &Board, selection: &Selection) -> bool {
    let mut selected = selection.ids.iter().filter_map(|id| board.get(*id));
    selected.any(|element| !element.props.locked())
}

/// The selection box as it is shown: with a gap around the letters of a text.
pub(super) fn clear_of_text(ctx: &ToolCtx<'_>, selection_box: SelectionBox) -> SelectionBox {
    let is_text = |id: &ElementId| {
        let element = ctx.board.get(*id);
        element.is_some_and(|element| matches!(element.body, Body::Text))
    };
    let ids = &ctx.selection.ids;
    if ids.len() > CROWD || !ids.iter().any(is_text) {
        return selection_box;
    }
    let gap = ctx.camera.board_length(TEXT_GAP_PX);
    SelectionBox {
        rect: selection_box.rect.inflate(gap, gap),
        ..selection_box
    }
}

/// The selection box as it is shown; a single line shows its points instead.
pub(crate) fn shown_selection_box(ctx: &ToolCtx<'_>) -> Option<SelectionBox> {
    let is_line = |element: &Element| matches!(element.body, Body::Line);
    if only(ctx.board, ctx.selection).is_some_and(is_line) {
        return None;
    }
    selection_box(ctx).map(|it| clear_of_text(ctx, it))
}

/// All handles of the selection.
pub(super) fn handles(ctx: &ToolCtx<'_>) -> Vec<Handle> {
    if !can_transform(ctx.board, ctx.selection) {
        return Vec::new();
    }
    if crop::cropped(ctx).is_some() {
        return selection_box(ctx)
            .map(|it| on_crop(ctx, &it))
            .unwrap_or_default();
    }
    match only(ctx.board, ctx.selection) {
        Some(line) if matches!(line.body, Body::Line) => points(ctx, line),
        single => shown_selection_box(ctx)
            .map(|it| around(ctx, &it, single))
            .unwrap_or_default(),
    }
}

/// The handles that move the edges of a crop.
fn on_crop(ctx: &ToolCtx<'_>, selection_box: &SelectionBox) -> Vec<Handle> {
    let rect = selection_box.rect;
    let shortest = ctx.camera.board_length(SHORT_SIDE_PX);
    let sides = SIDES.into_iter().filter(|(x, _)| {
        let side = if *x == 0 { rect.width() } else { rect.height() };
        side >= shortest
    });
    let handle = |(x, y)| Handle {
        kind: HandleKind::Crop { x, y },
        at: selection_box.to_board(on(rect, (x, y))),
    };
    CORNERS.into_iter().chain(sides).map(handle).collect()
}

/// Handles for the points of a line, for the middles where a new point can be made, and for the
/// segments of an elbow line.
fn points(ctx: &ToolCtx<'_>, line: &Element) -> Vec<Handle> {
    let points = line_points(ctx.board, line);
    let shortest = ctx.camera.board_length(SHORT_PIECE_PX);
    let handle = |kind: fn(u16) -> HandleKind, number: usize, at: BoardPoint| Handle {
        // A line has far fewer points.
        kind: kind(u16::try_from(number).unwrap_or(u16::MAX)),
        at,
    };
    let ends = points.iter().enumerate();
    let mut handles: Vec<Handle> = ends
        .map(|(number, at)| handle(HandleKind::Point, number, *at))
        .collect();
    let text = text_room(ctx.board, line);
    let segments = elbow_segments(ctx.board, line);
    let long = segments.iter().enumerate();
    let long = long.filter(|(_, segment)| segment.from.distance(segment.to) >= shortest);
    handles.extend(long.filter_map(|(number, ElbowSegment { from, to, .. })| {
        let piece = kurbo::Line::new(*from, *to);
        let at = beside_text(text, |t| piece.eval(t))?;
        Some(handle(HandleKind::Segment, number, at.into()))
    }));
    // The corners of an elbow follow from its ends and its moved segments.
    if line.props.route() != Route::Elbow {
        let curves = curves(ctx, line, points.len());
        // A line of two points may lead around an element.
        let whole = (points.len() == 2).then(|| line_path(ctx.board, line));
        let pieces = points.iter().zip(points.iter().skip(1)).enumerate();
        let middles = pieces.filter(|(_, (from, to))| from.distance(**to) >= shortest);
        handles.extend(middles.filter_map(|(number, (from, to))| {
            let piece = kurbo::Line::new(*from, *to);
            let at = beside_text(text, |t| match (curves.get(number), &whole) {
                (Some(curve), _) => curve.eval(t),
                (None, Some(whole)) => point_at(whole, t).unwrap_or_default(),
                (None, None) => piece.eval(t),
            })?;
            Some(handle(HandleKind::Middle, number, at.into()))
        }));
    }
    handles
}

/// The part of the board that the text of a line takes up.
fn text_room(board: &Board, line: &Element) -> Option<Rect> {
    let is_written = !line.text.is_empty();
    let text = is_written.then(|| line_text(board, line)).flatten();
    text.map(|text| text.room)
}

/// The middle of a piece of a line, or a place beside the text that covers it. `None` if the text
/// covers the piece.
fn beside_text(text: Option<Rect>, place: impl Fn(f64) -> Point) -> Option<Point> {
    let places = [0.5, 0.25, 0.75].map(place);
    let is_free = |at: &Point| !text.is_some_and(|text| text.contains(*at));
    places.into_iter().find(is_free)
}

/// The pieces of a curved line from point to point; none of other lines.
fn curves(ctx: &ToolCtx<'_>, line: &Element, points: usize) -> Vec<PathSeg> {
    if line.props.route() != Route::Curved {
        return Vec::new();
    }
    let pieces: Vec<PathSeg> = line_path(ctx.board, line).segments().collect();
    // Points in one place have no piece in between, so that counting fails.
    if pieces.len() + 1 == points {
        pieces
    } else {
        Vec::new()
    }
}

fn around(
    ctx: &ToolCtx<'_>,
    selection_box: &SelectionBox,
    single: Option<&Element>,
) -> Vec<Handle> {
    let px = |px: f64| ctx.camera.board_length(px);
    let rect = selection_box.rect;
    let is_text = single.is_some_and(|element| matches!(element.body, Body::Text));
    let long = |side: f64| side >= px(SHORT_SIDE_PX);
    let sides = SIDES.into_iter().filter(|side| match side {
        // The height of a text follows from its lines.
        (0, _) => long(rect.width()) && !is_text,
        (_, _) => long(rect.height()) || is_text,
    });
    let mut handles: Vec<Handle> = CORNERS
        .into_iter()
        .chain(sides)
        .map(|(x, y)| Handle {
            kind: HandleKind::Stretch { x, y },
            at: selection_box.to_board(on(rect, (x, y))),
        })
        .collect();
    let above = BoardPoint::new(rect.center().x, rect.y0 - px(TURN_PX));
    handles.push(Handle {
        kind: HandleKind::Turn,
        at: selection_box.to_board(above),
    });
    let narrow = rect.width().min(rect.height());
    if let Some(element) = single.filter(|element| is_round(element))
        && narrow >= px(ROUND_SIDE_PX)
    {
        let inset = f64::from(element.props.corner()).clamp(px(ROUND_PX), narrow / 2.0);
        handles.push(Handle {
            kind: HandleKind::Corner,
            at: selection_box.to_board(BoardPoint::new(rect.x0 + inset, rect.y0 + inset)),
        });
    }
    handles
}

const fn is_round(element: &Element) -> bool {
    matches!(element.body, Body::Shape(Outline::Rectangle) | Body::Image)
}

/// The place of a handle on a rectangle.
fn on(rect: Rect, (x, y): (i8, i8)) -> BoardPoint {
    let middle = rect.center();
    BoardPoint::new(
        middle.x + f64::from(x) * rect.width() / 2.0,
        middle.y + f64::from(y) * rect.height() / 2.0,
    )
}

/// The handle that a pointer grasps; the nearest where there are several.
pub(super) fn handle_at(
    ctx: &ToolCtx<'_>,
    at: BoardPoint,
    kind: PointerKind,
) -> Option<HandleKind> {
    let reach = ctx.camera.board_length(match kind {
        PointerKind::Mouse => MOUSE_PX,
        PointerKind::Pen => PEN_PX,
        PointerKind::Touch => TOUCH_PX,
    });
    let selection_box = shown_selection_box(ctx);
    let way = |handle: &Handle| match selection_box {
        Some(it) => Point::from(it.to_own(at)) - Point::from(it.to_own(handle.at)),
        None => Point::from(at) - Point::from(handle.at),
    };
    handles(ctx)
        .into_iter()
        .map(|handle| (handle.kind, way(&handle)))
        .filter(|(kind, way)| {
            let (x, y) = reaches(*kind, selection_box.map(|it| it.rect), reach);
            (-x.0..=x.1).contains(&way.x) && (-y.0..=y.1).contains(&way.y)
        })
        .min_by(|(_, a), (_, b)| a.hypot2().total_cmp(&b.hypot2()))
        .map(|(kind, _)| kind)
        .or_else(|| text_handle_at(ctx, at))
        .or_else(|| picture_handle_at(ctx, at))
}

/// The handle of the text of the selected line: the text itself.
fn text_handle_at(ctx: &ToolCtx<'_>, at: BoardPoint) -> Option<HandleKind> {
    let line = only(ctx.board, ctx.selection).filter(|line| !line.props.locked())?;
    let room = text_room(ctx.board, line)?;
    room.contains(Point::from(at)).then_some(HandleKind::Text)
}

/// The handle of the picture that is cropped: the image itself.
fn picture_handle_at(ctx: &ToolCtx<'_>, at: BoardPoint) -> Option<HandleKind> {
    crop::cropped(ctx)?;
    selection_box(ctx)?
        .contains(at)
        .then_some(HandleKind::Picture)
}

/// How far a handle reaches to the left and right, up and down.
fn reaches(kind: HandleKind, rect: Option<BoardRect>, reach: f64) -> ((f64, f64), (f64, f64)) {
    let all = (reach, reach);
    let (HandleKind::Stretch { x, y } | HandleKind::Crop { x, y }, Some(rect)) = (kind, rect)
    else {
        return (all, all);
    };
    let axis = |side: i8, length: f64| {
        let inward = reach.min(length * INWARD_SHARE);
        match side {
            -1 => (reach, inward),
            1 => (inward, reach),
            _ => (inward, inward),
        }
    };
    (axis(x, rect.width()), axis(y, rect.height()))
}

/// The cursor over a handle.
pub(super) fn cursor(kind: HandleKind, angle: f64) -> CursorIcon {
    match kind {
        HandleKind::Turn => CursorIcon::Turn,
        HandleKind::Point(_)
        | HandleKind::Middle(_)
        | HandleKind::Segment(_)
        | HandleKind::Text
        | HandleKind::Picture
        | HandleKind::Corner => CursorIcon::Move,
        HandleKind::Stretch { x, y } | HandleKind::Crop { x, y } => {
            let direction = Vec2::new(f64::from(x), f64::from(y)).atan2() + angle;
            // Eighths of a full turn; opposite directions have the same cursor.
            match ((direction / FRAC_PI_4).round() as i64).rem_euclid(4) {
                0 => CursorIcon::StretchX,
                1 => CursorIcon::StretchFalling,
                2 => CursorIcon::StretchY,
                _ => CursorIcon::StretchRising,
            }
        }
    }
}
