//! A page that is one article: title, date, teaser and text, from what it says for machines and what it shows.
//!
//! Each source of a fact lies somewhere (a template's `og:title`, a change in `og:updated_time`, days as
//! `2021-11-04T23:00Z`), so facts are asked for in an order, and titles by agreement.
//! Refuses: pages without evidence that they are one article. A portal is not its first teaser.

use model::{Entry, Platform, When};
use serde_json::Value;

use super::dom::{Page, selector, words};
use super::lines::Line;
use super::meta::{self, Meta};
use super::published::{self, Seen};
use super::thing::{self, is_a, is_article, is_event};
use super::title::{self, Said, loose};
use super::{body, json_ld, labels, list, microdata, span};
use crate::read::when;
use crate::text;

/// Most headings that are looked at, and most categories that are kept.
const MOST_HEADINGS: usize = 60;
const MOST_CATEGORIES: usize = 50;

/// Least running text of an article that nothing but a date near its headline tells.
const LEAST_PROSE: usize = 250;

/// Least text in long paragraphs of an article that states no date at all. Teasers are shorter.
const LONG_PROSE: usize = 1_500;

/// How sure a date near the headline must be to count before `<meta name="date">`.
const SURE: i32 = 12;

/// Titles of pages that list, greet or explain the site, loosely written.
const GENERIC: [&str; 30] = [
    "aktuelles",
    "aktuellemeldungen",
    "allemeldungen",
    "archiv",
    "barrierefreiheit",
    "blog",
    "datenschutz",
    "datenschutzerklärung",
    "home",
    "impressum",
    "inhalt",
    "kontakt",
    "mediathek",
    "meldungen",
    "nachrichten",
    "news",
    "newsletter",
    "presse",
    "pressemeldungen",
    "pressemitteilungen",
    "publikationen",
    "sitemap",
    "startseite",
    "suche",
    "suchergebnisse",
    "termine",
    "themen",
    "veranstaltungen",
    "veranstaltungskalender",
    "willkommen",
];

/// What is known of a page before it is judged.
pub(super) struct View<'a> {
    pub(super) page: &'a Page,
    pub(super) lines: &'a [Line],
    /// The line at which a list of teasers begins that stands below the article.
    pub(super) end: usize,
    pub(super) platform: Option<&'a Platform>,
}

