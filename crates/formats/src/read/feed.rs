//! RSS and Atom: mended, then read by feed-rs, then completed by what was noted beside it.
//!
//! Where feed-rs refuses or panics all the same, the entries are read one by one, and what does not
//! read alone is one complaint.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model as feed_rs_model;
use feed_rs::parser;
use model::{Complaint, Entry, Moment, Reading};
use url::Url;

use super::mend::{self, Mended, Note};
use super::when;
use crate::text;

/// Reads a feed; `None` if the text holds none.
pub(super) fn read(text: &str, base: Option<&Url>) -> Option<Reading> {
    mend::mend(text).map(|mended| complete(mended, base))
}

/// The mended feed through feed-rs, and the notes.
fn complete(mended: Mended, base: Option<&Url>) -> Reading {
    let mut reading = Reading { format: mended.format.into(), hints: mended.hints.clone(), ..Reading::default() };
    reading.complaints.extend(mended.repairs.complaint());
    let whole: usize = mended.entries.iter().map(|(xml, _)| xml.len()).sum();
    let mut document = String::with_capacity(mended.head.len() + whole + mended.tail.len());
    document.push_str(&mended.head);
    mended.entries.iter().for_each(|(xml, _)| document.push_str(xml));
    document.push_str(mended.tail);
    let mut lang = None;
    let parsed = match parse(&document, base) {
        Ok(mut feed) if feed.entries.len() == mended.entries.len() => {
            let entries = std::mem::take(&mut feed.entries);
            lang = head(&mut reading, &feed, base);
            entries.into_iter().map(Some).collect()
        }
        outcome => {
            let reason = outcome.err().unwrap_or_else(|| "entries were lost".into());
            reading.complaints.push(complaint("repaired", format!("read entry by entry: {reason}"), None));
            one_by_one(&mended, base, &mut reading)
        }
    };
    for ((_, note), parsed) in mended.entries.into_iter().zip(parsed) {
        let at = reading.entries.len();
        let Some(parsed) = parsed else { continue };
        if note.cut {
            let text = "the document ends inside this entry; what was whole of it is kept";
            reading.complaints.push(complaint("entry", text.into(), Some(at)));
        }
        let mut entry = entry(parsed, note, base, at, &mut reading.complaints);
        entry.lang = entry.lang.or_else(|| lang.clone());
        reading.entries.push(entry);
    }
    reading
}

fn complaint(what: &str, text: String, entry: Option<usize>) -> Complaint {
    Complaint { what: what.into(), text, entry }
}

/// feed-rs with its panics caught and our dates.
fn parse(document: &str, base: Option<&Url>) -> Result<feed_rs_model::Feed, String> {
    let parser = parser::Builder::new()
        .base_uri(base.map(Url::as_str))
        .sanitize_content(false)
        // An entry without an id has none; what stands for it is decided where items are made.
        .id_generator(|_, _, _| String::new())
        // chrono's type is only passed through: RFC 3339 carries the moment across.
        .timestamp_parser(|text| when::moment(text).and_then(|at| at.to_string().parse().ok()))
        .build();
    catch_unwind(AssertUnwindSafe(|| parser.parse(document.as_bytes())))
        .map_err(|_| "the parser gave up in a panic".to_owned())?
        .map_err(|error| error.to_string())
}

fn one_by_one(mended: &Mended, base: Option<&Url>, reading: &mut Reading) -> Vec<Option<feed_rs_model::Entry>> {
    match parse(&format!("{}{}", mended.head, mended.tail), base) {
        Ok(feed) => {
            head(reading, &feed, base);
        }
        Err(reason) => reading.complaints.push(complaint("repaired", format!("the head is lost: {reason}"), None)),
    }
    let open = if mended.tail == "</feed>" { "<feed xmlns=\"http://www.w3.org/2005/Atom\">" } else { &mended.head };
    let mut entries = Vec::new();
    for (at, (xml, _)) in mended.entries.iter().enumerate() {
        let outcome = parse(&format!("{open}{xml}{}", mended.tail), base);
        let entry = outcome.and_then(|feed| feed.entries.into_iter().next().ok_or("no entry".into()));
        if let Err(reason) = &entry {
            reading.complaints.push(complaint("entry", format!("left out: {reason}"), Some(at)));
        }
        entries.push(entry.ok());
    }
    entries
}

/// Title and links of the feed; gives its language.
fn head(reading: &mut Reading, feed: &feed_rs_model::Feed, base: Option<&Url>) -> Option<String> {
    reading.title = feed.title.as_ref().map(|title| title.content.clone()).filter(|title| !title.is_empty());
    let link = |wanted: &str| {
        let found = feed.links.iter().find(|link| link.rel.as_deref() == Some(wanted))?;
        absolute(&found.href, base)
    };
    reading.hints.hub = link("hub");
    reading.hints.own_url = link("self");
    feed.language.clone().filter(|lang| !lang.trim().is_empty())
}

fn entry(
    parsed: feed_rs_model::Entry,
    mut note: Note,
    base: Option<&Url>,
    at: usize,
    complaints: &mut Vec<Complaint>,
) -> Entry {
    let moment = |millis: i64| Moment::from_ms(millis);
    let published = parsed.published.map(|at| moment(at.timestamp_millis()));
    // Where RSS names no change, feed-rs takes the publication for one.
    let updated = parsed.updated.filter(|_| note.changed).map(|at| moment(at.timestamp_millis()));
    if published.is_none()
        && updated.is_none()
        && let Some(text) = note.undated()
    {
        let text = format!("no date is read from {:?}", shortened(text));
        complaints.push(complaint("date", text, Some(at)));
    }
    let address = parsed.links.first().map(|link| link.href.as_str());
    let url = address.and_then(|address| absolute(address, base));
    if url.is_none()
        && let Some(address) = address
    {
        complaints.push(complaint("link", format!("{:?} is no address", shortened(address)), Some(at)));
    }
    Entry {
        guid: Some(parsed.id).filter(|id| !id.is_empty()),
        url,
        title: parsed.title.map(|title| title.content),
        summary: parsed.summary.and_then(|summary| plain(&summary.content)),
        text: parsed.content.and_then(|content| plain(&content.body?)),
        published,
        updated,
        lang: note.lang.take().filter(|lang| !lang.trim().is_empty()),
        image: note.image.take().and_then(|image| absolute(&image, base)),
        event: note.event(),
        authors: note.authors,
        categories: parsed.categories.into_iter().map(|category| category.term).collect(),
        kicker: None,
    }
}

fn plain(html: &str) -> Option<String> {
    Some(text::paragraphs(&text::unscramble(html))).filter(|text| !text.is_empty())
}

/// A web address, resolved against the document's own.
pub(super) fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// A text as it may stand in a complaint.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
