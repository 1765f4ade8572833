//! Measures a row once on a page, in a browser of its own.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use e2e::browser::{Browser, Context, SiteData};
use e2e::page::Page;
use e2e::person::Person;
use testkit::handwriting;
use testkit::usage::resident;
use tokio::task::JoinSet;

use crate::client::Client;
use crate::percentile::percentile;
use crate::row::{Action, Row};
use crate::{ink, say};

/// The script that records frames and tasks in the page.
const PROBE: &str = include_str!("probe.js");
/// A board that takes longer to open is a failure.
const LONGEST_LOAD: Duration = Duration::from_secs(120);
/// The canvas is complete when it has not changed for this many milliseconds.
const QUIET_MS: u32 = 700;
/// Frames in which the view or the selection moves.
const FRAMES: u32 = 120;
/// The same on the floor page, whose frames are many times longer. The way is the same.
const FLOOR_FRAMES: u32 = 30;
/// More than [`FLOOR_FRAMES`] take on a busy machine.
const LONGEST_RUN: Duration = Duration::from_secs(120);
/// How far the view moves there and back again, in pixels.
const PAN: (u32, u32) = (540, 600);
/// How far the wheel turns there and back again while zooming, in pixels.
const ZOOM: u32 = 360;
/// People who draw, and how long.
const PEOPLE: u8 = 20;
const DRAWING: Duration = Duration::from_secs(8);
/// Frames in which the whole board is watched while they draw: about six seconds.
const WATCHED: u32 = 360;
/// The rows of the profile that are printed.
const PROFILE_ROWS: usize = 40;

/// Measures a row on the page at `link`; the figures are those that the row names. Without a client it
/// is the floor page.
pub(crate) async fn measure(
    row: &Row,
    link: String,
    client: Option<&Client>,
    is_profiled: bool,
) -> Result<Vec<f64>> {
    let browser = Browser::launch(SiteData::Allowed).await?;
    let context = browser.context().await?;
    let visit = Visit {
        browser: &browser,
        context,
        link,
        client,
        row,
        is_profiled,
    };
    let figures = match row.action {
        Action::OpenAll => visit.open_all().await,
        Action::Open => visit.open().await,
        Action::Pan => visit.pan().await,
        Action::Zoom => visit.zoom().await,
        Action::Select => visit.select().await,
        Action::Watch => visit.watch().await,
        Action::Draw => visit.draw().await,
        Action::DrawForOther | Action::Join | Action::Server => bail!("that needs no page"),
    };
    browser.close().await?;
    figures
}

struct Visit<'a> {
    browser: &'a Browser,
    context: Context,
    link: String,
    client: Option<&'a Client>,
    row: &'a Row,
    is_profiled: bool,
}

