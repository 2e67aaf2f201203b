//! Signatures over what is pushed, and secrets that nobody can guess.
//!
//! `X-Hub-Signature: sha256=…` is what WebSub (7.1, 8) and most receivers of webhooks expect: HMAC (RFC 2104) over the
//! body, byte for byte. We sign with SHA-256 and verify all four that WebSub names, in constant time.

use ring::hmac::{self, Algorithm};
use ring::rand::{SecureRandom as _, SystemRandom};

const ALGORITHMS: [(&str, Algorithm); 4] = [
    // Hubs of the PubSubHubbub days know no other; for HMAC it is still sound (RFC 6194, 3.3).
    ("sha1", hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
    ("sha256", hmac::HMAC_SHA256),
    ("sha384", hmac::HMAC_SHA384),
    ("sha512", hmac::HMAC_SHA512),
];

/// The value of the header: `sha256=` and the digits.
pub(crate) fn signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("sha256={}", hex(hmac::sign(&key, body).as_ref()))
}

/// Whether a header's value is the signature of a body. An unknown method is none.
pub(crate) fn is_signed(secret: &str, body: &[u8], header: &str) -> bool {
    let Some((method, digits)) = header.trim().split_once('=') else { return false };
    let known = ALGORITHMS.iter().find(|(name, _)| name.eq_ignore_ascii_case(method.trim()));
    let (Some((_, algorithm)), Some(tag)) = (known, unhex(digits.trim())) else { return false };
    let key = hmac::Key::new(*algorithm, secret.as_bytes());
    hmac::verify(&key, body, &tag).is_ok()
}

/// A name for a text that no other text has: the first 128 bits of its SHA-256 as digits.
pub(crate) fn fingerprint(text: &str) -> String {
    hex(&ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref()[..16])
}

/// 32 bytes of chance as 64 digits: a secret, a challenge, the name of a callback.
pub(crate) fn chance() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).expect("the operating system always has randomness once it has started");
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// At most 64 bytes: no signature is longer.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() > 128 || !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    //! Against the vectors of RFC 2202 and RFC 4231, test case 2.

    use super::*;

    const BODY: &[u8] = b"what do ya want for nothing?";
    const SHA256: &str = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn signatures_are_those_of_the_standards() {
        assert_eq!(signature("Jefe", BODY), SHA256);
        for good in [
            SHA256,
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
            "SHA384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
            " sha512=164B7A7BFCF819E2E395FBE73B56E0A387BD64222E831FD610270CD7EA2505549758BF75C05A994A6D034F65F8F0E6FDCAEAB1A34D4A6B4B636E070A38BCE737",
        ] {
            assert!(is_signed("Jefe", BODY, good), "{good}");
            assert!(!is_signed("jefe", BODY, good), "another secret");
            assert!(!is_signed("Jefe", b"what do ya want for nothing!", good), "another body");
        }
    }

    #[test]
    fn what_is_no_signature_signs_nothing() {
        let long = format!("sha256={}", "a".repeat(1 << 16));
        for bad in ["", "sha256", "sha256=", "md5=d41d8cd98f00b204e9800998ecf8427e", "sha256=zz", "sha256=ä", &long] {
            assert!(!is_signed("Jefe", BODY, bad), "{bad:.40}");
        }
        assert!(!is_signed("Jefe", BODY, &SHA256[..SHA256.len() - 2]), "a part of it");
    }

    #[test]
    fn chance_is_long_and_never_the_same() {
        assert_eq!(chance().len(), 64);
        assert_ne!(chance(), chance());
    }
}
