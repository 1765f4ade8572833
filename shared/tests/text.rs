//! Text that several people type into: what is promised about it, on random work.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use shared::id::ClientId;
use shared::limits::MAX_TEXT_CHARS;
use shared::model::{CharId, CharSpan, Marks, RichText, Stretch, TextEdit};

const A: ClientId = ClientId::from_bytes([1; 16]);
const B: ClientId = ClientId::from_bytes([2; 16]);
const C: ClientId = ClientId::from_bytes([3; 16]);
const PEOPLE: [ClientId; 3] = [A, B, C];

fn insert(text: &RichText, by: ClientId, position: usize, typed: &str) -> TextEdit {
    TextEdit::Insert {
        after: text.id_before(position),
        from: text.next_of(by),
        text: typed.to_owned(),
        marks: Marks::NONE,
    }
}

fn of(text: &str) -> RichText {
    let marks = Marks::NONE;
    RichText::typed(A, [Stretch { text, marks }])
}

/// What somebody does to the text they see.
#[derive(Clone, Debug)]
enum Act {
    Type(usize, String),
    Delete(usize, usize),
    Bold(usize, usize, bool),
    Undo,
}

fn act() -> impl Strategy<Value = Act> {
    let place = 0..40_usize;
    prop_oneof![
        4 => (place.clone(), "[a-zäあ🙂\n]{1,4}").prop_map(|(at, text)| Act::Type(at, text)),
        3 => (place.clone(), 1..6_usize).prop_map(|(at, len)| Act::Delete(at, len)),
        1 => (place, 1..6_usize, any::<bool>()).prop_map(|(at, len, on)| Act::Bold(at, len, on)),
        1 => Just(Act::Undo),
    ]
}

/// One person: what they know, and what they did that is not in the log yet.
#[derive(Clone)]
struct Person {
    me: ClientId,
    confirmed: RichText,
    heard: usize,
    pending: Vec<TextEdit>,
    undo: Vec<TextEdit>,
}

impl Person {
    fn new(me: ClientId) -> Self {
        Self {
            me,
            confirmed: RichText::default(),
            heard: 0,
            pending: Vec::new(),
            undo: Vec::new(),
        }
    }

    fn shown(&self) -> RichText {
        let mut text = self.confirmed.clone();
        for edit in &self.pending {
            text.edit(self.me, edit);
        }
        text
    }

    fn act(&mut self, act: &Act) {
        let shown = self.shown();
        let len = shown.letters().count();
        let range = |at: usize, count: usize| at.min(len)..(at + count).min(len);
        let edit = match act {
            Act::Type(at, typed) => insert(&shown, self.me, (*at).min(len), typed),
            Act::Delete(at, count) => TextEdit::Delete(shown.spans(range(*at, *count))),
            Act::Bold(at, count, on) => TextEdit::Mark {
                spans: shown.spans(range(*at, *count)),
                marks: Marks::BOLD,
                on: *on,
            },
            Act::Undo => match self.undo.pop() {
                Some(edit) => {
                    self.pending.push(edit);
                    return;
                }
                None => return,
            },
        };
        self.undo.extend(shown.inverse(self.me, &edit));
        self.pending.push(edit);
    }

