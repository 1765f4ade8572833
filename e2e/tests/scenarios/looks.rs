//! How things look, and how the pen helps the hand: chosen by one, seen by the other.

use anyhow::{Result, ensure};
use e2e::input::{Pointer, Tool};
use e2e::page::{At, Rect};
use e2e::person::{Person, line};
use shared::model::palette::Rgb;
use shared::model::place::ink_points;
use shared::model::{Align, Color, Dash, Element, Filling, Font, Props};

use crate::pair::{
    both_see, has_selected, is_painted, makes_box, picks, reaches, slides, witnessed,
};
use crate::places::BOARD;

/// A choice by its name, and how it is seen in what is written down. Two of one kind in a
/// row would be taken back together.
type Look = (&'static str, fn(&Props) -> bool);

const LOOKS: [Look; 9] = [
    ("Violet", |props| props.color == Color::Violet),
    ("Tinted fill", |props| props.filling() == Filling::Tint),
    ("Extra bold", |props| props.width > 6.0),
    ("Dotted line", |props| props.dash() == Dash::Dotted),
    ("Solid fill", |props| props.filling() == Filling::Solid),
    ("Sharp corners", |props| props.corner() == 0.0),
    ("Monospace", |props| props.font() == Font::Mono),
    ("Large text", |props| props.text_size() > 24.0),
    ("Text right", |props| props.align() == Align::End),
];

#[test]
fn every_look_reaches_the_other_page_and_is_taken_back() {
    witnessed("looks", async |ada, ben, witness| {
        makes_box(ada, At(400.0, 250.0), At(600.0, 370.0)).await?;
        ada.page.click_at(At(400.0, 310.0)).await?;
        has_selected(ada, 1).await?;
        let plain = witness.finds("a box", |_| true).await?;
        for (name, is) in LOOKS {
            ada.choose(name).await?;
            witness.finds(name, |it| is(&it.props)).await?;
        }
        reaches(ada, ben).await?;
        // The fill is violet at the other page too.
        let inside = Rect::around(At(450.0, 310.0), 10.0);
        let seen =
            async || -> Result<[u8; 4]> { Ok(ben.page.board_picture(inside).await?.background()) };
        let mut ground = seen().await?;
        for _ in 0..50 {
            if ground[3] == 255 && ground[2] > ground[1] && ground[0] > ground[1] {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            ground = seen().await?;
        }
        ensure!(
            ground[2] > ground[1] && ground[0] > ground[1],
            "filled with {ground:?}"
        );
        for _ in LOOKS {
            ada.page.press("Ctrl+z").await?;
        }
        witness
            .finds("as it was", |it| it.props == plain.props)
            .await
            .map(drop)
    });
}

#[test]
fn opacity_and_any_colour_reach_the_other_page() {
    witnessed("free colour", async |ada, ben, witness| {
        makes_box(ada, At(400.0, 250.0), At(600.0, 370.0)).await?;
        ada.page.click_at(At(400.0, 310.0)).await?;
        has_selected(ada, 1).await?;
        ada.choose("Solid fill").await?;
        slides(ada, "Opacity", 50).await?;
        witness
            .finds("half transparent", |it| {
                (120..136).contains(&it.props.opacity)
            })
            .await?;
        picks(ada, "#12abef").await?;
        let free = Color::Custom(Rgb::from_hex(0x0012_abef));
        witness
            .finds("a free colour", |it| it.props.color == free)
            .await?;
        both_see(ada, ben, 1).await?;
        ben.page.wait_for_ink(BOARD, 5_000).await?;
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("black again", |it| it.props.color == Color::Black)
            .await
            .map(drop)
    });
}

/// Somebody is about to pick a colour from the board.
const PICKS: &str = "document.querySelector('.eyedropper') !== null";

#[test]
fn a_colour_is_taken_from_the_board() {
    witnessed("eyedropper", async |ada, ben, witness| {
        ada.take("Pen").await?;
        ada.choose("Red").await?;
        ada.choose("Extra bold").await?;
        ada.draw(&line(At(400.0, 300.0), At(600.0, 300.0), 10))
            .await?;
        both_see(ada, ben, 1).await?;
        ada.choose("Blue").await?;
        ada.page
            .click("button", "Pick a colour from the board")
            .await?;
        ada.page.wait_for::<bool>(PICKS).await?;
        ada.page.click_at(At(500.0, 300.0)).await?;
        ada.draw(&line(At(400.0, 400.0), At(600.0, 400.0), 10))
            .await?;
        both_see(ada, ben, 2).await?;
        witness
            .sees("two red strokes", |board| {
                let mut all = board.elements();
                all.all(|it| it.props.color == Color::Red).then_some(())
            })
            .await
    });
}

#[test]
fn escape_ends_the_picking_of_a_colour_and_nothing_else() {
    witnessed("eyedropper escape", async |ada, ben, _| {
        ada.take("Pen").await?;
        ada.draw(&line(At(400.0, 300.0), At(600.0, 300.0), 10))
            .await?;
        both_see(ada, ben, 1).await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(ada, 1).await?;
        ada.page
            .click("button", "Pick a colour from the board")
            .await?;
        ada.page.wait_for::<bool>(PICKS).await?;
        ada.page.press("Escape").await?;
        ada.page.wait_for::<bool>(&format!("!({PICKS})")).await?;
        // What else the key did would be seen in the next frame.
        is_painted(ada).await?;
        has_selected(ada, 1).await
    });
}

/// A stroke of a pen that is pressed ever harder.
async fn presses_harder(person: &Person, y: f64) -> Result<()> {
    let pen = |force| Pointer {
        tool: Tool::Pen(force),
        ..Pointer::default()
    };
    let (from, to) = (At(400.0, y), At(700.0, y));
    person.page.down(pen(0.1), from).await?;
    for step in 1..=30 {
        let part = f64::from(step) / 30.0;
        let at = At(from.0 + (to.0 - from.0) * part, y);
        person.page.drag(pen(0.1 + 0.85 * part), at).await?;
    }
    person.page.up(pen(0.0), to).await
}

#[test]
fn constant_width_leaves_pressure_out() {
    witnessed("constant width", async |ada, ben, _| {
        ada.take("Pen").await?;
        ada.choose("Extra bold").await?;
        presses_harder(ada, 250.0).await?;
        ada.page.click("switch", "Constant width").await?;
        presses_harder(ada, 400.0).await?;
        both_see(ada, ben, 2).await?;
        let ink = async |x: f64, y: f64| {
            let strip = Rect {
                x,
                y: y - 30.0,
                width: 40.0,
                height: 60.0,
            };
            ben.page.wait_for_ink(strip, 8).await
        };
        let (thin, thick) = (ink(430.0, 250.0).await?, ink(640.0, 250.0).await?);
        ensure!(
            thick * 2 > thin * 3,
            "pressure counts for nothing: {thin} and {thick}"
        );
        let (first, last) = (ink(430.0, 400.0).await?, ink(640.0, 400.0).await?);
        ensure!(
            first.abs_diff(last) * 10 < last,
            "not one width: {first} and {last}"
        );
        Ok(())
    });
}

#[test]
fn a_steadied_hand_trembles_less() {
    witnessed("steady hand", async |ada, ben, witness| {
        ada.take("Pen").await?;
        trembles(ada, 250.0).await?;
        both_see(ada, ben, 1).await?;
        let first = witness.finds("a stroke", |_| true).await?;
        slides(ada, "Steady hand", 10).await?;
        trembles(ada, 400.0).await?;
        both_see(ada, ben, 2).await?;
        let second = witness
            .finds("another stroke", |it| it.id != first.id && !it.is_open())
            .await?;
        let (loose, steady) = (ups_and_downs(&first), ups_and_downs(&second));
        ensure!(
            steady < loose * 0.75,
            "{loose} up and down without help, {steady} with it"
        );
        Ok(())
    });
}

/// How far a stroke goes up and down in all.
fn ups_and_downs(stroke: &Element) -> f64 {
    let points = ink_points(stroke);
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(one, next)| (next.y - one.y).abs()).sum()
}

/// A line that goes up and down by twelve pixels, at the speed of a hand.
async fn trembles(person: &Person, y: f64) -> Result<()> {
    let mouse = Pointer::default();
    person.page.down(mouse, At(400.0, y)).await?;
    let mut at = At(400.0, y);
    for step in 1..=40 {
        at = At(
            400.0 + 6.0 * f64::from(step),
            y + if step % 4 < 2 { 6.0 } else { -6.0 },
        );
        person.page.drag(mouse, at).await?;
        tokio::time::sleep(std::time::Duration::from_millis(8)).await;
    }
    person.page.up(mouse, at).await
}
