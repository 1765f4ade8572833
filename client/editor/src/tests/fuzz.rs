//! Random gestures in whole editors: several people on one board.
//!
//! Each seed is one session; a failing one is named in the panic. `FUZZ_SEEDS=1000` looks
//! longer.

mod gestures;
mod people;
mod person;

use std::collections::BTreeSet;

use shared::id::ElementId;
use shared::model::{Board, Body};
use std::collections::BTreeMap;

use crate::Command;
use crate::input::InputEvent;
use gestures::RandomGestures;
use people::People;

const STEPS: usize = 400;

fn seeds() -> u64 {
    let asked = std::env::var("FUZZ_SEEDS").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(60)
}

#[test]
fn random_gestures_of_many_people_end_with_equal_boards() {
    let mut done = BTreeSet::new();
    for seed in 0..seeds() {
        let mut hands = RandomGestures::new(seed);
        let mut company = People::new(3);
        for step in 0..STEPS {
            let at = format!("seed {seed}, step {step}");
            company.now += hands.below(120) as u64;
            let who = hands.below(3);
            let now = company.now;
            match hands.below(10) {
                0 => {
                    company.hear(who);
                }
                1 | 2 => {
                    company.people[who].listen(now);
                }
                // People whose lines are slow see the others late.
                3 if hands.below(4) == 0 => company.settle(),
                _ => hands.act(&mut company.people[who], now),
            }
            company.people[who].check(now, &at);
        }
        let at = format!("seed {seed}, at the end");
        finish_gestures(&mut company);
        company.check_alike(&at);
        undo_everything(&mut company, &at);
        done.append(&mut company.done);
    }
    // A kind of gesture that never occurs is not tested.
    for op in [
        "put",
        "put-open",
        "extend",
        "extend-end",
        "put-shape",
        "put-line",
        "put-text",
        "put-sticky",
        "put-frame",
        "set",
        "delete",
        "restore",
        "text",
        "cut",
        "uncut",
    ] {
        assert!(done.contains(op), "no gesture ever did {op}: {done:?}");
    }
    for what in [
        "anchored",
        "framed",
        "grouped",
        "typed by two",
        "cut by two",
    ] {
        assert!(done.contains(what), "nothing was ever {what}: {done:?}");
    }
}

/// Ends all gestures, and delivers all messages.
fn finish_gestures(company: &mut People) {
    let now = company.now;
    for person in &mut company.people {
        person.input(InputEvent::Blur, now);
        person.input(InputEvent::TypingEnded, now);
        // The first one cancels a press, the second one ends the line that the press belongs to.
        person.run(Command::CANCEL, now);
        person.run(Command::CANCEL, now);
        assert!(!person.editor.is_busy(), "hands lifted, and busy");
        person.check(now, "hands lifted");
    }
    company.settle();
}

/// All people undo all of their own gestures, in turns, and redo half of them.
fn undo_everything(company: &mut People, at: &str) {
    let now = company.now;
    for action in [Command::UNDO, Command::REDO] {
        for person in &mut company.people {
            for _ in 0..STEPS {
                person.run(action, now);
            }
            person.check(now, at);
        }
        company.settle();
        company.check_alike(at);
    }
}

/// The properties and text of each element, without its history.
fn look(board: &Board) -> BTreeMap<ElementId, String> {
    let of = |element: &std::sync::Arc<shared::model::Element>| {
        let body = match &element.body {
            Body::Stroke(stroke) => format!("{:?} {:?}", stroke.parts, stroke.visible()),
            body @ (Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image) => format!("{body:?}"),
        };
        let text: Vec<_> = element.text.runs().collect();
        (element.id, format!("{:?} {body} {text:?}", element.props))
    };
    board.elements().map(of).collect()
}

#[test]
fn one_person_can_undo_and_redo_everything() {
    for seed in 1_000..1_000 + seeds() {
        let mut hands = RandomGestures::new(seed);
        let mut company = People::new(1);
        for step in 0..STEPS / 2 {
            company.now += hands.below(120) as u64;
            let now = company.now;
            hands.act(&mut company.people[0], now);
            company.people[0].check(now, &format!("seed {seed}, step {step}"));
        }
        finish_gestures(&mut company);
        let now = company.now;
        let undo_all = |company: &mut People| {
            for _ in 0..STEPS {
                company.people[0].run(Command::UNDO, now);
            }
        };
        undo_all(&mut company);
        assert_eq!(
            look(company.people[0].board()),
            BTreeMap::new(),
            "seed {seed}"
        );
        for _ in 0..STEPS {
            company.people[0].run(Command::REDO, now);
        }
        let made = look(company.people[0].board());
        undo_all(&mut company);
        assert_eq!(
            look(company.people[0].board()),
            BTreeMap::new(),
            "seed {seed}"
        );
        for _ in 0..STEPS {
            company.people[0].run(Command::REDO, now);
        }
        assert_eq!(look(company.people[0].board()), made, "seed {seed}");
        company.settle();
        company.check_alike(&format!("seed {seed}"));
    }
}
