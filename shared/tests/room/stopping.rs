//! Who may ask the author of an open message to stop.

use shared::chat::{ChatChange, NewMessage};
use testkit::fixtures::message_id;

use super::chat::{room, say};
use super::*;

const QUESTION: u64 = 1;
const ANSWER: u64 = 2;

fn message(number: u64, reply_to: Option<u64>, open: bool) -> ChatChange {
    ChatChange::Post(Box::new(NewMessage {
        id: message_id(number),
        text: "message".to_owned(),
        reply_to: reply_to.map(message_id),
        place: None,
        open,
    }))
}

fn is_refused(messages: &[ServerMsg]) -> bool {
    messages.iter().any(|message| {
        matches!(
            message,
            ServerMsg::Refused {
                reason: Refusal::Forbidden,
                ..
            }
        )
    })
}

#[test]
fn the_author_the_asker_and_owners_stop_an_open_message_and_it_stays_as_it_is() {
    let mut test = room();
    let program = test.join(1, &hello(1, 1, None), Role::Edit);
    let asker = test.join(2, &hello(2, 1, None), Role::Edit);
    let other = test.join(3, &hello(3, 1, None), Role::Edit);
    let owner = test.join(4, &hello(4, 1, None), Role::Owner);
    say(&mut test, asker, 2, 1, message(QUESTION, None, false));
    say(
        &mut test,
        program,
        1,
        1,
        message(ANSWER, Some(QUESTION), true),
    );
    let before = test.room.state().chat.clone();
    let stop = || ChatChange::Stop {
        id: message_id(ANSWER),
    };
    for (session, who, cno, refused) in [
        (program, 1, 2, false),
        (asker, 2, 2, false),
        (owner, 4, 1, false),
        (other, 3, 1, true),
    ] {
        say(&mut test, session, who, cno, stop());
        assert_eq!(is_refused(&test.sent_to(session)), refused, "client {who}");
    }
    assert_eq!(test.room.state().chat, before);
    let closed = ChatChange::Edit {
        id: message_id(ANSWER),
        text: "done".to_owned(),
        open: false,
    };
    say(&mut test, program, 1, 3, closed);
    say(&mut test, asker, 2, 3, stop());
    assert!(is_refused(&test.sent_to(asker)), "a message that is whole");
}
