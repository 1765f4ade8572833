//! Who did what: the statements about people in a commit, and how a server corrects them.
//!
//! Most of it is never sent: the server knows who sends a commit. But an element that is put or
//! restored names the typists of its text and the people who erased ranges, and a note is signed.
//! Before it stores a commit, a server replaces statements that it cannot confirm, so that no
//! client acts in the name of another.

use std::collections::BTreeSet;

use crate::chat::ChatStamp;
use crate::id::{ClientId, ElementId, PersonId};
use crate::model::{Body, Color, Element, Erasure, NewElement, Prop, RichText, TextEdit};
use crate::name::{cleaned_name, is_clean_name};

use super::{Commit, Op};

/// The client that sends a commit.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// Its id.
    pub id: ClientId,
    /// The name of its user.
    pub name: &'a str,
    /// Its user.
    pub person: PersonId,
    /// Whether its user came by an owner link.
    pub is_owner: bool,
    /// The colour of its user.
    pub color: Color,
    /// When the commit came in, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Author<'_> {
    /// Who makes a change of the conversation, and when.
    fn stamp(&self) -> ChatStamp {
        ChatStamp {
            person: self.person,
            as_owner: self.is_owner,
            name: self.name.to_owned(),
            color: self.color,
            at_ms: self.at_ms,
        }
    }
}

/// What an element says about people.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorship {
    text: RichText,
    erased: Vec<Erasure>,
    signed: String,
}

impl Authorship {
    /// What an element says about people, if it says anything.
    #[must_use]
    pub fn of(element: &Element) -> Option<Self> {
        let (erased, signed) = match &element.body {
            Body::Stroke(stroke) => (stroke.erased.clone(), String::new()),
            Body::Sticky { signed } => (Vec::new(), signed.clone()),
            Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Frame
            | Body::Path(_)
            | Body::Image => (Vec::new(), String::new()),
        };
        let authorship = Self {
            text: element.text.clone(),
            erased,
            signed,
        };
        let is_silent = authorship.text.is_untouched()
            && authorship.erased.is_empty()
            && authorship.signed.is_empty();
        (!is_silent).then_some(authorship)
    }

    /// An upper estimate of its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.encoded_bytes() + self.erased.len() * size_of::<Erasure>() + self.signed.len()
    }
}

/// Finds what an element that is on the board, or was deleted from it, says about people.
pub type Known<'a> = dyn Fn(ElementId) -> Option<Authorship> + 'a;

impl Commit {
    /// The commit after correction: its author made everything that no other client is known to have
    /// made. Names are clean, and marks that this version does not have are left out. Only owners put
    /// protected elements on the board.
    ///
    /// - A new element is the author's: its text, its erased ranges and its signature.
    /// - A restored element may name others if `known` confirms it.
    #[must_use]
    pub fn attributed(&self, author: Author<'_>, known: &Known<'_>) -> Self {
        let mut commit = self.clone();
        for op in &mut commit.ops {
            match op {
                Op::Put(new) => attribute(new, author, None),
                Op::Restore(new) => {
                    let known = known(new.id);
                    attribute(new, author, known.as_ref());
                }
                Op::Set { id: _, prop } => clean(prop),
                Op::Text { id: _, edit } => know_marks(edit),
                Op::Chat(chat) => **chat = chat.stamped(author.stamp()),
                Op::Extend { .. } | Op::Delete { .. } | Op::Erase { .. } | Op::Unerase { .. } => {}
            }
        }
        commit
    }

    /// Whether a server may have made this commit of `sent` by [`Self::attributed`].
    #[must_use]
    pub fn is_attributed_form_of(&self, sent: &Self) -> bool {
        let nobody = Author {
            id: ClientId::from_bytes([0; 16]),
            name: "",
            person: PersonId::from_bytes([0; 16]),
            is_owner: false,
            color: Color::default(),
            at_ms: 0,
        };
        let form = |commit: &Self| commit.unsigned().attributed(nobody, &|_| None);
        form(self) == form(sent)
    }

    /// The commit without the signatures of notes.
    fn unsigned(&self) -> Self {
        let mut commit = self.clone();
        for op in &mut commit.ops {
            if let Op::Put(new) | Op::Restore(new) = op
                && let Body::Sticky { signed } = &mut new.body
            {
                signed.clear();
            }
        }
        commit
    }
}

/// Makes `author` the author of everything in an element that `known` does not confirm, and cleans
/// its names.
pub(crate) fn attribute(new: &mut NewElement, author: Author<'_>, known: Option<&Authorship>) {
    let is_confirmed = known.is_some_and(|known| known.text == new.text);
    if !is_confirmed && !new.text.is_of(author.id) {
        new.text = new.text.retyped(author.id);
    }
    match &mut new.body {
        Body::Stroke(stroke) => {
            let erased: &[Erasure] = known.map_or(&[], |known| &known.erased);
            if stroke.erased != erased {
                confirm_erasures(&mut stroke.erased, author.id, erased);
            }
        }
        Body::Sticky { signed } => {
            let is_confirmed = known.is_some_and(|known| known.signed == *signed);
            if !is_confirmed && !signed.is_empty() {
                author.name.clone_into(signed);
            }
            *signed = cleaned_name(signed);
        }
        Body::Shape(_) | Body::Line | Body::Text | Body::Frame | Body::Path(_) | Body::Image => {}
    }
    if !author.is_owner {
        new.props.set(Prop::Protected(false));
    }
    if !is_clean_name(&new.props.name()) {
        new.props.set(Prop::Name(cleaned_name(&new.props.name())));
    }
}

/// Makes `author` the one who erased each range that is not among the known ones, each range once.
fn confirm_erasures(erased: &mut Vec<Erasure>, author: ClientId, known: &[Erasure]) {
    let key = |erasure: &Erasure| (erasure.by, erasure.span.map(f32::to_bits));
    let known: BTreeSet<_> = known.iter().map(key).collect();
    let mut seen = BTreeSet::new();
    erased.retain_mut(|erasure| {
        if !known.contains(&key(erasure)) {
            erasure.by = author;
        }
        seen.insert(key(erasure))
    });
}

fn clean(prop: &mut Prop) {
    if let Prop::Name(name) = prop {
        *name = cleaned_name(name);
    }
}

fn know_marks(edit: &mut TextEdit) {
    match edit {
        TextEdit::Insert { marks, .. } | TextEdit::Mark { marks, .. } => *marks = marks.known(),
        TextEdit::Delete(_) | TextEdit::Restore(_) => {}
    }
}
