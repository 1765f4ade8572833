//! Constant width and smoothing of strokes.

use anyhow::{Result, ensure};
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::Element;
use shared::model::place::ink_points;

use crate::support::controls::set_slider;
use crate::support::users::two_user_scenario;
use crate::support::wait::both_have_elements;

/// A stroke of a pen that is pressed ever harder.
async fn presses_harder(person: &Person, y: f64) -> Result<()> {
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
        ada.take("Pen").await?;
        ada.choose("Extra bold").await?;
        presses_harder(ada, 250.0).await?;
        ada.page.click("switch", "Constant width").await?;
        presses_harder(ada, 400.0).await?;
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
    two_user_scenario("steady hand", async |ada, ben, witness| {
        ada.take("Pen").await?;
        trembles(ada, 250.0).await?;
        both_have_elements(ada, ben, 1).await?;
        let first = witness.finds("a stroke", |_| true).await?;
        set_slider(ada, "Steady hand", 10).await?;
        trembles(ada, 400.0).await?;
        both_have_elements(ada, ben, 2).await?;
        let second = witness
            .finds("another stroke", |it| it.id != first.id && !it.is_open())
            .await?;
        let (loose, steady) = (ups_and_downs(&first), ups_and_downs(&second));
        ensure!(
            steady < loose * 0.75,
            "{loose} up and down without help, {steady} with it"
        );
        Ok(())
    });
}

/// How far a stroke goes up and down in all.
fn ups_and_downs(stroke: &Element) -> f64 {
    let points = ink_points(stroke);
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(one, next)| (next.y - one.y).abs()).sum()
}

/// A line that goes up and down by twelve pixels, at the speed of a hand.
async fn trembles(person: &Person, y: f64) -> Result<()> {
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
