//! Gives a driver its WebSockets and its timer.
//!
//! It decides nothing: it passes events to the driver and carries out the requests of the driver.

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::{document, window};
use shared::id::Millis;
use shared::protocol::encode;
use shared::sync::Driver;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, VisibilityState};

use super::DriverHost;
use super::socket::{Socket, SocketEvent};

/// The longest time that the timer is set for, in milliseconds. A call that comes too early is
/// harmless.
const LONGEST_TIMER_MS: u32 = 60_000;

/// The connection of one driver. It closes when it is dropped.
pub(crate) struct Connection {
    url: String,
    host: Weak<dyn DriverHost>,
    socket: RefCell<Option<Rc<Socket>>>,
    /// When the timer ends, and the timer.
    timer: RefCell<Option<(Millis, Timeout)>>,
    /// The listeners that tell the driver that the network or the person is back.
    _listeners: [EventListener; 5],
}

impl Connection {
    /// A connection without a socket. The driver of `host` says when to open one.
    #[must_use]
    pub(crate) fn new(url: String, host: Weak<dyn DriverHost>) -> Self {
        Self {
            _listeners: listen(&host),
            url,
            host,
            socket: RefCell::default(),
            timer: RefCell::default(),
        }
    }

    /// Opens a WebSocket, as [`DriverEvent::Connect`](shared::sync::DriverEvent::Connect) asks.
    pub(crate) fn open(&self) {
        let host = Weak::clone(&self.host);
        match Socket::open(&self.url) {
            Ok(socket) => {
                let socket = Rc::new(socket);
                spawn_local(pass_on(host, Rc::downgrade(&socket)));
                self.socket.replace(Some(socket));
            }
            // The driver is still busy with the event that led here, so it is told a moment later.
            Err(_) => spawn_local(async move {
                if let Some(host) = host.upgrade() {
                    host.drive(&mut |driver, now| driver.on_disconnected(None, now));
                }
            }),
        }
    }

    /// Closes the WebSocket, as [`DriverEvent::Disconnect`](shared::sync::DriverEvent::Disconnect)
    /// asks. The driver gets no more events of it.
    pub(crate) fn close(&self) {
        drop(self.socket.take());
    }

    /// Sends the messages of the driver and sets its timer.
    pub(crate) fn serve(&self, driver: &mut Driver, now: Millis) {
        self.send_all(driver, now);
        if let Some(due) = driver.poll_timeout(now) {
            self.set_timer(due, now);
        }
    }

    fn send_all(&self, driver: &mut Driver, now: Millis) {
        let socket = self.socket.borrow();
        let Some(socket) = socket.as_ref() else {
            return;
        };
        while socket.is_open() {
            let Some(message) = driver.poll_send(socket.buffered_bytes()) else {
                return;
            };
            // Our own messages can always be encoded.
            let sent = encode(&message).is_ok_and(|frame| socket.send(&frame).is_ok());
            if !sent {
                // A socket that broke has a close event too, which may come earlier or later.
                driver.on_disconnected(None, now);
            }
        }
    }

    fn set_timer(&self, due: Millis, now: Millis) {
        let mut timer = self.timer.borrow_mut();
        if let Some((set, _)) = &*timer
            && *set <= due
            && *set > now
        {
            return;
        }
        let host = Weak::clone(&self.host);
        let wait = u32::try_from(due.saturating_sub(now)).unwrap_or(u32::MAX);
        let wait = wait.min(LONGEST_TIMER_MS);
        // One millisecond is added, because the clock counts whole milliseconds.
        let timeout = Timeout::new(wait + 1, move || {
            if let Some(host) = host.upgrade() {
                host.drive(&mut |driver, now| driver.on_timeout(now));
            }
        });
        *timer = Some((now + Millis::from(wait), timeout));
    }
}

/// Passes the events of a socket to the driver until the socket is dropped.
async fn pass_on(host: Weak<dyn DriverHost>, socket: Weak<Socket>) {
    while let Some(event) = Socket::next_event(&socket).await {
        let Some(host) = host.upgrade() else {
            return;
        };
        host.drive(&mut |driver, now| match &event {
            SocketEvent::Opened => driver.on_connected(now),
            SocketEvent::Frame(frame) => driver.on_frame(frame, now),
            SocketEvent::Closed(code) => driver.on_disconnected(Some(*code), now),
        });
    }
}

/// Tells the driver when the browser finds a network, and when a person comes back to this page.
fn listen(host: &Weak<dyn DriverHost>) -> [EventListener; 5] {
    let on = |target: &EventTarget, event: &'static str| {
        let host = Weak::clone(host);
        EventListener::new(target, event, move |event| {
            let is_hidden = document().visibility_state() == VisibilityState::Hidden;
            if is_hidden && event.type_() != "online" {
                return;
            }
            if let Some(host) = host.upgrade() {
                host.drive(&mut |driver, now| driver.on_network_restored(now));
            }
        })
    };
    let (window, document) = (window(), document());
    let host = Weak::clone(host);
    let offline = EventListener::new(&window, "offline", move |_| {
        if let Some(host) = host.upgrade() {
            // The driver notices by itself. The host shows the cause.
            host.drive(&mut |_, _| {});
        }
    });
    [
        offline,
        on(&window, "online"),
        on(&window, "focus"),
        on(&window, "pageshow"),
        on(&document, "visibilitychange"),
    ]
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Connection").field(&self.url).finish()
    }
}
