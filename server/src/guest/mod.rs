//! Programs on boards. A program is a guest: this server joins the board's room in its name, by a
//! connection within the process, so a guest has the same rights, limits and checks as a person with
//! the same link, and all people see it.
//!
//! Layout: `connection` speaks the protocol of clients; `session` is one guest on one board, which
//! sends its commits; `guests` finds the guest of a program, or lets it in; `name` is how a program is
//! called; `work` and `diagram` change elements, `drawing` shows how they appear, as fast as `pace` says, and `reading` reads them; `events` tells what happens; `chat` and `message` are the
//! conversation; `error` says what went wrong.

mod chat;
mod connection;
mod diagram;
mod drawing;
mod error;
mod events;
mod guests;
mod message;
mod name;
mod pace;
mod reading;
mod session;
mod work;

pub(crate) use chat::{ChatMessages, WrittenMessage};
pub(crate) use diagram::place_diagram;
pub(crate) use error::{GuestError, people_only};
pub(crate) use events::{
    CommitEvent, Follower, GuestEvent, PeopleEvent, PresentPerson, StartEvent,
};
pub(crate) use guests::{GuestVisit, Guests};
pub(crate) use name::GuestName;
pub(crate) use pace::{Pace, STEPS_MS, Step};
pub(crate) use work::{Done, RequestKey, WorkRefusal, WorkTerms};
