//! A page with a list: entries by the source's own selectors.
//!
//! Promises: links are resolved against `<base href>` (the Government Site Builder writes them relative
//! to it, without a slash), soft hyphens are gone, dates are read in German forms.
//! Refuses: pages nested so deeply or tags so long that html5ever would take quadratic time.

mod guard;

use model::{Complaint, Date, Entry, Event, Moment, Reading, Select, Source, Status, When};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::feed::absolute;
use super::when;
use crate::text;

/// Reads a page by `source.select`.
pub(super) fn read(html: &str, url: Option<&Url>, source: &Source) -> Reading {
    let mut reading = Reading { format: "html".into(), ..Reading::default() };
    let rules = source.select.first().ok_or("the source names no selectors".to_owned()).and_then(Rules::new);
    let outcome = rules.and_then(|rules| guard::parse(html).map(|page| (rules, page)));
    match outcome {
        Ok((rules, page)) => list(&page, &rules, url, source, &mut reading),
        Err(text) => {
            reading.format = "none".into();
            reading.complaints.push(Complaint { what: "page".into(), text, entry: None });
        }
    }
    reading
}

/// The selectors of a source, understood.
struct Rules {
    item: Selector,
    title: Option<Selector>,
    link: Option<Selector>,
    date: Option<Selector>,
    teaser: Option<Selector>,
    kicker: Option<Selector>,
    place: Option<Selector>,
}

impl Rules {
    fn new(select: &Select) -> Result<Self, String> {
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

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector of our own is one")
}

fn list(page: &Html, rules: &Rules, url: Option<&Url>, source: &Source, reading: &mut Reading) {
    let base = page.select(&selector("base[href]")).next().and_then(|base| base.attr("href"));
    let base = match (url, base) {
        (Some(url), Some(base)) => url.join(base.trim()).ok().or_else(|| Some(url.clone())),
        (Some(url), None) => Some(url.clone()),
        (None, base) => base.and_then(|base| Url::parse(base.trim()).ok()),
    };
    reading.title = page.select(&selector("title")).next().and_then(words);
    let lang = page.root_element().attr("lang").map(str::trim).filter(|lang| !lang.is_empty());
    for item in page.select(&rules.item) {
        let at = reading.entries.len();
        if at > super::MOST_ENTRIES {
            break;
        }
        let (mut entry, date) = entry(item, rules, base.as_ref());
        if entry.title.is_none() && entry.url.is_none() {
            continue;
        }
        entry.lang = lang.map(ToOwned::to_owned);
        if let Some(unread) = date.filter(|said| !said.is_empty() && entry.published.is_none()) {
            let text = format!("no date is read from {:?}", super::feed::shortened(&unread));
            reading.complaints.push(Complaint { what: "date".into(), text, entry: Some(at) });
        }
        if source.events || rules.place.is_some() {
            entry.event = event(item, rules);
            // The day of an event is not the day on which it was published.
            entry.published = None;
        }
        reading.entries.push(entry);
    }
    if reading.entries.is_empty() {
        let wanted = source.select.first().map_or("", |select| select.item.as_str());
        let text = format!("nothing on the page matches {wanted:?}");
        reading.complaints.push(Complaint { what: "empty".into(), text, entry: None });
    }
}

/// One entry, and the text of its date.
fn entry(item: ElementRef<'_>, rules: &Rules, base: Option<&Url>) -> (Entry, Option<String>) {
    let inside = |rule: &Option<Selector>| rule.as_ref().and_then(|rule| item.select(rule).next());
    let title = match &rules.title {
        Some(_) => inside(&rules.title).and_then(words),
        None => words(item),
    };
    let date = date_of(item, rules);
    let teaser = inside(&rules.teaser).map(|teaser| text::paragraphs(&teaser.inner_html())).unwrap_or_default();
    let (dated, summary) = dateline(&teaser);
    let link = link(item, rules).and_then(|href| absolute(href, base));
    let image = item.select(&selector("img[src]")).next().and_then(|image| image.attr("src"));
    let entry = Entry {
        title,
        url: link,
        kicker: inside(&rules.kicker).and_then(words),
        summary: Some(summary.to_owned()).filter(|text| !text.is_empty()),
        published: date.as_deref().and_then(when::found).or(dated).map(When::start),
        image: image.filter(|src| !src.starts_with("data:")).and_then(|src| absolute(src, base)),
        ..Entry::default()
    };
    (entry, date)
}

/// "[20.12.2024] Das Amt berichtet … mehr…": the date before the teaser, and the teaser without its last link.
fn dateline(teaser: &str) -> (Option<When>, &str) {
    let bracketed = teaser.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let found = bracketed.and_then(|(date, rest)| Some((when::when(date)?, rest)));
    let (date, teaser) = found.map_or((None, teaser), |(date, rest)| (Some(date), rest));
    let shorter = teaser.trim_end_matches(['.', '…', '»', '›', ' ', '\n']);
    let cut = ["mehr", "weiterlesen", "Weiterlesen", "Mehr"].iter().find_map(|word| {
        let before = shorter.strip_suffix(word)?;
        // "immer mehr." is a sentence; "… mehr…" is a link.
        (shorter.len() + 1 < teaser.len() && before.ends_with([' ', '\n'])).then_some(before)
    });
    (date, cut.unwrap_or(teaser).trim())
}

fn words(element: ElementRef<'_>) -> Option<String> {
    Some(text::line(&element.inner_html())).filter(|text| !text.is_empty())
}

/// The address: of the link named, of the item itself, of the first link inside, or of the link around.
fn link<'a>(item: ElementRef<'a>, rules: &Rules) -> Option<&'a str> {
    let href = |element: ElementRef<'a>| element.attr("href").filter(|href| !href.trim_start().starts_with('#'));
    let first = |element: ElementRef<'a>| href(element).or_else(|| element.select(&selector("a[href]")).find_map(href));
    match &rules.link {
        Some(rule) if rule.matches(&item) => href(item),
        Some(rule) => item.select(rule).next().and_then(first),
        None => first(item).or_else(|| item.ancestors().filter_map(ElementRef::wrap).find_map(href)),
    }
}

