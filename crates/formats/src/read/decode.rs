//! Bytes to text. A label is believed only as far as the bytes allow: BOM, then valid UTF-8, then the
//! HTTP charset, then the document's own declaration, then detection with a German prior.
//!
//! Promises: always gives text, without the control characters that XML forbids. Latin-1 bytes under a
//! UTF-8 label and UTF-8 under a Latin-1 label read right; UTF-8 with a few stray bytes keeps its umlauts.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use model::Complaint;

/// How far into a document its own declaration is looked for.
const HEAD: usize = 2048;

/// How much of a document is looked at to guess its encoding.
const DETECTED: usize = 64 * 1024;

/// Text of a document, and what was odd about its encoding.
pub(super) fn decode<'a>(bytes: &'a [u8], media_type: Option<&str>, complaints: &mut Vec<Complaint>) -> Cow<'a, str> {
    let labels = [media_type.and_then(http_charset), declared(bytes)];
    let (text, used) = to_text(bytes, &labels);
    if let Some(label) = labels.into_iter().flatten().next()
        && !bytes.is_ascii()
        && Encoding::for_label(label.as_bytes()).is_none_or(|said| said != used && !is_utf16(said, used))
    {
        let text = format!("the document calls itself {label:?} and was read as {}", used.name());
        complaints.push(Complaint { what: "charset".into(), text, entry: None });
    }
    without_controls(text, complaints)
}

fn is_utf16(said: &Encoding, used: &Encoding) -> bool {
    [said, used].iter().all(|encoding| *encoding == UTF_16LE || *encoding == UTF_16BE)
}

fn to_text<'a>(bytes: &'a [u8], labels: &[Option<String>; 2]) -> (Cow<'a, str>, &'static Encoding) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[length..]);
        if !wrong {
            return (text, encoding);
        }
        if encoding == UTF_8 {
            return to_text(&bytes[length..], labels);
        }
        return (text, encoding);
    }
    if let Some(encoding) = utf16_without_bom(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0, encoding);
    }
    let mut labelled = labels.iter().flatten().filter_map(|label| Encoding::for_label(label.as_bytes()));
    // Borrowed, and checked many bytes at a time.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        // Shifted Japanese is ASCII to the eye; its escapes give it away.
        let shifted = labelled.clone().find(|said| !said.is_ascii_compatible() && bytes.contains(&0x1b));
        return match shifted {
            Some(said) => (said.decode_without_bom_handling(bytes).0, said),
            None => (text, UTF_8),
        };
    }
    if let Some(text) = mostly_utf8(bytes) {
        return (Cow::Owned(text), UTF_8);
    }
    let fits = labelled.find_map(|said| {
        let (text, wrong) = said.decode_without_bom_handling(bytes);
        // Eight-bit text that calls itself UTF-16 decodes without an error, to Chinese.
        (!wrong && said.is_ascii_compatible() && said != UTF_8).then_some((text, said))
    });
    fits.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        // Detection is slow, and sure after a few lines; what is not ASCII may come late.
        let odd = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
        let end = bytes.len().min(odd + DETECTED);
        detector.feed(&bytes[odd..end], end == bytes.len());
        let guess = detector.guess(Some(b"de"), Utf8Detection::Deny);
        (guess.decode_without_bom_handling(bytes).0, guess)
    })
}

/// UTF-16 shows by the zeros beside its angle bracket.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, second, 0, ..] if *second != 0 => Some(UTF_16LE),
        [0, b'<', 0, second, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 into which a few bytes of another text were pasted: those are read as Windows-1252, one by one.
fn mostly_utf8(bytes: &[u8]) -> Option<String> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good <= 2 * bad {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Some(text)
}

/// `charset` of a `Content-Type` header.
fn http_charset(media_type: &str) -> Option<String> {
    let at = media_type.to_ascii_lowercase().find("charset=")?;
    let value = media_type[at + 8..].trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| matches!(c, ';' | '"' | '\'' | ',') || c.is_whitespace()).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// What the XML declaration or the page's meta element says.
fn declared(bytes: &[u8]) -> Option<String> {
    // A prolog ends the search: all that follows is content.
    let prolog = bytes.starts_with(b"<?xml").then(|| memchr::memmem::find(&bytes[..bytes.len().min(HEAD)], b"?>"));
    let length = prolog.flatten().map_or(HEAD, |end| end + 2);
    let head: String = bytes.iter().take(length).map(|byte| char::from(*byte)).collect();
    let lower = head.to_ascii_lowercase();
    let from = |mark: &str| lower.find(mark).map(|at| at + mark.len());
    let prolog = from("<?xml").and_then(|start| {
        let end = start + lower[start..].find("?>")?;
        let at = start + lower.get(start..end)?.find("encoding")? + 8;
        Some((at, end))
    });
    let meta = || {
        let at = from("charset=").filter(|_| lower.contains("<meta"))?;
        Some((at, lower.len()))
    };
    let (at, end) = prolog.or_else(meta)?;
    let value = head.get(at..end)?.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    let length = value.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
    (length > 0).then(|| value[..length].to_owned())
}

/// XML 1.0 forbids most of them, and in an item they break every output (RFC 8259 would escape them).
fn without_controls<'a>(text: Cow<'a, str>, complaints: &mut Vec<Complaint>) -> Cow<'a, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    // Bytes first, many at a time: this looks through every document whole. The two that are no control
    // characters begin with the same two bytes.
    let control = |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    let low = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | control(*byte));
    let odd = text.as_bytes().chunks(4_096).any(low) || memchr::memmem::find(text.as_bytes(), b"\xef\xbf").is_some();
    if !odd || !text.contains(forbidden) {
        return text;
    }
    let mut text = text.into_owned();
    let before = text.chars().count();
    text.retain(|c| !forbidden(c));
    let dropped = before - text.chars().count();
    let text_of = format!("mended: {dropped} character(s) that XML forbids");
    complaints.push(Complaint { what: "repaired".into(), text: text_of, entry: None });
    Cow::Owned(text)
}

#[cfg(test)]
mod tests;
