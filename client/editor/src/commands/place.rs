//! Makes an element by keyboard: the active tool places one where it covers no other element.

use kurbo::{Rect, Vec2};
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::model::layout::oriented_box;
use shared::model::{Board, Body};

use super::availability::{Availability, makes_by_key};
use super::command::{KeyAction, Section};
use crate::editor::Editor;
use crate::input::gesture::{PointerDown, PointerTool};
use crate::input::{Modifiers, PointerKind, Sample};
use crate::local_user::Access;
use crate::tool_kind::ToolKind;
use crate::tools::text::line_height;
use crate::tools::{ToolEvent, make};
use crate::update::Update;

/// The length of a line that is made by a key, in CSS pixels.
const LINE_PX: f64 = 120.0;
/// The width of the free place that a new text needs, in CSS pixels.
const TEXT_PX: f64 = 120.0;
/// The margin around the new element in which no other element may lie, in CSS pixels. It is larger
/// than the distance at which ends of lines bind, and than the way that the grid moves an element
/// at 100 %.
const MARGIN_PX: f64 = 12.0;
/// How far toolbars cover the edges of the view, in CSS pixels. Elements are placed below toolbars
/// only if the rest of the view has no room.
const TOOLBARS_PX: f64 = 64.0;
/// The tried places are at least this far from each other, in CSS pixels.
const STEP_PX: f64 = 48.0;
/// How many rings of places around the middle are tried: enough for a screen of 1920 pixels.
const MAX_RINGS: i32 = 14;
/// How far the new element is moved beside one with the same middle, in CSS pixels.
const OFFSET_PX: f64 = 24.0;
/// How many times it is moved at most; after that it may cover another element.
const MAX_OFFSETS: usize = 12;

commands! { Section::Tools;
    /// Makes an element of the active tool in the middle of the view, or near it.
    PLACE {
        label: "Place in the middle",
        keys: &["Enter"],
        // Enter runs ENTER, which does the same if nothing is selected.
        key_action: KeyAction::HandledElsewhere,
        access: Access::Edit,
        when: |editor, _| {
            let why = "Take a tool first that makes shapes, lines, text or notes.";
            Availability::when(makes_by_key(editor.tool()), why)
        },
        run: place,
    }
}

/// Makes an element of the active tool in the middle of the view, or near it. It plays a click
/// there, or a drag for lines.
pub(super) fn place(editor: &mut Editor, update: &mut Update<'_>) {
    if !makes_by_key(editor.tool()) || editor.is_busy() || !update.may_edit() {
        return;
    }
    let middle = free_position(editor, update);
    let half = match editor.tool() {
        ToolKind::Line | ToolKind::Arrow => LINE_PX / 2.0,
        _ => 0.0,
    };
    let sample = |x: f64| Sample {
        at: ScreenPoint::new(middle.x + x, middle.y),
        pressure: 0.5,
        time: update.now,
    };
    let (first, last) = (sample(-half), sample(half));
    // Ctrl keeps a line from being bound to elements that it happens to touch.
    let modifiers = Modifiers {
        ctrl: true,
        ..Modifiers::default()
    };
    editor.tools.start(editor.tool());
    let down = PointerDown {
        tool: PointerTool::Active,
        kind: PointerKind::Mouse,
        first,
        modifiers,
        presses: 1,
    };
    editor.step_tool(ToolEvent::Down(down), update);
    if half > 0.0 {
        let moved = ToolEvent::Move {
            samples: vec![last],
            predicted: Vec::new(),
            modifiers,
        };
        editor.step_tool(moved, update);
    }
    editor.step_tool(ToolEvent::Up(last), update);
}