/// The text of an entry's date: what is made for machines, else what is made for people.
fn date_of(item: ElementRef<'_>, rules: &Rules) -> Option<String> {
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

/// When and where: one day, several ("12.05.2025 bis 14.05.2025"), or hours of a day ("14:00 – 16:00 Uhr").
fn event(item: ElementRef<'_>, rules: &Rules) -> Option<Event> {
    let date = rules.date.as_ref().and_then(|rule| item.select(rule).next()).and_then(words);
    let said = date.or_else(|| date_of(item, rules))?;
    let machine = date_of(item, rules).and_then(|text| when::when(&text));
    let written = span(&said);
    let (start, end) = match (machine, written) {
        // What is written says more where both are of the same day: the hour, and the end.
        (Some(machine), Some((start, end))) if machine.date() == start.date() => (start, end),
        (Some(machine), _) => (machine, None),
        (None, written) => written?,
    };
    let place = rules.place.as_ref().and_then(|rule| item.select(rule).next()).and_then(words);
    let online = place.as_deref().is_some_and(|place| place.to_lowercase().contains("online"));
    Some(Event {
        start,
        end,
        all_day: matches!(start, When::Day(_)),
        place: place.filter(|place| !place.eq_ignore_ascii_case("online")),
        online,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    })
}

/// The first date of a text, and the end of what it says to last.
fn span(said: &str) -> Option<(When, Option<When>)> {
    let cut = ["–", "—", " bis ", " - "].iter().filter_map(|mark| Some((said.find(mark)?, mark.len()))).min();
    let Some((at, length)) = cut else { return when::found(said).map(|start| (start, None)) };
    let (before, after) = (&said[..at], &said[at + length..]);
    let last = when::found(after);
    // "12.–14.05.2025", "12. bis 14. Mai 2025": the first day borrows month and year of the last.
    let borrowed = || {
        let day = before.trim().trim_end_matches('.').rsplit([' ', ',']).next()?.parse().ok()?;
        let last = last?.date();
        Date::new(last.year(), last.month(), day).map(When::Day)
    };
    let Some(start) = when::found(before).or_else(borrowed) else {
        return when::found(said).map(|start| (start, None));
    };
    // "20.12.2024, 14:00 – 16:00 Uhr": the end is a time of the same day.
    let same_day = || {
        let digits = |text: &str| text.trim().chars().take_while(char::is_ascii_digit).collect::<String>();
        let (hour, rest) = after
            .trim()
            .split_once([':', '.'])
            .map_or((digits(after), ""), |(hour, rest)| (hour.trim().to_owned(), rest));
        let (hour, minute) = (hour.parse().ok()?, digits(rest).parse().unwrap_or(0));
        (matches!(start, When::At(_)) && hour < 24 && minute < 60)
            .then(|| When::At(Moment::from_berlin(start.date(), hour, minute)))
    };
    let end = last.or_else(same_day).filter(|end| end.start() > start.start());
    // "20. März 2020 - 14:30" is no span: the time belongs to the day.
    match (start, end) {
        (When::Day(_), None) => {
            Some((when::found(said).filter(|found| found.date() == start.date()).unwrap_or(start), None))
        }
        _ => Some((start, end)),
    }
}
