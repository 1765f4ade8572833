//! The paint commands of a board.

use kurbo::{BezPath, Shape as _};
use shared::geometry::BoardRect;
use shared::model::layout::bounds;
use shared::model::palette::{Theme, background};
use shared::model::{Board, Color, Filling, Outline, Prop, Scope};
use shared::paint::colors::{paper_color, readable_on};
use shared::paint::recorder::Command;
use shared::paint::{Recorder, Rendering, RenderingOptions, paint_element};

use crate::fixtures::{With as _, board, boxed, frame, get, id, shape, sticky, stroke};
use crate::golden_board;

/// The tolerance of curves at a zoom, in board units: a fifth of a pixel.
fn tolerance(zoom: f64) -> f64 {
    0.2 / zoom
}

fn whole(board: &Board) -> Rendering<'_> {
    Rendering::new(board, &Scope::Board, RenderingOptions::default())
}

fn painted(board: &Board, tolerance: f64) -> Vec<Command> {
    let mut recorder = Recorder::default();
    let whole = whole(board);
    whole.paint(whole.region(), tolerance, &mut recorder);
    recorder.commands().to_vec()
}

fn one(board: &Board, number: u8) -> Vec<Command> {
    let mut recorder = Recorder::default();
    paint_element(board, get(board, number), Theme::Light, 0.2, &mut recorder);
    recorder.commands().to_vec()
}

fn near(a: BoardRect, b: BoardRect, slack: f64) -> bool {
    let sides = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1];
    sides.iter().all(|side| side.abs() <= slack)
}

#[test]
fn the_golden_board_is_painted_alike_at_three_zooms_except_for_edges() {
    let board = golden_board::board();
    let reference = painted(&board, tolerance(1.0));
    for zoom in [0.25_f64, 4.0] {
        let slack = 3.0 * tolerance(zoom.min(1.0));
        let now = painted(&board, tolerance(zoom));
        assert_eq!(reference.len(), now.len());
        for (a, b) in reference.iter().zip(&now) {
            match (a, b) {
                // The number of pieces of an outline depends on the zoom.
                (Command::Fill(a, with), Command::Fill(b, also)) => {
                    assert_eq!(with, also);
                    let (one, other) = (a.bounding_box(), b.bounding_box());
                    assert!(near(one, other, slack), "{one:?} {other:?}");
                    let area = (a.area() - b.area()).abs();
                    assert!(area <= slack * a.perimeter(0.1), "area differs by {area}");
                }
                // Nothing else depends on the zoom.
                (a, b) => assert_eq!(a, b),
            }
        }
    }
}

#[test]
fn all_paint_stays_within_the_bounds() {
    let board = golden_board::board();
    for element in board.elements() {
        let room = bounds(&board, element).inflate(0.3, 0.3);
        let inside = |path: &BezPath, half: f64| {
            let drawn = path.bounding_box().inflate(half, half);
            assert!(
                room.union(drawn) == room,
                "{:?}: {drawn:?} beyond {room:?}",
                element.body
            );
        };
        let mut recorder = Recorder::default();
        paint_element(&board, element, Theme::Light, 0.2, &mut recorder);
        for command in recorder.commands() {
            match command {
                Command::Fill(path, _) | Command::FillEvenOdd(path, _) => inside(path, 0.0),
                Command::Line(path, line) => inside(path, line.width / 2.0),
                Command::Text { at, place, .. } => {
                    assert!(room.contains(*place * *at), "{at:?} beyond {room:?}");
                }
                Command::Picture {
                    size,
                    place,
                    corner,
                    ..
                } => {
                    let round = size.to_rect().to_rounded_rect(*corner);
                    inside(&(*place * round.to_path(1e-6)), 0.0);
                }
                Command::Clip(_) | Command::Unclip => {}
            }
        }
    }
}

