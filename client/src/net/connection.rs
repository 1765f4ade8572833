//! Keeps a connection up: connects, waits, reconnects.
//!
//! Decides when to connect and reacts to close codes. The [`ConnectionHandler`] reads the
//! messages.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};
use std::time::Duration;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::{document, window};
use shared::id::Millis;
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, CloseCode, Reconnect, ServerMsg, decode, encode};
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use super::protocol_errors::ProtocolErrors;
use super::retry::Retry;
use super::socket::{Socket, SocketEvent};
use super::{ConnectionHandler, Disconnect};
use crate::{clock, random};

/// A WebSocket that does not open within so long is given up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait before the next attempt after the network or the person came back.
const SOON: Duration = Duration::from_millis(300);
/// Live messages are dropped while more bytes than these are buffered: a tenth of a second
/// of a slow network. Commits are bounded by the replica's window.
const CONGESTED_BYTES: u32 = 32 * 1024;

/// A connection to the server. Dropped, it closes.
#[derive(Clone)]
pub struct Connection(Rc<Inner>);

struct Inner {
    url: String,
    handler: Weak<dyn ConnectionHandler>,
    state: RefCell<State>,
    retry: RefCell<Retry>,
    protocol_errors: Cell<ProtocolErrors>,
    timer: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
}

enum State {
    /// Before the first attempt, or between two.
    Disconnected,
    Connecting(Rc<Socket>),
    Open(Rc<Socket>),
    /// For good: this page or the server wants no more attempts.
    Closed,
}

impl Connection {
    /// A connection that connects at once, and reconnects whenever it must.
    #[must_use]
    pub fn new(url: String, handler: Weak<dyn ConnectionHandler>) -> Self {
        let connection = Self(Rc::new(Inner {
            url,
            handler,
            state: RefCell::new(State::Disconnected),
            retry: RefCell::new(Retry::new(random::seed())),
            protocol_errors: Cell::default(),
            timer: RefCell::default(),
            listeners: RefCell::default(),
        }));
        connection.0.listeners.replace(listen(&connection.0));
        connection.0.connect();
        connection
    }

