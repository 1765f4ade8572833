//! The laser pointer.

use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::line;
use e2e::test_env::scenario;

use crate::support::places::BOARD;
use crate::support::pointer::start_path;
use crate::support::users::two_users;

#[test]
fn others_see_the_laser_and_it_fades() {
    scenario("laser", async |env| {
        let (ada, ben) = two_users(env).await?;
        ada.page.press("k").await?;
        ada.wait_for_tool("Laser").await?;
        let path = line(At(400.0, 300.0), At(700.0, 340.0), 30);
        let mouse = Pointer::default();
        start_path(&ada, &path).await?;
        ben.page.wait_for_ink(BOARD, 50).await?;
        ada.page.up(mouse, path[30]).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_blank(BOARD).await?;
            person.wait_for_elements(0).await?;
        }
        Ok(())
    });
}
