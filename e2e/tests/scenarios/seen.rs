//! What the eye is told: by notes whose they are, by guides and the grid what things keep
//! to, by the view what is selected.

use anyhow::{Context as _, Result, ensure};
use e2e::input::Pointer;
use e2e::page::{At, Rect};
use e2e::person::Person;
use e2e::pixels::Picture;
use e2e::stage::scene;
use shared::model::Color;

use crate::aids::signs_a_note;
use crate::pair::{
    LEFT, begins_drag, both_see, has_selected, is_painted, lets_go, makes_box, two_boxes,
    two_on_one_server, witnessed,
};

/// The paper of the note in a rectangle, as red, green and blue.
async fn paper(person: &Person, rect: Rect) -> Result<[u8; 4]> {
    Ok(person.page.board_picture(rect).await?.background())
}

#[test]
fn a_note_shows_its_colour_and_whose_it_is_to_the_other() {
    witnessed("note seen", async |ada, ben, witness| {
        signs_a_note(ada, "Ada Lovelace", "milk").await?;
        let note = witness
            .finds("a note", |it| it.text.plain() == "milk")
            .await?;
        both_see(ada, ben, 1).await?;
        let (at, [width, height]) = (note.props.at, note.props.size().map(f64::from));
        // Strips of the paper: at the foot, where the name stands, and one above it.
        let strip = |from_below: f64| Rect {
            x: at.x + 8.0,
            y: at.y + height - from_below,
            width: width - 16.0,
            height: 18.0,
        };
        let (foot, above) = (strip(20.0), strip(60.0));
        lets_go(ada).await?;
        ben.page.wait_for_ink(foot, 20).await?;
        ensure!(
            ben.page.ink(above).await? == 0,
            "ink where nothing is written"
        );
        let yellow = paper(ben, above).await?;
        ensure!(yellow[3] == 255, "one sees through the note");
        ada.page.click_at(At(at.x + 20.0, at.y + 60.0)).await?;
        has_selected(ada, 1).await?;
        ada.choose("Blue").await?;
        witness
            .finds("a blue note", |it| it.props.color == Color::Blue)
            .await?;
        lets_go(ada).await?;
        is_painted(ben).await?;
        let blue = paper(ben, above).await?;
        ensure!(
            blue[2] > blue[0] && i32::from(blue[0]) < i32::from(yellow[0]) - 20,
            "the paper was {yellow:?} and is {blue:?}"
        );
        ben.page.wait_for_ink(foot, 20).await.map(drop)
    });
}

/// Between the two boxes, where a guide runs from one to the other.
const BETWEEN: Rect = Rect {
    x: 500.0,
    y: 235.0,
    width: 70.0,
    height: 110.0,
};

#[test]
fn guides_show_what_a_drag_keeps_to_as_long_as_it_lasts_and_to_oneself_alone() {
    witnessed("guides", async |ada, ben, witness| {
        two_boxes(ada).await?;
        both_see(ada, ben, 2).await?;
        let mouse = Pointer::default();
        let aside = At(LEFT.0 - 30.0, LEFT.1 + 57.0);
        // Four pixels short of the other's height: it keeps to that.
        let near = At(LEFT.0 - 30.0, LEFT.1 + 4.0);
        begins_drag(ada, LEFT, aside).await?;
        is_painted(ada).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        ada.page.drag(mouse, near).await?;
        ada.page.wait_for_ink(BETWEEN, 40).await?;
        let theirs = ben.page.ink(BETWEEN).await?;
        ensure!(theirs == 0, "Ben sees Ada's guides");
        ada.page.drag(mouse, aside).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        ada.page.drag(mouse, near).await?;
        ada.page.wait_for_ink(BETWEEN, 40).await?;
        ada.page.up(mouse, near).await?;
        ada.page.wait_for_blank(BETWEEN).await?;
        witness
            .finds("the left one in line with the other", |it| {
                (it.props.at.x - 320.0).abs() < 0.5 && (it.props.at.y - 250.0).abs() < 0.01
            })
            .await
            .map(drop)
    });
}

/// How many rows of a picture are a line: nowhere of the colour of the ground.
fn lines(picture: &Picture) -> usize {
    let ground = picture.background();
    let is_ink = |pixel: &[u8]| {
        let mut channels = pixel.iter().zip(ground);
        channels.any(|(one, two)| one.abs_diff(two) > 8)
    };
    let rows = picture.rgba.chunks_exact(picture.width * 4);
    rows.filter(|row| row.chunks_exact(4).all(is_ink)).count()
}

