//! One WebSocket.
//!
//! `gloo-net` connects, receives and closes. Frames are sent by the browser's own handle,
//! because `gloo-net` wraps each frame in a `Blob`, which the browser reads back later:
//! 2,000 frames to a server and back took 1,000 ms instead of 70 (Chromium on two cores).

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Weak;
use std::task::{Context, Poll, ready};

use futures::{SinkExt as _, StreamExt as _};
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State, WebSocketError};
use wasm_bindgen::JsValue;

/// An event of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SocketEvent {
    /// Frames can be sent.
    Opened,
    /// A frame came.
    Frame(Vec<u8>),
    /// The connection ended with this code. No other event follows.
    Closed(u16),
}

/// The browser did not open a socket or did not send a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser refused")]
pub(super) struct SocketError;

impl From<JsValue> for SocketError {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// A WebSocket. It closes when it is dropped.
pub(super) struct Socket {
    handle: web_sys::WebSocket,
    events: RefCell<WebSocket>,
    is_connecting: Cell<bool>,
}

impl Socket {
    /// Begins to connect.
    ///
    /// # Errors
    /// Where the browser does not allow this address.
    pub(super) fn open(url: &str) -> Result<Self, SocketError> {
        let handle = web_sys::WebSocket::new(url)?;
        let events = WebSocket::try_from(handle.clone()).map_err(|_| SocketError)?;
        Ok(Self {
            handle,
            events: RefCell::new(events),
            is_connecting: Cell::new(true),
        })
    }

    /// The next event of a socket; none after the last one, or when the socket was dropped.
    pub(super) async fn next_event(socket: &Weak<Self>) -> Option<SocketEvent> {
        poll_fn(|cx| {
            let socket = socket.upgrade();
            socket.map_or(Poll::Ready(None), |socket| socket.poll_event(cx))
        })
        .await
    }

    fn poll_event(&self, cx: &mut Context<'_>) -> Poll<Option<SocketEvent>> {
        let mut events = self.events.borrow_mut();
        if self.is_connecting.get() {
            // It is ready too when it could not connect.
            let _ = ready!(events.poll_ready_unpin(cx));
            self.is_connecting.set(false);
            if matches!(events.state(), State::Open) {
                return Poll::Ready(Some(SocketEvent::Opened));
            }
        }
        loop {
            let event = match ready!(events.poll_next_unpin(cx)) {
                Some(Ok(Message::Bytes(frame))) => SocketEvent::Frame(frame),
                // No server of ours sends text. An empty frame is no message either.
                Some(Ok(Message::Text(_))) => SocketEvent::Frame(Vec::new()),
                Some(Err(WebSocketError::ConnectionClose(event))) => {
                    SocketEvent::Closed(event.code)
                }
                // The close event follows an error and says more.
                Some(Err(_)) => continue,
                None => return Poll::Ready(None),
            };
            return Poll::Ready(Some(event));
        }
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// Where the socket is not open.
    pub(super) fn send(&self, frame: &[u8]) -> Result<(), SocketError> {
        Ok(self.handle.send_with_u8_array(frame)?)
    }

    /// Whether frames can be sent. A socket that closes would drop them, and tells later how
    /// it ended.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.events.borrow().state(), State::Open)
    }

    /// Number of bytes that were sent and have not left this computer.
    pub(super) fn buffered_bytes(&self) -> usize {
        self.events.borrow().buffered_amount() as usize
    }
}
