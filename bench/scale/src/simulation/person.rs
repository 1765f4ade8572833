//! A person: the real driver, and a pen for some.

use anyhow::Result;
use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{ClientKey, ElementId, Millis, Secret};
use shared::model::{Body, Brush, Color, NewElement, OrderKey, Props, Stroke};
use shared::op::{Guard, Op};
use shared::protocol::{LiveUpdate, Profile, Role, ServerMsg, StrokeStyle};
use shared::sync::{Driver, DriverEvent, Identity, SessionNo, Setup};

use crate::people::{FRAMES_PER_SECOND, STROKE_EVERY_MS, STROKE_MS};

use super::net::{Event, NAME, Net};

/// Points of a stroke after it was simplified.
const STROKE_POINTS: u32 = 25;
/// Points of a live piece.
const PIECE_POINTS: u32 = 2;
/// One person in so many decodes what others do at present.
const SAMPLE: usize = 10;
/// The width of a stroke in board units.
const WIDTH: f32 = 4.0;

/// The ink that all people draw.
#[derive(Debug)]
pub(super) struct SampleInk {
    piece: Ink,
    stroke: Ink,
}

impl SampleInk {
    pub(super) fn new() -> Result<Self> {
        Ok(Self {
            piece: wave(PIECE_POINTS)?,
            stroke: wave(STROKE_POINTS)?,
        })
    }
}

fn wave(points: u32) -> Result<Ink> {
    let point = |at: u32| InkPoint::new(3.0 * f64::from(at), f64::from(at % 7), 0.5);
    let points: Vec<InkPoint> = (0..points).map(point).collect();
    Ok(Ink::encode(&points, Quantum::for_zoom(1.0))?)
}

/// A pen, and how far it is with its stroke.
#[derive(Debug)]
struct Pen {
    stroke: u64,
    began: Millis,
    frame: u64,
}

/// A person on a board.
#[derive(Debug)]
pub(super) struct Person {
    number: usize,
    pub(super) board: usize,
    /// The number of the person on the board.
    pub(super) place: u32,
    pub(super) role: Role,
    driver: Driver,
    /// The room and the session of the connection, while there is one.
    pub(super) session: Option<(usize, SessionNo)>,
    pen: Option<Pen>,
    due: Millis,
    pub(super) has_given_up: bool,
}

impl Person {
    /// A person who opens a board at a time.
    pub(super) fn new(
        number: usize,
        board: usize,
        place: u32,
        role: Role,
        at: Millis,
        net: &mut Net,
    ) -> Self {
        let key = ClientKey::from_bytes((number as u128 + 1).to_be_bytes());
        let setup = Setup {
            identity: Identity::fresh(key),
            commits: Vec::new(),
            secret: Secret::from_bytes([1; 16]),
            profile: Profile {
                name: format!("Person {number}"),
                color: Color::default(),
            },
            device: None,
            seed: number as u64,
        };
        let mut driver = Driver::new(setup, at);
        // The first request is to connect.
        driver.poll_event();
        net.wheel.at(at, Event::Connect(number));
        Self {
            number,
            board,
            place,
            role,
            driver,
            session: None,
            pen: None,
            due: Millis::MAX,
            has_given_up: false,
        }
    }

    /// Lets the person draw from a time on.
    pub(super) fn take_pen(&mut self, began: Millis, net: &mut Net) {
        self.pen = Some(Pen {
            stroke: 0,
            began,
            frame: 0,
        });
        net.wheel.at(began, Event::Draw(self.number));
    }

    /// Lets the person draw no more.
    pub(super) fn put_pen_away(&mut self) {
        self.pen = None;
    }

    pub(super) const fn driver(&self) -> &Driver {
        &self.driver
    }

    pub(super) fn connected(&mut self, slot: usize, session: SessionNo, net: &mut Net) {
        self.session = Some((slot, session));
        self.driver.on_connected(net.now());
        self.carry_out(net);
        self.plan(net);
    }

    /// The connection ended, or could not be made.
    pub(super) fn disconnected(&mut self, code: Option<u16>, net: &mut Net) {
        self.session = None;
        self.driver.on_disconnected(code, net.now());
        self.carry_out(net);
        self.plan(net);
    }

