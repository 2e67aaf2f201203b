//! Fingerprints of bytes, by SHA-256: of documents, of answers, of ids.

use sha2::{Digest as _, Sha256};

/// All of it.
pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first 64 bits.
pub(crate) fn digest64(bytes: &[u8]) -> u64 {
    let digest = digest(bytes);
    digest[..8].iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
