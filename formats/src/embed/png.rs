//! A scene in a PNG file: a compressed `iTXt` chunk behind the header.

use super::{EmbedError, MEDIA_TYPE, compressed, decompressed};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The type of the chunk.
pub const CHUNK: [u8; 4] = *b"iTXt";
/// Behind the keyword: its end, "compressed" by method 0, no language and no translated keyword.
const FLAGS: &[u8] = &[0, 1, 0, 0, 0];

/// The data of the chunk for a scene.
#[must_use]
pub fn chunk_data(scene: &str) -> Vec<u8> {
    [MEDIA_TYPE.as_bytes(), FLAGS, &compressed(scene)].concat()
}

/// The PNG file with a scene. A scene that it had is dropped.
///
/// # Errors
/// [`EmbedError::NotPng`], or [`EmbedError::TooLarge`] for a scene that no chunk can hold.
pub fn with_scene(png: &[u8], scene: &str) -> Result<Vec<u8>, EmbedError> {
    let mut chunks = chunks(png)?;
    let header = chunks.next().ok_or(EmbedError::NotPng)??;
    if &header.kind != b"IHDR" {
        return Err(EmbedError::NotPng);
    }
    let data = chunk_data(scene);
    let length = u32::try_from(data.len()).map_err(|_| EmbedError::TooLarge)?;
    let mut out = Vec::with_capacity(png.len() + data.len() + 12);
    out.extend_from_slice(SIGNATURE);
    out.extend_from_slice(header.whole);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&CHUNK);
    out.extend_from_slice(&data);
    let mut sum = crc32fast::Hasher::new();
    sum.update(&CHUNK);
    sum.update(&data);
    out.extend_from_slice(&sum.finalize().to_be_bytes());
    for chunk in chunks {
        let chunk = chunk?;
        if scene_in(&chunk).is_none() {
            out.extend_from_slice(chunk.whole);
        }
    }
    Ok(out)
}

/// The scene in a PNG file; `None` if it has none.
///
/// # Errors
/// An [`EmbedError`] if the file is no PNG or the scene cannot be read.
pub fn scene(png: &[u8]) -> Result<Option<String>, EmbedError> {
    for chunk in chunks(png)? {
        if let Some(packed) = scene_in(&chunk?) {
            return decompressed(packed).map(Some);
        }
    }
    Ok(None)
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    /// The chunk with its length and checksum.
    whole: &'a [u8],
}

/// The compressed scene in a chunk.
fn scene_in<'a>(chunk: &Chunk<'a>) -> Option<&'a [u8]> {
    let data = chunk.data.strip_prefix(MEDIA_TYPE.as_bytes())?;
    data.strip_prefix(FLAGS).filter(|_| chunk.kind == CHUNK)
}

/// The chunks of a file up to its end or its first cut.
fn chunks(png: &[u8]) -> Result<impl Iterator<Item = Result<Chunk<'_>, EmbedError>>, EmbedError> {
    let mut rest = png.strip_prefix(SIGNATURE).ok_or(EmbedError::NotPng)?;
    Ok(std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let chunk = first(rest);
        rest = chunk
            .as_ref()
            .and_then(|chunk| rest.get(chunk.whole.len()..))
            .unwrap_or_default();
        Some(chunk.ok_or(EmbedError::NotPng))
    }))
}

fn first(rest: &[u8]) -> Option<Chunk<'_>> {
    let (length, body) = rest.split_first_chunk::<4>()?;
    let (kind, body) = body.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    Some(Chunk {
        kind: *kind,
        data: body.get(..length)?,
        // The length, the type, the data and a checksum.
        whole: rest.get(..length.checked_add(12)?)?,
    })
}