    pub(super) fn receive(&mut self, frames: &[bytes::Bytes], net: &mut Net) {
        for frame in frames {
            match self.glance(frame) {
                Some(message) => self.driver.on_message(message, frame.len(), net.now()),
                None => self.driver.on_frame(frame, net.now()),
            }
        }
        self.carry_out(net);
    }

    /// What most people see of a frame of others' activity: that it came. Only some decode it, because
    /// all of them would need hours. It has no influence on what they send.
    fn glance(&self, frame: &[u8]) -> Option<ServerMsg> {
        if self.pen.is_some() || self.number.is_multiple_of(SAMPLE) {
            return None;
        }
        match frame.get(NAME) {
            Some(b'l') => Some(ServerMsg::Live(Vec::new())),
            Some(b'p') => Some(ServerMsg::People(Vec::new())),
            _ => None,
        }
    }

    /// The time came that was planned.
    pub(super) fn on_due(&mut self, net: &mut Net) {
        let now = net.now();
        if self.due > now {
            return;
        }
        self.due = Millis::MAX;
        let due = self.driver.poll_timeout(now);
        if due.is_some_and(|due| due <= now) {
            self.driver.on_timeout(now);
        }
        self.carry_out(net);
    }

    /// Draws the next piece of the stroke, or lifts the pen.
    pub(super) fn draw(&mut self, ink: &SampleInk, net: &mut Net) {
        let Some(pen) = &mut self.pen else { return };
        let id = element(self.number, pen.stroke);
        if pen.frame == 0 {
            self.driver
                .send_live(LiveUpdate::Begin { id, style: style() });
        }
        let from = u32::try_from(pen.frame).unwrap_or(0) * PIECE_POINTS;
        self.driver.send_live(LiveUpdate::Ink {
            from,
            ink: ink.piece.clone(),
        });
        let place = [from as f32, 0.0];
        self.driver.send_live(LiveUpdate::Cursor(Some(place)));
        pen.frame += 1;
        if pen.frame == FRAMES_PER_SECOND * STROKE_MS / 1_000 {
            pen.stroke += 1;
            pen.frame = 0;
            pen.began += STROKE_EVERY_MS;
            self.driver.send_live(LiveUpdate::End { kept: true });
            let op = Op::Put(Box::new(stroke(id, ink.stroke.clone())));
            self.driver.submit(vec![op], Guard::Any, net.now());
        }
        let next = pen.began + pen.frame * 1_000 / FRAMES_PER_SECOND;
        net.wheel.at(next, Event::Draw(self.number));
        self.carry_out(net);
    }

    /// Carries out the requests of the driver, and sends its messages.
    pub(super) fn carry_out(&mut self, net: &mut Net) {
        while let Some(event) = self.driver.poll_event() {
            match event {
                DriverEvent::Connect => net.connect(self.number),
                DriverEvent::Disconnect => {
                    if let Some((slot, session)) = self.session.take() {
                        net.leave(slot, session);
                    }
                }
                DriverEvent::GaveUp(_) | DriverEvent::IdentityLost => self.has_given_up = true,
                _ => {}
            }
        }
        if let Some((_, session)) = self.session {
            while let Some(message) = self.driver.poll_send(0) {
                net.up(self.number, session, message);
            }
        }
        if self.due == Millis::MAX {
            self.plan(net);
        }
    }

    /// Plans the next call of the driver's timeout. What arrives only moves that time on, so it is asked
    /// for again when it has come, and when a connection begins or ends.
    fn plan(&mut self, net: &mut Net) {
        let due = self.driver.poll_timeout(net.now());
        if let Some(due) = due.filter(|due| *due < self.due) {
            self.due = due;
            net.wheel.at(due, Event::PersonDue(self.number));
        }
    }
}

fn element(person: usize, stroke: u64) -> ElementId {
    let number = ((person as u128) << 64) | u128::from(stroke);
    ElementId::from_bytes((number + 1).to_be_bytes())
}

fn style() -> StrokeStyle {
    StrokeStyle {
        brush: Brush::Pen,
        color: Color::default(),
        width: WIDTH,
        opacity: u8::MAX,
        z: OrderKey::first(),
    }
}

fn stroke(id: ElementId, ink: Ink) -> NewElement {
    let (z, at) = (OrderKey::first(), BoardPoint::default());
    let props = Props::plain(z, at, Color::default(), WIDTH, u8::MAX);
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![ink],
        open: false,
        erased: Vec::new(),
    };
    NewElement::new(id, props, Body::Stroke(stroke))
}
