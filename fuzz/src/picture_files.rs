//! Files of pictures that people upload.

use server::picture::fuzzing::{clean, decoding_bytes, is_clean};

/// Removes the metadata of a picture; what stays has none, and cleaning it again changes nothing. The
/// head is read too.
pub fn run(data: &[u8]) {
    let _ = decoding_bytes(data);
    let Some(file) = clean(data) else {
        return;
    };
    assert!(file.len() <= data.len(), "nothing is added");
    assert!(is_clean(&file), "nothing is left");
    assert_eq!(clean(&file), Some(file), "nothing more is removed");
    if is_clean(data) {
        assert_eq!(clean(data).as_deref(), Some(data));
    }
}

/// A small picture of each format with metadata.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
        \0\0\0\x04tEXta\0bc\0\0\0\0\0\0\0\x0aIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\
        \0\0\0\0IEND\xaeB`\x82behind";
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe\x02hi\0\
        \x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x21\xf9\x04\0\0\0\0\0\
        \x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0\x3b";
    let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xe1\0\x0aExif\0\0MM\
        \xff\xfe\0\x04hi\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\
        \x7f\xff\0\xff\xd0\x55\xff\xff\xd9";
    let webp = b"RIFF\x3a\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\0\0\0\0\0\0\
        VP8L\x05\0\0\0\x2f\0\0\0\0\0EXIF\x03\0\0\0abc\0XMP \0\0\0\0";
    [&png[..], gif, jpeg, webp].map(<[u8]>::to_vec).into()
}
