//! Commands, search, outline and announcements: the board for those who ask for
//! things by name, and for those who hear it.

use anyhow::{Context as _, Result, ensure};
use e2e::page::{At, Rect};
use e2e::person::Person;
use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId};
use shared::model::{Body, Color, Marks, NewElement, OrderKey, Props, RichText, Stretch};
use shared::op::Op;

use crate::pair::{
    around, both_see, has_selected, is_typing, makes_box, runs, two_boxes, witnessed,
};
use crate::places::BOARD;
use crate::witness::Witness;

/// The command that would be run, with why it cannot.
const FIRST: &str = "(() => { const it = document.querySelector('.command[aria-selected=true]'); \
    return it && [it.querySelector('.command-label').textContent, \
        it.getAttribute('aria-disabled') === 'true', \
        it.querySelector('.command-why').textContent] })()";

async fn opens_palette(person: &Person, query: &str) -> Result<()> {
    person.page.press("Ctrl+k").await?;
    person.page.find("combobox", "Search commands").await?;
    person.page.type_text(query).await
}

#[test]
fn the_palette_says_why_something_cannot_be_done_and_does_what_can() {
    witnessed("palette", async |ada, ben, witness| {
        two_boxes(ada).await?;
        opens_palette(ada, "Ungroup").await?;
        ada.page
            .wait_for::<bool>(&format!("{FIRST}?.[0] === 'Ungroup'"))
            .await?;
        let (_, disabled, why): (String, bool, String) = ada.page.eval(FIRST).await?;
        ensure!(disabled, "ungrouping nothing is offered");
        ensure!(why.ends_with('.'), "no sentence says why: {why:?}");
        // Enter does nothing; the palette stays.
        ada.page.press("Enter").await?;
        ada.page.find("combobox", "Search commands").await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+a").await?;
        has_selected(ada, 2).await?;
        runs(ada, "Group").await?;
        witness
            .sees("a group of two", |board| {
                let mut all = board.elements();
                all.all(|it| !it.props.groups().is_empty()).then_some(())
            })
            .await?;
        opens_palette(ada, "Ungroup").await?;
        ada.page
            .wait_for::<bool>(&format!("{FIRST}?.[0] === 'Ungroup' && !{FIRST}[1]"))
            .await?;
        ada.page.press("Enter").await?;
        witness
            .sees("no group", |board| {
                let mut all = board.elements();
                all.all(|it| it.props.groups().is_empty()).then_some(())
            })
            .await?;
        both_see(ada, ben, 2).await
    });
}

/// Puts a text far away from what is in sight.
fn writes_far_away(witness: &Witness, number: u8, at: [f64; 2], text: &str) -> Result<()> {
    let z = OrderKey::from_bytes(vec![0x70 + number]).context("no key")?;
    let at = BoardPoint::new(at[0], at[1]);
    let props = Props::plain(z, at, Color::Black, 4.0, 255);
    let mut new = NewElement::new(ElementId::from_bytes([number; 16]), props, Body::Text);
    let plain = [Stretch {
        text,
        marks: Marks::NONE,
    }];
    new.text = RichText::typed(ClientId::from_bytes([1; 16]), plain);
    witness.does(vec![Op::Put(Box::new(new))])
}

/// A text far longer than the other ones.
const LONG: &str = "The old harbour beyond the wall";

