//! The handles of a text set its wrap width and its size.

use anyhow::{Context as _, Result};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::model::{Body, Element};

use crate::support::pointer::{clear_selection, drag};
use crate::support::typing::{end_typing, wait_until_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected, wait_until_painted};

/// The area around the text.
const AREA: Rect = Rect {
    x: 340.0,
    y: 200.0,
    width: 400.0,
    height: 300.0,
};

/// Half the size of a handle, in CSS pixels. This half is outside the selection's frame.
const HALF_HANDLE: f64 = 4.0;

/// Finds the handles at the right side and the lower right corner of the selection. No other ink
/// reaches as far to the right.
async fn find_handles(person: &Person) -> Result<[At; 2]> {
    wait_until_painted(person).await?;
    let picture = person.page.board_picture(AREA).await?;
    let ground = picture.background();
    let is_ink = |at: usize| {
        let pixel = picture.rgba.get(at * 4..at * 4 + 3).unwrap_or_default();
        pixel
            .iter()
            .zip(ground)
            .any(|(one, two)| one.abs_diff(two) > 40)
    };
    let inked = || (0..picture.width * picture.height).filter(|at| is_ink(*at));
    let right = inked().map(|at| at % picture.width).max();
    let right = right.context("nothing is selected")?;
    // The handles of two corners and of the side between them.
    let rows = || {
        inked()
            .filter(|at| at % picture.width + 2 > right)
            .map(|at| at / picture.width)
    };
    let (top, bottom) = (rows().min().unwrap_or(0), rows().max().unwrap_or(0));
    let on_page = |x: f64, y: f64| At(AREA.x + x, AREA.y + y);
    let [right, top, bottom] =
        [right, top, bottom].map(|pixels| u32::try_from(pixels).map_or(0.0, f64::from));
    Ok([
        on_page(right - HALF_HANDLE, (top + bottom) / 2.0),
        on_page(right - HALF_HANDLE, bottom - HALF_HANDLE),
    ])
}

fn wraps(text: &Element) -> bool {
    text.props.size()[0] > 0.0
}

#[test]
fn a_side_handle_wraps_a_text_and_a_corner_handle_scales_it() {
    two_user_scenario("wrap width", async |ada, ben, observer| {
        ada.page.press("t").await?;
        ada.page.click_at(At(400.0, 300.0)).await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("aaa bbb ccc").await?;
        end_typing(ada).await?;
        let text = observer
            .wait_for_element("a text that does not wrap", |it| {
                it.body == Body::Text && it.text.plain() == "aaa bbb ccc" && !wraps(it)
            })
            .await?;
        both_have_elements(ada, ben, 1).await?;
        wait_for_selected(ada, 1).await?;
        let second_line = Rect {
            x: 400.0,
            y: 319.0,
            width: 40.0,
            height: 22.0,
        };
        let [side, _] = find_handles(ada).await?;
        clear_selection(ada).await?;
        ben.page.wait_for_blank(second_line).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 1).await?;
        drag(ada, side, At(side.0 - 70.0, side.1)).await?;
        observer
            .wait_for_element("a text that wraps, as large as before", |it| {
                wraps(it) && it.props.text_size() == text.props.text_size()
            })
            .await?;
        clear_selection(ada).await?;
        ben.page.wait_for_ink(second_line, 20).await?;
        ada.page.press("Ctrl+a").await?;
        wait_for_selected(ada, 1).await?;
        let [_, corner] = find_handles(ada).await?;
        drag(ada, corner, At(corner.0 + 70.0, corner.1 + 100.0)).await?;
        observer
            .wait_for_element("larger letters", |it| {
                it.props.text_size() > 1.3 * text.props.text_size()
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("wrapped letters as large as before", |it| {
                wraps(it) && it.props.text_size() == text.props.text_size()
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        observer
            .wait_for_element("the element as before", |it| it.props == text.props)
            .await?;
        clear_selection(ada).await?;
        ben.page.wait_for_blank(second_line).await
    });
}