/// The article of a page, if it is one.
pub(super) fn read(view: &View<'_>) -> Option<Entry> {
    let page = view.page;
    let meta = Meta::of(page);
    let structured = structured(page);
    let by_preset = view.platform.and_then(|platform| by_preset(page, platform));
    if let Some(entry) = head_line(view) {
        return Some(entry);
    }
    let (kicker, title) = named(view, &meta, structured.as_ref().or(by_preset.as_ref()))?;
    let headline = headline_at(view.lines, &title);
    let seen = published::near(&view.lines[..view.end.min(view.lines.len())], headline);
    let marked = meta.date(&meta::PUBLISHED);
    let proof = Proof {
        structured: structured.is_some(),
        marked: marked.is_some() || meta.first(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article")),
        preset: by_preset.as_ref().is_some_and(|entry| entry.title.is_some() && entry.published.is_some()),
        dated: seen.published.is_some_and(|(_, sure)| sure >= SURE) || meta.date(&meta::DATED).is_some(),
    };
    if !proof.holds(view, headline, &title) {
        return None;
    }
    let mut entry = structured.unwrap_or_default();
    let preset = by_preset.unwrap_or_default();
    let is_event = entry.event.is_some();
    let date = marked.or(entry.published.map(When::At)).or(preset.published.map(When::At));
    let date = date.or_else(|| of_the_page(view, &meta, &seen));
    entry.published = date.map(When::start).filter(|_| !is_event);
    entry.updated = entry.updated.or_else(|| meta.updated()).or(seen.updated.map(When::start));
    entry.kicker = kicker.or(preset.kicker);
    entry.summary = entry.summary.or(preset.summary);
    entry.title = Some(title);
    fill(&mut entry, page, &meta);
    let text = body::text(view.lines, headline, view.end);
    // Some carry only the teaser as `articleBody`.
    entry.text = entry.text.filter(|body| body.len() * 2 > text.len()).or(Some(text).filter(|text| !text.is_empty()));
    let first =
        || entry.text.as_deref().and_then(|text| text.lines().find(|line| line.len() > 80)).map(ToOwned::to_owned);
    entry.summary = entry.summary.take().or_else(first);
    Some(entry)
}

/// Kicker and title, where the page has a title at all.
fn named(view: &View<'_>, meta: &Meta, known: Option<&Entry>) -> Option<(Option<String>, String)> {
    let said = said(view.page, meta, known);
    let (kicker, mut title) = title::chosen(&said);
    let is_shown = |title: &str| view.lines.iter().take(50).any(|line| loose(&line.text).contains(&loose(title)));
    // No heading says what the window says, and none is of the first rank: the one above the text is the headline.
    if said.first_headings == 0
        && said.open_graph.is_none()
        && !title.as_deref().is_some_and(|title| is_heading(view.lines, title))
    {
        title = above_text(view.lines).or(title);
    }
    // Text that was saved without its frame has its title on its first line, and anything for the window's.
    if said.headings.is_empty() && is_running_text(view) && !title.as_deref().is_some_and(is_shown) {
        title = view.lines.first().map(|line| line.text.clone());
    }
    Some((kicker, plain_title(&title?)))
}

fn is_heading(lines: &[Line], title: &str) -> bool {
    lines.iter().any(|line| line.heading > 0 && loose(&line.text).contains(&loose(title)))
}

/// The heading right above the first paragraph that is worth the name.
fn above_text(lines: &[Line]) -> Option<String> {
    let long =
        |line: &Line| line.heading == 0 && line.prose && !line.frame && !line.is_link() && line.text.len() >= 120;
    let at = lines.iter().position(long)?;
    lines[at.saturating_sub(2)..at].iter().rev().find(|line| line.heading > 0).map(|line| line.text.clone())
}

/// What speaks for a page being one article.
struct Proof {
    /// An article or event for machines.
    structured: bool,
    /// `og:type` article, or a moment of publication.
    marked: bool,
    /// The platform's selectors found title and date.
    preset: bool,
    /// A date stands near the headline.
    dated: bool,
}

impl Proof {
    fn holds(&self, view: &View<'_>, headline: usize, title: &str) -> bool {
        let generic = GENERIC.contains(&loose(title).as_str());
        if self.structured {
            return true;
        }
        if generic || view.lines.is_empty() {
            return false;
        }
        let prose = body::prose(view.lines, headline, view.end);
        let list = is_list(view.lines, headline, view.end);
        (self.marked || self.preset) && (prose > 0 || self.dated)
            || self.dated && !list && prose >= LEAST_PROSE
            || !list && body::long_prose(view.lines, headline, view.end) >= LONG_PROSE
            || is_running_text(view)
    }
}

/// Whether dates follow the headline one after the other, before there is text worth an article. Dates in a column
/// at the side come after it.
fn is_list(lines: &[Line], headline: usize, end: usize) -> bool {
    let (mut dates, mut prose) = (0, 0);
    for line in lines.iter().take(end).skip(headline + 1).filter(|line| !line.frame) {
        dates += usize::from(line.time.is_some() || line.dated || when::when(&line.text).is_some());
        prose += if line.text.len() >= 80 && !line.is_link() { line.text.len() } else { 0 };
        if dates > 2 || prose > 600 {
            break;
        }
    }
    dates > 2
}

/// Whether a page is hardly anything but paragraphs below a headline: text that was saved without its frame.
fn is_running_text(view: &View<'_>) -> bool {
    let lines = &view.lines[..view.end.min(view.lines.len())];
    let all: usize = lines.iter().map(|line| line.text.len()).sum();
    let long: usize =
        lines.iter().filter(|line| line.text.len() >= 200 && !line.is_link()).map(|line| line.text.len()).sum();
    let links = lines.iter().filter(|line| line.link.is_some()).count();
    lines.len() >= 3 && links <= 3 && lines[0].text.len() <= 200 && long >= 600 && long * 10 >= all * 7
}

/// A line that writes out its fields tells an article, if it is the only one.
fn head_line(view: &View<'_>) -> Option<Entry> {
    let lines = view.lines.iter().enumerate().filter(|(_, line)| !line.frame && !line.is_link()).take(400);
    let mut heads = lines.filter_map(|(at, line)| Some((at, labels::head_line(&line.text)?)));
    let (at, head) = heads.next().filter(|_| heads.next().is_none())?;
    let text = body::text(view.lines, at, view.end);
    Some(Entry {
        title: Some(head.title),
        url: address(view.page),
        summary: Some(head.rest).filter(|rest| !rest.is_empty()),
        text: Some(text).filter(|text| !text.is_empty()),
        published: head.date.map(When::start),
        lang: view.page.lang(),
        categories: head.categories,
        ..Entry::default()
    })
}

/// The article or event of the page's structured data: JSON-LD, then microdata.
fn structured(page: &Page) -> Option<Entry> {
    let things = json_ld::of(page).alone;
    let titled = |thing: &&Value| ["headline", "name"].iter().any(|name| thing::string(&thing[*name]).is_some());
    let article = things.iter().find(|thing| is_a(thing, is_article) && titled(thing));
    if let Some(thing) = article.or_else(|| things.iter().find(titled)) {
        return Some(thing::entry(thing, page));
    }
    let things = microdata::of(page);
    let h1 = selector("h1");
    let mut articles = things.iter().filter(|(_, thing)| is_a(thing, is_article));
    // Themes mark every teaser as an article; the one with the headline is the page's.
    let main = articles.clone().find(|(element, _)| element.select(&h1).next().is_some()).or_else(|| {
        let first = articles.next();
        first.filter(|_| articles.next().is_none())
    });
    let only_event = || match things.as_slice() {
        [one] if is_a(&one.1, is_event) => Some(one),
        _ => None,
    };
    main.or_else(only_event).map(|(_, thing)| thing::entry(thing, page))
}

/// What the platform's selectors find.
fn by_preset(page: &Page, platform: &Platform) -> Option<Entry> {
    platform.article.iter().find_map(|select| {
        let rules = list::Rules::new(select).ok()?;
        let item = page.html.select(&rules.item).next().filter(|item| page.afford(*item, 8))?;
        let (entry, _) = list::entry(page, item, &rules);
        entry.title.is_some().then_some(entry)
    })
}

/// The places where a title is said; `known` is what structured data or the platform's selectors say.
fn said(page: &Page, meta: &Meta, known: Option<&Entry>) -> Said {
    let mut said = Said {
        open_graph: meta.first(&["og:title", "twitter:title", "dc.title", "dcterms.title"]).map(text::line),
        headline: known.and_then(|entry| entry.title.clone()),
        window: page.title(),
        ..Said::default()
    };
    let site = meta.first(&["og:site_name", "application-name", "apple-mobile-web-app-title"]);
    said.site.extend(site.map(ToOwned::to_owned));
    said.site.extend(
        page.url.as_ref().and_then(|url| url.host_str()).map(|host| host.trim_start_matches("www.").to_owned()),
    );
    for rank in ["h1", "h2, h3"] {
        if rank != "h1" {
            said.first_headings = said.headings.len();
        }
        for heading in page.html.select(&selector(rank)).take(MOST_HEADINGS) {
            said.two_lines.extend(title::two_lines(heading));
            said.seams.extend(title::seam(heading));
            let whole = match title::parted(heading) {
                (Some(kicker), Some(rest)) => {
                    said.parted.push((kicker, rest));
                    words(heading)
                }
                // A date stood there.
                (None, rest) => rest,
                (kicker, None) => kicker,
            };
            let whole = whole.map(|whole| undated(&whole));
            said.headings.extend(whole.filter(|whole| !whole.is_empty() && whole.len() < 400));
        }
    }
    said
}

/// A headline without the date before it.
fn undated(headline: &str) -> String {
    let end = headline.char_indices().take(24).filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let cut = end.filter(|at| when::when(&headline[..*at]).is_some()).last();
    headline[cut.unwrap_or(0)..].trim_start_matches([' ', ':', '|', '–', '-', ',']).to_owned()
}

/// "Das Chief Digital Office – das sind wir! ,": a title as text without markup has it.
fn plain_title(line: &str) -> String {
    line.trim_end_matches([',', ' ', ':']).to_owned()
}

/// The line on which the headline stands: a heading, or any line that says the same; the highest first.
fn headline_at(lines: &[Line], title: &str) -> usize {
    let title = loose(title);
    let same = |line: &&(usize, &Line)| {
        let said = line.1.text.len() <= title.len() * 3 + 80;
        said && !title.is_empty() && loose(&line.1.text).contains(&title)
    };
    let headings = lines.iter().enumerate().filter(|(_, line)| line.heading > 0).collect::<Vec<_>>();
    // Some repeat title and site in a heading that nobody sees; the one that says the title alone is the headline.
    let exact = |line: &Line| loose(&line.text) == title;
    let best = headings.iter().filter(same).min_by_key(|(at, line)| (line.frame, !exact(line), line.heading, *at));
    let any = || lines.iter().enumerate().take(3_000).collect::<Vec<_>>().into_iter().find(|line| same(&line));
    let first = || headings.iter().find(|(_, line)| line.heading == 1 && !line.frame).map(|(at, _)| *at);
    best.map(|(at, _)| *at).or_else(|| any().map(|(at, _)| at)).or_else(first).unwrap_or(0)
}

/// The date of publication as the page shows it, from the surest to the least.
fn of_the_page(view: &View<'_>, meta: &Meta, seen: &Seen) -> Option<When> {
    let sure = seen.published.filter(|(_, sure)| *sure >= SURE).map(|(when, _)| when);
    let address = || {
        let url = address(view.page).or_else(|| view.page.url.as_ref().map(ToString::to_string))?;
        published::in_address(&url)
    };
    // "Fachmeldung vom 18.10.2021 aus dem Bereich Steuern"
    let described =
        || meta.first(&["description", "og:description"]).filter(|said| said.contains(" vom ")).and_then(when::found);
    sure.or_else(|| meta.date(&meta::DATED))
        .or_else(address)
        .or_else(|| seen.published.map(|(when, _)| when))
        .or_else(described)
        .or_else(|| view.page.title().as_deref().and_then(report))
        .filter(|when| thing::is_plausible(when.date()))
}

/// "Wochenbericht 14. - 20. Januar 2022", "Newsletter vom 3. Mai 2024": a report that names its day or its first.
fn report(title: &str) -> Option<When> {
    const REPORTS: [&str; 9] = [
        "bericht",
        "mitteilung",
        "newsletter",
        "bulletin",
        "ausgabe",
        "rundbrief",
        "rundschreiben",
        "protokoll",
        "meldung",
    ];
    let mut words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let named = words.any(|word| REPORTS.iter().any(|report| word.ends_with(report)));
    named.then(|| span::span(title)).flatten().map(|(start, _)| start)
}

/// The address that the page gives itself, if it is one of the same host; else where it was.
fn address(page: &Page) -> Option<String> {
    let canonical = page.first("link[rel~='canonical'][href]").and_then(|link| page.absolute(link.attr("href")?));
    let host = |address: &str| {
        url::Url::parse(address)
            .ok()
            .and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()))
    };
    let own = page.url.as_ref().map(ToString::to_string);
    // Staging hosts and mirrors leak into canonical links.
    canonical.filter(|address| own.as_deref().is_none_or(|own| host(own) == host(address))).or(own)
}

