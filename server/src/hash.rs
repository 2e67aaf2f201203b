//! Fingerprints of bytes, by SHA-256: of documents, of answers, of ids.

use ring::digest::{SHA256, SHA256_OUTPUT_LEN};

/// All of it.
pub(crate) fn digest(bytes: &[u8]) -> [u8; SHA256_OUTPUT_LEN] {
    let digest = ring::digest::digest(&SHA256, bytes);
    digest.as_ref().try_into().expect("a SHA-256 has as many bytes as it says")
}

/// The first 64 bits.
pub(crate) fn digest64(bytes: &[u8]) -> u64 {
    let digest = digest(bytes);
    digest[..8].iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
