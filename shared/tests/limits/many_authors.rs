//! Texts with very many authors, and texts with forged authors.

use super::*;

/// One of many authors.
fn nth(number: u16) -> ClientId {
    let [high, low] = number.to_be_bytes();
    ClientId::from_bytes([high, low, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7])
}

#[test]
fn a_new_author_replaces_one_without_characters() {
    let mut text = RichText::default();
    for number in 0..MAX_TYPISTS as u16 {
        let end = text.plain().len();
        assert!(text.edit(nth(number), &insert(&text, nth(number), end, "x")));
    }
    let late = |text: &RichText| insert(text, A, 0, "a");
    assert!(
        !text.clone().edit(A, &late(&text)),
        "all of them are to be seen"
    );
    text.edit(nth(2), &TextEdit::Delete(text.spans(3..5)));
    assert!(text.edit(A, &late(&text)));
    assert_eq!(text.plain().len(), MAX_TYPISTS - 1);
    let others: Vec<CharId> = text.chars().skip(1).map(|letter| letter.id).collect();
    let people = (0..MAX_TYPISTS as u16).filter(|number| ![3, 4].contains(number));
    let wanted: Vec<CharId> = people
        .map(|number| CharId {
            by: nth(number),
            no: 0,
        })
        .collect();
    assert_eq!(others, wanted);
    assert_eq!(text.id_before(1), Some(CharId { by: A, no: 0 }));
}

/// A text with forged character ids of another author.
fn forged(next: u32) -> RichText {
    let pieces = vec![(0_u16, 0, "mine", 0, None::<u16>)];
    let bytes = encode(&(vec![(A, 4), (B, next)], pieces)).unwrap();
    decode(&bytes, 1 << 10).unwrap()
}

#[test]
fn no_author_can_exhaust_the_character_ids_of_another() {
    let mut board = Board::new();
    put(&mut board, A, forged(MAX_PUT_CHAR_NO));
    let text = |board: &Board| board.get(ID).unwrap().text.clone();
    assert_eq!(text(&board).next_of(B), 0);
    for claimed in [MAX_PUT_CHAR_NO, MAX_CHAR_NO] {
        let restore = Op::Restore(Box::new(element(forged(claimed))));
        assert_eq!(restore.validate(), Ok(()));
        apply(
            &mut board,
            C,
            Guard::Any,
            vec![Op::Delete { ids: vec![ID] }, restore],
        );
        let edit = insert(&text(&board), B, 0, "Still here");
        let typed = Op::Text { id: ID, edit };
        assert_eq!(typed.validate(), Ok(()), "{claimed}");
        apply(&mut board, B, Guard::Any, vec![typed]);
        assert_eq!(text(&board).plain(), "Still heremine");
    }
    let put = |next| Op::Put(Box::new(element(forged(next)))).validate();
    assert!(put(MAX_PUT_CHAR_NO + 1).is_err());
    let restore = |next| Op::Restore(Box::new(element(forged(next)))).validate();
    assert!(restore(MAX_CHAR_NO + 1).is_err());
    // Snapshots are decoded even with such ids.
    assert_eq!(forged(u32::MAX).next_of(B), u32::MAX);
}

/// An insert whose character ids begin with this number.
fn typed(from: u32) -> Op {
    let edit = TextEdit::Insert {
        after: None,
        from,
        text: "z".to_owned(),
        marks: Marks::NONE,
    };
    Op::Text { id: ID, edit }
}

#[test]
fn a_text_with_forged_character_ids_can_be_restored() {
    let mut board = Board::new();
    put(&mut board, A, RichText::default());
    assert!(typed(MAX_CHAR_NO).validate().is_err());
    assert!(typed(u32::MAX).validate().is_err());
    let last = typed(MAX_CHAR_NO - 1);
    assert_eq!(last.validate(), Ok(()));
    apply(&mut board, C, Guard::Any, vec![last]);
    let text = board.get(ID).unwrap().text.clone();
    assert_eq!(text.highest_next(), MAX_CHAR_NO);
    let back = Op::Restore(Box::new(element(text)));
    assert_eq!(back.validate(), Ok(()));
}
