//! The part of a feed before its entries: title, language, links, and what it asks of pollers.

use std::collections::HashSet;

use model::Hints;

use super::inner::{Inner, escape};
use super::names::Space;
use crate::read::scan::{self, Scanner, Token};
use crate::text;

const RSS: &str = r#"<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/""#;
const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom""#;

/// The head under construction.
pub(super) struct Head {
    atom: bool,
    xml: String,
    attributes: String,
    hints: Hints,
    period: Option<u32>,
    frequency: u32,
    titled: bool,
    language: bool,
}

impl Head {
    pub(super) fn new(atom: bool, attributes: &str) -> Self {
        let mut head = Head {
            atom,
            xml: String::new(),
            attributes: String::new(),
            hints: Hints::default(),
            period: None,
            frequency: 1,
            titled: false,
            language: false,
        };
        head.around(attributes);
        head
    }

    /// `xml:base` and `xml:lang` of the feed or its channel.
    pub(super) fn around(&mut self, attributes: &str) {
        self.attributes.push_str(&common(attributes));
        if !self.atom
            && let Some(lang) = scan::attribute(attributes, "xml:lang")
        {
            self.add_language(&lang);
        }
    }

    fn add_language(&mut self, lang: &str) {
        if !self.language && !lang.trim().is_empty() {
            self.language = true;
            self.element("language", "", lang.trim());
        }
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        push_element(&mut self.xml, name, attributes, text);
    }

    /// One element of the head.
    pub(super) fn field(&mut self, space: Space, local: &str, attributes: &str, inner: &Inner) {
        match (space, local) {
            (Space::Rss | Space::Atom | Space::Dc, "title") if !self.titled => {
                self.titled = true;
                let title = text::line(inner.html());
                self.element("title", "", &title);
            }
            (Space::Rss | Space::Dc, "language") => self.add_language(&inner.text),
            (Space::Rss | Space::Atom, "link") if attributes.contains("href") => {
                let mut kept = String::new();
                for (name, value) in scan::attributes(attributes) {
                    if matches!(name, "href" | "rel" | "type") {
                        kept.push_str(&format!(" {name}=\"{}\"", escape(value.trim())));
                    }
                }
                self.element(if self.atom { "link" } else { "atom:link" }, &kept, "");
            }
            (Space::Rss, "ttl") => self.hints.ttl_minutes = inner.text.trim().parse().ok(),
            (Space::Rss, "skipHours") => {
                self.hints.skip_hours = words(inner).iter().filter_map(|word| hour(word)).collect();
                self.hints.skip_hours.sort_unstable();
                self.hints.skip_hours.dedup();
            }
            (Space::Rss, "skipDays") => {
                self.hints.skip_days = words(inner).iter().filter_map(|word| weekday(word)).collect();
            }
            (Space::Syndication, "updatePeriod") => {
                self.period = match inner.text.trim() {
                    "hourly" => Some(60),
                    "daily" => Some(24 * 60),
                    "weekly" => Some(7 * 24 * 60),
                    "monthly" => Some(30 * 24 * 60),
                    "yearly" => Some(365 * 24 * 60),
                    _ => None,
                };
            }
            (Space::Syndication, "updateFrequency") => {
                self.frequency = inner.text.trim().parse().ok().filter(|times| *times > 0).unwrap_or(1);
            }
            _ => {}
        }
    }

    /// What stands before the entries, what after them, and the hints.
    pub(super) fn done(mut self) -> (String, &'static str, Hints) {
        self.hints.ttl_minutes =
            self.hints.ttl_minutes.or(self.period.map(|minutes| (minutes / self.frequency).max(1)));
        let (open, inside, tail) =
            if self.atom { (ATOM, "", "</feed>") } else { (RSS, "<channel>", "</channel></rss>") };
        (format!("{open}{}>{inside}{}", unique(&self.attributes), self.xml), tail, self.hints)
    }
}

/// RSS and channel may both carry `xml:base`; an element carries it once.
fn unique(attributes: &str) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for (name, value) in scan::attributes(attributes) {
        if seen.insert(name) {
            out.push_str(&format!(" {name}=\"{}\"", escape(&value)));
        }
    }
    out
}

/// `xml:base` and `xml:lang`, ready to be written; a base that is no address would cost the feed.
pub(super) fn common(attributes: &str) -> String {
    let mut out = String::new();
    if !attributes.contains("xml:") {
        return out;
    }
    for (name, value) in scan::attributes(attributes) {
        let fit = match name {
            "xml:base" => {
                matches!(url::Url::parse(value.trim()), Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase))
            }
            "xml:lang" => true,
            _ => false,
        };
        if fit {
            out.push_str(&format!(" {name}=\"{}\"", escape(value.trim())));
        }
    }
    out
}

/// Writes one element of text.
pub(super) fn push_element(to: &mut String, name: &str, attributes: &str, text: &str) {
    for part in ["<", name, attributes, ">", &escape(text), "</", name, ">"] {
        to.push_str(part);
    }
}

fn words(inner: &Inner) -> Vec<String> {
    Scanner::new(inner.html())
        .filter_map(|token| match token {
            Token::Text(text) if !text.trim().is_empty() => Some(text.trim().to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

/// RSS 0.91 counts hours from 1 to 24, RSS 2.0 from 0 to 23.
fn hour(word: &str) -> Option<u8> {
    word.parse().ok().filter(|hour| *hour <= 24).map(|hour: u8| hour % 24)
}

fn weekday(word: &str) -> Option<u8> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.iter().position(|day| *day == word).and_then(|at| u8::try_from(at).ok())
}
