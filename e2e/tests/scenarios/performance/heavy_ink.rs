//! Strokes that are far larger than the screen: the page paints them in many short steps.

use anyhow::{Result, ensure};
use e2e::person::Person;
use e2e::test_env::scenario;
use shared::op::Op;
use testkit::fixtures::{element_id, ink, put, stroke};

use crate::observer::Observer;
use crate::support::places::cell_corner;

/// Number of strokes on the board.
const STROKES: u64 = 300;
/// Number of points of each stroke.
const POINTS: u64 = 5_000;
/// The side of the square over which the points are spread, in board units.
const SPREAD: u64 = 90_000;

/// Collects how long each task of the page takes that is longer than 50 ms, in milliseconds.
const RECORD_TASKS: &str = "globalThis.__tasks = []; \
    new PerformanceObserver((list) => { for (const it of list.getEntries()) __tasks.push(it.duration) })\
    .observe({ type: 'longtask', buffered: true })";

/// A stroke through points all over the square, which depend only on its number.
fn scattered(number: u64) -> Op {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % SPREAD) as f64 - SPREAD as f64 / 2.0
    };
    let points: Vec<_> = (0..POINTS).map(|_| (random(), random())).collect();
    put(stroke(element_id(number), ink(points)))
}

/// The longest task since the last call and the time that all long tasks took, in milliseconds.
async fn take_tasks(person: &Person) -> Result<(f64, f64)> {
    let script = "(() => { const all = __tasks.splice(0); \
        return [Math.max(0, ...all), all.reduce((sum, it) => sum + it, 0)] })()";
    person.page.eval(script).await
}

/// Waits until the page has nothing to paint any more.
async fn wait_until_painted(person: &Person) -> Result<()> {
    // A page that paints asks for frames; without one for half a second it has finished.
    let rest = "new Promise((rest) => { const before = globalThis.requestAnimationFrame; let timer; \
        const again = () => { clearTimeout(timer); timer = setTimeout(() => { \
        globalThis.requestAnimationFrame = before; rest(true) }, 500) }; \
        globalThis.requestAnimationFrame = (call) => { again(); return before(call) }; again() })";
    person.page.eval::<bool>(rest).await.map(drop)
}

#[test]
fn huge_strokes_are_painted_in_many_short_steps() {
    scenario("huge strokes", async |env| {
        let url = env.one_server().await?;
        let board = env.board(&url).await?;
        let observer = Observer::join(&url, &board).await?;
        for number in 0..STROKES {
            observer.submit(vec![scattered(number)])?;
        }
        let count = usize::try_from(STROKES)?;
        observer
            .wait_for("all strokes", |board| (board.len() == count).then_some(()))
            .await?;
        let ada = env.person("ada").await?;
        ada.page.before_scripts(RECORD_TASKS).await?;
        ada.open(&board.owner.at(&url)).await?;
        wait_until_painted(&ada).await?;
        let mut report = Vec::new();
        report.push(("opening", take_tasks(&ada).await?));
        ada.pick_tool("Select").await?;
        let way = e2e::person::line(e2e::page::At(300.0, 300.0), e2e::page::At(900.0, 500.0), 30);
        for at in way {
            ada.page.hover(at).await?;
        }
        wait_until_painted(&ada).await?;
        report.push(("moving the pointer", take_tasks(&ada).await?));
        ada.pick_tool("Pen").await?;
        ada.draw_dash(cell_corner(0)).await?;
        ada.wait_until_saved().await?;
        wait_until_painted(&ada).await?;
        report.push(("drawing", take_tasks(&ada).await?));
        ada.page.press("Shift+1").await?;
        wait_until_painted(&ada).await?;
        report.push(("showing all", take_tasks(&ada).await?));
        let (_, (_, opening)) = report.remove(0);
        for (what, (longest, _)) in report {
            ensure!(
                longest <= opening,
                "{what}: one task took {longest} ms, all tasks of opening {opening} ms"
            );
        }
        Ok(())
    });
}
