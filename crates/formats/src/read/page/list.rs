//! Entries by selectors: those of the source, or of its platform.
//!
//! Promises: links are resolved against `<base href>` (the Government Site Builder writes them relative to it,
//! without a slash), soft hyphens are gone, dates are read in German forms, a kicker that only its markup parts from
//! the title is parted, and a list whose items stand in each other costs no more than a flat one.

use model::{Complaint, Entry, Select, When};
use scraper::{ElementRef, Selector};

use super::dom::{Page, paragraphs, selector, words};
use super::{dateline, span, title};
use crate::read::{MOST_ENTRIES, feed::shortened, when};

/// The selectors of a list, understood.
pub(super) struct Rules {
    pub(super) item: Selector,
    pub(super) title: Option<Selector>,
    pub(super) link: Option<Selector>,
    pub(super) date: Option<Selector>,
    pub(super) teaser: Option<Selector>,
    pub(super) kicker: Option<Selector>,
    pub(super) place: Option<Selector>,
}

impl Rules {
    /// Understands selectors, or names the one that is none.
    pub(super) fn new(select: &Select) -> Result<Self, String> {
        let one = |text: &str| {
            Selector::parse(text)
                .map_err(|_| format!("{text:?} is no selector that is understood (CSS, without :contains)"))
        };
        let maybe = |text: &Option<String>| text.as_deref().map(one).transpose();
        Ok(Rules {
            item: one(&select.item)?,
            title: maybe(&select.title)?,
            link: maybe(&select.link)?,
            date: maybe(&select.date)?,
            teaser: maybe(&select.teaser)?,
            kicker: maybe(&select.kicker)?,
            place: maybe(&select.place)?,
        })
    }
}

/// Whether these words are a CSS selector that can be used on a page: for checking a catalogue before it is needed.
#[must_use]
pub fn is_selector(text: &str) -> bool {
    Selector::parse(text).is_ok()
}

/// Reads a list. `events`: what it holds takes place on the dates it names.
pub(super) fn read(page: &Page, rules: &Rules, events: bool, complaints: &mut Vec<Complaint>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let lang = page.lang();
    for item in page.html.select(&rules.item) {
        if entries.len() > MOST_ENTRIES {
            break;
        }
        if !page.afford(item, 8) {
            let text = "the items stand in each other too deeply; the rest is not read".to_owned();
            complaints.push(Complaint { what: "limit".into(), text, entry: None });
            break;
        }
        let (mut entry, said) = entry(page, item, rules);
        if entry.title.is_none() && entry.url.is_none() || is_head_row(item) {
            continue;
        }
        entry.lang.clone_from(&lang);
        if let Some(unread) = said.filter(|said| !said.is_empty() && entry.published.is_none()) {
            let text = format!("no date is read from {:?}", shortened(&unread));
            complaints.push(Complaint { what: "date".into(), text, entry: Some(entries.len()) });
        }
        if events || rules.place.is_some() {
            entry.event = event(item, rules);
            // The day of an event is not the day on which it was published.
            entry.published = None;
        }
        entries.push(entry);
    }
    entries
}

/// The row of a table that names its columns.
fn is_head_row(item: ElementRef<'_>) -> bool {
    item.value().name() == "tr" && !item.child_elements().any(|cell| cell.value().name() == "td")
}

/// One entry, and the text of its date.
pub(super) fn entry(page: &Page, item: ElementRef<'_>, rules: &Rules) -> (Entry, Option<String>) {
    let inside = |rule: &Option<Selector>| rule.as_ref().and_then(|rule| item.select(rule).next());
    let marked =
        inside(&rules.kicker).and_then(words).map(|kicker| trimmed(&kicker)).filter(|kicker| !kicker.is_empty());
    let headline = match &rules.title {
        Some(_) => inside(&rules.title),
        None => Some(item),
    };
    let (glued, title) = headline.map_or((None, None), title::parted);
    let date = date_of(item, rules);
    let teaser = inside(&rules.teaser).map(paragraphs).unwrap_or_default();
    let (dated, summary) = dateline::teaser(&teaser);
    let image = item.select(&selector("img[src]")).next().and_then(|image| image.attr("src"));
    let kicker = marked.or(glued);
    // "BMI: Titel" where the kicker is marked up inside the headline: it is said once.
    let title = title.map(|title| match &kicker {
        Some(kicker) => title::without(&title, kicker).unwrap_or(title),
        None => title,
    });
    let entry = Entry {
        title,
        url: link(item, rules).and_then(|href| page.absolute(href)),
        kicker,
        summary: Some(summary.to_owned()).filter(|text| !text.is_empty()),
        published: date.as_deref().and_then(when::found).or(dated).map(When::start),
        image: image.filter(|src| !src.starts_with("data:")).and_then(|src| page.absolute(src)),
        ..Entry::default()
    };
    (entry, date)
}

fn trimmed(kicker: &str) -> String {
    kicker.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '·' | '–' | '-')).to_owned()
}

/// The address: of the link named, of the item itself, of the first link inside, or of the link around.
fn link<'a>(item: ElementRef<'a>, rules: &Rules) -> Option<&'a str> {
    let href = |element: ElementRef<'a>| element.attr("href").filter(|href| !href.trim_start().starts_with('#'));
    let first = |element: ElementRef<'a>| href(element).or_else(|| element.select(&selector("[href]")).find_map(href));
    match &rules.link {
        Some(rule) if rule.matches(&item) => href(item),
        Some(rule) => item.select(rule).next().and_then(first),
        None => first(item).or_else(|| item.ancestors().filter_map(ElementRef::wrap).find_map(href)),
    }
}

/// The text of an entry's date: what is made for machines, else what is made for people.
pub(super) fn date_of(item: ElementRef<'_>, rules: &Rules) -> Option<String> {
    let element = match &rules.date {
        Some(rule) => item.select(rule).next(),
        None => item.select(&selector("time")).next(),
    }?;
    let machine = |element: ElementRef<'_>| {
        let value = element.attr("datetime").or_else(|| element.attr("content"))?;
        when::when(value).map(|_| value.to_owned())
    };
    machine(element).or_else(|| element.select(&selector("[datetime]")).find_map(machine)).or_else(|| words(element))
}

/// When and where.
fn event(item: ElementRef<'_>, rules: &Rules) -> Option<model::Event> {
    let said = rules.date.as_ref().and_then(|rule| item.select(rule).next()).and_then(words);
    let machine = date_of(item, rules);
    let said = said.or_else(|| machine.clone())?;
    let place = rules.place.as_ref().and_then(|rule| item.select(rule).next()).and_then(words);
    span::event(&said, machine.and_then(|text| when::when(&text)), place)
}

#[cfg(test)]
mod tests;
