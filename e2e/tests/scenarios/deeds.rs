//! What hands do in turn, as rows of tables: what is selected, and what is done to it.

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::{Person, line};

use crate::pair::{
    LEFT, copies, cuts, drags, drags_with, ends_typing, has_selected, is_typing, lets_go,
    opens_twice, pastes, picks, runs, slides,
};

/// What is selected of Ada's box and Ada's stroke before a change, or of what was made beside them.
#[derive(Clone, Copy)]
pub(crate) enum Chosen {
    Nothing,
    Box,
    Both,
    /// What is taken there.
    One(At),
    /// What lies whole in the rectangle from corner to corner, so many in all.
    Many(At, At, u32),
}

/// What the hands do, in turn.
#[derive(Clone, Copy)]
pub(crate) enum Deed {
    Key(&'static str),
    Click(At),
    Choose(&'static str),
    /// A free colour, as `#rrggbb`.
    Pick(&'static str),
    /// The slider of this name goes there.
    Slide(&'static str, u32),
    Run(&'static str),
    Drag(At, At),
    /// The same with Alt held.
    AltDrag(At, At),
    /// Two presses, as one opens something.
    Open(At),
    Write(&'static str),
    Copies,
    Cuts,
    Pastes,
    Rub(&'static str),
}

use Chosen::{Both, Box, Many, Nothing, One};
use Deed::{
    AltDrag, Choose, Click, Copies, Cuts, Drag, Key, Open, Pastes, Pick, Rub, Run, Slide, Write,
};

/// Does it with the hands.
pub(crate) async fn does(person: &Person, deed: Deed) -> Result<()> {
    match deed {
        Key(key) => person.page.press(key).await,
        Click(at) => person.page.click_at(at).await,
        Choose(name) => person.choose(name).await,
        Run(name) => runs(person, name).await,
        Pick(color) => picks(person, color).await,
        Slide(name, to) => slides(person, name, to).await,
        Drag(from, to) => drags(person, from, to).await,
        AltDrag(from, to) => drags_with(person, Modifiers::ALT, from, to).await,
        Open(at) => opens_twice(person, at).await,
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

/// Selects this, and nothing else.
pub(crate) async fn chooses(person: &Person, what: Chosen) -> Result<()> {
    lets_go(person).await?;
    match what {
        Nothing => Ok(()),
        Box => takes(person, LEFT).await,
        One(at) => takes(person, at).await,
        Both => loops(person, (At(310.0, 220.0), At(530.0, 430.0)), 2).await,
        Many(from, to, count) => loops(person, (from, to), count).await,
    }
}

async fn takes(person: &Person, at: At) -> Result<()> {
    person.page.click_at(at).await?;
    has_selected(person, 1).await
}

async fn loops(person: &Person, (from, to): (At, At), count: u32) -> Result<()> {
    drags(person, from, to).await?;
    has_selected(person, count).await
}