    /// Hears the next entry of the log, which may be their own.
    fn hear(&mut self, log: &[(ClientId, TextEdit)]) {
        if let Some((by, edit)) = log.get(self.heard) {
            self.confirmed.edit(*by, edit);
            self.heard += 1;
            if *by == self.me {
                self.pending.remove(0);
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Act(usize, Act),
    /// The oldest of somebody's edits that are not in the log gets there.
    Send(usize),
    Hear(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        3 => (who.clone(), act()).prop_map(|(who, act)| Step::Act(who, act)),
        3 => who.clone().prop_map(Step::Send),
        4 => who.prop_map(Step::Hear),
    ]
}

fn play(steps: &[Step]) -> (Vec<(ClientId, TextEdit)>, Vec<Person>) {
    let mut log = Vec::new();
    let mut people: Vec<Person> = PEOPLE.into_iter().map(Person::new).collect();
    let mut sent = [0; PEOPLE.len()];
    let mut made = [0; PEOPLE.len()];
    let mut outbox: Vec<Vec<TextEdit>> = vec![Vec::new(); PEOPLE.len()];
    let flush = |who: usize, outbox: &[Vec<TextEdit>], sent: &mut [usize; 3], log: &mut Vec<_>| {
        if let Some(edit) = outbox[who].get(sent[who]) {
            log.push((PEOPLE[who], edit.clone()));
            sent[who] += 1;
        }
    };
    for step in steps {
        match step {
            Step::Act(who, act) => {
                let before = people[*who].pending.len();
                people[*who].act(act);
                outbox[*who].extend_from_slice(&people[*who].pending[before..]);
                made[*who] = outbox[*who].len();
            }
            Step::Send(who) => flush(*who, &outbox, &mut sent, &mut log),
            Step::Hear(who) => people[*who].hear(&log),
        }
    }
    for who in 0..PEOPLE.len() {
        while sent[who] < made[who] {
            flush(who, &outbox, &mut sent, &mut log);
        }
    }
    for person in &mut people {
        while person.heard < log.len() {
            person.hear(&log);
        }
    }
    (log, people)
}

/// Numbers of one person's characters that an edit names.
fn named(spans: &[CharSpan]) -> impl Iterator<Item = CharId> + '_ {
    spans
        .iter()
        .flat_map(|span| (span.from..span.from + span.len).map(|no| CharId { by: span.by, no }))
}

proptest! {
    #[test]
    fn everybody_ends_with_the_same_text_piece_for_piece(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let (_, people) = play(&steps);
        for person in &people {
            prop_assert!(person.pending.is_empty());
            prop_assert_eq!(&person.confirmed, &people[0].confirmed);
            prop_assert_eq!(person.shown(), person.confirmed.clone());
        }
    }

    #[test]
    fn what_nobody_deleted_is_there_once_and_in_the_order_it_was_typed(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let (log, people) = play(&steps);
        let shown: Vec<CharId> = people[0].confirmed.letters().map(|letter| letter.id).collect();
        let mut unique = shown.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), shown.len());
        let deleted: Vec<CharId> = log.iter().flat_map(|(_, edit)| match edit {
            TextEdit::Delete(spans) => named(spans).collect(),
            _ => Vec::new(),
        }).collect();
        for (by, edit) in &log {
            let TextEdit::Insert { from, text, .. } = edit else { continue };
            let ids = (*from..).take(text.chars().count()).map(|no| CharId { by: *by, no });
            let kept: Vec<CharId> = ids.filter(|id| !deleted.contains(id)).collect();
            let places: Vec<_> = kept.iter().map(|id| shown.iter().position(|at| at == id)).collect();
            prop_assert!(places.iter().all(Option::is_some), "a letter is lost");
            prop_assert!(places.is_sorted(), "a word is out of order");
        }
    }

    #[test]
    fn an_edit_and_its_inverse_leave_what_shows_as_it_was(
        acts in prop::collection::vec((0..3_usize, act()), 0..30), last in act(),
    ) {
        let mut text = RichText::default();
        for (who, act) in &acts {
            edit_of(&text, PEOPLE[*who], act).map(|edit| text.edit(PEOPLE[*who], &edit));
        }
        let Some(edit) = edit_of(&text, B, &last) else { return Ok(()) };
        let before: Vec<_> = text.letters().collect();
        let back = text.inverse(B, &edit);
        let changed = text.edit(B, &edit);
        prop_assert_eq!(changed, !back.is_empty());
        let after: Vec<_> = text.letters().collect();
        let mut again = Vec::new();
        for edit in &back {
            again.extend(text.inverse(B, edit));
            text.edit(B, edit);
        }
        prop_assert_eq!(text.letters().collect::<Vec<_>>(), before);
        for edit in again.iter().rev() {
            text.edit(B, edit);
        }
        prop_assert_eq!(text.letters().collect::<Vec<_>>(), after);
    }

