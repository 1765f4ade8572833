//! Laws of the wire format: every message can be decoded, and no bytes cause a panic or large
//! allocations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use serde::de::IgnoredAny;
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::{ClientId, ClientKey, ElementId, Epoch, NodeId, Position, Secret, SnapshotId};
use shared::limits::{MAX_DEPTH, MAX_FRAME_BYTES};
use shared::model::{OrderKey, Prop, Props};
use shared::op::{AuthoredCommit, Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, CodecError, Heartbeat, Hello, LiveUpdate, PeerNo, Person, Profile, Refusal, Relay,
    Role, ServerMsg, SnapshotPart, StoreStatus, StoredCommit, Welcome, decode, encode,
};
use shared::sync::Snapshot;

fn ink() -> Ink {
    Ink::encode(&[InkPoint::new(1.5, -2.0, 0.25)], Quantum::for_zoom(1.0)).unwrap()
}

fn commit(ops: Vec<Op>) -> Commit {
    Commit {
        cno: u64::MAX,
        guard: Guard::MineOnly,
        ops,
    }
}

fn position() -> Position {
    Position {
        epoch: Epoch::from_bytes([3; 16]),
        seq: u64::MAX,
    }
}

fn client_messages() -> Vec<ClientMsg> {
    let id = ElementId::from_bytes([1; 16]);
    let hello = Hello {
        version: 1,
        secret: Secret::from_bytes([1; 16]),
        key: ClientKey::from_bytes([2; 16]),
        session: u32::MAX,
        profile: Profile {
            name: "Ωmega".into(),
            ..Profile::default()
        },
        resume: Some(position()),
        view: Some([0.0, -1.5, 2.0, 3.0]),
        partial: None,
        device: None,
        program: None,
    };
    vec![
        ClientMsg::Hello(hello.clone()),
        ClientMsg::Hello(Hello {
            resume: None,
            ..hello
        }),
        ClientMsg::Commit(commit(vec![])),
        ClientMsg::Commit(commit(vec![
            Op::Delete { ids: vec![id] },
            Op::Extend {
                id,
                from: 7,
                ink: ink(),
                end: true,
            },
        ])),
        ClientMsg::Live(LiveUpdate::Cursor(None)),
        ClientMsg::Live(LiveUpdate::Cursor(Some([-0.5, 1.0e7]))),
        ClientMsg::Live(LiveUpdate::Ink {
            from: 3,
            ink: ink(),
        }),
        ClientMsg::Live(LiveUpdate::End { kept: false }),
        ClientMsg::Profile(Profile::default()),
        ClientMsg::Received(u64::MAX),
    ]
}

fn server_messages() -> Vec<ServerMsg> {
    let client = ClientId::from_bytes([4; 16]);
    let welcome = Welcome {
        you: client,
        node: NodeId::from_bytes([5; 16]),
        role: Role::Owner,
        title: "Board".into(),
        at: position(),
        last_cno: 3,
        delta: true,
        durable: 9,
    };
    let person = Person {
        peer: PeerNo(7),
        client,
        role: Role::View,
        profile: Profile::default(),
        device: None,
        program: None,
    };
    vec![
        ServerMsg::Welcome(Box::new(welcome)),
        ServerMsg::Snapshot(SnapshotPart {
            snapshot: SnapshotId::from_bytes([6; 16]),
            index: 0,
            count: 1,
            before: 0,
            after: 0,
            bytes: vec![1, 2, 3].into(),
        }),
        ServerMsg::Opening(1_000),
        ServerMsg::Fullness(100),
        ServerMsg::Commit {
            seq: 4,
            commit: AuthoredCommit {
                author: client,
                commit: commit(vec![]),
            },
        },
        ServerMsg::Ack { seq: 1, cno: 2 },
        ServerMsg::Refused {
            cno: 1,
            reason: Refusal::TooFast,
        },
        ServerMsg::Missing { last_cno: 0 },
        ServerMsg::NewEpoch {
            epoch: Epoch::from_bytes([6; 16]),
            last_cno: 1,
        },
        ServerMsg::Heartbeat(Heartbeat {
            at: position(),
            durable: 0,
        }),
        ServerMsg::Live(vec![(PeerNo(1), LiveUpdate::Cursor(None))]),
        ServerMsg::People(vec![person]),
        ServerMsg::Title("t".into()),
        ServerMsg::StoreStatus(StoreStatus::Down),
        ServerMsg::Goodbye { within_ms: 5 },
    ]
}

#[test]
fn every_message_survives_encoding_and_decoding() {
    for message in client_messages() {
        let bytes = encode(&message).unwrap();
        assert_eq!(
            decode::<ClientMsg>(&bytes, MAX_FRAME_BYTES).unwrap(),
            message
        );
    }
    for message in server_messages() {
        let bytes = encode(&message).unwrap();
        assert_eq!(
            decode::<ServerMsg>(&bytes, MAX_FRAME_BYTES).unwrap(),
            message
        );
    }
}

#[test]
fn a_message_with_a_byte_less_or_more_is_refused() {
    for message in client_messages() {
        let bytes = encode(&message).unwrap();
        for len in 0..bytes.len() {
            assert!(decode::<ClientMsg>(&bytes[..len], MAX_FRAME_BYTES).is_err());
        }
        let longer = [&bytes[..], &[0xc0]].concat();
        let refused = decode::<ClientMsg>(&longer, MAX_FRAME_BYTES);
        assert!(matches!(refused, Err(CodecError::Trailing)));
    }
}

#[test]
fn too_many_bytes_are_refused_before_decoding() {
    let refused = decode::<ClientMsg>(&[0; 11], 10);
    assert!(matches!(
        refused,
        Err(CodecError::TooLarge { len: 11, max: 10 })
    ));
}