#[test]
fn the_lines_of_the_grid_are_seen_where_things_keep_to_them() {
    scene("grid seen", async |stage| {
        let (ada, ben) = two_on_one_server(stage).await?;
        // Between two of the lines that go down, so that only those across are in it.
        let strip = Rect {
            x: 405.0,
            y: 304.0,
            width: 10.0,
            height: 60.0,
        };
        let seen = async |person: &Person| -> Result<usize> {
            is_painted(person).await?;
            let shot = person.page.screenshot(Some(strip)).await?;
            Ok(lines(&Picture::decode(&shot)?))
        };
        ensure!(seen(&ada).await? == 0, "a grid nobody asked for");
        ada.page.press("Ctrl+'").await?;
        let has_grid = "document.querySelector('main').hasAttribute('data-grid')";
        ada.page.wait_for::<bool>(has_grid).await?;
        let (hers, his) = (seen(&ada).await?, seen(&ben).await?);
        ensure!(hers == 3, "{hers} lines in 60 pixels, not one in 20");
        ensure!(his == 0, "Ben sees Ada's grid");
        ada.page.press("Ctrl+'").await?;
        ada.page.wait_for::<bool>(&format!("!{has_grid}")).await?;
        let left = seen(&ada).await?;
        ensure!(left == 0, "{left} lines stay");
        Ok(())
    });
}

/// How far the ink reaches from the edges of a picture: left, top, right, bottom.
async fn margins(person: &Person, rect: Rect) -> Result<[usize; 4]> {
    let picture = person.page.board_picture(rect).await?;
    let ground = picture.background();
    let pixels = picture.rgba.chunks_exact(4).enumerate();
    let inked = pixels
        .filter(|(_, pixel)| *pixel != ground)
        .map(|(at, _)| at);
    let places: Vec<_> = inked
        .map(|at| (at % picture.width, at / picture.width))
        .collect();
    let columns = || places.iter().map(|(x, _)| *x);
    let rows = || places.iter().map(|(_, y)| *y);
    let blank = "nothing to be seen";
    Ok([
        columns().min().context(blank)?,
        rows().min().context(blank)?,
        picture.width - columns().max().context(blank)?,
        picture.height - rows().max().context(blank)?,
    ])
}

/// Everything that the window shows of the board.
const WINDOW: Rect = Rect {
    x: 0.0,
    y: 0.0,
    width: 1280.0,
    height: 800.0,
};

/// The ink is in the middle of the window, and none of it at the edges.
async fn is_centred(person: &Person, what: &str) -> Result<()> {
    is_painted(person).await?;
    let [left, top, right, bottom] = margins(person, WINDOW).await?;
    ensure!(
        left.abs_diff(right) < 20 && top.abs_diff(bottom) < 20,
        "{what} is not in the middle: {:?}",
        [left, top, right, bottom]
    );
    ensure!(left.min(top) > 20, "{what} is not whole in sight");
    Ok(())
}

#[test]
fn what_is_selected_is_brought_whole_into_the_view_of_one_alone() {
    witnessed("zoom to selection", async |ada, ben, _| {
        // Two boxes that are further apart than the window is wide.
        for _ in 0..4 {
            ada.page.press("Ctrl+-").await?;
        }
        ada.zoom_becomes("zoom < 50").await?;
        let far = ada.zoom().await?;
        makes_box(ada, At(300.0, 250.0), At(360.0, 310.0)).await?;
        makes_box(ada, At(900.0, 550.0), At(960.0, 610.0)).await?;
        both_see(ada, ben, 2).await?;
        ada.page.click_at(At(300.0, 280.0)).await?;
        has_selected(ada, 1).await?;
        ada.page.press("Shift+@").await?;
        ada.zoom_becomes("zoom === 100").await?;
        lets_go(ada).await?;
        is_centred(ada, "the left box").await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(ada, 2).await?;
        ada.page.press("Shift+@").await?;
        ada.zoom_becomes(&format!("zoom < 100 && zoom > {far}"))
            .await?;
        lets_go(ada).await?;
        is_centred(ada, "both boxes").await?;
        ben.zoom_becomes("zoom === 100").await
    });
}
