//! Arrows bound to shapes follow them when any user changes the shapes.

use std::f64::consts::FRAC_PI_2;

use anyhow::{Context as _, Result};
use e2e::page::At;
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::id::ElementId;
use shared::model::layout::line_points;
use shared::model::{Anchor, Board, Body, Element};

use crate::observer::Observer;
use crate::support::pointer::{clear_selection, drag, draw_box, draw_with_key, square_around};
use crate::support::users::{two_user_scenario, two_users};
use crate::support::wait::{both_have_elements, wait_for_selected};

/// An upright rectangle: its centre, and half of its width and height.
#[derive(Clone, Copy)]
struct Upright {
    middle: At,
    half: At,
}

const LEFT: Upright = Upright {
    middle: At(370.0, 240.0),
    half: At(50.0, 40.0),
};

const RIGHT: Upright = Upright {
    middle: At(850.0, 240.0),
    half: At(50.0, 40.0),
};

impl Upright {
    /// Where the straight line to the centre of another rectangle crosses the outline.
    fn side_towards(&self, other: &Self) -> At {
        let (from, to) = (self.middle, other.middle);
        let way = At(to.0 - from.0, to.1 - from.1);
        let part = |half: f64, way: f64| half / way.abs().max(1e-9);
        let part = part(self.half.0, way.0).min(part(self.half.1, way.1));
        At(from.0 + way.0 * part, from.1 + way.1 * part)
    }
}

/// The gap between arrow and outline, plus rounding.
const GAP: f64 = 10.0;

fn is_near(one: At, two: At, reach: f64) -> bool {
    (one.0 - two.0).hypot(one.1 - two.1) < reach
}

/// Two boxes, and an arrow from the centre of one to the centre of the other.
struct BoundArrow {
    boxes: [ElementId; 2],
    arrow: ElementId,
}

impl BoundArrow {
    async fn of(ada: &Person, observer: &Observer) -> Result<Self> {
        draw_box(ada, At(320.0, 200.0), At(420.0, 280.0)).await?;
        draw_box(ada, At(800.0, 200.0), At(900.0, 280.0)).await?;
        draw_with_key(ada, "a", At(370.0, 240.0), At(850.0, 240.0)).await?;
        let is_box =
            |x: f64| move |it: &Element| matches!(it.body, Body::Shape(_)) && it.props.at.x == x;
        let left = observer
            .wait_for_element("the left box", is_box(320.0))
            .await?
            .id;
        let right = observer
            .wait_for_element("the right box", is_box(800.0))
            .await?
            .id;
        let is_arrow = |it: &Element| it.body == Body::Line;
        let arrow = observer.wait_for_element("an arrow", is_arrow).await?.id;
        Ok(Self {
            boxes: [left, right],
            arrow,
        })
    }

    /// Where the arrow begins and ends on this board.
    fn ends(&self, board: &Board) -> Option<[At; 2]> {
        let points = line_points(board, board.get(self.arrow)?);
        let (first, last) = (points.first()?, points.last()?);
        Some([At(first.x, first.y), At(last.x, last.y)])
    }

    /// The elements to which the arrow is bound.
    fn bindings(&self, board: &Board) -> Option<[Option<ElementId>; 2]> {
        let props = &board.get(self.arrow)?.props;
        let to = |anchor: Option<Anchor>| anchor.map(|anchor| anchor.to);
        Some([to(props.start()), to(props.end())])
    }

