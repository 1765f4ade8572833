//! Steps of a scenario as rows of tables: what is selected, and what is done to it.

use anyhow::Result;
use e2e::keys::Modifiers;
use e2e::page::At;
use e2e::person::{Person, line};

use crate::support::controls::{
    copy_selection, cut_selection, paste, pick_custom_colour, run_command, set_slider,
};
use crate::support::pointer::{LEFT_BOX, clear_selection, drag, drag_holding};
use crate::support::typing::{double_click_to_edit, end_typing, wait_until_typing};
use crate::support::wait::wait_for_selected;

/// What is selected before a change: Ada's box and stroke, or elements of the setup.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    Nothing,
    Box,
    Both,
    /// The element at this point.
    ElementAt(At),
    /// All elements inside the rectangle from corner to corner, and how many they are.
    Marquee(At, At, u32),
}

/// One step of a person.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    Key(&'static str),
    Click(At),
    ChooseStyle(&'static str),
    /// A custom colour, as `#rrggbb`.
    PickColour(&'static str),
    /// Moves the slider of this name to a value.
    SetSlider(&'static str, u32),
    RunCommand(&'static str),
    Drag(At, At),
    /// A drag with Alt held.
    AltDrag(At, At),
    /// A double click that begins editing.
    DoubleClick(At),
    Type(&'static str),
    CopySelection,
    CutSelection,
    Paste,
    Erase(&'static str),
}

use Step::{
    AltDrag, ChooseStyle, Click, CopySelection, CutSelection, DoubleClick, Drag, Erase, Key, Paste,
    PickColour, RunCommand, SetSlider, Type,
};
use Target::{Both, Box, ElementAt, Marquee, Nothing};

/// Performs one step.
pub(crate) async fn perform(person: &Person, step: Step) -> Result<()> {
    match step {
        Key(key) => person.page.press(key).await,
        Click(at) => person.page.click_at(at).await,
        ChooseStyle(name) => person.choose_style(name).await,
        RunCommand(name) => run_command(person, name).await,
        PickColour(color) => pick_custom_colour(person, color).await,
        SetSlider(name, to) => set_slider(person, name, to).await,
        Drag(from, to) => drag(person, from, to).await,
        AltDrag(from, to) => drag_holding(person, Modifiers::ALT, from, to).await,
        DoubleClick(at) => double_click_to_edit(person, at).await,
        Type(words) => {
            wait_until_typing(person).await?;
            person.page.type_text(words).await?;
            end_typing(person).await
        }
        CopySelection => copy_selection(person).await,
        CutSelection => cut_selection(person).await,
        Paste => paste(person).await,
        Erase(mode) => {
            person.pick_tool("Eraser").await?;
            person.page.click("radio", mode).await?;
            person
                .draw(&line(At(400.0, 380.0), At(400.0, 420.0), 8))
                .await
        }
    }
}

/// Selects only this.
pub(crate) async fn select(person: &Person, what: Target) -> Result<()> {
    clear_selection(person).await?;
    match what {
        Nothing => Ok(()),
        Box => click_to_select(person, LEFT_BOX).await,
        ElementAt(at) => click_to_select(person, at).await,
        Both => select_by_marquee(person, (At(310.0, 220.0), At(530.0, 430.0)), 2).await,
        Marquee(from, to, count) => select_by_marquee(person, (from, to), count).await,
    }
}

async fn click_to_select(person: &Person, at: At) -> Result<()> {
    person.page.click_at(at).await?;
    wait_for_selected(person, 1).await
}

async fn select_by_marquee(person: &Person, (from, to): (At, At), count: u32) -> Result<()> {
    drag(person, from, to).await?;
    wait_for_selected(person, count).await
}