    #[test]
    fn positions_and_characters_agree(acts in prop::collection::vec((0..3_usize, act()), 0..30)) {
        let mut text = RichText::default();
        for (who, act) in &acts {
            edit_of(&text, PEOPLE[*who], act).map(|edit| text.edit(PEOPLE[*who], &edit));
        }
        let ids: Vec<CharId> = text.letters().map(|letter| letter.id).collect();
        prop_assert_eq!(text.plain().chars().count(), ids.len());
        prop_assert_eq!(text.id_before(0), None);
        for (position, id) in ids.iter().enumerate() {
            prop_assert_eq!(text.id_before(position + 1), Some(*id));
            prop_assert_eq!(text.position_behind(*id), Some(position + 1));
            let spans = text.spans(position / 2..position + 1);
            prop_assert_eq!(named(&spans).collect::<Vec<_>>(), &ids[position / 2..=position]);
        }
        let bytes = rmp_serde::to_vec_named(&text).unwrap();
        prop_assert!(bytes.len() <= text.encoded_bytes() + 32);
        prop_assert_eq!(rmp_serde::from_slice::<RichText>(&bytes).unwrap(), text);
    }

    #[test]
    fn bytes_from_anywhere_make_a_sound_text_or_none(
        text in "[a-z]{1,9}", at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut rich = of(&text);
        rich.edit(B, &insert(&rich, B, 1, "xy"));
        rich.edit(B, &TextEdit::Delete(rich.spans(0..2)));
        let mut bytes = rmp_serde::to_vec_named(&rich).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(mut read) = rmp_serde::from_slice::<RichText>(&bytes) {
            prop_assert_eq!(read.plain().chars().count(), read.letters().count());
            let mut ids: Vec<_> = read.letters().map(|letter| letter.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), read.letters().count());
            read.edit(A, &insert(&read, A, 3, "z"));
            prop_assert_eq!(read.plain().contains('z'), true);
        }
    }
}

fn edit_of(text: &RichText, me: ClientId, act: &Act) -> Option<TextEdit> {
    let mut person = Person::new(me);
    person.confirmed = text.clone();
    person.act(act);
    person.pending.pop()
}

/// All ways to put two sequences into one.
fn interleavings(a: usize, b: usize) -> Vec<Vec<bool>> {
    if a == 0 || b == 0 {
        return vec![vec![b == 0; a + b]];
    }
    let mut all = Vec::new();
    for (first, rest) in [
        (true, interleavings(a - 1, b)),
        (false, interleavings(a, b - 1)),
    ] {
        all.extend(rest.into_iter().map(|rest| {
            let mut order = vec![first];
            order.extend(rest);
            order
        }));
    }
    all
}

#[test]
fn words_typed_at_one_place_do_not_mix() {
    let start = of("<>");
    let word = |by, letters: &str| {
        let mut view = start.clone();
        let mut edits = Vec::new();
        for (count, letter) in letters.chars().enumerate() {
            let edit = insert(&view, by, 1 + count, &letter.to_string());
            view.edit(by, &edit);
            edits.push(edit);
        }
        edits
    };
    for order in interleavings(4, 3) {
        let (mut left, mut right) = (word(B, "here").into_iter(), word(C, "too").into_iter());
        let mut text = start.clone();
        for is_left in order {
            let (by, edit) = if is_left {
                (B, left.next())
            } else {
                (C, right.next())
            };
            assert!(text.edit(by, &edit.unwrap()));
        }
        let shown = text.plain();
        assert!(
            ["<heretoo>", "<toohere>"].contains(&shown.as_str()),
            "{shown}"
        );
    }
}

#[test]
fn what_others_deleted_is_not_brought_back_by_my_undo() {
    let mut text = of("abcdef");
    let mine = TextEdit::Delete(text.spans(1..3));
    let back = text.inverse(B, &mine);
    // C was faster in the log with a part of it.
    text.edit(C, &TextEdit::Delete(text.spans(2..4)));
    text.edit(B, &mine);
    assert_eq!(text.plain(), "aef");
    for edit in &back {
        text.edit(B, edit);
    }
    assert_eq!(text.plain(), "abef");
}

