//! Keeps a connection up: dials, redials, waits.
//!
//! Knows when to dial and what a close code asks for. It must not know what the
//! messages do.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::{document, window};
use shared::id::Millis;
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, CloseCode, Reconnect, ServerMsg, decode, encode};
use web_sys::VisibilityState;

use super::backoff::Backoff;
use super::misreads::Misreads;
use super::socket::{Socket, SocketEvent};
use super::{Fate, Station};
use crate::{clock, random};

/// A connection that does not open within so long is given up, in milliseconds.
const DIAL_MS: u32 = 10_000;
/// Wait at most after the computer came back to the network, in milliseconds.
const NUDGE_MS: f64 = 300.0;
/// Bytes under way beyond which live pieces are dropped: a tenth of a second of
/// a slow line. Commits are bounded by the replica's window.
const CONGESTED_BYTES: u32 = 32 * 1024;

/// A line to the server. Dropped, it hangs up.
#[derive(Clone)]
pub struct Line(Rc<Inner>);

struct Inner {
    url: String,
    station: Weak<dyn Station>,
    state: RefCell<State>,
    backoff: Cell<Backoff>,
    misreads: Cell<Misreads>,
    timer: RefCell<Option<Timeout>>,
    nudges: RefCell<Vec<EventListener>>,
}

enum State {
    /// Before the first dial, between two, or after the last.
    Down,
    Dialing(Socket),
    Open(Socket),
    /// The server said not to come back.
    Over,
}

impl Line {
    /// A line that dials at once and again whenever it must.
    #[must_use]
    pub fn new(url: String, station: Weak<dyn Station>) -> Self {
        let line = Self(Rc::new(Inner {
            url,
            station,
            state: RefCell::new(State::Down),
            backoff: Cell::default(),
            misreads: Cell::default(),
            timer: RefCell::default(),
            nudges: RefCell::default(),
        }));
        line.0.nudges.replace(nudges(&line.0));
        line.0.dial();
        line
    }

    /// Whether messages can be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Open(_))
    }

    /// Sends what the station has.
    pub fn flush(&self) {
        self.0.flush();
    }

    /// Hangs up and dials again: nothing comes through.
    pub fn redial(&self) {
        self.0.drop_and_redial();
    }

    /// Takes note that the server goes away, and moves within this window.
    pub fn goodbye(&self, within_ms: u32) {
        self.0.with_backoff(|backoff| backoff.goodbye(within_ms));
        self.0
            .after((random::dice() * f64::from(within_ms)) as u32, Inner::leave);
    }

    /// Hangs up for good.
    pub fn close(&self) {
        self.0.state.replace(State::Over);
        self.0.timer.replace(None);
    }
}

impl Inner {
    fn dial(self: &Rc<Self>) {
        let me = Rc::downgrade(self);
        let socket = Socket::open(&self.url, move |event| {
            if let Some(me) = me.upgrade() {
                me.on_event(event);
            }
        });
        match socket {
            Ok(socket) => {
                drop(self.state.replace(State::Dialing(socket)));
                self.after(DIAL_MS, Self::drop_and_redial);
            }
            Err(_) => self.drop_and_redial(),
        }
    }

