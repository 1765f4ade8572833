//! Numbers of variable length: 7 bits a byte, lowest bits first.
//!
//! No crate fits, because every number must have exactly one form, so that equal ink has equal
//! bytes. integer-encoding and others also accept numbers with needless bytes at the end.

/// The reason why a number cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberError {
    /// The bytes end within the number.
    Truncated,
    /// The number is longer than necessary, or longer than 64 bits.
    Malformed,
}

/// Appends `value`.
pub(super) fn write(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends the signed `value` in zigzag form.
pub(super) fn write_signed(value: i64, out: &mut Vec<u8>) {
    write(zigzag(value), out);
}

/// The number of bytes that [`write_signed`] appends.
pub(super) fn signed_len(value: i64) -> usize {
    let bits = 64 - (zigzag(value) | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

/// Reads a number and removes it from the front of `bytes`.
pub(super) fn read(bytes: &mut &[u8]) -> Result<u64, NumberError> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(NumberError::Truncated)?;
        *bytes = rest;
        let low = u64::from(byte & 0x7f);
        // The tenth byte has room for one bit only, and a last byte of 0 is needless.
        if (shift == 63 && low > 1) || (byte == 0 && shift > 0) {
            return Err(NumberError::Malformed);
        }
        value |= low << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(NumberError::Malformed)
}

/// Reads a signed number in zigzag form and removes it from the front of `bytes`.
pub(super) fn read_signed(bytes: &mut &[u8]) -> Result<i64, NumberError> {
    let value = read(bytes)?;
    Ok((value >> 1) as i64 ^ -((value & 1) as i64))
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}
