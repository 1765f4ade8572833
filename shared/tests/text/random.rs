//! Laws that hold for random edits of several users in any order.

use super::*;

/// One edit of a user to the text that is visible to them.
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

/// One user: the text as they know it, and their edits that are not in the log yet.
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

    fn visible(&self) -> RichText {
        let mut text = self.confirmed.clone();
        for edit in &self.pending {
            text.edit(self.me, edit);
        }
        text
    }

    fn act(&mut self, act: &Act) {
        let shown = self.visible();
        let len = shown.chars().count();
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
        self.undo.extend(shown.inverse(self.me, &[self.me], &edit));
        self.pending.push(edit);
    }

    /// Receives the next entry of the log, which may be their own.
    fn receive(&mut self, log: &[(ClientId, TextEdit)]) {
        if let Some((by, edit)) = log.get(self.heard) {
            self.confirmed.edit(*by, edit);
            self.heard += 1;
            if *by == self.me {
                self.pending.remove(0);
            }
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        3 => (who.clone(), act()).prop_map(|(who, act)| Step::Act(who, act)),
        3 => who.clone().prop_map(Step::Send),
        4 => who.prop_map(Step::Hear),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Act(usize, Act),
    /// The oldest pending edit of a user is added to the log.
    Send(usize),
    Hear(usize),
}

fn run(steps: &[Step]) -> (Vec<(ClientId, TextEdit)>, Vec<Person>) {
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
            Step::Hear(who) => people[*who].receive(&log),
        }
    }
    for who in 0..PEOPLE.len() {
        while sent[who] < made[who] {
            flush(who, &outbox, &mut sent, &mut log);
        }
    }
    for person in &mut people {
        while person.heard < log.len() {
            person.receive(&log);
        }
    }
    (log, people)
}

/// The ids of the characters in spans.
fn named(spans: &[CharSpan]) -> impl Iterator<Item = CharId> + '_ {
    spans
        .iter()
        .flat_map(|span| (span.from..span.from + span.len).map(|no| CharId { by: span.by, no }))
}

proptest! {
    #[test]
    fn all_users_end_with_the_same_pieces(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let (_, people) = run(&steps);
        for person in &people {
            prop_assert!(person.pending.is_empty());
            prop_assert_eq!(&person.confirmed, &people[0].confirmed);
            prop_assert_eq!(person.visible(), person.confirmed.clone());
        }
    }

    #[test]
    fn undeleted_characters_appear_once_and_in_typing_order(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let (log, people) = run(&steps);
        let shown: Vec<CharId> = people[0].confirmed.chars().map(|letter| letter.id).collect();
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
    fn an_edit_and_its_inverse_keep_the_visible_text(
        acts in prop::collection::vec((0..3_usize, act()), 0..30), last in act(),
    ) {
        let mut text = RichText::default();
        for (who, act) in &acts {
            edit_of(&text, PEOPLE[*who], act).map(|edit| text.edit(PEOPLE[*who], &edit));
        }
        let Some(edit) = edit_of(&text, B, &last) else { return Ok(()) };
        let before: Vec<_> = text.chars().collect();
        let back = text.inverse(B, &[B], &edit);
        let changed = text.edit(B, &edit);
        prop_assert_eq!(changed, !back.is_empty());
        let after: Vec<_> = text.chars().collect();
        let mut again = Vec::new();
        for edit in &back {
            again.extend(text.inverse(B, &[B], edit));
            text.edit(B, edit);
        }
        prop_assert_eq!(text.chars().collect::<Vec<_>>(), before);
        for edit in again.iter().rev() {
            text.edit(B, edit);
        }
        prop_assert_eq!(text.chars().collect::<Vec<_>>(), after);
    }

    #[test]
    fn positions_and_characters_agree(acts in prop::collection::vec((0..3_usize, act()), 0..30)) {
        let mut text = RichText::default();
        for (who, act) in &acts {
            edit_of(&text, PEOPLE[*who], act).map(|edit| text.edit(PEOPLE[*who], &edit));
        }
        let ids: Vec<CharId> = text.chars().map(|letter| letter.id).collect();
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
    fn any_bytes_decode_to_a_valid_text_or_to_none(
        text in "[a-z]{1,9}", at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut rich = of(&text);
        rich.edit(B, &insert(&rich, B, 1, "xy"));
        rich.edit(B, &TextEdit::Delete(rich.spans(0..2)));
        let mut bytes = rmp_serde::to_vec_named(&rich).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(mut read) = rmp_serde::from_slice::<RichText>(&bytes) {
            prop_assert_eq!(read.plain().chars().count(), read.chars().count());
            let mut ids: Vec<_> = read.chars().map(|letter| letter.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), read.chars().count());
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
