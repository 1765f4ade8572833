//! Keeps the controls and the page's data attributes up to date.
//!
//! Knows what is shown where. It changes nothing of the board.

use editor::CursorIcon;
use leptos::prelude::{WithUntracked as _, document};
use shared::protocol::{Person, Role};
use web_sys::Element;

use super::signals::{Stamp, show};
use super::status::{role_words, shown};
use super::{Inner, clock};
use crate::ui::{self, PersonColor};

/// What was shown last, where looking it up again would cost.
#[derive(Debug, Default)]
pub(super) struct Shown {
    people: Vec<Person>,
    main: Option<Element>,
    numbers: Option<Numbers>,
}

/// What the board's element tells about the session, for those who drive the
/// page from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numbers {
    elements: usize,
    seq: u64,
    pending: usize,
    at_stake: usize,
    live: u64,
    selected: usize,
    typing: bool,
}

impl Numbers {
    const fn attributes(self) -> [(&'static str, u64); 7] {
        [
            ("data-elements", self.elements as u64),
            ("data-seq", self.seq),
            ("data-pending", self.pending as u64),
            ("data-at-stake", self.at_stake as u64),
            ("data-live", self.live),
            ("data-selected", self.selected as u64),
            ("data-typing", self.typing as u64),
        ]
    }
}

/// The value of `data-cursor`.
pub(super) const fn cursor_key(icon: CursorIcon) -> &'static str {
    match icon {
        CursorIcon::Crosshair => "crosshair",
        CursorIcon::Eraser => "eraser",
        CursorIcon::Grab => "grab",
        CursorIcon::Grabbing => "grabbing",
        CursorIcon::Arrow => "arrow",
        CursorIcon::Move => "move",
        CursorIcon::Text => "text",
        CursorIcon::StretchX => "stretch-x",
        CursorIcon::StretchY => "stretch-y",
        CursorIcon::StretchFalling => "stretch-falling",
        CursorIcon::StretchRising => "stretch-rising",
        CursorIcon::Turn => "turn",
    }
}

impl Inner {
    /// Brings everything that is shown up to date.
    pub(super) fn publish(&self) {
        self.publish_editor();
        self.publish_replica();
        self.publish_people();
        self.publish_numbers();
        self.keep_likes();
        self.say_tidings();
    }

    pub(super) fn publish_typing(&self) {
        let core = self.core.borrow();
        let typing = core.editor.typing(core.replica().board());
        drop(core);
        show(self.signals.typing, typing);
    }

    fn publish_editor(&self) {
        let core = self.core.borrow();
        let (editor, signals) = (&core.editor, self.signals);
        let (tool, camera) = (editor.tool(), *editor.camera());
        let (prefs, selected) = (*editor.prefs(), editor.selection().ids.len());
        let lost = editor.index().touching(camera.visible()).next().is_none()
            && !editor.index().is_empty();
        let (cursor, history) = (editor.cursor(), editor.history());
        let (can_undo, can_redo) = (history.can_undo(), history.can_redo());
        drop(core);
        show(signals.tool, tool);
        self.publish_style();
        self.publish_typing();
        show(signals.prefs, prefs);
        show(signals.selected, selected);
        show(signals.zoom, camera.zoom());
        show(signals.camera, camera);
        show(signals.lost, lost);
        show(signals.cursor, cursor);
        show(signals.can_undo, can_undo);
        show(signals.can_redo, can_redo);
    }

    /// A large selection is looked through only when its look may be another one.
    fn publish_style(&self) {
        let mut core = self.core.borrow_mut();
        let zoom = core.editor.camera().zoom();
        // Widths are shown as they are seen.
        let is_zoomed = self.signals.zoom.with_untracked(|shown| *shown != zoom);
        if std::mem::take(&mut core.style_changed) || is_zoomed {
            let style = core.editor.style_view(core.replica().board());
            drop(core);
            show(self.signals.style, style);
        }
    }

    fn publish_replica(&self) {
        let core = self.core.borrow();
        let status = shown(core.replica().status(clock::now()), core.connectivity());
        let role = core.replica().role();
        let untouched = core.replica().at().is_some()
            && core.replica().board().is_empty()
            && core.editor.own_ink().is_none()
            && role.is_some_and(Role::may_draw);
        drop(core);
        show(self.signals.status, status);
        show(self.signals.role, role);
        show(self.signals.untouched, untouched);
    }

    fn publish_people(&self) {
        let mut core = self.core.borrow_mut();
        if !std::mem::take(&mut core.people_changed) {
            return;
        }
        let mut shown = self.shown.borrow_mut();
        if core.replica().peers().people() == shown.people && !shown.people.is_empty() {
            return;
        }
        let (people, me) = (
            core.replica().peers().people().to_vec(),
            core.replica().me(),
        );
        drop(core);
        let mut list: Vec<ui::Person> = people
            .iter()
            .map(|person| entry(person, person.client == me))
            .collect();
        shown.people = people;
        drop(shown);
        if !list.iter().any(|person| person.is_me) {
            list.push(self.myself());
        }
        list.sort_by_key(|person| !person.is_me);
        show(self.signals.people, list);
    }

    /// Oneself, while no server tells who is here.
    fn myself(&self) -> ui::Person {
        let profile = self.profile.borrow();
        ui::Person {
            id: "me".to_owned(),
            name: profile.name.clone(),
            color: PersonColor::of(profile.color),
            is_me: true,
            role: role_words(self.core.borrow().replica().role()).to_owned(),
        }
    }

    pub(super) fn publish_numbers(&self) {
        let at_stake = self.at_stake();
        let core = self.core.borrow();
        let numbers = Numbers {
            elements: core.replica().board().len(),
            seq: core.replica().at().map_or(0, |at| at.seq),
            pending: core.replica().pending(),
            at_stake,
            live: core.replica().peers().points_heard(),
            selected: core.editor.selection().ids.len(),
            typing: core.editor.writes_on().is_some(),
        };
        drop(core);
        let stamp = Stamp {
            seq: numbers.seq,
            pending: numbers.pending,
            elements: numbers.elements,
        };
        show(self.signals.stamp, stamp);
        let mut shown = self.shown.borrow_mut();
        if shown.main.is_none() {
            shown.main = document().query_selector("main.board").ok().flatten();
        }
        let before = shown.numbers.map(Numbers::attributes);
        let Some(main) = &shown.main else { return };
        for (index, (name, value)) in numbers.attributes().into_iter().enumerate() {
            if before.and_then(|all| all.get(index).copied()) != Some((name, value)) {
                let set = main.set_attribute(name, &value.to_string());
                debug_assert!(set.is_ok(), "the names are valid");
            }
        }
        shown.numbers = Some(numbers);
    }
}

fn entry(person: &Person, is_me: bool) -> ui::Person {
    let name = match person.profile.name.as_str() {
        "" => "Guest",
        name => name,
    };
    ui::Person {
        id: person.peer.0.to_string(),
        name: name.to_owned(),
        color: PersonColor::of(person.profile.color),
        is_me,
        role: role_words(Some(person.role)).to_owned(),
    }
}
