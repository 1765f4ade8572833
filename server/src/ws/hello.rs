//! The first message of a client: its version, secret and key.
//!
//! It is read before the client is known, so its size is limited and its form checked strictly.

use serde::Deserialize;
use shared::limits::MAX_HELLO_BYTES;
use shared::protocol::{
    ClientMsg, CloseCode, Hello, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, decode,
};

use super::first_field::FirstField;

/// Reads a hello.
///
/// # Errors
/// [`CloseCode::Version`] if it is a hello of a version that is not served, of which nothing but
/// the version can be read; [`CloseCode::Protocol`] if it is no hello.
pub(super) fn read(frame: &[u8]) -> Result<Box<Hello>, CloseCode> {
    match decode::<ClientMsg>(frame, MAX_HELLO_BYTES) {
        Ok(ClientMsg::Hello(hello)) if is_served(hello.version) => Ok(Box::new(hello)),
        Ok(ClientMsg::Hello(_)) => Err(CloseCode::Version),
        Ok(
            ClientMsg::Commit(_)
            | ClientMsg::Live(_)
            | ClientMsg::Profile(_)
            | ClientMsg::Received(_)
            | ClientMsg::ChatPage(_),
        ) => Err(CloseCode::Protocol),
        Err(_) => match decode::<AnyHello>(frame, MAX_HELLO_BYTES) {
            Ok(AnyHello::Hello(FirstField(version))) if !is_served(version) => {
                Err(CloseCode::Version)
            }
            Ok(AnyHello::Hello(_)) | Err(_) => Err(CloseCode::Protocol),
        },
    }
}

fn is_served(version: u16) -> bool {
    (OLDEST_PROTOCOL_VERSION..=PROTOCOL_VERSION).contains(&version)
}

/// A hello of any version: all fields after the version are skipped.
#[derive(Deserialize)]
enum AnyHello {
    #[serde(rename = "h")]
    Hello(FirstField<u16>),
}

#[cfg(test)]
mod tests {
    use shared::id::{ClientKey, Secret};
    use shared::protocol::{Profile, encode};

    use super::*;

    fn hello(version: u16) -> Hello {
        Hello {
            version,
            secret: Secret::from_bytes([1; 16]),
            key: ClientKey::from_bytes([2; 16]),
            session: 1,
            profile: Profile::default(),
            resume: None,
            view: None,
            partial: None,
            device: None,
            program: None,
        }
    }

    #[test]
    fn a_hello_of_a_version_that_is_served_is_read() {
        for version in OLDEST_PROTOCOL_VERSION..=PROTOCOL_VERSION {
            let good = hello(version);
            let frame = encode(&ClientMsg::Hello(good.clone())).unwrap();
            assert_eq!(read(&frame).as_deref(), Ok(&good));
        }
    }

    #[test]
    fn a_hello_of_another_version_is_recognised_whatever_follows_the_version() {
        for version in [OLDEST_PROTOCOL_VERSION - 1, PROTOCOL_VERSION + 1] {
            let frame = encode(&ClientMsg::Hello(hello(version))).unwrap();
            assert_eq!(read(&frame), Err(CloseCode::Version));
        }
        let later = rmp_serde::to_vec(&std::collections::BTreeMap::from([(
            "h",
            (PROTOCOL_VERSION + 1, "something", [1, 2, 3]),
        )]))
        .unwrap();
        assert_eq!(read(&later), Err(CloseCode::Version));
    }

    #[test]
    fn any_other_frame_is_refused() {
        let profile = encode(&ClientMsg::Profile(Profile::default())).unwrap();
        let good = encode(&ClientMsg::Hello(hello(PROTOCOL_VERSION))).unwrap();
        let short = good.get(..good.len() - 1).unwrap();
        for frame in [
            &profile[..],
            short,
            b"",
            b"GET / HTTP/1.1",
            &[0x91; 4000],
            &[0xc1; 5000],
        ] {
            assert_eq!(read(frame), Err(CloseCode::Protocol));
        }
    }
}
