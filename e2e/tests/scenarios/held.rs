//! What others change and delete while the button is held: stretching, turning, pulling a
//! point and selecting go on with what is left.

use std::f64::consts::FRAC_PI_2;

use anyhow::{Context as _, Result, ensure};
use e2e::input::Pointer;
use e2e::page::At;
use e2e::person::Person;
use shared::id::ElementId;
use shared::model::{Color, Element};

use crate::pair::{
    RIGHT, around, begins_drag, both_see, has_selected, is_painted, lets_go, makes, reaches,
    two_boxes, witnessed,
};
use crate::witness::Witness;

/// Where the middle of a box is, its size and its turn.
type Stand = ([f64; 2], [f64; 2], f64);

fn stand(it: &Element) -> Stand {
    let size = it.props.size().map(f64::from);
    let at = it.props.at;
    let middle = [at.x + size[0] / 2.0, at.y + size[1] / 2.0];
    (middle, size, f64::from(it.props.angle()))
}

fn stands(wanted: Stand) -> impl Fn(&Element) -> bool {
    move |it| {
        let (middle, size, angle) = stand(it);
        let near = |[x, y]: [f64; 2], there: [f64; 2]| {
            (x - there[0]).abs() < 1.0 && (y - there[1]).abs() < 1.0
        };
        near(middle, wanted.0) && near(size, wanted.1) && (angle - wanted.2).abs() < 0.02
    }
}

const LEFT_ONE: Stand = ([410.0, 290.0], [120.0, 80.0], 0.0);
const RIGHT_ONE: Stand = ([660.0, 290.0], [120.0, 80.0], 0.0);

/// The two boxes and whose they are to find again.
async fn boxes(ada: &Person, witness: &Witness) -> Result<[ElementId; 2]> {
    two_boxes(ada).await?;
    let left = witness.finds("the left box", stands(LEFT_ONE)).await?.id;
    let right = witness.finds("the right box", stands(RIGHT_ONE)).await?.id;
    Ok([left, right])
}

/// A drag of both boxes by a handle: from where to where, what becomes of the left one,
/// and where that is to be seen.
struct Pull {
    from: At,
    to: At,
    left: Stand,
    ink: At,
}

/// Half as large again, by the lower right corner of the frame.
const STRETCHED: Pull = Pull {
    from: At(720.0, 330.0),
    to: At(905.0, 370.0),
    left: ([440.0, 310.0], [180.0, 120.0], 0.0),
    ink: At(530.0, 310.0),
};

/// By a quarter about the middle of both.
const TURNED: Pull = Pull {
    from: At(535.0, 224.0),
    to: At(601.0, 290.0),
    left: ([535.0, 165.0], [120.0, 80.0], FRAC_PI_2),
    ink: At(495.0, 165.0),
};

/// While Ada pulls at both, Ben paints them red and takes the right one away.
async fn pulls(ada: &Person, ben: &Person, witness: &Witness, pull: &Pull) -> Result<()> {
    let [left, right] = boxes(ada, witness).await?;
    ada.page.press("Ctrl+a").await?;
    has_selected(ada, 2).await?;
    begins_drag(ada, pull.from, pull.to).await?;
    // Shown by the live lane alone.
    ben.page.wait_for_ink(around(pull.ink), 8).await?;
    let still = witness.board();
    let same = still.get(left).context("no left box")?;
    ensure!(stands(LEFT_ONE)(same), "it was put on the board too early");
    lets_go(ben).await?;
    ben.page.press("Ctrl+a").await?;
    has_selected(ben, 2).await?;
    ben.choose("Red").await?;
    reaches(ben, ada).await?;
    lets_go(ben).await?;
    // Where it stands on the board, whatever Ada's hand shows.
    ben.page.click_at(RIGHT).await?;
    has_selected(ben, 1).await?;
    ben.page.press("Delete").await?;
    both_see(ada, ben, 1).await?;
    ensure!(
        witness.board().get(left).is_some(),
        "Ben took the wrong one"
    );
    has_selected(ada, 1).await?;
    ada.page.up(Pointer::default(), pull.to).await?;
    witness
        .finds("the left one, red and as it was pulled", |it| {
            it.props.color == Color::Red && stands(pull.left)(it)
        })
        .await?;
    // What comes back is as it was, and each undo is its own.
    ben.page.press("Ctrl+z").await?;
    witness
        .finds("the right one back", |it| {
            it.id == right && stands(RIGHT_ONE)(it)
        })
        .await?;
    has_selected(ada, 1).await?;
    ada.page.press("Ctrl+z").await?;
    witness
        .finds("the left one back, and red", |it| {
            it.props.color == Color::Red && it.id == left && stands(LEFT_ONE)(it)
        })
        .await?;
    both_see(ada, ben, 2).await
}