/// The place in the view nearest to its middle where the new element covers nothing. If there is
/// none, the middle, or a place beside elements with their middle there.
fn free_position(editor: &Editor, update: &Update<'_>) -> ScreenPoint {
    let default_box = default_box(editor, update).inflate(MARGIN_PX, MARGIN_PX);
    let size = editor.camera().size();
    let view = Rect::new(0.0, 0.0, size.width, size.height);
    find_clear_position(
        editor,
        default_box,
        view.inflate(-TOOLBARS_PX, -TOOLBARS_PX),
        update.board,
    )
    .or_else(|| find_clear_position(editor, default_box, view, update.board))
    .unwrap_or_else(|| offset_position(editor))
}

/// The place nearest to the middle of a part of the screen at which a box around it
/// lies in that part and touches nothing.
fn find_clear_position(
    editor: &Editor,
    default_box: Rect,
    part: Rect,
    board: &Board,
) -> Option<ScreenPoint> {
    let step = |length: f64| (length / 2.0).max(STEP_PX);
    let (wide, high) = (step(default_box.width()), step(default_box.height()));
    let tried = |ring: i32| {
        let all = outward(ring).flat_map(move |y| outward(ring).map(move |x| (x, y)));
        all.filter(move |(x, y)| x.abs().max(y.abs()) == ring)
    };
    let place = |(x, y)| Vec2::new(f64::from(x) * wide, f64::from(y) * high);
    let mut places = (0..=MAX_RINGS).flat_map(tried).map(place);
    let at = places.find_map(|by| {
        let at = part.center() + by;
        let candidate = default_box + at.to_vec2();
        // In a view that is too small, the middle is as good as any place.
        let is_seen = by == Vec2::ZERO || part.contains_rect(candidate);
        (is_seen && is_clear(editor, candidate, board)).then_some(at)
    })?;
    Some(ScreenPoint::new(at.x, at.y))
}

/// The box of the element that the active tool makes at the origin, in CSS pixels.
fn default_box(editor: &Editor, update: &Update<'_>) -> Rect {
    if let Some(body) = make::body(editor.tool(), "") {
        return make::default_box(&body, BoardPoint::default(), 1.0);
    }
    if editor.tool() == ToolKind::Text {
        let ctx = editor.tool_ctx(editor.tool(), update.now, update.board);
        let half = line_height(&ctx) * editor.camera().zoom() / 2.0;
        return Rect::new(0.0, -half, TEXT_PX, half);
    }
    Rect::new(-LINE_PX / 2.0, 0.0, LINE_PX / 2.0, 0.0)
}

/// Whether a box on the screen touches no element. Inside a frame there is room for everything
/// except another frame.
fn is_clear(editor: &Editor, candidate: Rect, board: &Board) -> bool {
    let corner = |x: f64, y: f64| editor.camera().to_board(ScreenPoint::new(x, y));
    let area = BoardRect::from_points(
        corner(candidate.x0, candidate.y0),
        corner(candidate.x1, candidate.y1),
    );
    let holds = |id: ElementId| {
        let frame = board.get(id).filter(|it| matches!(it.body, Body::Frame));
        editor.tool() != ToolKind::Frame
            && frame.is_some_and(|frame| oriented_box(board, frame).0.contains_rect(area))
    };
    editor.index().touching(area).all(holds)
}

/// The middle of the view, or a place beside it while an element has its middle there.
fn offset_position(editor: &Editor) -> ScreenPoint {
    let mut at = editor.camera().size().middle();
    let tolerance = editor.camera().board_length(OFFSET_PX / 4.0);
    for _ in 0..MAX_OFFSETS {
        let place = editor.camera().to_board(at);
        if !editor.document.has_middle_near(place, tolerance) {
            break;
        }
        at = ScreenPoint::new(at.x + OFFSET_PX, at.y + OFFSET_PX);
    }
    at
}

/// The numbers 0, 1, -1, 2, -2 and so on, up to `end` and `-end`.
fn outward(end: i32) -> impl Iterator<Item = i32> {
    (0..=2 * end).map(|n| if n % 2 == 1 { n / 2 + 1 } else { -n / 2 })
}
