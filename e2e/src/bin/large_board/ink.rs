//! How soon ink shows under the pointer.

use anyhow::{Context as _, Result};
use e2e::input::Pointer;
use e2e::page::{At, Page};
use e2e::person::line;

use crate::percentile::percentile;

/// Strokes that are timed.
const STROKES: u32 = 8;
/// Pointer moves in a stroke.
const MOVES: u32 = 60;
/// Where a stroke begins and ends.
const ENDS: (f64, f64) = (250.0, 1_000.0);
/// The x coordinates at which it is timed, and the height of the first stroke.
const MARKS: [f64; 8] = [330.0, 410.0, 490.0, 570.0, 650.0, 730.0, 810.0, 890.0];
const TOP: f64 = 130.0;
/// The distance of two strokes.
const APART: f64 = 60.0;

/// In the page: notes when the pointer passes each mark and when the pixels there change.
const WATCH: &str = r"((marks, y) => {
  const look = () => marks.map((x) => __e2e.picture(x - 2, y - 6, 4, 12));
  const [before, passed, seen] = [look(), marks.map(() => null), marks.map(() => null)];
  const note = (event) => marks.forEach((x, i) => {
    if (passed[i] === null && event.buttons && event.clientX >= x) passed[i] = event.timeStamp;
  });
  addEventListener('pointermove', note, { capture: true });
  const frame = () => {
    look().forEach((now, i) => { if (seen[i] === null && now !== before[i]) seen[i] = performance.now(); });
    if (seen.includes(null)) requestAnimationFrame(frame);
    else removeEventListener('pointermove', note, { capture: true });
    globalThis.__ink = seen.includes(null) ? null : seen.map((time, i) => time - passed[i]);
  };
  globalThis.__ink = null;
  requestAnimationFrame(frame);
})";

/// Draws strokes; the median and the 95th percentile of the times from an event of the pointer to
/// the frame after its ink was painted.
pub(crate) async fn measure(page: &Page) -> Result<Vec<f64>> {
    let mouse = Pointer::default();
    let mut times: Vec<f64> = Vec::new();
    for number in 0..STROKES {
        let y = TOP + APART * f64::from(number);
        page.eval::<()>(&format!("void {}({MARKS:?}, {y})", WATCH.trim()))
            .await?;
        let path = line(At(ENDS.0, y), At(ENDS.1, y), MOVES);
        page.down(mouse, At(ENDS.0, y)).await?;
        for point in path.iter().skip(1) {
            page.drag(mouse, *point).await?;
        }
        times.extend(page.wait_for::<Vec<f64>>("__ink").await?);
        page.up(mouse, *path.last().context("an empty path")?)
            .await?;
    }
    times.sort_by(f64::total_cmp);
    Ok([50, 95].map(|percent| percentile(&times, percent)).to_vec())
}
