//! Entries by selectors: those of the source, or of its platform.
//!
//! Promises: links are resolved against `<base href>` (the Government Site Builder writes them relative to it,
//! without a slash), soft hyphens are gone, dates are read in German forms, a kicker that only its markup parts from
//! the title is parted, and a list whose items stand in each other costs no more than a flat one.

use model::{Complaint, Entry, Select, When};
use scraper::{ElementRef, Selector};

use super::dom::{Page, paragraphs, selector, words};
use super::{dateline, labels, span, title};
use crate::read::{MOST_ENTRIES, address::shortened, when};

/// Most elements of one item that are looked at for its date.
const MOST_DATES: usize = 12;

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
        // A title that the layout moved elsewhere is still the text of the link, unless that says "mehr".
        Some(_) => inside(&rules.title).or_else(|| linked(item, rules)),
        None => Some(item),
    };
    let (glued, title) = headline.map_or((None, None), title::parted);
    let date = date_of(item, rules);
    // A first paragraph that is only the date is no teaser.
    let teasers = rules.teaser.iter().flat_map(|rule| item.select(rule).take(MOST_DATES)).map(paragraphs);
    let teaser = teasers.filter(|text| !text.is_empty()).find(|text| when::when(text).is_none()).unwrap_or_default();
    let (dated, summary) = dateline::teaser(&teaser);
    let image = item.select(&selector("img[src]")).next().and_then(|image| image.attr("src"));
    let kicker = marked.or(glued);
    // Some links write their fields out: "Titel, Datum: 01.02.2024, Format: Meldung".
    let head = title.as_deref().and_then(labels::head_line).unwrap_or_default();
    let title = Some(head.title).filter(|title| !title.is_empty()).or(title);
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
        published: date.as_deref().and_then(when::found).or(dated).or(head.date).map(When::start),
        categories: head.categories,
        image: image.filter(|src| !src.starts_with("data:")).and_then(|src| page.absolute(src)),
        ..Entry::default()
    };
    (entry, date)
}

/// The link of an item, if it reads like a headline.
fn linked<'a>(item: ElementRef<'a>, rules: &Rules) -> Option<ElementRef<'a>> {
    let named = rules.link.as_ref().and_then(|rule| item.select(rule).next());
    let link =
        named.or_else(|| item.attr("href").map(|_| item)).or_else(|| item.select(&selector("a[href]")).next())?;
    words(link).filter(|text| text.split_whitespace().count() >= 3).map(|_| link)
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

/// The text of an entry's date: of the elements named the first that holds one; what is made for machines, else what
/// is made for people.
pub(super) fn date_of(item: ElementRef<'_>, rules: &Rules) -> Option<String> {
    let time = selector("time");
    let rule = rules.date.as_ref().unwrap_or(&time);
    let machine = |element: ElementRef<'_>| {
        let value = element.attr("datetime").or_else(|| element.attr("content"))?;
        when::when(value).map(|_| value.to_owned())
    };
    let inner = selector("[datetime]");
    let said = |element: ElementRef<'_>| {
        machine(element).or_else(|| element.select(&inner).find_map(machine)).or_else(|| words(element))
    };
    let mut all = item.select(rule).take(MOST_DATES).filter_map(said);
    let first = all.next()?;
    // In a table, any cell may be the date's.
    if when::found(&first).is_some() {
        return Some(first);
    }
    all.find(|text| text.len() <= 80 && when::found(text).is_some()).or(Some(first))
}

/// When and where.
fn event(item: ElementRef<'_>, rules: &Rules) -> Option<model::Event> {
    let said = rules
        .date
        .as_ref()
        .and_then(|rule| item.select(rule).filter_map(words).find(|said| span::span(said).is_some()));
    let machine = date_of(item, rules);
    let said = said.or_else(|| machine.clone())?;
    let place = rules.place.as_ref().and_then(|rule| item.select(rule).next()).and_then(words);
    // "08.12.2026 10:00 - 09.12.2026 | Musterstadt | Seminar": what follows the date is the place.
    let mut pieces = said.split(" | ").map(str::trim);
    let dated = pieces.next().is_some_and(|first| when::found(first).is_some());
    let behind = pieces.next().filter(|piece| dated && !piece.is_empty() && when::found(piece).is_none());
    let place = place.or_else(|| behind.filter(|_| rules.place.is_none()).map(ToOwned::to_owned));
    span::event(&said, machine.and_then(|text| when::when(&text)), place)
}

#[cfg(test)]
mod tests;