    /// Waits until the arrow connects both boxes on the board and on every page.
    async fn wait_until_connected(
        &self,
        observer: &Observer,
        people: &[&Person],
        (what, left, right): (&str, Upright, Upright),
    ) -> Result<()> {
        let wanted = [left.side_towards(&right), right.side_towards(&left)];
        let [from, to] = observer
            .wait_for(&format!("the arrow after {what}"), |board| {
                let ends = self.ends(board)?;
                let both = ends.iter().zip(wanted);
                let meets = both.into_iter().all(|(is, to)| is_near(*is, to, GAP));
                let held = self.bindings(board)? == self.boxes.map(Some);
                (meets && held).then_some(ends)
            })
            .await?;
        let middle = At(f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        for person in people {
            let ink = person.page.wait_for_ink(square_around(middle), 8).await;
            ink.context(what.to_owned())?;
        }
        Ok(())
    }
}

/// Selects only the element with its edge there.
async fn select_by_edge(person: &Person, at: At) -> Result<()> {
    clear_selection(person).await?;
    person.page.click_at(at).await?;
    wait_for_selected(person, 1).await
}

#[test]
fn a_bound_arrow_follows_shapes_that_another_user_moves_resizes_and_rotates() {
    two_user_scenario("arrow bound at both ends", async |ada, ben, observer| {
        let arrow = BoundArrow::of(ada, observer).await?;
        let both = [ada, ben];
        let (mut left, mut right) = (LEFT, RIGHT);
        arrow
            .wait_until_connected(observer, &both, ("drawing", left, right))
            .await?;
        select_by_edge(ben, At(900.0, 260.0)).await?;
        drag(ben, At(900.0, 260.0), At(900.0, 460.0)).await?;
        right.middle = At(850.0, 440.0);
        arrow
            .wait_until_connected(observer, &both, ("moving", left, right))
            .await?;
        drag(ben, At(900.0, 480.0), At(1000.0, 560.0)).await?;
        right.middle = At(900.0, 480.0);
        right.half = At(100.0, 80.0);
        arrow
            .wait_until_connected(observer, &both, ("stretching", left, right))
            .await?;
        drag(ben, At(900.0, 374.0), At(1006.0, 480.0)).await?;
        right.half = At(80.0, 100.0);
        arrow
            .wait_until_connected(observer, &both, ("turning", left, right))
            .await?;
        observer
            .wait_for_element("a quarter turn", |it| {
                (f64::from(it.props.angle()) - FRAC_PI_2).abs() < 0.03
            })
            .await?;
        select_by_edge(ben, At(320.0, 220.0)).await?;
        drag(ben, At(320.0, 220.0), At(320.0, 420.0)).await?;
        left.middle = At(370.0, 440.0);
        arrow
            .wait_until_connected(observer, &both, ("moving the left", left, right))
            .await?;
        // Ben undoes each step, and the arrow follows.
        ben.page.press("Ctrl+z").await?;
        arrow
            .wait_until_connected(observer, &both, ("undo", LEFT, right))
            .await?;
        for _ in 0..3 {
            ben.page.press("Ctrl+z").await?;
        }
        arrow
            .wait_until_connected(observer, &both, ("all undone", LEFT, RIGHT))
            .await?;
        both_have_elements(ada, ben, 3).await
    });
}

#[test]
fn a_bound_arrow_stays_when_another_user_deletes_its_shape() {
    two_user_scenario("arrow without its shape", async |ada, ben, observer| {
        let arrow = BoundArrow::of(ada, observer).await?;
        let both = [ada, ben];
        let was = observer
            .wait_for("the arrow", |board| arrow.ends(board))
            .await?;
        select_by_edge(ben, At(900.0, 260.0)).await?;
        ben.page.press("Delete").await?;
        let [left, _] = arrow.boxes;
        observer
            .wait_for(
                "the arrow at its old place, bound only at its start",
                |board| {
                    let ends = arrow.ends(board)?;
                    let stays = is_near(ends[0], was[0], 1.0) && is_near(ends[1], was[1], 1.0);
                    let held = arrow.bindings(board)? == [Some(left), None];
                    (stays && held && board.len() == 2).then_some(())
                },
            )
            .await?;
        for person in both {
            let before_the_end = square_around(At(780.0, 240.0));
            person.page.wait_for_ink(before_the_end, 8).await?;
            // The box is gone.
            person
                .page
                .wait_for_blank(square_around(At(900.0, 240.0)))
                .await?;
        }
        // The arrow follows the box to which it is still bound; its other end stays.
        select_by_edge(ada, At(320.0, 220.0)).await?;
        drag(ada, At(320.0, 220.0), At(320.0, 420.0)).await?;
        observer
            .wait_for("an arrow of which only the start has moved", |board| {
                let ends = arrow.ends(board)?;
                (is_near(ends[1], was[1], 1.0) && ends[0].1 > 400.0).then_some(())
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        ben.page.press("Ctrl+z").await?;
        clear_selection(ada).await?;
        clear_selection(ben).await?;
        arrow
            .wait_until_connected(observer, &both, ("both undo", LEFT, RIGHT))
            .await?;
        both_have_elements(ada, ben, 3).await
    });
}

#[test]
fn a_bound_arrow_is_redrawn_when_another_user_moves_its_shape() {
    scenario("arrow follows", async |env| {
        let (ada, ben) = two_users(env).await?;
        for (from, to) in [
            (At(320.0, 200.0), At(420.0, 280.0)),
            (At(800.0, 200.0), At(900.0, 280.0)),
        ] {
            ada.page.press("r").await?;
            ada.wait_for_tool("Rectangle").await?;
            drag(&ada, from, to).await?;
        }
        ada.page.press("a").await?;
        ada.wait_for_tool("Arrow").await?;
        drag(&ada, At(415.0, 240.0), At(805.0, 240.0)).await?;
        both_have_elements(&ada, &ben, 3).await?;
        let middle = square_around(At(610.0, 240.0));
        ben.page.wait_for_ink(middle, 10).await?;

        // Ben moves the right box down by its edge, and the arrow follows.
        ben.pick_tool("Select").await?;
        drag(&ben, At(900.0, 260.0), At(900.0, 460.0)).await?;
        ada.page.wait_for_blank(middle).await?;
        ada.page
            .wait_for_ink(square_around(At(850.0, 400.0)), 10)
            .await?;
        // Ben's undo restores both.
        ben.page.press("Escape").await?;
        ben.page.press("Ctrl+z").await?;
        ada.page.wait_for_ink(middle, 10).await.map(drop)
    });
}