#[test]
fn the_content_of_a_frame_is_clipped() {
    let held = boxed(2, (250.0, 0.0), [100.0, 50.0]).with(Prop::Frame(Some(id(1))));
    let board = board([frame(1, (0.0, 0.0), [300.0, 200.0]), held]);
    let commands = one(&board, 2);
    let Some(Command::Clip(clip)) = commands.first() else {
        panic!("{commands:?}");
    };
    assert_eq!(clip.bounding_box(), BoardRect::new(0.0, 0.0, 300.0, 200.0));
    assert_eq!(commands.last(), Some(&Command::Unclip));
    assert!(!one(&board, 1).contains(&Command::Unclip));
}

#[test]
fn an_element_that_is_no_frame_clips_nothing() {
    let held = boxed(2, (250.0, 0.0), [100.0, 50.0]).with(Prop::Frame(Some(id(1))));
    let board = board([boxed(1, (0.0, 0.0), [300.0, 200.0]), held]);
    assert!(!one(&board, 2).contains(&Command::Unclip));
}

#[test]
fn an_erased_stroke_is_painted_as_one_path_of_pieces() {
    use shared::op::Op;
    let mut board = board([stroke(1, (0.0, 0.0))]);
    let spans = vec![[3.0, 7.5]];
    crate::fixtures::change(&mut board, vec![Op::Erase { id: id(1), spans }]);
    let commands = one(&board, 1);
    let [Command::Fill(path, _)] = commands.as_slice() else {
        panic!("one path: {commands:?}");
    };
    let starts = path
        .elements()
        .iter()
        .filter(|el| matches!(el, kurbo::PathEl::MoveTo(_)));
    assert_eq!(starts.count(), 2);
    assert_eq!(path.winding((50.0, 0.0).into()), 0);
    assert_ne!(path.winding((20.0, 0.0).into()), 0);
}

#[test]
fn text_is_readable_on_every_background_and_solid_shape() {
    for color in Color::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            let paper = paper_color(color, theme);
            let contrast = readable_on(paper).contrast(paper);
            assert!(contrast >= 4.5, "{color:?} {theme:?}: {contrast}");
            assert!(
                paper.contrast(background(theme)) >= 1.04,
                "{color:?} {theme:?}"
            );
        }
    }
}

#[test]
fn text_in_a_solid_shape_is_not_in_the_colour_of_the_shape() {
    let new = shape(1, Outline::Ellipse, (0.0, 0.0), [100.0, 80.0])
        .with(Prop::Filling(Filling::Solid))
        .written("so");
    let board = board([new]);
    let commands = one(&board, 1);
    let inside = commands.iter().find_map(|command| match command {
        Command::Fill(_, fill) => Some(fill.rgb),
        _ => None,
    });
    let ink = commands.iter().find_map(|command| match command {
        Command::Text { fill, .. } => Some(fill.rgb),
        _ => None,
    });
    assert!(ink.unwrap().contrast(inside.unwrap()) > 4.5);
}

#[test]
fn a_sticky_note_shows_its_text_and_its_author() {
    let board = board([sticky(1, (0.0, 0.0), "Buy milk")]);
    let words: Vec<String> = one(&board, 1)
        .into_iter()
        .filter_map(|command| match command {
            Command::Text { text, .. } => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["Buy milk", "Ada"]);
}

#[test]
fn a_horizontal_line_is_in_its_region() {
    let board = board([stroke(1, (0.0, 0.0))]);
    let mut recorder = Recorder::default();
    let region = BoardRect::new(40.0, -20.0, 60.0, 20.0);
    whole(&board).paint(region, 0.2, &mut recorder);
    assert_eq!(recorder.commands().len(), 1);
    let elsewhere = BoardRect::new(40.0, 20.0, 60.0, 40.0);
    let mut recorder = Recorder::default();
    whole(&board).paint(elsewhere, 0.2, &mut recorder);
    assert_eq!(recorder.commands(), []);
}
