//! A folder of captured documents as a site: every file under its relative path.
//!
//! Captures have lost their headers, so the media type is guessed from what the document says it is, and only
//! then from its name: captured feeds end in `.php`, `.html`, `.jsp` and nothing at all. No charset is ever
//! claimed, as the capture does not know it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The media type of a document, by its first bytes, then by its name.
#[must_use]
pub fn guess_media_type(path: &Path, bytes: &[u8]) -> &'static str {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let signs = [
        ("<rdf:rdf", "application/rdf+xml"),
        ("<rss", "application/rss+xml"),
        ("<feed", "application/atom+xml"),
        ("begin:vcalendar", "text/calendar"),
        ("<!doctype html", "text/html"),
        ("<html", "text/html"),
    ];
    // The sign that stands first decides: a page may quote `<rss>`, and a feed may quote HTML.
    let sign = signs.iter().filter_map(|(sign, kind)| Some((head.find(sign)?, *kind))).min();
    if let Some((_, kind)) = sign {
        return kind;
    }
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("xml" | "rss" | "rdf" | "atom") => "application/xml",
        Some("json") => "application/json",
        Some("ics") => "text/calendar",
        Some("html" | "htm" | "php" | "jsp") => "text/html",
        Some("txt" | "md" | "tsv") => "text/plain",
        _ => "application/octet-stream",
    }
}

/// All files below a folder with their paths as addresses, sorted.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                let parts = relative.iter().map(|part| encode(&part.to_string_lossy()));
                found.push((parts.fold(String::new(), |address, part| address + "/" + &part), path.clone()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Percent-encodes what may not stand in a path segment (RFC 3986, 3.3).
fn encode(segment: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    segment.bytes().fold(String::new(), |mut out, byte| {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    //! The guess holds for what captures really look like.

    use super::*;

    #[test]
    fn content_wins_over_the_name() {
        let guess = |name: &str, text: &str| guess_media_type(Path::new(name), text.as_bytes());
        assert_eq!(guess("RSS.250.0.html", "<?xml version='1.0'?>\n<rss version=\"2.0\">"), "application/rss+xml");
        assert_eq!(guess("feed", "<feed xmlns='http://www.w3.org/2005/Atom'><title>&lt;html"), "application/atom+xml");
        assert_eq!(guess("index.php", "<!DOCTYPE html><p>Unser <rss>-Angebot"), "text/html");
        assert_eq!(guess("termine.ics", "BEGIN:VCALENDAR\r\n"), "text/calendar");
        assert_eq!(guess("a.json", "{}"), "application/json");
        assert_eq!(guess("a.xml", "\u{0}"), "application/xml");
    }

    #[test]
    fn odd_names_become_addresses() {
        assert_eq!(encode("übersicht 1%.xml"), "%C3%BCbersicht%201%25.xml");
    }
}
