//! The relay on epoll: one thread, no runtime, one write for each delivery.

use std::collections::HashMap;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::mem::take;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use anyhow::Result;
use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, EventData, EventFlags};
use rustix::fd::OwnedFd;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::frame;

/// The number of the listening socket; clients have those after it.
const LISTENER: u64 = 0;
/// Bytes that are read at once.
const READ_BYTES: usize = 64 * 1024;
/// Events that are taken at once.
const EVENTS: usize = 256;
/// A client for which more bytes wait than this is closed.
const MOST_WAITING: usize = 4 * 1024 * 1024;

struct Client {
    stream: TcpStream,
    /// The room, once the WebSocket is open.
    path: Option<String>,
    /// The beginning of a frame.
    rest: Vec<u8>,
    /// What the socket did not take yet.
    waiting: Vec<u8>,
}

struct Relay {
    epoll: OwnedFd,
    clients: HashMap<u64, Client>,
    rooms: HashMap<String, Vec<u64>>,
    next: u64,
}

/// Runs the relay.
///
/// # Errors
/// It cannot listen, or the system refuses epoll.
pub(super) fn run(announce: impl FnOnce(io::Result<SocketAddr>) -> Result<()>) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    // The standard library lets 128 connections wait.
    rustix::net::listen(&listener, 4_096)?;
    listener.set_nonblocking(true)?;
    announce(listener.local_addr())?;
    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    epoll::add(
        &epoll,
        &listener,
        EventData::new_u64(LISTENER),
        EventFlags::IN,
    )?;
    let mut relay = Relay {
        epoll,
        clients: HashMap::new(),
        rooms: HashMap::new(),
        next: LISTENER + 1,
    };
    let mut events = Vec::with_capacity(EVENTS);
    let mut buffer = vec![0; READ_BYTES];
    loop {
        epoll::wait(&relay.epoll, spare_capacity(&mut events), None)?;
        for event in events.drain(..) {
            match event.data.u64() {
                LISTENER => relay.accept(&listener)?,
                client if relay.serve(client, event.flags, &mut buffer).is_none() => {
                    relay.close(client);
                }
                _ => {}
            }
        }
    }
}

impl Relay {
    fn accept(&mut self, listener: &TcpListener) -> Result<()> {
        while let Ok((stream, _)) = listener.accept() {
            stream.set_nonblocking(true)?;
            stream.set_nodelay(true)?;
            let number = self.next;
            self.next += 1;
            epoll::add(
                &self.epoll,
                &stream,
                EventData::new_u64(number),
                EventFlags::IN,
            )?;
            let client = Client {
                stream,
                path: None,
                rest: Vec::new(),
                waiting: Vec::new(),
            };
            self.clients.insert(number, client);
        }
        Ok(())
    }

    /// Serves an event of a client; `None` if the client is to be closed.
    fn serve(&mut self, number: u64, flags: EventFlags, buffer: &mut [u8]) -> Option<()> {
        if flags.contains(EventFlags::OUT) {
            let client = self.clients.get_mut(&number)?;
            let waiting = take(&mut client.waiting);
            write(&self.epoll, number, client, &waiting)?;
            if client.waiting.is_empty() {
                listen(&self.epoll, number, client, EventFlags::empty())?;
            }
        }
        if !flags.intersects(EventFlags::IN | EventFlags::HUP | EventFlags::ERR) {
            return Some(());
        }
        let client = self.clients.get_mut(&number)?;
        let count = match client.stream.read(buffer) {
            Ok(0) => return None,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Some(()),
            Err(_) => return None,
        };
        let mut bytes = take(&mut client.rest);
        bytes.extend_from_slice(buffer.get(..count)?);
        let used = self.take(number, &mut bytes)?;
        bytes.drain(..used);
        self.clients.get_mut(&number)?.rest = bytes;
        Some(())
    }

    /// Takes all that is whole; returns how many bytes that was.
    fn take(&mut self, number: u64, bytes: &mut [u8]) -> Option<usize> {
        let mut used = 0;
        if self.clients.get(&number)?.path.is_none() {
            used = self.upgrade(number, bytes)?;
        }
        while let Some(found) = frame::first(bytes.get(used..)?) {
            let (opcode, len) = (found.opcode, found.len);
            let (mask, begin) = (found.mask?, used + len - found.payload.len());
            used += len;
            let payload = bytes.get_mut(begin..used)?;
            let masks = mask.iter().cycle();
            payload
                .iter_mut()
                .zip(masks)
                .for_each(|(byte, mask)| *byte ^= mask);
            match opcode {
                frame::BINARY => self.pass_on(number, payload),
                frame::PING => {
                    let mut pong = Vec::new();
                    frame::from_server(frame::PONG, payload, &mut pong);
                    write(&self.epoll, number, self.clients.get_mut(&number)?, &pong)?;
                }
                frame::CLOSE => return None,
                _ => {}
            }
        }
        Some(used)
    }

    /// Opens the WebSocket, if the whole request is there.
    fn upgrade(&mut self, number: u64, bytes: &[u8]) -> Option<usize> {
        let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else {
            return Some(0);
        };
        let request = str::from_utf8(bytes.get(..end)?).ok()?;
        let path = request.split(' ').nth(1)?.to_owned();
        let key = request.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("sec-websocket-key")
                .then(|| value.trim())
        })?;
        let accept = derive_accept_key(key.as_bytes());
        let answer = format!(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        );
        let client = self.clients.get_mut(&number)?;
        client.path = Some(path.clone());
        write(&self.epoll, number, client, answer.as_bytes())?;
        self.rooms.entry(path).or_default().push(number);
        Some(end + 4)
    }

    fn pass_on(&mut self, number: u64, payload: &[u8]) {
        let path = self.clients.get(&number).and_then(|it| it.path.as_ref());
        let Some(room) = path.and_then(|path| self.rooms.get(path)) else {
            return;
        };
        let mut message = Vec::with_capacity(payload.len() + 10);
        frame::from_server(frame::BINARY, payload, &mut message);
        for other in room.iter().filter(|other| **other != number) {
            if let Some(client) = self.clients.get_mut(other) {
                // A client that cannot be written to is closed by its own event.
                write(&self.epoll, *other, client, &message);
            }
        }
    }

    fn close(&mut self, number: u64) {
        let client = self.clients.remove(&number);
        let path = client.and_then(|client| client.path);
        if let Some(room) = path.and_then(|path| self.rooms.get_mut(&path)) {
            room.retain(|other| *other != number);
        }
    }
}

/// Writes at once what the socket takes, and the rest when it takes more. `None` if the client is gone.
fn write(epoll: &OwnedFd, number: u64, client: &mut Client, bytes: &[u8]) -> Option<()> {
    let was_waiting = !client.waiting.is_empty();
    let mut written = 0;
    while !was_waiting && written < bytes.len() {
        match client.stream.write(bytes.get(written..)?) {
            Ok(count) => written += count,
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(_) => return None,
        }
    }
    client.waiting.extend_from_slice(bytes.get(written..)?);
    if !was_waiting && !client.waiting.is_empty() {
        listen(epoll, number, client, EventFlags::OUT)?;
    }
    (client.waiting.len() <= MOST_WAITING).then_some(())
}

/// Listens for messages and for something else.
fn listen(epoll: &OwnedFd, number: u64, client: &Client, also: EventFlags) -> Option<()> {
    let flags = EventFlags::IN | also;
    epoll::modify(epoll, &client.stream, EventData::new_u64(number), flags).ok()
}
