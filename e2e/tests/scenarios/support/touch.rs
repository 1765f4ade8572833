//! Fingers and a stylus.

use std::time::Duration;

use anyhow::Result;
use e2e::input::{Pointer, Tool};
use e2e::page::At;
use e2e::person::{Person, line};

use crate::support::wait::wait_for_animations;

/// Taps a control once its animation has ended.
pub(crate) async fn tap_control(person: &Person, role: &str, name: &str) -> Result<()> {
    person.page.find(role, name).await?;
    wait_for_animations(person).await?;
    let rect = person.page.find(role, name).await?;
    person.page.touch(&[vec![rect.centre()]]).await
}

/// Picks a tool from the toolbar if it has room there, or else from the sheet with more tools.
pub(crate) async fn pick_tool_by_touch(person: &Person, tool: &str) -> Result<()> {
    if person.page.find_now("button", tool).await?.is_none() {
        tap_control(person, "button", "More tools").await?;
    }
    tap_control(person, "button", tool).await
}

/// Draws with a finger.
pub(crate) async fn swipe(person: &Person, from: At, to: At) -> Result<()> {
    let path = e2e::person::line(from, to, 8);
    let path: Vec<Vec<At>> = path.into_iter().map(|at| vec![at]).collect();
    person.page.touch(&path).await
}

/// Longer than touches after stylus input are ignored as a palm.
pub(crate) const PALM_REJECTION: Duration = Duration::from_millis(700);

pub(crate) async fn draw_with_stylus(person: &Person, from: At, to: At) -> Result<()> {
    let pen = Pointer {
        tool: Tool::Pen(0.5),
        ..Pointer::default()
    };
    person.page.stroke(pen, &line(from, to, 8)).await
}

/// Puts a finger down and moves it; it stays down.
pub(crate) async fn start_touch(person: &Person, path: &[At]) -> Result<()> {
    for (number, at) in path.iter().enumerate() {
        if number == 0 {
            person.page.fingers_down(&[*at]).await?;
        } else {
            person.page.fingers_move(&[*at]).await?;
        }
    }
    Ok(())
}
