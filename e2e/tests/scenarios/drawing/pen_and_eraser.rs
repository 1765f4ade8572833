//! Pen, highlighter, eraser, colours, widths, undo and redo, by buttons and by keys.

use anyhow::ensure;
use e2e::page::At;
use e2e::person::line;
use e2e::test_env::scenario;

use crate::support::places::{BOARD, cell, cell_corner};
use crate::support::users::two_users_with_pens;
use crate::support::wait::both_have_elements;

#[test]
fn undo_and_redo_change_only_ones_own_work() {
    scenario("undo", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        ada.draw_dash(cell_corner(0)).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.draw_dash(cell_corner(1)).await?;
        both_have_elements(&ada, &ben, 2).await?;

        // Ben's stroke is the newest, but Ada's undo removes her own.
        ada.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page.wait_for_blank(cell(0)).await?;
        ben.page.wait_for_ink(cell(1), 20).await?;
        ada.page.press("Ctrl+Shift+Z").await?;
        both_have_elements(&ada, &ben, 2).await?;
        ben.page.wait_for_ink(cell(0), 20).await?;

        ben.page.click("button", "Undo").await?;
        both_have_elements(&ada, &ben, 1).await?;
        ada.page.wait_for_blank(cell(1)).await?;
        ben.page.click("button", "Redo").await?;
        both_have_elements(&ada, &ben, 2).await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await
    });
}

#[test]
fn the_eraser_removes_whole_strokes_for_everybody_and_undo_restores_them() {
    scenario("eraser", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        for index in 0..3 {
            ada.draw_dash(cell_corner(index)).await?;
        }
        both_have_elements(&ada, &ben, 3).await?;

        ben.pick_tool("Eraser").await?;
        let At(x, y) = cell_corner(1);
        ben.draw(&line(At(x + 30.0, y - 20.0), At(x + 30.0, y + 40.0), 8))
            .await?;
        both_have_elements(&ada, &ben, 2).await?;
        for person in [&ada, &ben] {
            person.page.wait_for_blank(cell(1)).await?;
            person.page.wait_for_ink(cell(0), 20).await?;
            person.page.wait_for_ink(cell(2), 20).await?;
        }
        ben.page.press("Ctrl+z").await?;
        both_have_elements(&ada, &ben, 3).await?;
        ada.page.wait_for_ink(cell(1), 20).await.map(drop)
    });
}

#[test]
fn colours_and_widths_reach_the_other_page() {
    scenario("colours and widths", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        for (index, colour) in [(0, "Red"), (1, "Green"), (2, "Blue")] {
            ada.choose_style(colour).await?;
            ada.draw_dash(cell_corner(index)).await?;
        }
        ada.choose_style("Black").await?;
        for (index, width) in [(3, "Fine"), (4, "Extra bold")] {
            ada.choose_style(width).await?;
            ada.draw_dash(cell_corner(index)).await?;
        }
        both_have_elements(&ada, &ben, 5).await?;
        ben.wait_for_same_picture_as(&ada, BOARD).await?;

        for (index, strongest) in [(0, 0), (1, 1), (2, 2)] {
            let picture = ben.page.board_picture(cell(index)).await?;
            let ink = picture.ink_colour().unwrap_or_default();
            let most = (0..3).max_by_key(|channel| ink[*channel]);
            ensure!(
                most == Some(strongest),
                "stroke {index} has the colour {ink:?}"
            );
        }
        let (fine, bold) = (ben.page.ink(cell(3)).await?, ben.page.ink(cell(4)).await?);
        ensure!(
            bold > 2 * fine,
            "extra bold covers {bold} pixels, fine {fine}"
        );
        Ok(())
    });
}

#[test]
fn the_highlighter_is_translucent() {
    scenario("highlighter", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        ada.choose_style("Black").await?;
        let At(x, y) = cell_corner(8);
        ada.draw(&line(At(x + 30.0, y - 30.0), At(x + 30.0, y + 30.0), 6))
            .await?;
        both_have_elements(&ada, &ben, 1).await?;
        let below = ben.page.board_picture(cell(8)).await?;

        ada.pick_tool("Highlighter").await?;
        ada.choose_style("Yellow").await?;
        ada.draw(&line(At(x, y), At(x + 60.0, y), 6)).await?;
        both_have_elements(&ada, &ben, 2).await?;
        let more = below.ink() as u64 * 2;
        ben.page.wait_for_ink(cell(8), more).await?;
        // Where both cross, the black line is still darker than the highlighter beside it.
        let both = ben.page.board_picture(cell(8)).await?;
        let light = |column: usize| {
            let pixel = (15 * both.width + column) * 4;
            both.rgba[pixel..pixel + 3]
                .iter()
                .map(|channel| u32::from(*channel))
                .sum::<u32>()
        };
        let (crossing, beside) = (light(45), light(65));
        ensure!(
            crossing + 150 < beside,
            "crossing {crossing}, beside {beside}"
        );
        Ok(())
    });
}

#[test]
fn letter_keys_pick_tools() {
    scenario("tool keys", async |env| {
        let (ada, _) = two_users_with_pens(env).await?;
        for (key, tool) in [
            ("e", "Eraser"),
            ("h", "Hand"),
            ("Shift+P", "Highlighter"),
            ("p", "Pen"),
        ] {
            ada.page.press(key).await?;
            ada.wait_for_tool(tool).await?;
        }
        Ok(())
    });
}

#[test]
fn a_tap_leaves_a_dot() {
    scenario("dot", async |env| {
        let (ada, ben) = two_users_with_pens(env).await?;
        ada.draw(&[cell_corner(5)]).await?;
        both_have_elements(&ada, &ben, 1).await?;
        ben.page.wait_for_ink(cell(5), 4).await.map(drop)
    });
}
