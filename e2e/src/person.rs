//! A person with an open board: the actions and checks that scenarios consist of.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::PATIENCE;
use crate::browser::Context;
use crate::input::Pointer;
use crate::page::{At, Page, Rect};

/// A person in a browser of their own.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their browser context, with its storage.
    pub context: Context,
    /// Their tab.
    pub page: Page,
}

/// The names in the list "People".
const PEOPLE: &str = "[...document.querySelectorAll('[aria-label=\"People\"] > li .visually-hidden')]\
    .map((name) => name.textContent.trim())";

/// The zoom that the controls show, in percent.
const ZOOM: &str =
    "parseFloat(document.querySelector('[aria-label=\"Zoom to 100%\"]').textContent)";

/// Points on a straight line from `from` to `to`, in `steps` steps.
#[must_use]
pub fn line(from: At, to: At, steps: u32) -> Vec<At> {
    (0..=steps)
        .map(|step| {
            let part = f64::from(step) / f64::from(steps.max(1));
            At(
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            )
        })
        .collect()
}

impl Person {
    /// Opens a board and waits until the status is `Saved` or `Read only`.
    ///
    /// # Errors
    /// If the board does not open.
    pub async fn open(&self, link: &str) -> Result<()> {
        self.page.goto(link).await?;
        self.page
            .wait_for::<bool>("/^(Saved|Read only)/.test(__e2e.status())")
            .await
            .map(drop)
    }