    fn on_event(self: &Rc<Self>, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.opened(),
            SocketEvent::Frame(frame) => self.frame(&frame),
            SocketEvent::Closed(code) => self.closed(code),
        }
    }

    fn opened(self: &Rc<Self>) {
        let Some(station) = self.station.upgrade() else {
            return;
        };
        let state = self.state.replace(State::Down);
        let State::Dialing(socket) = state else {
            return drop(self.state.replace(state));
        };
        self.timer.replace(None);
        let greeting = station.greeting(clock::now());
        self.state.replace(State::Open(socket));
        self.send(&greeting);
    }

    fn frame(self: &Rc<Self>, frame: &[u8]) {
        let Some(station) = self.station.upgrade() else {
            return;
        };
        let now = clock::now();
        let Ok(message) = decode::<ServerMsg>(frame, MAX_FRAME_BYTES) else {
            return self.misread(now);
        };
        if matches!(message, ServerMsg::Welcome(_)) {
            self.with_backoff(|backoff| backoff.up(now));
        }
        match station.hear(message, now) {
            Ok(()) => self.flush(),
            Err(_) => self.misread(now),
        }
    }

    /// A message made no sense. A server that is never understood is of another
    /// version, even if it takes this page for one of its own.
    fn misread(self: &Rc<Self>, now: Millis) {
        let mut misreads = self.misreads.get();
        let gives_up = misreads.note(now);
        self.misreads.set(misreads);
        if gives_up {
            self.end(CloseCode::Version);
        } else {
            self.drop_and_redial();
        }
    }

    fn closed(self: &Rc<Self>, number: u16) {
        let code = CloseCode::from_number(number);
        match code.map(|code| (code, code.reconnect())) {
            Some((code, Reconnect::No | Reconnect::Reload)) => self.end(code),
            Some((_, Reconnect::Yes)) | None => self.drop_and_redial(),
        }
    }

    /// Dials no more.
    fn end(&self, code: CloseCode) {
        drop(self.state.replace(State::Over));
        self.timer.replace(None);
        self.tell_lost(Fate::Over(code), clock::now());
    }

    /// The server went away as it had said.
    fn leave(self: &Rc<Self>) {
        drop(self.state.replace(State::Down));
        let now = clock::now();
        // The announced window is used up; this was no failure.
        self.with_backoff(|backoff| {
            backoff.lost(now, 0.0);
        });
        self.tell_lost(Fate::Redialing, now);
        self.dial();
    }

    fn drop_and_redial(self: &Rc<Self>) {
        if matches!(*self.state.borrow(), State::Over) {
            return;
        }
        drop(self.state.replace(State::Down));
        let now = clock::now();
        let mut wait = 0;
        self.with_backoff(|backoff| wait = backoff.lost(now, random::dice()));
        self.after(wait, Self::dial);
        self.tell_lost(Fate::Redialing, now);
    }

    /// Something changed for the better: a line that waits dials soon.
    fn nudge(self: &Rc<Self>) {
        if matches!(*self.state.borrow(), State::Down) {
            self.after((random::dice() * NUDGE_MS) as u32, Self::dial);
        }
    }

    fn flush(self: &Rc<Self>) {
        let Some(station) = self.station.upgrade() else {
            return;
        };
        while matches!(&*self.state.borrow(), State::Open(socket) if socket.is_open()) {
            let Some(message) = station.outgoing() else {
                return;
            };
            if !(matches!(message, ClientMsg::Live(_)) && self.is_congested()) {
                self.send(&message);
            }
        }
    }

    fn is_congested(&self) -> bool {
        match &*self.state.borrow() {
            State::Open(socket) => socket.waiting() > CONGESTED_BYTES,
            State::Down | State::Dialing(_) | State::Over => false,
        }
    }

    fn send(self: &Rc<Self>, message: &ClientMsg) {
        let sent = match (&*self.state.borrow(), encode(message)) {
            (State::Open(socket), Ok(frame)) => socket.send(&frame).is_ok(),
            // Our own messages can always be written.
            (_, Err(_)) | (State::Down | State::Dialing(_) | State::Over, Ok(_)) => false,
        };
        // A socket that broke says so by its close event too; whichever is first.
        if !sent {
            self.drop_and_redial();
        }
    }

    fn tell_lost(&self, fate: Fate, now: Millis) {
        if let Some(station) = self.station.upgrade() {
            station.lost(fate, now);
        }
    }

    /// Sets the one timer of the line.
    fn after(self: &Rc<Self>, wait_ms: u32, act: fn(&Rc<Self>)) {
        let me = Rc::downgrade(self);
        let timer = Timeout::new(wait_ms, move || {
            if let Some(me) = me.upgrade() {
                act(&me);
            }
        });
        self.timer.replace(Some(timer));
    }

    fn with_backoff(&self, change: impl FnOnce(&mut Backoff)) {
        let mut backoff = self.backoff.get();
        change(&mut backoff);
        self.backoff.set(backoff);
    }
}

/// The browser found a network, or the person came back to this tab.
fn nudges(line: &Rc<Inner>) -> Vec<EventListener> {
    let (online, visible) = (Rc::downgrade(line), Rc::downgrade(line));
    let nudge = |line: &Weak<Inner>| {
        if let Some(line) = line.upgrade() {
            line.nudge();
        }
    };
    vec![
        EventListener::new(&window(), "online", move |_| nudge(&online)),
        EventListener::new(&document(), "visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                nudge(&visible);
            }
        }),
    ]
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Line").field(&self.0.url).finish()
    }
}
