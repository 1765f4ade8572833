//! One WebSocket connection.
//!
//! Knows bytes and close codes. It must not know what the bytes mean.

use std::cell::Cell;
use std::rc::Rc;

use futures::StreamExt as _;
use gloo_events::EventListener;
use gloo_net::websocket::futures::WebSocket as Frames;
use gloo_net::websocket::{Message, WebSocketError};
use wasm_bindgen_futures::spawn_local;
use web_sys::WebSocket;

/// The code of a connection that ended without saying why.
const ABNORMAL: u16 = 1006;

/// What happens to a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SocketEvent {
    /// Frames can be sent.
    Opened,
    /// A frame came.
    Frame(Vec<u8>),
    /// It ended, with this code. Nothing follows.
    Closed(u16),
}

/// Why there is no socket, or a frame was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SocketError {
    /// The browser does not allow this address.
    #[error("the browser does not open this address")]
    Refused,
    /// The socket is not open.
    #[error("the socket is not open")]
    NotOpen,
}

/// See the module. Dropped, it closes and tells nothing any more.
#[derive(Debug)]
pub(super) struct Socket {
    raw: WebSocket,
    listening: Rc<Cell<bool>>,
    _opened: EventListener,
}

impl Socket {
    /// Begins to connect.
    pub(super) fn open(
        url: &str,
        on_event: impl Fn(SocketEvent) + 'static,
    ) -> Result<Self, SocketError> {
        let raw = WebSocket::new(url).map_err(|_| SocketError::Refused)?;
        let frames = Frames::try_from(raw.clone()).map_err(|_| SocketError::Refused)?;
        let listening = Rc::new(Cell::new(true));
        let on_event = Rc::new(on_event);
        let opened = Rc::clone(&on_event);
        let open = EventListener::once(&raw, "open", move |_| opened(SocketEvent::Opened));
        spawn_local(listen(frames, Rc::clone(&listening), on_event));
        Ok(Self {
            raw,
            listening,
            _opened: open,
        })
    }

    /// Sends a frame. Directly: through `gloo_net` it would become a `Blob`,
    /// which browsers read later, and then the order of two frames and
    /// [`Self::waiting`] would no longer be what they seem.
    pub(super) fn send(&self, frame: &[u8]) -> Result<(), SocketError> {
        self.raw
            .send_with_u8_array(frame)
            .map_err(|_| SocketError::NotOpen)
    }

    /// Whether frames can be sent. A socket that closes would swallow them, and says later
    /// how it ended.
    pub(super) fn is_open(&self) -> bool {
        self.raw.ready_state() == WebSocket::OPEN
    }

    /// Bytes that were sent and have not left this computer.
    pub(super) fn waiting(&self) -> u32 {
        self.raw.buffered_amount()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.listening.set(false);
        // Closing a socket that is closed already does nothing.
        let _ = self.raw.close();
    }
}

async fn listen(mut frames: Frames, listening: Rc<Cell<bool>>, on_event: Rc<impl Fn(SocketEvent)>) {
    while let Some(next) = frames.next().await {
        let event = match next {
            Ok(Message::Bytes(frame)) => SocketEvent::Frame(frame),
            // No server of ours sends text; an empty frame is no message either.
            Ok(Message::Text(_)) => SocketEvent::Frame(Vec::new()),
            Err(WebSocketError::ConnectionClose(close)) => SocketEvent::Closed(close.code),
            // The close event with the code follows.
            Err(WebSocketError::ConnectionError) => continue,
            Err(_) => SocketEvent::Closed(ABNORMAL),
        };
        if !listening.get() {
            return;
        }
        let over = matches!(event, SocketEvent::Closed(_));
        on_event(event);
        if over {
            return;
        }
    }
}