#[test]
fn text_is_found_and_brought_into_view() {
    witnessed("find", async |ada, ben, witness| {
        writes_far_away(witness, 1, [6_000.0, 4_000.0], LONG)?;
        writes_far_away(witness, 2, [-7_000.0, 900.0], "Ha\u{301}rbour lights")?;
        writes_far_away(witness, 3, [-2_000.0, 5_000.0], "something else")?;
        both_see(ada, ben, 3).await?;
        ada.page.wait_for_blank(BOARD).await?;
        ada.page.press("Ctrl+f").await?;
        ada.page.find("searchbox", "Find text").await?;
        ada.page.type_text("HARBOUR").await?;
        let says = |words: &str| {
            format!("document.querySelector('.find-count')?.textContent === {words:?}")
        };
        ada.page.wait_for::<bool>(&says("1 of 2")).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        // What is found stands in the middle; only the long text reaches so far.
        let beside = Rect::around(At(480.0, 400.0), 30.0);
        ada.page.wait_for_blank(beside).await?;
        ada.page.press("Enter").await?;
        ada.page.wait_for::<bool>(&says("2 of 2")).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        ada.page.wait_for_ink(beside, 40).await?;
        ada.page.press("Shift+Enter").await?;
        ada.page.wait_for::<bool>(&says("1 of 2")).await?;
        ada.page.wait_for_blank(beside).await?;
        ada.page.wait_for_ink(BOARD, 40).await?;
        ada.page.type_text("x").await?;
        ada.page.wait_for::<bool>(&says("Not found")).await?;
        ada.page.press("Escape").await?;
        // Nobody else is taken along.
        ben.page.wait_for_blank(BOARD).await
    });
}

#[test]
fn the_outline_lists_the_board_in_reading_order_and_leads_there() {
    witnessed("outline", async |ada, ben, witness| {
        makes_box(ada, At(600.0, 250.0), At(720.0, 330.0)).await?;
        ada.page.press("n").await?;
        ada.page.click_at(At(420.0, 300.0)).await?;
        is_typing(ada).await?;
        ada.page.type_text("first thing").await?;
        ada.page.press("Escape").await?;
        writes_far_away(witness, 1, [100.0, 6_000.0], "far below")?;
        both_see(ada, ben, 3).await?;
        ben.page.click("button", "Outline").await?;
        let rows = "[...document.querySelectorAll('.outline-entry')].map((row) => \
            [row.querySelector('.outline-kind').textContent, \
            row.querySelector('.outline-text').textContent].join(': ').trim())";
        ben.page
            .wait_for::<bool>(&format!(
                "JSON.stringify({rows}) === \
                 JSON.stringify(['Sticky note: first thing', 'Rectangle:', 'Text: far below'])"
            ))
            .await?;
        let edge = around(At(600.0, 290.0));
        ben.page.wait_for_ink(edge, 8).await?;
        ben.page
            .eval::<Option<()>>("[...document.querySelectorAll('.outline-entry')][2].click()")
            .await?;
        has_selected(ben, 1).await?;
        // Only the text is in view now; Ada stays where she is.
        ben.page.wait_for_ink(BOARD, 20).await?;
        ben.page.wait_for_blank(edge).await?;
        ben.page.wait_for_ink(around(At(640.0, 400.0)), 8).await?;
        ada.page.wait_for_ink(edge, 8).await?;
        witness
            .sees("all of it", |board| (board.len() == 3).then_some(()))
            .await
    });
}

#[test]
fn what_somebody_else_does_is_announced_and_ones_own_work_is_not() {
    witnessed("announcements", async |ada, ben, _| {
        ada.call_oneself("Ada").await?;
        ben.sees_people(&["Ada", "Witness", &me(ben).await?])
            .await?;
        makes_box(ada, At(400.0, 250.0), At(520.0, 330.0)).await?;
        let said = |words: &str| {
            format!(
                "document.querySelector('[role=log][aria-label=Announcements]')\
                 .textContent.includes({words:?})"
            )
        };
        ben.page
            .wait_for::<bool>(&said("Ada added a rectangle"))
            .await?;
        ada.page.press("Ctrl+a").await?;
        ada.page.press("Delete").await?;
        ben.page
            .wait_for::<bool>(&said("Ada removed a rectangle"))
            .await?;
        let own: bool = ada.page.eval(&said("added a rectangle")).await?;
        ensure!(!own, "one's own work is announced");
        Ok(())
    });
}

/// What the list calls this person.
async fn me(person: &Person) -> Result<String> {
    let own = "[...document.querySelectorAll('[aria-label=\"People\"] > li .visually-hidden')]\
        .map((name) => name.textContent.trim()).find((name) => name.endsWith('(you)'))";
    person.page.wait_for(own).await
}