/// What structured data did not say.
fn fill(entry: &mut Entry, page: &Page, meta: &Meta) {
    entry.url = address(page).or(entry.url.take());
    let described = meta.first(&["og:description", "description", "twitter:description", "dcterms.description"]);
    entry.summary = entry.summary.take().or_else(|| described.map(text::line)).filter(|text| !text.is_empty());
    entry.lang = page.lang().or(entry.lang.take());
    let image = meta.first(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
    entry.image = entry.image.take().or_else(|| page.absolute(image?));
    if entry.authors.is_empty() {
        let names = ["author", "citation_author", "article:author", "dcterms.creator", "dc.creator"];
        let said = names.iter().map(|name| meta.all(name).collect::<Vec<_>>()).find(|said| !said.is_empty());
        let said = said.unwrap_or_default().into_iter().filter(|name| !name.starts_with("http"));
        entry.authors = said.take(MOST_CATEGORIES).map(text::line).collect();
    }
    let tags = ["article:tag", "article:section", "keywords", "news_keywords"].iter().flat_map(|name| meta.all(name));
    let tags = tags.flat_map(|said| said.split([',', ';'])).map(text::line).filter(|tag| !tag.is_empty());
    if entry.categories.is_empty() {
        for tag in tags {
            if entry.categories.len() < MOST_CATEGORIES && !entry.categories.contains(&tag) {
                entry.categories.push(tag);
            }
        }
    }
}

#[cfg(test)]
mod tests;
