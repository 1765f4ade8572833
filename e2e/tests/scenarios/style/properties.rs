//! A style property that one user changes reaches the other.

use anyhow::{Result, ensure};
use e2e::page::{At, Rect};
use shared::model::palette::Rgb;
use shared::model::{Align, Color, Dash, Filling, Font, Props};

use crate::support::controls::{pick_custom_colour, set_slider};
use crate::support::places::BOARD;
use crate::support::pointer::draw_box;
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_synced};

/// The name of a choice, and whether an element has it. Undo would revert two consecutive choices of
/// one property together.
type Choice = (&'static str, fn(&Props) -> bool);

const CHOICES: [Choice; 9] = [
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
fn every_style_property_reaches_the_other_page_and_is_undone() {
    two_user_scenario("style properties", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 250.0), At(600.0, 370.0)).await?;
        ada.page.click_at(At(400.0, 310.0)).await?;
        wait_for_selected(ada, 1).await?;
        let plain = observer.wait_for_element("a box", |_| true).await?;
        for (name, is) in CHOICES {
            ada.choose_style(name).await?;
            observer.wait_for_element(name, |it| is(&it.props)).await?;
        }
        wait_until_synced(ada, ben).await?;
        // The fill is violet on the other page too.
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
        for _ in CHOICES {
            ada.page.press("Ctrl+z").await?;
        }
        observer
            .wait_for_element("the element as before", |it| it.props == plain.props)
            .await
            .map(drop)
    });
}

#[test]
fn opacity_and_custom_colours_reach_the_other_page() {
    two_user_scenario("custom colour", async |ada, ben, observer| {
        draw_box(ada, At(400.0, 250.0), At(600.0, 370.0)).await?;
        ada.page.click_at(At(400.0, 310.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.choose_style("Solid fill").await?;
        set_slider(ada, "Opacity", 50).await?;
        observer
            .wait_for_element("half transparent", |it| {
                (120..136).contains(&it.props.opacity)
            })
            .await?;
        pick_custom_colour(ada, "#12abef").await?;
        let free = Color::Custom(Rgb::from_hex(0x0012_abef));
        observer
            .wait_for_element("a custom colour", |it| it.props.color == free)
            .await?;
        both_have_elements(ada, ben, 1).await?;
        ben.page.wait_for_ink(BOARD, 5_000).await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("black again", |it| it.props.color == Color::Black)
            .await
            .map(drop)
    });
}