    /// Whether messages can be sent.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Open(_))
    }

    /// Sends the messages that the handler has.
    pub fn flush(&self) {
        self.0.flush();
    }

    /// Closes the WebSocket and connects again after a wait.
    pub fn reconnect(&self) {
        self.0.reconnect();
    }

    /// Moves to another server within so many milliseconds: this one announced that it
    /// goes away.
    pub fn move_within(&self, window_ms: u32) {
        let window = Duration::from_millis(window_ms.into());
        self.0.retry.borrow_mut().announced(window);
        self.0.after(window.mul_f64(random::dice()), Inner::leave);
    }

    /// Closes for good.
    pub fn close(&self) {
        self.0.state.replace(State::Closed);
        self.0.timer.replace(None);
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        match Socket::open(&self.url) {
            Ok(socket) => {
                let socket = Rc::new(socket);
                spawn_local(follow(Rc::downgrade(self), Rc::downgrade(&socket)));
                drop(self.state.replace(State::Connecting(socket)));
                self.after(CONNECT_TIMEOUT, Self::reconnect);
            }
            Err(_) => self.reconnect(),
        }
    }

    fn on_event(self: &Rc<Self>, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.on_open(),
            SocketEvent::Frame(frame) => self.on_frame(&frame),
            SocketEvent::Closed(code) => self.on_close(code),
        }
    }

    fn on_open(self: &Rc<Self>) {
        let Some(handler) = self.handler.upgrade() else {
            return;
        };
        let state = self.state.replace(State::Disconnected);
        let State::Connecting(socket) = state else {
            return drop(self.state.replace(state));
        };
        self.timer.replace(None);
        let hello = handler.hello(clock::now());
        self.state.replace(State::Open(socket));
        self.send(&hello);
    }

    fn on_frame(self: &Rc<Self>, frame: &[u8]) {
        let Some(handler) = self.handler.upgrade() else {
            return;
        };
        let now = clock::now();
        let Ok(message) = decode::<ServerMsg>(frame, MAX_FRAME_BYTES) else {
            return self.on_protocol_error(now);
        };
        if matches!(message, ServerMsg::Welcome(_)) {
            self.retry.borrow_mut().connected(now);
        }
        match handler.on_message(message, now) {
            Ok(()) => self.flush(),
            Err(_) => self.on_protocol_error(now),
        }
    }

    /// A message could not be understood. A server that is never understood is of another
    /// version, even if it takes this page for one of its own.
    fn on_protocol_error(self: &Rc<Self>, now: Millis) {
        let mut errors = self.protocol_errors.get();
        let gives_up = errors.note(now);
        self.protocol_errors.set(errors);
        if gives_up {
            self.close_for(CloseCode::Version);
        } else {
            self.reconnect();
        }
    }

    fn on_close(self: &Rc<Self>, number: u16) {
        let code = CloseCode::from_number(number);
        match code.map(|code| (code, code.reconnect())) {
            Some((code, Reconnect::No | Reconnect::Reload)) => self.close_for(code),
            Some((_, Reconnect::Yes)) | None => self.reconnect(),
        }
    }

    /// Closes for good, for this reason.
    fn close_for(&self, code: CloseCode) {
        drop(self.state.replace(State::Closed));
        self.timer.replace(None);
        self.tell(Disconnect::Final(code), clock::now());
    }

    /// Leaves a server that announced its end, and connects to another one at once.
    fn leave(self: &Rc<Self>) {
        drop(self.state.replace(State::Disconnected));
        let now = clock::now();
        self.retry.borrow_mut().ended_as_announced(now);
        self.tell(Disconnect::Reconnecting, now);
        self.connect();
    }

    fn reconnect(self: &Rc<Self>) {
        if matches!(*self.state.borrow(), State::Closed) {
            return;
        }
        drop(self.state.replace(State::Disconnected));
        let now = clock::now();
        let wait = self.retry.borrow_mut().next_wait(now, random::dice());
        self.after(wait, Self::connect);
        self.tell(Disconnect::Reconnecting, now);
    }

    /// Shortens a wait, because the next attempt is likely to succeed.
    fn connect_soon(self: &Rc<Self>) {
        if matches!(*self.state.borrow(), State::Disconnected) {
            self.after(SOON.mul_f64(random::dice()), Self::connect);
        }
    }

    fn flush(self: &Rc<Self>) {
        let Some(handler) = self.handler.upgrade() else {
            return;
        };
        while matches!(&*self.state.borrow(), State::Open(socket) if socket.is_open()) {
            let Some(message) = handler.next_message() else {
                return;
            };
            if !(matches!(message, ClientMsg::Live(_)) && self.is_congested()) {
                self.send(&message);
            }
        }
    }

    fn is_congested(&self) -> bool {
        match &*self.state.borrow() {
            State::Open(socket) => socket.buffered_bytes() > CONGESTED_BYTES,
            State::Disconnected | State::Connecting(_) | State::Closed => false,
        }
    }

    fn send(self: &Rc<Self>, message: &ClientMsg) {
        let sent = match (&*self.state.borrow(), encode(message)) {
            (State::Open(socket), Ok(frame)) => socket.send(&frame).is_ok(),
            // Our own messages can always be encoded.
            (_, Err(_)) => false,
            (State::Disconnected | State::Connecting(_) | State::Closed, Ok(_)) => false,
        };
        // A socket that broke has a close event too; whichever is first.
        if !sent {
            self.reconnect();
        }
    }

    fn tell(&self, disconnect: Disconnect, now: Millis) {
        if let Some(handler) = self.handler.upgrade() {
            handler.on_disconnect(disconnect, now);
        }
    }

    /// Sets the one timer of the connection.
    fn after(self: &Rc<Self>, wait: Duration, act: fn(&Rc<Self>)) {
        let me = Rc::downgrade(self);
        let wait_ms = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
        let timer = Timeout::new(wait_ms, move || {
            if let Some(me) = me.upgrade() {
                act(&me);
            }
        });
        self.timer.replace(Some(timer));
    }
}

/// Passes the events of a socket on until it is dropped.
async fn follow(connection: Weak<Inner>, socket: Weak<Socket>) {
    while let Some(event) = Socket::next_event(&socket).await {
        let Some(connection) = connection.upgrade() else {
            return;
        };
        connection.on_event(event);
    }
}

/// Shortens a wait when the browser found a network or the person came back to this tab.
fn listen(connection: &Rc<Inner>) -> Vec<EventListener> {
    let (online, visible) = (Rc::downgrade(connection), Rc::downgrade(connection));
    let connect_soon = |connection: &Weak<Inner>| {
        if let Some(connection) = connection.upgrade() {
            connection.connect_soon();
        }
    };
    vec![
        EventListener::new(&window(), "online", move |_| connect_soon(&online)),
        EventListener::new(&document(), "visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                connect_soon(&visible);
            }
        }),
    ]
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Connection").field(&self.0.url).finish()
    }
}