#[test]
fn what_is_stretched_under_others_hands_is_stretched_and_keeps_what_they_did() {
    witnessed("stretch undisturbed", async |ada, ben, witness| {
        pulls(ada, ben, witness, &STRETCHED).await
    });
}

#[test]
fn what_is_turned_under_others_hands_is_turned_and_keeps_what_they_did() {
    witnessed("turn undisturbed", async |ada, ben, witness| {
        pulls(ada, ben, witness, &TURNED).await
    });
}

/// Whether the line ends there.
fn ends_at(to: At) -> impl Fn(&Element) -> bool {
    move |it| {
        let at = it.props.at;
        it.props.points().last().is_some_and(|[x, y]| {
            let (x, y) = (at.x + f64::from(*x), at.y + f64::from(*y));
            (x - to.0).abs() < 1.0 && (y - to.1).abs() < 1.0
        })
    }
}

#[test]
fn a_point_is_pulled_on_while_others_paint_the_line_and_let_go_when_they_take_it() {
    witnessed("point undisturbed", async |ada, ben, witness| {
        let (end, lower, lowest) = (At(700.0, 300.0), At(700.0, 440.0), At(700.0, 540.0));
        makes(ada, "l", At(400.0, 300.0), end).await?;
        both_see(ada, ben, 1).await?;
        ada.page.click_at(At(475.0, 300.0)).await?;
        has_selected(ada, 1).await?;
        begins_drag(ada, end, lower).await?;
        ben.page.wait_for_ink(around(lower), 4).await?;
        lets_go(ben).await?;
        ben.page.press("Ctrl+a").await?;
        has_selected(ben, 1).await?;
        ben.choose("Red").await?;
        reaches(ben, ada).await?;
        ada.page.up(Pointer::default(), lower).await?;
        witness
            .finds("red, and as it was pulled", |it| {
                it.props.color == Color::Red && ends_at(lower)(it)
            })
            .await?;
        begins_drag(ada, lower, lowest).await?;
        ben.page.wait_for_ink(around(lowest), 4).await?;
        ben.page.press("Delete").await?;
        both_see(ada, ben, 0).await?;
        ada.page.up(Pointer::default(), lowest).await?;
        has_selected(ada, 0).await?;
        for person in [ada, ben] {
            person.page.wait_for_blank(around(lowest)).await?;
        }
        ben.page.press("Ctrl+z").await?;
        witness
            .finds("as it was when it went", ends_at(lower))
            .await?;
        both_see(ada, ben, 1).await
    });
}

#[test]
fn what_a_marquee_holds_follows_what_others_take_away_and_bring_back() {
    witnessed("marquee undisturbed", async |ada, ben, witness| {
        boxes(ada, witness).await?;
        let (to, further) = (At(740.0, 350.0), At(750.0, 360.0));
        begins_drag(ada, At(330.0, 230.0), to).await?;
        has_selected(ada, 2).await?;
        lets_go(ben).await?;
        ben.page.click_at(RIGHT).await?;
        has_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_see(ada, ben, 1).await?;
        has_selected(ada, 1).await?;
        ben.page.press("Ctrl+z").await?;
        both_see(ada, ben, 2).await?;
        ada.page.drag(Pointer::default(), further).await?;
        has_selected(ada, 2).await?;
        // Taken away once more, right before she lifts.
        ben.page.click_at(RIGHT).await?;
        has_selected(ben, 1).await?;
        ben.page.press("Delete").await?;
        both_see(ada, ben, 1).await?;
        ada.page.up(Pointer::default(), further).await?;
        is_painted(ada).await?;
        has_selected(ada, 1).await?;
        ada.page.press("Delete").await?;
        both_see(ada, ben, 0).await
    });
}
