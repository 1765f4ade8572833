//! Everybody takes back only their own, whatever kind of change it is.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use e2e::page::At;
use e2e::person::{Person, line};
use shared::id::ElementId;
use shared::model::{Board, Body, Color, Element, Marks, Props, Stretch};

use crate::pair::{
    LEFT, both_see, copies, cuts, drags, ends_typing, has_selected, is_typing, lets_go, makes_box,
    opens_twice, pastes, reaches, runs, witnessed,
};
use crate::witness::Witness;

/// What one element is, as far as undo must bring it back.
type Looks = BTreeMap<ElementId, (Props, Vec<(char, Marks)>, Body)>;

/// All but the element with this id.
fn looks(board: &Board, but: ElementId) -> Looks {
    let letters = |it: &Element| {
        let set = |it: Stretch<'_>| -> Vec<_> { it.text.chars().map(|c| (c, it.marks)).collect() };
        it.text.stretches().flat_map(set).collect()
    };
    let look = |it: &Element| (it.props.clone(), letters(it), it.body.clone());
    board
        .elements()
        .filter(|it| it.id != but)
        .map(|it| (it.id, look(it)))
        .collect()
}

/// What is selected of Ada's box and Ada's stroke before a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Nothing,
    Box,
    Both,
}

/// What the hands do, in turn.
#[derive(Clone, Copy)]
enum Deed {
    Key(&'static str),
    Choose(&'static str),
    Run(&'static str),
    Drag(At, At),
    Write(&'static str),
    Copies,
    Cuts,
    Pastes,
    Rub(&'static str),
}

use Chosen::{Both, Box, Nothing};
use Deed::{Choose, Copies, Cuts, Drag, Key, Pastes, Rub, Run, Write};

/// A free place of the board, from corner to corner.
const FREE: Deed = Drag(At(320.0, 460.0), At(480.0, 560.0));

type Change = (&'static str, Chosen, &'static [Deed]);

/// Changes of what is there: where it is, and what lies above it.
const PLACES: [Change; 12] = [
    ("move", Box, &[Drag(At(470.0, 270.0), At(501.0, 311.0))]),
    ("resize", Box, &[Drag(At(470.0, 330.0), At(511.0, 372.0))]),
    ("turn", Box, &[Drag(At(410.0, 224.0), At(470.0, 260.0))]),
    ("nudge", Box, &[Key("Shift+Down")]),
    ("flip", Both, &[Key("Shift+H")]),
    ("align", Both, &[Key("Alt+a")]),
    ("to the back", Box, &[Key("[")]),
    ("group", Both, &[Key("Ctrl+g")]),
    ("lock", Box, &[Key("Ctrl+Shift+l")]),
    ("duplicate", Both, &[Key("Ctrl+d")]),
    ("delete", Both, &[Key("Delete")]),
    ("cut", Box, &[Cuts]),
];

/// Changes of how it looks.
const STYLES: [Change; 10] = [
    ("colour", Both, &[Choose("Green")]),
    ("width", Both, &[Choose("Bold")]),
    ("dash", Box, &[Choose("Dashed line")]),
    ("fill", Box, &[Choose("Solid fill")]),
    ("corners", Box, &[Choose("Sharp corners")]),
    (
        "round corners",
        Box,
        &[Drag(At(366.0, 266.0), At(380.0, 280.0))],
    ),
    ("font", Box, &[Choose("Plain")]),
    ("size of text", Box, &[Choose("Large text")]),
    ("side of text", Box, &[Choose("Text left")]),
    ("bold", Box, &[Key("Ctrl+b")]),
];

/// What is made, written, and rubbed out.
const MAKING: [Change; 14] = [
    ("write", Box, &[Key("Enter"), Write("more")]),
    ("stroke", Nothing, &[Key("p"), FREE]),
    ("highlight", Nothing, &[Run("Highlighter"), FREE]),
    ("rectangle", Nothing, &[Key("r"), FREE]),
    ("ellipse", Nothing, &[Key("o"), FREE]),
    ("diamond", Nothing, &[Key("3"), FREE]),
    ("line", Nothing, &[Key("l"), FREE]),
    ("arrow", Nothing, &[Key("a"), FREE]),
    (
        "bound arrow",
        Nothing,
        &[Key("a"), Drag(At(410.0, 480.0), At(410.0, 333.0))],
    ),
    ("note", Nothing, &[Key("n"), FREE, Key("Escape")]),
    ("frame", Nothing, &[Key("f"), FREE]),
    ("paste", Box, &[Copies, Pastes]),
    ("part of a stroke", Nothing, &[Rub("Parts of strokes")]),
    ("whole stroke", Nothing, &[Rub("Whole strokes")]),
];

async fn does(person: &Person, deed: Deed) -> Result<()> {
    match deed {
        Key(key) => person.page.press(key).await,
        Choose(name) => person.choose(name).await,
        Run(name) => runs(person, name).await,
        Drag(from, to) => drags(person, from, to).await,
        Write(words) => {
            is_typing(person).await?;
            person.page.type_text(words).await?;
            ends_typing(person).await
        }
        Copies => copies(person).await,
        Cuts => cuts(person).await,
        Pastes => pastes(person).await,
        Rub(mode) => {
            person.take("Eraser").await?;
            person.page.click("radio", mode).await?;
            person
                .draw(&line(At(400.0, 380.0), At(400.0, 420.0), 8))
                .await
        }
    }
}

async fn chooses(person: &Person, what: Chosen) -> Result<()> {
    lets_go(person).await?;
    match what {
        Nothing => Ok(()),
        Box => {
            person.page.click_at(LEFT).await?;
            has_selected(person, 1).await
        }
        Both => {
            drags(person, At(310.0, 220.0), At(530.0, 430.0)).await?;
            has_selected(person, 2).await
        }
    }
}

/// Ben has his own box at the right, and moves it meanwhile.
async fn ben_does(ben: &Person, witness: &Witness, his: ElementId) -> Result<()> {
    let x = at_of(witness, his)? + 1.0;
    ben.page.press("Right").await?;
    witness
        .sees("Ben's box moved on", |board| {
            let at = board.get(his)?.props.at;
            ((at.x - x).abs() < 0.5).then_some(())
        })
        .await
}

fn at_of(witness: &Witness, id: ElementId) -> Result<f64> {
    let board = witness.board();
    let element = board.get(id).context("Ben's box is gone")?;
    Ok(element.props.at.x)
}

/// Ada makes each change, Ben makes another, and Ada takes hers back and does it again.
fn all_are_undone(name: &str, changes: &[Change]) {
    witnessed(name, async |ada, ben, witness| {
        makes_box(ben, At(700.0, 250.0), At(820.0, 330.0)).await?;
        ben.page.press("Ctrl+a").await?;
        has_selected(ben, 1).await?;
        let his = witness.finds("Ben's box", |_| true).await?.id;
        ada.take("Pen").await?;
        ada.draw(&line(At(340.0, 400.0), At(480.0, 400.0), 20))
            .await?;
        both_see(ada, ben, 2).await?;
        makes_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        opens_twice(ada, LEFT).await?;
        ada.page.type_text("words").await?;
        ends_typing(ada).await?;
        lets_go(ada).await?;
        witness
            .finds("words in the box", |it| it.text.plain() == "words")
            .await?;
        let start = looks(&witness.board(), his);
        for change in changes {
            let (name, chosen, deeds) = change;
            chooses(ada, *chosen).await.context(*name)?;
            for deed in *deeds {
                does(ada, *deed).await.context(*name)?;
            }
            let done = settled(ada, witness, his, &start).await.context(*name)?;
            ben_does(ben, witness, his).await.context(*name)?;
            back_and_forth(ada, witness, his, (&start, &done))
                .await
                .with_context(|| format!("undo of: {name}"))?;
        }
        Ok(())
    });
}

/// What Ada's elements have become, once all of it is written down.
async fn settled(ada: &Person, witness: &Witness, his: ElementId, start: &Looks) -> Result<Looks> {
    witness
        .sees("a change", |board| {
            let is_whole = board.elements().all(|it| !it.is_open());
            (is_whole && looks(board, his) != *start).then_some(())
        })
        .await?;
    ada.saved().await?;
    let seq: u64 = ada.page.eval("__e2e.data('seq')").await?;
    witness
        .sees("all that Ada did", |board| {
            (witness.seq() >= seq).then(|| looks(board, his))
        })
        .await
}

/// Undo, redo, undo: Ada's elements are as before and after, and Ben's is untouched.
async fn back_and_forth(
    ada: &Person,
    witness: &Witness,
    his: ElementId,
    (start, done): (&Looks, &Looks),
) -> Result<()> {
    let before = at_of(witness, his)?;
    for (key, wanted) in [("Ctrl+z", start), ("Ctrl+Shift+Z", done), ("Ctrl+z", start)] {
        ada.page.press(key).await?;
        witness
            .sees(key, |board| (looks(board, his) == *wanted).then_some(()))
            .await?;
        let now = at_of(witness, his)?;
        ensure!((now - before).abs() < 1e-6, "{key} moved Ben's box");
    }
    Ok(())
}

#[test]
fn moves_and_orders_are_undone_and_leave_the_others_work() {
    all_are_undone("undo of places", &PLACES);
}

#[test]
fn styles_are_undone_and_leave_the_others_work() {
    all_are_undone("undo of styles", &STYLES);
}

#[test]
fn what_is_made_and_rubbed_out_is_undone_and_leaves_the_others_work() {
    all_are_undone("undo of making", &MAKING);
}

#[test]
fn what_the_other_changed_since_is_not_taken_back() {
    witnessed("undo of what two changed", async |ada, ben, witness| {
        makes_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        both_see(ada, ben, 1).await?;
        for person in [ada, ben] {
            chooses(person, Box).await?;
        }
        let is = |x: f64, color: Color| {
            move |it: &Element| (it.props.at.x - x).abs() < 0.01 && it.props.color == color
        };
        // Ada moves it and Ben colours it: taking back the one leaves the other.
        ada.page.press("Shift+Right").await?;
        ben.choose("Green").await?;
        witness
            .finds("moved and green", is(360.0, Color::Green))
            .await?;
        reaches(ben, ada).await?;
        ada.page.press("Ctrl+z").await?;
        witness
            .finds("back, and green", is(350.0, Color::Green))
            .await?;
        // Both colour it, Ben last: neither the colour nor his box is Ada's to take back.
        ada.choose("Blue").await?;
        reaches(ada, ben).await?;
        ben.choose("Red").await?;
        reaches(ben, ada).await?;
        ada.page.press("Escape").await?;
        ada.page.press("Ctrl+z").await?;
        reaches(ada, ben).await?;
        witness.finds("still red", is(350.0, Color::Red)).await?;
        // Ben goes back to what was there when he chose, not to what he chose before.
        ben.page.press("Ctrl+z").await?;
        witness.finds("blue again", is(350.0, Color::Blue)).await?;
        both_see(ada, ben, 1).await
    });
}
