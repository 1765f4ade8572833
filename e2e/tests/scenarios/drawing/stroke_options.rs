//! Constant width and smoothing of strokes.

use anyhow::{Result, ensure};
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::Element;
use shared::model::layout::ink_points;

use crate::support::controls::set_slider;
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// Draws with increasing pressure.
async fn draw_with_rising_pressure(person: &Person, y: f64) -> Result<()> {
    let pen = |force| Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    };
    let (from, to) = (At(400.0, y), At(700.0, y));
    person.page.down(pen(0.1), from).await?;
    for step in 1..=30 {
        let part = f64::from(step) / 30.0;
        let at = At(from.0 + (to.0 - from.0) * part, y);
        person.page.drag(pen(0.1 + 0.85 * part), at).await?;
    }
    person.page.up(pen(0.0), to).await
}

#[test]
fn constant_width_ignores_pressure() {
    two_user_scenario("constant width", async |ada, ben, _| {
        ada.pick_tool("Pen").await?;
        ada.choose_style("Extra bold").await?;
        draw_with_rising_pressure(ada, 250.0).await?;
        ada.page.click("switch", "Constant width").await?;
        draw_with_rising_pressure(ada, 400.0).await?;
        both_have_elements(ada, ben, 2).await?;
        let ink = async |x: f64, y: f64| {
            let strip = Rect {
                x,
                y: y - 30.0,
                width: 40.0,
                height: 60.0,
            };
            ben.page.wait_for_ink(strip, 8).await
        };
        let (thin, thick) = (ink(430.0, 250.0).await?, ink(640.0, 250.0).await?);
        ensure!(
            thick * 2 > thin * 3,
            "pressure counts for nothing: {thin} and {thick}"
        );
        let (first, last) = (ink(430.0, 400.0).await?, ink(640.0, 400.0).await?);
        ensure!(
            first.abs_diff(last) * 10 < last,
            "not one width: {first} and {last}"
        );
        Ok(())
    });
}

#[test]
fn smoothing_reduces_tremor() {
    two_user_scenario("smoothing", async |ada, ben, observer| {
        ada.pick_tool("Pen").await?;
        draw_trembling_line(ada, 250.0).await?;
        both_have_elements(ada, ben, 1).await?;
        let first = observer.wait_for_element("a stroke", |_| true).await?;
        set_slider(ada, "Steady hand", 10).await?;
        draw_trembling_line(ada, 400.0).await?;
        both_have_elements(ada, ben, 2).await?;
        let second = observer
            .wait_for_element("another stroke", |it| it.id != first.id && !it.is_open())
            .await?;
        let (loose, steady) = (vertical_movement(&first), vertical_movement(&second));
        ensure!(
            steady < loose * 0.75,
            "{loose} up and down without help, {steady} with it"
        );
        Ok(())
    });
}

/// The sum of all vertical movements of a stroke.
fn vertical_movement(stroke: &Element) -> f64 {
    let points = ink_points(stroke);
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(one, next)| (next.y - one.y).abs()).sum()
}

/// Draws a line that goes up and down by twelve pixels, at the speed of a hand.
async fn draw_trembling_line(person: &Person, y: f64) -> Result<()> {
    let mouse = Pointer::default();
    person.page.down(mouse, At(400.0, y)).await?;
    let mut at = At(400.0, y);
    for step in 1..=40 {
        at = At(
            400.0 + 6.0 * f64::from(step),
            y + if step % 4 < 2 { 6.0 } else { -6.0 },
        );
        person.page.drag(mouse, at).await?;
        tokio::time::sleep(std::time::Duration::from_millis(8)).await;
    }
    person.page.up(mouse, at).await
}
