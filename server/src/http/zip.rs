//! Several files as one archive (PKWARE APPNOTE 6.3.10), stored as they are: what is in it is compressed already, or
//! small. No date but the format's first, so that equal files give equal archives.

/// Signature, version needed and flags (names are UTF-8), method "stored", 1980-01-01 00:00.
const COMMON: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 33, 0];

/// The archive of these files, by name. Each must be smaller than 4 GB, and there must be fewer than 65,536.
pub(super) fn stored(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut index) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let place = out.len() as u32;
        let mut about = COMMON.to_vec();
        about.extend(crc32(content).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        out.extend(*b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(content);
        index.extend(*b"PK\x01\x02\x14\x00");
        index.extend(&about);
        // No comment, first disk, no attributes.
        index.extend([0; 10]);
        index.extend(place.to_le_bytes());
        index.extend(name.as_bytes());
    }
    let (count, place) = ((files.len() as u16).to_le_bytes(), (out.len() as u32).to_le_bytes());
    let size = (index.len() as u32).to_le_bytes();
    out.append(&mut index);
    out.extend(*b"PK\x05\x06\x00\x00\x00\x00");
    out.extend([count, count].concat());
    out.extend([size, place].concat());
    out.extend([0, 0]);
    out
}

/// CRC-32 (ISO 3309), bit by bit: a megabyte takes some milliseconds, once.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

#[cfg(test)]
mod tests;
