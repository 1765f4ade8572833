//! One connection of a swarm.

use std::io::{ErrorKind, Read as _, Write as _};
use std::mem::take;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};

use anyhow::{Context as _, Result, ensure};
use rustix::event::epoll::{self, EventData, EventFlags};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, connect, socket_with};
use shared::sync::Receipts;

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// TCP connects.
    Connecting,
    /// The WebSocket opens.
    Upgrading,
    /// The hello was sent.
    Joining,
    /// It has the whole board.
    Open,
    /// It has ended.
    Closed,
}

/// A WebSocket without tasks and buffers of its own.
#[derive(Debug)]
pub(super) struct Conn {
    stream: TcpStream,
    number: u64,
    pub(super) stage: Stage,
    /// When it began, in nanoseconds of the swarm's clock.
    pub(super) began: u64,
    /// The ear of its room at its server.
    pub(super) ear: usize,
    /// Its pen, if it has one.
    pub(super) pen: Option<usize>,
    pub(super) receipts: Receipts,
    /// What it sends first.
    request: Vec<u8>,
    /// What it sends once the WebSocket is open.
    hello: Vec<u8>,
    /// The beginning of a frame.
    pub(super) rest: Vec<u8>,
    /// What the socket did not take yet.
    waiting: Vec<u8>,
}

/// Who connects from where to what.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) from: Ipv4Addr,
    pub(super) to: SocketAddrV4,
    pub(super) path: String,
    /// The first frame, in a protocol that has one.
    pub(super) hello: Vec<u8>,
    pub(super) ear: usize,
    pub(super) pen: Option<usize>,
}

impl Conn {
    /// Begins to connect.
    ///
    /// # Errors
    /// The system has no port or socket for it.
    pub(super) fn begin(call: Call, number: u64, epoll: &OwnedFd, now: u64) -> Result<Self> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = socket_with(AddressFamily::INET, SocketType::STREAM, flags, None)
            .context("no further connection can be opened here")?;
        bind(&socket, &SocketAddrV4::new(call.from, 0)).context("no port is free")?;
        match connect(&socket, &SocketAddr::V4(call.to)) {
            Ok(()) | Err(Errno::INPROGRESS) => {}
            Err(error) => return Err(error).context("cannot connect"),
        }
        let stream = TcpStream::from(socket);
        stream.set_nodelay(true)?;
        let (data, flags) = (EventData::new_u64(number), EventFlags::IN | EventFlags::OUT);
        epoll::add(epoll, &stream, data, flags)?;
        let (path, to) = (call.path, call.to);
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {to}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        Ok(Self {
            stream,
            number,
            stage: Stage::Connecting,
            began: now,
            ear: call.ear,
            pen: call.pen,
            receipts: Receipts::default(),
            request: request.into_bytes(),
            hello: call.hello,
            rest: Vec::new(),
            waiting: Vec::new(),
        })
    }

    /// Continues with what waits, after the socket said that it takes more.
    pub(super) fn write_more(&mut self, epoll: &OwnedFd) {
        let waiting = if self.stage == Stage::Connecting {
            self.stage = Stage::Upgrading;
            take(&mut self.request)
        } else {
            take(&mut self.waiting)
        };
        self.send(&waiting, epoll);
        if self.waiting.is_empty() {
            self.listen(EventFlags::empty(), epoll);
        }
    }

    /// Sends bytes, at once if the socket takes them.
    pub(super) fn send(&mut self, bytes: &[u8], epoll: &OwnedFd) {
        let (was_waiting, mut left) = (!self.waiting.is_empty(), bytes);
        while !was_waiting && !left.is_empty() {
            match self.stream.write(left) {
                Ok(count) => left = left.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                // Reading finds out.
                Err(_) => return,
            }
        }
        self.waiting.extend_from_slice(left);
        if !was_waiting && !self.waiting.is_empty() {
            self.listen(EventFlags::OUT, epoll);
        }
    }

    fn listen(&self, also: EventFlags, epoll: &OwnedFd) {
        let (data, flags) = (EventData::new_u64(self.number), EventFlags::IN | also);
        // It fails only for a socket that is gone, which reading finds out.
        epoll::modify(epoll, &self.stream, data, flags).ok();
    }

    /// Reads once. `None` if the connection has ended, otherwise how many bytes came.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Option<usize> {
        match self.stream.read(buffer) {
            Ok(0) => None,
            Ok(count) => Some(count),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Some(0),
            Err(_) => None,
        }
    }

    /// Stops listening to a connection that has ended.
    pub(super) fn leave(&self, epoll: &OwnedFd) {
        epoll::delete(epoll, &self.stream).ok();
    }

    /// Opens the WebSocket if the whole answer is there. Returns the bytes of the answer, or `None` if a
    /// part is missing.
    ///
    /// # Errors
    /// The server does not open it.
    pub(super) fn upgrade(&mut self, bytes: &[u8], epoll: &OwnedFd) -> Result<Option<usize>> {
        let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else {
            return Ok(None);
        };
        let answer = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
        let first = answer.lines().next().unwrap_or_default();
        ensure!(first.starts_with("HTTP/1.1 101"), "no WebSocket: {first}");
        self.stage = Stage::Joining;
        let hello = take(&mut self.hello);
        self.send(&hello, epoll);
        Ok(Some(end + 4))
    }
}
