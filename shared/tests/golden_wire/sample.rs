//! One value with its bytes, and values that many samples use.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum};
use shared::id::{
    ClientId, ClientKey, DeviceId, ElementId, Epoch, NodeId, Position, Secret, SnapshotId,
};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{
    BlobHash, Body, Brush, Color, MediaType, NewElement, OrderKey, Outline, Picture, Prop, Props,
    Stroke,
};
use shared::protocol::{Profile, decode, encode};

/// A value and its encoded bytes.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) hex: String,
    /// Decodes the bytes and compares the value.
    pub(crate) reads_back: Box<dyn Fn() -> Result<(), String>>,
}

/// Encodes a value.
pub(crate) fn sample<T>(name: &'static str, value: T) -> Sample
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug + 'static,
{
    let bytes = encode(&value).unwrap();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let reads_back = move || {
        let read: T = decode(&bytes, MAX_FRAME_BYTES).map_err(|error| error.to_string())?;
        if read == value {
            Ok(())
        } else {
            Err(format!("read as {read:?}"))
        }
    };
    Sample {
        name,
        hex,
        reads_back: Box::new(reads_back),
    }
}

pub(crate) fn secret() -> Secret {
    Secret::from_bytes([0x53; 16])
}

pub(crate) fn key() -> ClientKey {
    ClientKey::from_bytes([0x4b; 16])
}

pub(crate) fn me() -> ClientId {
    key().client_id()
}

pub(crate) fn other() -> ClientId {
    ClientId::from_bytes([0x0c; 16])
}

pub(crate) fn node() -> NodeId {
    NodeId::from_bytes([0x0d; 16])
}

pub(crate) fn device() -> DeviceId {
    DeviceId::from_bytes([0x0b; 16])
}

pub(crate) fn snapshot_id() -> SnapshotId {
    SnapshotId::from_bytes([0x0f; 16])
}

pub(crate) fn epoch() -> Epoch {
    Epoch::from_bytes([0x0e; 16])
}

pub(crate) fn at(seq: u64) -> Position {
    Position {
        epoch: epoch(),
        seq,
    }
}

pub(crate) fn element() -> ElementId {
    ElementId::from_bytes([0x01, 0x93, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1])
}

pub(crate) fn profile() -> Profile {
    Profile {
        name: "Ada".to_owned(),
        color: Color::Blue,
    }
}

/// Three points at zoom 100 %, with one pressure for all.
pub(crate) fn ink() -> Ink {
    let points = [(10.0, 20.0), (12.5, 21.0), (15.0, 22.0)];
    let points = points.map(|(x, y)| InkPoint::new(x, y, 0.5));
    Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()
}

pub(crate) fn new_element(open: bool) -> NewElement {
    NewElement {
        id: element(),
        props: Props {
            z: OrderKey::first(),
            at: BoardPoint::new(0.0, 0.0),
            color: Color::Red,
            width: 4.0,
            opacity: 255,
            more: Default::default(),
        },
        body: Body::Stroke(Stroke {
            brush: Brush::Pen,
            parts: vec![ink()],
            open,
            erased: Vec::new(),
        }),
        text: Default::default(),
    }
}

/// A picture of 640 by 480 pixels.
pub(crate) fn picture(media_type: MediaType) -> Picture {
    Picture {
        sha256: BlobHash::from_bytes([0x5a; 32]),
        media_type,
        width: 640,
        height: 480,
        thumbhash: (1..=25).collect(),
    }
}

/// A rectangle of 120 by 80.
pub(crate) fn new_shape() -> NewElement {
    new_box(Body::Shape(Outline::Rectangle))
}

/// A box of 120 by 80 of any kind.
pub(crate) fn new_box(body: Body) -> NewElement {
    let at = BoardPoint::new(10.0, 20.0);
    let props = Props::plain(OrderKey::first(), at, Color::Red, 4.0, 255);
    let props = props.with(Prop::Size([120.0, 80.0]));
    NewElement::new(element(), props, body)
}
