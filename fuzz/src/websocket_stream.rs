//! The bytes of a client's WebSocket, which arrive in pieces of any size.

use arbitrary::Unstructured;
use server::ws::fuzzing::follow_frames;

/// Follows the frames at once, byte by byte, and in pieces: the result is the same.
pub fn run(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let size = usize::from(bytes.arbitrary::<u8>().unwrap_or(1)).max(1);
    let stream = bytes.take_rest();
    let whole = follow_frames([stream]);
    assert_eq!(whole, follow_frames(stream.chunks(1)));
    assert_eq!(whole, follow_frames(stream.chunks(size)));
    if let Some((bytes, _)) = whole {
        assert_eq!(bytes, stream.len() as u64);
    }
}

/// Short and long frames, fragments, and a ping amid them.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let frame = |first: u8, len: u8| {
        let mut bytes = vec![first, 0x80 | len, 1, 2, 3, 4];
        bytes.resize(bytes.len() + usize::from(len), 7);
        bytes
    };
    let extended = [&[0x82, 0xfe, 1, 0, 1, 2, 3, 4][..], &[7; 256]].concat();
    let long = [
        &[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4][..],
        &[7; 99],
    ]
    .concat();
    let greeting = frame(0x82, 20);
    [
        [frame(0x82, 3), frame(0x89, 5), frame(0x88, 2)].concat(),
        [
            frame(0x02, 3),
            frame(0x89, 0),
            frame(0x00, 4),
            frame(0x80, 1),
        ]
        .concat(),
        [greeting.clone(), extended].concat(),
        [greeting, long].concat(),
    ]
    .into_iter()
    .map(|stream| [vec![3], stream].concat())
    .collect()
}
