//! Somebody with a board open: the words in which the scenarios are written.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::PATIENCE;
use crate::browser::Context;
use crate::input::Pointer;
use crate::page::{At, Page, Rect};

/// A person in a browser of their own.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their storage.
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

/// A slanted line of `steps` moves from `from` to `to`.
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
    /// Opens a board and waits until the pill says `Saved` (or `Read only`).
    ///
    /// # Errors
    /// If the board does not open.
    pub async fn open(&self, link: &str) -> Result<()> {
        self.page.goto(link).await?;
        self.page
            .wait_for::<bool>("/^(Saved|Read only)/.test(__e2e.pill())")
            .await
            .map(drop)
    }

    /// The pill's text.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn pill(&self) -> Result<String> {
        self.page.eval("__e2e.pill()").await
    }

    /// Waits until the pill's text begins so.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn pill_says(&self, text: &str) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("__e2e.pill().startsWith({text:?})"))
            .await
            .map(drop)
    }

    /// Waits until everything drawn so far is saved.
    ///
    /// # Errors
    /// If it is not within [`PATIENCE`].
    pub async fn saved(&self) -> Result<()> {
        self.saved_within(PATIENCE).await
    }

    /// As [`Person::saved`], with a bound of its own.
    ///
    /// # Errors
    /// If it is not saved by then.
    pub async fn saved_within(&self, within: Duration) -> Result<()> {
        let saved = "__e2e.pill().startsWith('Saved') && __e2e.data('pending') === 0 \
            && __e2e.data('at-stake') === 0";
        self.page
            .wait_for_within::<bool>(saved, within)
            .await
            .map(drop)
    }

    /// Waits until the board has so many elements.
    ///
    /// # Errors
    /// If it has not within [`PATIENCE`].
    pub async fn sees_elements(&self, count: u64) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("__e2e.data('elements') === {count}"))
            .await
            .map(drop)
    }

    /// How many elements the board has, after all that was done so far.
    ///
    /// # Errors
    /// If the page shows no board.
    pub async fn elements(&self) -> Result<u64> {
        self.page.eval("__e2e.told('elements')").await
    }

    /// The number of the last commit that has come to the page.
    ///
    /// # Errors
    /// If the page shows no board.
    pub async fn seq(&self) -> Result<u64> {
        self.page.eval("__e2e.told('seq')").await
    }

    /// Waits until the commit of this number has come to the page.
    ///
    /// # Errors
    /// If it has not within [`PATIENCE`].
    pub async fn has_come_to(&self, seq: u64) -> Result<()> {
        let there = format!("__e2e.data('seq') >= {seq}");
        self.page.wait_for::<bool>(&there).await.map(drop)
    }

    /// Takes a tool by its button and waits until it is the current one.
    ///
    /// # Errors
    /// If there is no such button or it does not become pressed.
    pub async fn take(&self, tool: &str) -> Result<()> {
        self.page.click("button", tool).await?;
        self.holds(tool).await
    }

    /// Waits until a tool is the current one.
    ///
    /// # Errors
    /// If it is not within [`PATIENCE`].
    pub async fn holds(&self, tool: &str) -> Result<()> {
        let pressed = format!(
            "document.querySelector('.tool-button[aria-label={tool:?}]')?.getAttribute('aria-pressed') === 'true'"
        );
        self.page.wait_for::<bool>(&pressed).await.map(drop)
    }

    /// Chooses a colour or a width by its name.
    ///
    /// # Errors
    /// If there is none.
    pub async fn choose(&self, name: &str) -> Result<()> {
        self.page.click("radio", name).await
    }

    /// Draws through these points with the tool in hand.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn draw(&self, points: &[At]) -> Result<()> {
        self.page.stroke(Pointer::default(), points).await
    }

    /// Draws a short slanted line that begins at `at`.
    ///
    /// # Errors
    /// If the page is gone.
    pub async fn dash(&self, at: At) -> Result<()> {
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

    /// Waits until somebody else's cursor with this name shows.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn sees_cursor_of(&self, name: &str) -> Result<()> {
        let seen = format!(
            "[...document.querySelectorAll('.cursor')].some((c) => c.textContent.trim() === {name:?})"
        );
        self.page.wait_for::<bool>(&seen).await.map(drop)
    }

    /// Waits until the list "People" holds exactly these names, in any order.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn sees_people(&self, names: &[&str]) -> Result<()> {
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

    /// Waits until the list "People" holds so many.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`].
    pub async fn counts_people(&self, count: usize) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("{PEOPLE}.length === {count}"))
            .await
            .map(drop)
    }

    /// Takes this name for oneself.
    ///
    /// # Errors
    /// If the card with the name does not open.
    pub async fn call_oneself(&self, name: &str) -> Result<()> {
        self.page.click("button", "Show everyone").await?;
        self.fill("Your name", name).await?;
        self.page.press("Escape").await?;
        // A press that finds the card open closes it, and does nothing else.
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

    /// Waits until this person's board looks in `rect` as another's does, stroke for stroke.
    ///
    /// # Errors
    /// If the pictures stay different for [`PATIENCE`].
    pub async fn sees_the_same_as(&self, other: &Self, rect: Rect) -> Result<()> {
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
    pub async fn zoom_becomes(&self, condition: &str) -> Result<()> {
        self.page
            .wait_for::<bool>(&format!("((zoom) => {condition})({ZOOM})"))
            .await
            .map(drop)
    }
}
