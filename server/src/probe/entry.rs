//! A publisher's file from what a probe found: TOML that the catalogue reads as it is, and comments for people.

use std::fmt::Write as _;

use anyhow::Context as _;
use formats::Survey;
use model::{Catalogue, Entry, Format, Moment, Select};
use url::Url;

use super::{Find, format_of};
use crate::clock::now;

/// Entries shown of each source.
const PREVIEW: usize = 5;

/// The file; `listing` is the page itself, if it has a list that can be read.
///
/// # Errors
/// An address without a host.
pub(super) fn write(
    home: &str,
    title: Option<&str>,
    finds: &[Find],
    listing: Option<&Survey>,
    log: &[String],
    catalogue: &Catalogue,
) -> anyhow::Result<String> {
    let url = Url::parse(home)?;
    let host = url.host_str().with_context(|| format!("{home:?} has no host"))?;
    let domain = host.trim_start_matches("www.");
    // The last label says nothing that the rest does not; of an address in numbers it says the most.
    let named = url.domain().and(domain.rsplit_once('.')).map_or(domain, |(name, _)| name);
    let publisher = slug(named);
    let name = title.or(finds.first().and_then(|find| find.reading.title.as_deref())).unwrap_or(host);
    let mut out = String::new();
    comment(&mut out, &format!("Found by `amtsticker probe {home}`. Check name, states and licence, then save as"));
    comment(&mut out, &format!("catalogue/sources/{publisher}.toml"));
    for line in log {
        comment(&mut out, &format!("tried in vain: {line}"));
    }
    line(&mut out, "id", &publisher);
    line(&mut out, "name", name);
    line(&mut out, "home", &url.origin().ascii_serialization());
    out.push_str("states = []\n");
    let mut ids = Vec::new();
    for find in finds {
        feed(&mut out, &publisher, find, &mut ids, catalogue);
    }
    if let Some(survey) = listing {
        page(&mut out, &publisher, home, survey, finds.is_empty(), &mut ids);
    }
    Ok(out)
}

fn feed(out: &mut String, publisher: &str, find: &Find, ids: &mut Vec<String>, catalogue: &Catalogue) {
    let reading = &find.reading;
    out.push_str("\n[[source]]\n");
    if let Some(known) = catalogue.sources.iter().find(|source| source.url == find.url) {
        comment(out, &format!("in the catalogue already, as {}", known.id));
    }
    line(out, "id", &unique(publisher, &last_segment(&find.url), ids));
    line(out, "url", &find.url);
    line(out, "format", if format_of(reading) == Format::Ics { "ics" } else { "feed" });
    line(out, "status", "V");
    line(out, "evidence", &format!("{}, {}: {}", today(), find.from, count(&reading.entries)));
    for complaint in reading.complaints.iter().take(PREVIEW) {
        comment(out, &format!("complaint: {}", complaint.text));
    }
    preview(out, &reading.entries);
}

fn page(out: &mut String, publisher: &str, home: &str, survey: &Survey, alone: bool, ids: &mut Vec<String>) {
    out.push_str("\n[[source]]\n");
    line(out, "id", &unique(publisher, &last_segment(home), ids));
    line(out, "url", home);
    out.push_str("format = \"html\"\n");
    if !alone {
        comment(out, "a feed says more, and does not break when the layout changes");
        out.push_str("enabled = false\n");
    }
    line(out, "status", "V");
    line(out, "evidence", &format!("{}, its list: {}", today(), count(&survey.entries)));
    if let Some(platform) = &survey.platform {
        line(out, "platform", platform);
    }
    if let Some(select) = &survey.select {
        let _ = writeln!(out, "select = {}", selectors(select));
    }
    let _ = writeln!(out, "expect = {}", contract(&survey.entries));
    preview(out, &survey.entries);
}

/// What the page shows today, with room for a quiet week.
fn contract(entries: &[Entry]) -> String {
    let dated = entries.iter().filter(|entry| when(entry).is_some()).count();
    let items = (entries.len() / 2).max(1);
    let tenths = (dated * 10 / entries.len().max(1)).saturating_sub(1);
    match tenths {
        0 => format!("{{ items = {items} }}"),
        tenths => format!("{{ items = {items}, dated = 0.{tenths} }}"),
    }
}

fn selectors(select: &Select) -> String {
    let optional = [
        ("title", &select.title),
        ("link", &select.link),
        ("date", &select.date),
        ("teaser", &select.teaser),
        ("kicker", &select.kicker),
        ("place", &select.place),
    ];
    let mut parts = vec![format!("item = {}", quoted(&select.item))];
    parts.extend(optional.iter().filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_deref()?)))));
    format!("{{ {} }}", parts.join(", "))
}

fn count(entries: &[Entry]) -> String {
    let newest = entries.iter().filter_map(|entry| entry.published.or(entry.updated)).max();
    let newest = newest.map(|at| format!(", the newest of {}", at.date())).unwrap_or_default();
    format!("{} items{newest}", entries.len())
}

fn preview(out: &mut String, entries: &[Entry]) {
    for (at, entry) in entries.iter().take(PREVIEW).enumerate() {
        let date = when(entry).map_or("no date   ".to_owned(), |at| at.date().to_string());
        let kicker = entry.kicker.as_deref().map(|kicker| format!("{kicker}: ")).unwrap_or_default();
        let title = entry.title.as_deref().unwrap_or("no title");
        comment(out, &format!("{}. {date}  {kicker}{title}", at + 1));
        comment(out, &format!("   {}", entry.url.as_deref().unwrap_or("no link")));
    }
}

fn when(entry: &Entry) -> Option<Moment> {
    entry.published.or(entry.updated).or_else(|| Some(entry.event.as_ref()?.start.start()))
}

fn today() -> String {
    now().date().to_string()
}

/// The part of an address that tells it from its neighbours.
fn last_segment(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let last = segments.last().map_or("", |last| last.split('.').next().unwrap_or(last));
    slug(if matches!(last, "index" | "feed" | "rss") && segments.len() > 1 {
        segments[segments.len() - 2]
    } else {
        last
    })
}

/// An id of its own for each source.
fn unique(publisher: &str, name: &str, ids: &mut Vec<String>) -> String {
    let name = if name.is_empty() { "news" } else { name };
    let wish = format!("{publisher}-{name}");
    let mut id = wish.clone();
    let mut number = 2;
    while ids.contains(&id) {
        id = format!("{wish}-{number}");
        number += 1;
    }
    ids.push(id.clone());
    id
}

/// Small letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn line(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(value));
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A comment stays one: what a site says may hold line breaks.
fn comment(out: &mut String, text: &str) {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(out, "# {text}");
}

#[cfg(test)]
mod tests;