impl Visit<'_> {
    async fn open_all(&self) -> Result<Vec<f64>> {
        let page = self.page().await?;
        self.show_all(&page).await?;
        let before = self.browser.renderer_cpu_seconds().await?;
        self.begin_profile(&page).await?;
        page.reload().await?;
        self.opened(&page, before).await
    }

    async fn open(&self) -> Result<Vec<f64>> {
        // The first page lets the browser compile the client.
        let first = self.page().await?;
        self.load(&first).await?;
        first.close().await?;
        let page = self.page().await?;
        let before = self.browser.renderer_cpu_seconds().await?;
        self.begin_profile(&page).await?;
        page.goto(&self.link).await?;
        self.opened(&page, before).await
    }

    /// Waits until the board is complete; the figures of opening it.
    async fn opened(&self, page: &Page, before: f64) -> Result<Vec<f64>> {
        let complete = self.complete(page).await?;
        let cpu = self.browser.renderer_cpu_seconds().await? - before;
        self.end_profile(page).await?;
        let ink: Option<f64> = page.eval("__probe.ink").await?;
        let tasks: f64 = page
            .eval("Math.max(0, ...__probe.tasks.map((it) => it[1]))")
            .await?;
        let ink = ink.context("nothing was painted")?;
        Ok(vec![ink, complete, tasks, cpu * 1e3, self.memory().await?])
    }

    async fn pan(&self) -> Result<Vec<f64>> {
        let (x, y) = PAN;
        let wheel = format!(
            "(n, all) => __probe.wheel((n < all / 2 ? {x} : -{x}) * 2 / all, {y} / all, false, [640, 400])"
        );
        self.move_view(&wheel).await
    }

    async fn zoom(&self) -> Result<Vec<f64>> {
        let wheel = format!(
            "(n, all) => __probe.wheel(0, (n < all / 2 ? -{ZOOM} : {ZOOM}) * 2 / all, true, [640, 400])"
        );
        self.move_view(&wheel).await
    }

    /// Turns the wheel once a frame, with the whole board in view at first.
    async fn move_view(&self, wheel: &str) -> Result<Vec<f64>> {
        let page = self.page().await?;
        self.show_all(&page).await?;
        let frames = self.client.map_or(FLOOR_FRAMES, |_| FRAMES);
        let mut figures = self.frames(&page, frames, wheel).await?;
        figures.push(self.memory().await?);
        Ok(figures)
    }

    async fn select(&self) -> Result<Vec<f64>> {
        let page = self.page().await?;
        self.show_all(&page).await?;
        page.press("v").await?;
        page.press("Ctrl+a").await?;
        page.wait_for::<bool>(&format!("__e2e.data('selected') === {}", self.row.strokes))
            .await?;
        self.still(&page).await?;
        page.eval::<()>("void __probe.pointer('pointerdown', 1, 640, 400)")
            .await?;
        let drag = "(n) => __probe.pointer('pointermove', 1, 640 + n, 400 + n / 2)";
        let mut figures = self.frames(&page, FRAMES, drag).await?;
        let acts = [
            "__probe.pointer('pointerup', 0, 760, 460)",
            "__probe.key('z', 'KeyZ', { ctrlKey: true })",
            "__probe.key('Delete', 'Delete')",
            "__probe.key('z', 'KeyZ', { ctrlKey: true })",
        ];
        for act in acts {
            let once = format!("__probe.once(() => {act}, {QUIET_MS})");
            self.begin_profile(&page).await?;
            let [gap, task, _]: [f64; 3] = page.eval(&once).await?;
            self.end_profile(&page).await?;
            figures.extend([gap, task]);
        }
        let elements: usize = page.eval("__e2e.data('elements')").await?;
        ensure!(elements == self.row.strokes, "{elements} elements are left");
        figures.push(self.memory().await?);
        Ok(figures)
    }

    async fn watch(&self) -> Result<Vec<f64>> {
        let client = self.client.context("the floor page has nobody else")?;
        let board = client.board(self.row)?;
        let page = self.page().await?;
        self.show_all(&page).await?;
        let mut people = JoinSet::new();
        for who in 1..=PEOPLE {
            let (url, area) = (client.url(), handwriting::extent(self.row.strokes));
            people.spawn(
                async move { handwriting::draw(&url, board.edit, who, area, DRAWING).await },
            );
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let begin: f64 = page.eval("performance.now()").await?;
        let mut figures = self.frames(&page, WATCHED, "() => {}").await?;
        let cpu = figures.pop().unwrap_or_default();
        let [long, ms]: [f64; 2] = page.eval(&format!("__probe.long({begin})")).await?;
        let took: f64 = page.eval(&format!("performance.now() - {begin}")).await?;
        while let Some(done) = people.join_next().await {
            done??;
        }
        figures.extend([long, ms, cpu * f64::from(WATCHED) / took]);
        Ok(figures)
    }

    async fn draw(&self) -> Result<Vec<f64>> {
        let page = self.page().await?;
        self.load(&page).await?;
        page.press("p").await?;
        let figures = ink::measure(&page, &page).await?;
        if self.client.is_some() {
            self.undo_strokes(page).await?;
        }
        Ok(figures)
    }

    /// Takes back what was drawn: the strokes of the next round come to the same places.
    async fn undo_strokes(&self, page: Page) -> Result<()> {
        let context = self.context.clone();
        let person = Person { context, page };
        let drawn = u64::from(ink::STROKES);
        let before = person.elements().await?.saturating_sub(drawn);
        for _ in 0..drawn {
            person.page.press("Ctrl+z").await?;
        }
        person.wait_for_elements(before).await?;
        person.wait_until_saved().await
    }

    /// Acts once a frame: the times between frames, and the processor time of a frame.
    async fn frames(&self, page: &Page, count: u32, act: &str) -> Result<Vec<f64>> {
        let before = self.browser.renderer_cpu_seconds().await?;
        self.begin_profile(page).await?;
        let run = format!("__probe.run({count}, {act})");
        let mut times: Vec<f64> = page.eval_within(&run, LONGEST_RUN).await?;
        let tasks = self.browser.renderer_cpu_seconds().await? - before;
        self.end_profile(page).await?;
        times.sort_by(f64::total_cmp);
        let [half, most] = [50, 95].map(|percent| percentile(&times, percent));
        Ok(vec![half, most, tasks * 1e3 / f64::from(count)])
    }

    async fn page(&self) -> Result<Page> {
        let page = self.context.page().await?;
        page.ignore_network().await?;
        page.before_scripts(PROBE).await?;
        Ok(page)
    }

    async fn load(&self, page: &Page) -> Result<()> {
        page.goto(&self.link).await?;
        self.complete(page).await.map(drop)
    }

    /// Loads the board and zooms until all of it is in view.
    async fn show_all(&self, page: &Page) -> Result<()> {
        self.load(page).await?;
        page.press("Shift+1").await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.still(page).await
    }

    /// When the board was complete.
    async fn complete(&self, page: &Page) -> Result<f64> {
        let loaded = format!(
            "__e2e.data('elements') >= {} && __e2e.status().startsWith('Saved')",
            self.row.strokes
        );
        page.wait_for_within::<bool>(&loaded, LONGEST_LOAD).await?;
        self.still(page).await?;
        page.eval("__probe.drawn").await
    }

    async fn still(&self, page: &Page) -> Result<()> {
        page.eval::<f64>(&format!("__probe.still({QUIET_MS})"))
            .await
            .map(drop)
    }

    /// Megabytes of the page's process.
    async fn memory(&self) -> Result<f64> {
        let processes = self.browser.renderer_processes().await?;
        let bytes = processes.into_iter().filter_map(resident).max();
        Ok(bytes.context("no process of a page")? as f64 / 1e6)
    }

    async fn begin_profile(&self, page: &Page) -> Result<()> {
        if self.is_profiled {
            page.begin_profile().await?;
        }
        Ok(())
    }

    async fn end_profile(&self, page: &Page) -> Result<()> {
        if self.is_profiled {
            for (function, ms) in page.end_profile().await?.into_iter().take(PROFILE_ROWS) {
                say(&format!("{ms:>9.1} ms  {function}"));
            }
        }
        Ok(())
    }
}