#[test]
fn a_bomb_of_nested_arrays_is_refused() {
    for byte in [0x91, 0x81, 0xdc, 0xdd] {
        let bomb = vec![byte; 10_000];
        assert!(decode::<ClientMsg>(&bomb, MAX_FRAME_BYTES).is_err());
        assert!(decode::<ServerMsg>(&bomb, MAX_FRAME_BYTES).is_err());
        assert!(decode::<Relay>(&bomb, MAX_FRAME_BYTES).is_err());
        assert!(decode::<Snapshot>(&bomb, MAX_FRAME_BYTES).is_err());
    }
}

#[test]
fn nesting_is_accepted_up_to_the_limit() {
    #[derive(Debug, serde::Deserialize)]
    struct Nest(#[allow(dead_code, reason = "the test looks only at the depth")] Vec<Nest>);
    let nest = |levels: usize| [vec![0x91; levels - 1], vec![0x90]].concat();
    assert!(decode::<Nest>(&nest(MAX_DEPTH), usize::MAX).is_ok());
    assert!(decode::<Nest>(&nest(MAX_DEPTH + 1), usize::MAX).is_err());
    assert!(decode::<IgnoredAny>(&nest(MAX_DEPTH + 1), usize::MAX).is_err());
    // Closed levels do not count.
    let wide = [vec![0x9f], [0x91, 0x90].repeat(15)].concat();
    assert!(decode::<Nest>(&wide, usize::MAX).is_ok());
}

#[test]
fn declared_lengths_without_content_are_refused() {
    // {"c": [1, "a", 4 G ops …
    let ops = [
        &[0x81, 0xa1, b'c', 0x93, 0x01, 0xa1, b'a', 0xdd][..],
        &[0xff; 4],
    ]
    .concat();
    // {"n": [4 G characters …
    let name = [&[0x81, 0xa1, b'n', 0x92, 0xdb][..], &[0xff; 4]].concat();
    for bytes in [ops, name] {
        assert!(decode::<ClientMsg>(&bytes, MAX_FRAME_BYTES).is_err());
    }
}

proptest! {
    #[test]
    fn no_bytes_make_decoding_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<ClientMsg>(&bytes, MAX_FRAME_BYTES);
        let _ = decode::<ServerMsg>(&bytes, MAX_FRAME_BYTES);
        let _ = decode::<Relay>(&bytes, MAX_FRAME_BYTES);
        let _ = decode::<StoredCommit>(&bytes, MAX_FRAME_BYTES);
        let _ = decode::<Snapshot>(&bytes, MAX_FRAME_BYTES);
    }

    #[test]
    fn no_changed_byte_makes_decoding_panic(which in 0_usize..9, at in 0_usize..80, byte in any::<u8>()) {
        let messages = client_messages();
        let mut bytes = encode(&messages[which]).unwrap().to_vec();
        let len = bytes.len();
        bytes[at % len] = byte;
        if let Ok(message) = decode::<ClientMsg>(&bytes, MAX_FRAME_BYTES) {
            let canonical = encode(&message).unwrap();
            let again = decode::<ClientMsg>(&canonical, MAX_FRAME_BYTES).unwrap();
            prop_assert_eq!(encode(&again).unwrap(), canonical);
        }
    }
}

/// The properties of a stroke with these entries of `more`.
fn props_with(more: &[Prop]) -> Vec<u8> {
    let five = (OrderKey::first(), [0.0_f64, 0.0], 2_u32, 4.0_f32, 255_u8);
    let mut bytes = rmp_serde::to_vec(&five).unwrap();
    // An array of six fields instead of five.
    bytes[0] = 0x96;
    bytes.extend(rmp_serde::to_vec(more).unwrap());
    bytes
}

#[test]
fn optional_properties_are_read_in_their_order_and_once_each() {
    let read = |more: &[Prop]| decode::<Props>(&props_with(more), MAX_FRAME_BYTES);
    let (size, angle) = (Prop::Size([1.0, 2.0]), Prop::Angle(0.5));
    let good = read(&[angle.clone(), size.clone()]).unwrap();
    assert_eq!((good.angle(), good.size()), (0.5, [1.0, 2.0]));
    let with_default = read(&[angle.clone(), Prop::Scale([1.0, 1.0])]).unwrap();
    assert_eq!(
        with_default,
        read(std::slice::from_ref(&angle)).unwrap(),
        "a default is not kept"
    );
    for bad in [
        vec![size.clone(), angle.clone()],
        vec![angle.clone(), angle.clone()],
        vec![angle.clone(), size, angle],
        vec![Prop::Opacity(3)],
        vec![Prop::Text(())],
    ] {
        let refused = read(&bad);
        assert!(matches!(refused, Err(CodecError::Malformed(_))), "{bad:?}");
    }
}

#[test]
fn integers_and_lengths_may_be_longer_than_necessary() {
    let short = encode(&ServerMsg::Ack { seq: 44, cno: 8 }).unwrap();
    assert_eq!(short[..], [0x81, 0xa1, b'a', 0x92, 44, 8]);
    // A map of 16 bits length, a text of 8, an array of 32, integers of 64 and 16 bits.
    let long = [
        &[0xde, 0, 1, 0xd9, 1, b'a', 0xdd, 0, 0, 0, 2][..],
        &[0xcf, 0, 0, 0, 0, 0, 0, 0, 44, 0xcd, 0, 8],
    ]
    .concat();
    let read: ServerMsg = decode(&long, MAX_FRAME_BYTES).unwrap();
    assert_eq!(read, ServerMsg::Ack { seq: 44, cno: 8 });
}