#[test]
fn my_undo_takes_what_i_typed_and_leaves_what_others_typed_into_it() {
    let mut text = of("");
    let typed = insert(&text, A, 0, "one two");
    let back = text.inverse(A, &typed);
    text.edit(A, &typed);
    text.edit(B, &insert(&text, B, 3, " and a half,"));
    text.edit(A, &back[0]);
    assert_eq!(text.plain(), " and a half,");
    assert!(!text.is_untouched_by_others(A) && text.is_untouched_by_others(B));
}

#[test]
fn a_repeated_insert_does_nothing() {
    let mut text = of("ab");
    let typed = insert(&text, B, 1, "x");
    assert!(text.edit(B, &typed) && !text.edit(B, &typed));
    assert!(text.inverse(B, &typed).is_empty());
    assert_eq!(text.plain(), "axb");
}

#[test]
fn a_full_text_forgets_what_was_deleted_and_then_takes_no_more() {
    let mut text = of(&"a".repeat(MAX_TEXT_CHARS));
    assert!(!text.edit(B, &insert(&text, B, 0, "b")));
    let gone = CharId { by: A, no: 5 };
    text.edit(A, &TextEdit::Delete(text.spans(0..10)));
    assert_eq!(text.len(), MAX_TEXT_CHARS);
    assert!(text.edit(B, &insert(&text, B, 0, "b")));
    assert_eq!(text.len(), MAX_TEXT_CHARS - 9);
    assert_eq!(text.position_behind(gone), None);
    // Behind a character that is forgotten: nothing is lost.
    let late = TextEdit::Insert {
        after: Some(gone),
        from: text.next_of(C),
        text: "c".to_owned(),
        marks: Marks::NONE,
    };
    assert!(text.edit(C, &late));
    assert!(text.plain().starts_with("baaa") && text.plain().ends_with('c'));
}

#[test]
fn marks_stay_with_their_letters_and_unknown_ones_are_dropped() {
    let mut text = of("abcd");
    let spans = text.spans(1..3);
    let bold = TextEdit::Mark {
        spans,
        marks: Marks::BOLD,
        on: true,
    };
    assert!(text.edit(B, &bold) && !text.edit(B, &bold));
    text.edit(C, &insert(&text, C, 2, "X"));
    let shown: Vec<(&str, Marks)> = text.stretches().map(|s| (s.text, s.marks)).collect();
    let (plain, bold) = (Marks::NONE, Marks::BOLD);
    assert_eq!(
        shown,
        [
            ("a", plain),
            ("b", bold),
            ("X", plain),
            ("c", bold),
            ("d", plain)
        ]
    );
    let strange: Marks = rmp_serde::from_slice(&[0xCC, 0xFF]).unwrap();
    let text = RichText::typed(
        A,
        [Stretch {
            text: "x",
            marks: strange,
        }],
    );
    assert_eq!(
        text.stretches().next().unwrap().marks,
        bold.set(Marks::ITALIC, true)
    );
}

#[test]
fn a_copy_belongs_to_whoever_made_it() {
    let mut text = of("ab");
    text.edit(B, &insert(&text, B, 1, "x"));
    text.edit(B, &TextEdit::Delete(text.spans(0..1)));
    let copy = text.retyped(C);
    assert_eq!(copy.plain(), "xb");
    assert!(copy.is_untouched_by_others(C));
    assert_eq!(copy.next_of(C), 2);
    assert!(RichText::default().retyped(C).is_untouched());
}

#[test]
fn equal_texts_are_equal_piece_for_piece_whatever_the_way() {
    let mut slow = of("");
    for (count, letter) in "word".chars().enumerate() {
        slow.edit(A, &insert(&slow, A, count, &letter.to_string()));
    }
    assert_eq!(slow, of("word"));
    let spans = slow.spans(1..3);
    let bold = |on| TextEdit::Mark {
        spans: spans.clone(),
        marks: Marks::BOLD,
        on,
    };
    assert!(slow.edit(A, &bold(true)) && slow.edit(A, &bold(false)));
    assert!(slow.edit(A, &TextEdit::Delete(spans.clone())));
    assert!(slow.edit(A, &TextEdit::Restore(spans)));
    assert_eq!(slow, of("word"));
}
