//! Gzip (RFC 1952) without compression: stored blocks are valid deflate, and a test needs the container,
//! not the gain.

/// The bytes in a gzip container.
#[must_use]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    if blocks.peek().is_none() {
        out.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(crc32(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    //! The check value that every description of CRC-32 gives, and the shape of the container.

    #[test]
    fn container_is_what_rfc_1952_says() {
        assert_eq!(super::crc32(b"123456789"), 0xcbf4_3926);
        let long = vec![b'x'; 70_000];
        let out = super::gzip(&long);
        assert_eq!(out.len(), 10 + 5 + 65_535 + 5 + 4_465 + 8);
        assert_eq!(&out[out.len() - 4..], 70_000_u32.to_le_bytes());
        assert_eq!(super::gzip(b"").len(), 10 + 5 + 8);
    }
}
