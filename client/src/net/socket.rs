//! One WebSocket connection.
//!
//! Knows bytes and close codes. It must not know what the bytes mean.

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast as _;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

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

/// What an event of the browser means.
type Reading = fn(&Event) -> SocketEvent;

/// See the module. Dropped, it closes and tells nothing any more.
#[derive(Debug)]
pub(super) struct Socket {
    raw: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Begins to connect.
    pub(super) fn open(
        url: &str,
        on_event: impl Fn(SocketEvent) + 'static,
    ) -> Result<Self, SocketError> {
        let raw = WebSocket::new(url).map_err(|_| SocketError::Refused)?;
        // A `Blob` could be read only later, and the order of two frames be lost.
        raw.set_binary_type(BinaryType::Arraybuffer);
        let on_event: Rc<dyn Fn(SocketEvent)> = Rc::new(on_event);
        // What goes wrong is told by the close event, which follows the error.
        let kinds: [(_, Reading); 3] = [
            ("open", |_| SocketEvent::Opened),
            ("message", |event| SocketEvent::Frame(frame(event))),
            ("close", |event| {
                SocketEvent::Closed(event.unchecked_ref::<CloseEvent>().code())
            }),
        ];
        let listeners = kinds.map(|(name, read)| {
            let tell = Rc::clone(&on_event);
            EventListener::new(&raw, name, move |event| tell(read(event)))
        });
        Ok(Self {
            raw,
            _listeners: listeners,
        })
    }

    /// Sends a frame.
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
        // Closing a socket that is closed already does nothing.
        let _ = self.raw.close();
    }
}

/// What a message carries. No server of ours sends text; an empty frame is no message
/// either.
fn frame(event: &Event) -> Vec<u8> {
    let data = event.unchecked_ref::<MessageEvent>().data();
    let bytes = data.dyn_into::<ArrayBuffer>().ok();
    bytes.map_or_else(Vec::new, |bytes| Uint8Array::new(&bytes).to_vec())
}
