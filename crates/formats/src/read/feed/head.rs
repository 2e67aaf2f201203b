//! The part of a feed before its entries: title, language, links, and what it asks of pollers.

use model::Reading;
use url::Url;

use super::draft::{based, tag};
use super::inner::Inner;
use super::names::Space;
use crate::read::address::absolute;
use crate::read::scan::{self, Scanner, Token};
use crate::text;

/// The head under construction.
pub(super) struct Head {
    atom: bool,
    /// What relative addresses are resolved against: of the document, the feed, its channel.
    pub(super) base: Option<Url>,
    /// Language of all entries that name none.
    pub(super) lang: Option<String>,
    period: Option<u32>,
    frequency: u32,
}

impl Head {
    pub(super) fn new(atom: bool, base: Option<&Url>) -> Self {
        Head { atom, base: base.cloned(), lang: None, period: None, frequency: 1 }
    }

    /// `xml:base` and `xml:lang` of the feed or its channel.
    pub(super) fn around(&mut self, attributes: &str) {
        if let Some(base) = based(attributes, self.base.as_ref()) {
            self.base = Some(base);
        }
        if attributes.contains("xml:lang")
            && let Some(lang) = scan::attribute(attributes, "xml:lang")
        {
            self.add_language(&lang);
        }
    }

    fn add_language(&mut self, lang: &str) {
        self.lang = self.lang.take().or_else(|| tag(lang));
    }

    /// One element of the head.
    pub(super) fn field(
        &mut self,
        space: Space,
        local: &str,
        attributes: &str,
        inner: &Inner<'_>,
        reading: &mut Reading,
    ) {
        let hints = &mut reading.hints;
        match (space, local) {
            (Space::Rss | Space::Atom | Space::Dc, "title") if reading.title.is_none() => {
                reading.title = Some(text::line(&text::unscramble(inner.html()))).filter(|title| !title.is_empty());
            }
            (Space::Rss | Space::Dc, "language") => self.add_language(&inner.text),
            (Space::Rss | Space::Atom, "link") if attributes.contains("href") => {
                let rel = scan::attribute(attributes, "rel").unwrap_or_default();
                let address = scan::attribute(attributes, "href").and_then(|href| absolute(&href, self.base.as_ref()));
                for rel in rel.split_ascii_whitespace() {
                    match rel {
                        "hub" => hints.hub = hints.hub.take().or_else(|| address.clone()),
                        "self" => hints.own_url = hints.own_url.take().or_else(|| address.clone()),
                        _ => {}
                    }
                }
            }
            (Space::Rss, "ttl") if !self.atom => hints.ttl_minutes = leading_number(&inner.text).filter(|ttl| *ttl > 0),
            (Space::Rss, "skiphours") => {
                hints.skip_hours = words(inner).iter().filter_map(|word| hour(word)).collect();
                hints.skip_hours.sort_unstable();
                hints.skip_hours.dedup();
            }
            (Space::Rss, "skipdays") => {
                hints.skip_days = words(inner).iter().filter_map(|word| weekday(word)).collect();
                hints.skip_days.sort_unstable();
                hints.skip_days.dedup();
            }
            (Space::Syndication, "updateperiod") => self.period = minutes(inner.text.trim()),
            (Space::Syndication, "updatefrequency") => {
                self.frequency = leading_number(&inner.text).filter(|times| *times > 0).unwrap_or(1);
            }
            _ => {}
        }
    }

    /// What stands after all elements were read: the syndication module needs two to say one thing.
    pub(super) fn done(self, reading: &mut Reading) {
        let asked = self.period.map(|minutes| (minutes / self.frequency).max(1));
        reading.hints.ttl_minutes = reading.hints.ttl_minutes.or(asked);
        if let Some(lang) = self.lang {
            for entry in reading.entries.iter_mut().filter(|entry| entry.lang.is_none()) {
                entry.lang = Some(lang.clone());
            }
        }
    }
}

/// Periods of the syndication module.
fn minutes(period: &str) -> Option<u32> {
    const DAY: u32 = 24 * 60;
    match period.to_ascii_lowercase().as_str() {
        "hourly" => Some(60),
        "daily" => Some(DAY),
        "weekly" => Some(7 * DAY),
        "monthly" => Some(30 * DAY),
        "yearly" => Some(365 * DAY),
        _ => None,
    }
}

/// "60", and "60 minutes".
fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim();
    text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())].parse().ok()
}

fn words(inner: &Inner<'_>) -> Vec<String> {
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