    /// The text of the status.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn status(&self) -> Result<String> {
        self.page.eval("__e2e.status()").await
    }

    /// Waits until the status begins with this text.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn wait_for_status(&self, text: &str) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("__e2e.status().startsWith({text:?})"))
            .await
            .map(drop)
    }

    /// Waits until everything drawn so far is saved.
    ///
    /// # Errors
    /// If it is not within [`PATIENCE`].
    pub async fn wait_until_saved(&self) -> Result<()> {
        self.wait_until_saved_within(PATIENCE).await
    }

    /// As [`Person::saved`], with a bound of its own.
    ///
    /// # Errors
    /// If it is not saved by then.
    pub async fn wait_until_saved_within(&self, within: Duration) -> Result<()> {
        let saved = "__e2e.status().startsWith('Saved') && __e2e.data('pending') === 0 \
            && __e2e.data('at-stake') === 0";
        self.page
            .wait_for_within::<bool>(saved, within)
            .await
            .map(drop)
    }

    /// Waits until the board has this many elements.
    ///
    /// # Errors
    /// If it has not within [`PATIENCE`].
    pub async fn wait_for_elements(&self, count: u64) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("__e2e.data('elements') === {count}"))
            .await
            .map(drop)
    }

    /// The number of elements on the board, including everything done so far.
    ///
    /// # Errors
    /// If the page shows no board.
    pub async fn elements(&self) -> Result<u64> {
        self.page.eval("__e2e.dataNextFrame('elements')").await
    }

    /// The sequence number of the last commit that the page has received.
    ///
    /// # Errors
    /// If the page shows no board.
    pub async fn seq(&self) -> Result<u64> {
        self.page.eval("__e2e.dataNextFrame('seq')").await
    }

    /// Waits until the page has received the commit with this sequence number.
    ///
    /// # Errors
    /// If it has not within [`PATIENCE`].
    pub async fn wait_for_seq(&self, seq: u64) -> Result<()> {
        let there = format!("__e2e.data('seq') >= {seq}");
        self.page.wait_for::<bool>(&there).await.map(drop)
    }

    /// Picks a tool by its button and waits until it is active.
    ///
    /// # Errors
    /// If there is no such button or it does not become pressed.
    pub async fn pick_tool(&self, tool: &str) -> Result<()> {
        self.page.click("button", tool).await?;
        self.wait_for_tool(tool).await
    }

    /// Waits until a tool is active.
    ///
    /// # Errors
    /// If it is not within [`PATIENCE`].
    pub async fn wait_for_tool(&self, tool: &str) -> Result<()> {
        let pressed = format!(
            "document.querySelector('.tool-button[aria-label={tool:?}]')?.getAttribute('aria-pressed') === 'true'"
        );
        self.page.wait_for::<bool>(&pressed).await.map(drop)
    }

    /// Chooses a colour or a width by its name.
    ///
    /// # Errors
    /// If there is none.
    pub async fn choose_style(&self, name: &str) -> Result<()> {
        self.page.click("radio", name).await
    }

    /// Draws through these points with the active tool.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn draw(&self, points: &[At]) -> Result<()> {
        self.page.stroke(Pointer::default(), points).await
    }

    /// Draws a short diagonal line that begins at `at`.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn draw_dash(&self, at: At) -> Result<()> {
        self.draw(&line(at, At(at.0 + 60.0, at.1 + 20.0), 6)).await
    }

    /// The names on the cursors of others.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn cursors(&self) -> Result<Vec<String>> {
        self.page
            .eval("[...document.querySelectorAll('.cursor')].map((c) => c.textContent.trim())")
            .await
    }

    /// Waits until the cursor of another person with this name shows.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn wait_for_cursor_of(&self, name: &str) -> Result<()> {
        let seen = format!(
            "[...document.querySelectorAll('.cursor')].some((c) => c.textContent.trim() === {name:?})"
        );
        self.page.wait_for::<bool>(&seen).await.map(drop)
    }

    /// Waits until the list "People" holds exactly these names, in any order.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn wait_for_people(&self, names: &[&str]) -> Result<()> {
        let mut names = names.to_vec();
        names.sort_unstable();
        let wanted = serde_json::to_string(&serde_json::to_string(&names)?)?;
        let condition = format!("JSON.stringify({PEOPLE}.sort()) === {wanted}");
        let seen = self.page.wait_for::<bool>(&condition).await;
        if seen.is_err() {
            let names: Vec<String> = self.page.eval(PEOPLE).await?;
            return seen
                .map(drop)
                .with_context(|| format!("the list says {names:?}"));
        }
        Ok(())
    }

    /// Waits until the list "People" has this many entries.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn wait_for_people_count(&self, count: usize) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("{PEOPLE}.length === {count}"))
            .await
            .map(drop)
    }

    /// Sets the person's own name.
    ///
    /// # Errors
    /// If the card with the name does not open.
    pub async fn set_name(&self, name: &str) -> Result<()> {
        self.page.click("button", "Show everyone").await?;
        self.fill("Your name", name).await?;
        self.page.press("Escape").await?;
        // While the card is open, a click only closes it.
        let closed = "!document.querySelector('[aria-label=\"Your name\"]')?.checkVisibility()";
        self.page.wait_for::<bool>(closed).await.map(drop)
    }

    /// Replaces the text of the field with this name and commits it with Enter.
    ///
    /// # Errors
    /// If there is no such field.
    pub async fn fill(&self, field: &str, text: &str) -> Result<()> {
        self.page.click("textbox", field).await?;
        self.page.press("Ctrl+A").await?;
        self.page
            .eval::<Option<()>>("document.activeElement.select()")
            .await?;
        self.page.type_text(text).await?;
        self.page.press("Enter").await
    }

    /// Waits until this person's board looks in `rect` like another person's, pixel for pixel.
    ///
    /// # Errors
    /// If the pictures stay different for [`PATIENCE`].
    pub async fn wait_for_same_picture_as(&self, other: &Self, rect: Rect) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            let mine = self.page.board_picture(rect).await?;
            let theirs = other.page.board_picture(rect).await?;
            let different = mine.difference(&theirs)?;
            // Antialiased edges may fall on either side of the colour tolerance.
            if different <= theirs.ink() / 50 {
                return Ok(());
            }
            ensure!(
                Instant::now() < end,
                "{different} pixels differ; ink here {}, there {}\n  here: {}\n  there: {}",
                mine.ink(),
                theirs.ink(),
                self.page.describe().await,
                other.page.describe().await,
            );
            self.page
                .eval::<bool>("new Promise((r) => requestAnimationFrame(() => r(true)))")
                .await?;
        }
    }

    /// The zoom that the controls show, in percent.
    ///
    /// # Errors
    /// If there are no zoom controls.
    pub async fn zoom(&self) -> Result<f64> {
        self.page.eval(ZOOM).await
    }

    /// Waits until the zoom in percent makes `condition` true; `zoom` names it there.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn wait_for_zoom(&self, condition: &str) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("((zoom) => {condition})({ZOOM})"))
            .await
            .map(drop)
    }
}
