//! A large board over a slow link.

use anyhow::{Result, ensure};
use e2e::emulate::Scheme;
use e2e::person::Person;
use e2e::test_env::{TestEnv, scenario};
use shared::op::Op;
use testkit::board::Board;
use testkit::fixtures::{element_id, ink, put, scattered_points, stroke};
use testkit::proxy::{Cut, FaultProxy};

use crate::observer::Observer;

/// Bytes that one connection carries in a second.
const SLOW: u32 = 100 * 1024;
/// The strokes of the board in one commit, and the number of commits.
const STROKES_EACH: u64 = 60;
const COMMITS: u64 = 18;

/// Points in a cell of a wide grid.
fn points(number: u64) -> impl Iterator<Item = (f64, f64)> {
    let (left, top) = ((number % 36) as f64 * 260.0, (number / 36) as f64 * 260.0);
    scattered_points(number, 300, 256.0).map(move |(x, y)| (left + x, top + y))
}

/// Puts strokes on the board, also outside of the window.
async fn draw_much(url: &str, board: &Board) -> Result<u64> {
    let observer = Observer::join(url, board).await?;
    for commit in 0..COMMITS {
        let numbers = commit * STROKES_EACH..(commit + 1) * STROKES_EACH;
        let ops: Vec<Op> = numbers
            .map(|number| put(stroke(element_id(number + 1), ink(points(number)))))
            .collect();
        observer.submit(ops)?;
        observer
            .wait_for("the commit", |_| (observer.seq() > commit).then_some(()))
            .await?;
    }
    Ok(COMMITS * STROKES_EACH)
}

/// Waits until the status shows at least this percentage of the board, and before the end.
async fn wait_for_progress(person: &Person, percent: u32) -> Result<u32> {
    let shown = "Number(/^Loading (\\d+) %/.exec(__e2e.status())?.[1] ?? -1)";
    person
        .page
        .wait_for::<bool>(&format!("{shown} >= {percent}"))
        .await?;
    let value = "document.querySelector('progress').value";
    person.page.eval::<u32>(value).await
}

async fn slow_guest(env: &mut TestEnv, name: &str) -> Result<(Person, FaultProxy, String, u64)> {
    let url = env.one_server().await?;
    let board = env.board(&url).await?;
    let strokes = draw_much(&url, &board).await?;
    let link = FaultProxy::slow_link(env.server(0)?.address(), SLOW).await?;
    let address = board.edit.at(&link.url());
    let person = env.person(name).await?;
    Ok((person, link, address, strokes))
}

#[test]
fn a_board_shows_its_progress_while_it_loads_and_goes_on_after_a_cut() {
    scenario("slow link", async |env| {
        env.connections_will_break();
        let (ada, link, address, strokes) = slow_guest(env, "ada").await?;
        ada.page.goto(&address).await?;
        wait_for_progress(&ada, 30).await?;
        let shown = ada.elements().await?;
        ensure!(shown > 0 && shown < strokes, "{shown} strokes show");

        link.cut(Cut::Close);
        ada.wait_for_status("Connecting").await?;
        let again = wait_for_progress(&ada, 1).await?;
        ensure!(again >= 30, "loading began anew, at {again} %");
        ensure!(ada.elements().await? >= shown, "strokes disappeared");
        ada.wait_for_elements(strokes).await?;
        ada.wait_until_saved().await
    });
}

#[test]
fn the_progress_fits_on_a_phone() {
    scenario("slow link on a phone", async |env| {
        let (ada, _link, address, _) = slow_guest(env, "ada").await?;
        ada.page.phone().await?;
        ada.page.scheme(Scheme::Dark).await?;
        ada.page.goto(&address).await?;
        wait_for_progress(&ada, 20).await?;
        let fits = "(() => { const pill = document.querySelector('.status').getBoundingClientRect(); \
            const bar = document.querySelector('progress').getBoundingClientRect(); \
            return pill.left >= 0 && pill.right <= innerWidth && bar.width > 20 \
                && bar.left >= pill.left && bar.right <= pill.right && bar.bottom <= pill.bottom; })()";
        ensure!(
            ada.page.eval::<bool>(fits).await?,
            "the progress does not fit"
        );
        Ok(())
    });
}
