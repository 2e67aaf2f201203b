//! Where a web or e-mail address begins and ends in running text, with or without scheme: "www.amt.example/a",
//! "amt.example/anmeldung", "a.muster@amt.example". What follows it in the sentence is no part of it.

/// Longest address that is looked for.
const ADDRESS: usize = 400;

/// The length of the web or e-mail address at the beginning.
pub(super) fn address(text: &str) -> Option<usize> {
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '„' | '“' | '”' | ')' | ']' | '|' | '«' | '»');
    let window = (0..=ADDRESS.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let length = text[..window].find(stop).unwrap_or(window);
    let run = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '\'', '*']);
    if !run.contains(['.', '@']) {
        return None;
    }
    let start = run.get(..4).unwrap_or_default().to_ascii_lowercase();
    if start == "http" && run.contains("://") || start == "www." {
        return Some(run.len());
    }
    if !run.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    if let Some((name, host)) = run.split_once('@') {
        // No list of ends here: the "@" says it.
        let end = host.rsplit_once('.').map(|(_, end)| end).unwrap_or_default();
        let named = end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic());
        return (!name.is_empty() && named && !host.contains('/')).then_some(run.len());
    }
    let host = run.split(['/', '?', '#']).next().unwrap_or_default();
    ends_in_domain(host).then_some(run.len())
}

fn ends_in_domain(host: &str) -> bool {
    let Some((name, end)) = host.rsplit_once('.') else { return false };
    // A name has letters: "14.12.de" is a slip, not a host.
    name.bytes().any(|b| b.is_ascii_alphabetic())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        && DOMAINS.contains(&end.to_ascii_lowercase().as_str())
}

/// Ends of host names that German announcements use. Others need a scheme or "www.".
const DOMAINS: [&str; 25] = [
    "de",
    "org",
    "net",
    "com",
    "eu",
    "info",
    "at",
    "ch",
    "io",
    "nrw",
    "berlin",
    "hamburg",
    "bayern",
    "saarland",
    "koeln",
    "digital",
    "events",
    "example",
    "online",
    "gov",
    "app",
    "community",
    "tech",
    "dev",
    "fyi",
];
