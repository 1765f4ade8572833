//! One load: a new browser opens one page and draws one stroke.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use e2e::browser::{Browser, SiteData};
use e2e::input::Pointer;
use e2e::page::{At, Page, Rect};
use e2e::person::line;
use serde_json::json;
use testkit::proxy::FaultProxy;
use testkit::server::Server;

use crate::condition::Condition;
use crate::whiteboard::Whiteboard;

/// The script that records the times in the page.
const PROBE: &str = include_str!("probe.js");

/// A load that takes longer is a failure.
const LONGEST_LOAD: Duration = Duration::from_secs(120);

/// The page has loaded everything when it has fetched nothing for this many milliseconds.
const QUIET_MS: u32 = 1_000;

/// The ends of the stroke; neither whiteboard has a control there.
const STROKE: (At, At) = (At(500.0, 400.0), At(800.0, 400.0));

/// Pointer moves in the stroke.
const MOVES: u32 = 12;

/// The script looks for ink in so many pixels above and below the stroke.
const MARGIN: f64 = 12.0;

/// The stroke has begun to show when this many pixels have ink.
const LEAST_INK: u32 = 30;

/// The figures of one load. Times count from the start of the navigation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Kilobytes fetched by the first ink, headers included.
    pub(crate) kilobytes: f64,
    /// Kilobytes fetched until nothing more came.
    pub(crate) kilobytes_in_all: f64,
    /// Milliseconds until something was painted.
    pub(crate) paint: f64,
    /// Milliseconds until the whiteboard reported that it is ready.
    pub(crate) ready: f64,
    /// Milliseconds until the first stroke, begun when it was ready, left ink.
    pub(crate) ink: f64,
    /// Milliseconds of work of the main thread until that ink.
    pub(crate) main_thread: f64,
    /// The part of this work in scripts, in milliseconds.
    pub(crate) scripts: f64,
    /// Milliseconds of work of all threads of the page's process until that ink.
    pub(crate) processor: f64,
}

/// Loads an empty board in a new browser and draws on it as soon as it is ready.
///
/// # Errors
/// The browser does not start, or the stroke leaves no ink.
pub(crate) async fn load(
    whiteboard: Whiteboard,
    condition: &Condition,
    server: &Server,
) -> Result<Load> {
    let proxy = condition.way(server).await?;
    let way = proxy.as_ref().map_or_else(|| server.url(), FaultProxy::url);
    let url = whiteboard.empty(&server.url(), &way).await?;
    // A browser of its own: no cache of files or compiled code from an earlier load.
    let browser = Browser::launch(SiteData::Allowed).await?;
    let page = browser.context().await?.page().await?;
    let load = open_and_draw(whiteboard, condition, &browser, &page, &url)
        .await
        .with_context(|| format!("{}, {}", whiteboard.name(), condition.name));
    browser.close().await?;
    load
}

async fn open_and_draw(
    whiteboard: Whiteboard,
    condition: &Condition,
    browser: &Browser,
    page: &Page,
    url: &str,
) -> Result<Load> {
    page.before_scripts(&probe(whiteboard)).await?;
    // Excalidraw also names fonts on the Internet, which our content security policy forbids.
    // Chromium would report each of the 200 addresses, which takes 100 ms in all.
    page.bypass_csp().await?;
    page.enable_cpu_metrics().await?;
    condition.rule(page).await?;
    let before = browser.renderer_cpu_seconds().await?;

    page.goto(url).await?;
    let (ready, ink) = draw(page).await?;
    let (effort, after) = (
        page.cpu_time().await?,
        browser.renderer_cpu_seconds().await?,
    );

    let drawn = format!("({}) === 1", whiteboard.strokes());
    page.wait_for_within::<bool>(&drawn, LONGEST_LOAD).await?;
    let error: Option<String> = page.eval("__load.error").await?;
    ensure!(error.is_none(), "{}", error.unwrap_or_default());
    page.eval::<bool>(&format!("__load.quiet({QUIET_MS})"))
        .await?;
    let bytes: f64 = page.eval(&format!("__load.bytes({ink})")).await?;
    let bytes_in_all: f64 = page.eval("__load.bytes(Infinity)").await?;
    let paint: Option<f64> = page.eval("__load.paint()").await?;
    Ok(Load {
        kilobytes: bytes / 1e3,
        kilobytes_in_all: bytes_in_all / 1e3,
        paint: paint.context("nothing was painted")?,
        ready,
        ink,
        main_thread: effort.tasks * 1e3,
        scripts: effort.scripts * 1e3,
        processor: (after - before) * 1e3,
    })
}

/// Picks the pen by its key, which is the same in both whiteboards, and draws as soon as the page is
/// ready. Returns when the page was ready and when ink showed.
async fn draw(page: &Page) -> Result<(f64, f64)> {
    let ready = until(page, "__load.ready").await?;
    page.press("p").await?;
    let stroke = line(STROKE.0, STROKE.1, MOVES);
    page.stroke(Pointer::default(), &stroke).await?;
    let ink = until(page, "__load.ink").await?;
    Ok((ready, ink))
}

async fn until(page: &Page, moment: &str) -> Result<f64> {
    page.wait_for_within(moment, LONGEST_LOAD).await
}

/// The probe for this whiteboard.
fn probe(whiteboard: Whiteboard) -> String {
    let app = format!(
        "{{ canvases: {}, ready: () => {} }}",
        json!(whiteboard.canvases()),
        whiteboard.ready(),
    );
    let Rect {
        x,
        y,
        width,
        height,
    } = ink_area();
    format!(
        "{}({app}, [{x}, {y}, {width}, {height}], {LEAST_INK});",
        PROBE.trim_end()
    )
}

/// The rectangle in which the script looks for ink.
fn ink_area() -> Rect {
    let (from, to) = STROKE;
    Rect {
        x: from.0,
        y: from.1 - MARGIN,
        width: to.0 - from.0,
        height: 2.0 * MARGIN,
    }
}
