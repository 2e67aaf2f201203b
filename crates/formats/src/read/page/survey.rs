//! All that can be told of a page nobody has described yet: its platform, the feeds it leads to, whether it is an
//! article, and how its list might be read. For `probe` and `read`.

use model::{Document, Entry, Platform, Select, Trouble};
use url::Url;

use super::article::{self, View};
use super::dom::{Page, selector};
use super::lines::{self, Line};
use super::{dateline, json_ld, links, list, propose, thing, wall};
use crate::read::{Kind, decode};

/// What a page turned out to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// What the page calls itself.
    pub title: Option<String>,
    /// Id of the platform behind it, by its generator or its markup.
    pub platform: Option<String>,
    /// Feeds and calendars that it links, comment feeds left out.
    pub feeds: Vec<FeedLink>,
    /// Pages that list the feeds of its site.
    pub overviews: Vec<String>,
    /// The article that the page is, if there is evidence that it is one.
    pub article: Option<Entry>,
    /// Selectors that read its list: the platform's, or proposed ones.
    pub select: Option<Select>,
    /// The selectors are a proposal, made from what repeats on this page.
    pub proposed: bool,
    /// The entries of its list, read by those selectors, by their date lines, or from its structured data.
    pub entries: Vec<Entry>,
    /// What is wrong with it, in a word and in a sentence.
    pub trouble: Option<(Trouble, String)>,
}

/// A feed or calendar that a page links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedLink {
    /// Its absolute address.
    pub url: String,
    /// What the link calls it.
    pub title: Option<String>,
    /// The media type that the link declares.
    pub media_type: Option<String>,
}

/// Looks at a page. Never fails: what is no page gives an empty survey.
#[must_use]
pub fn survey(document: &Document, platforms: &[Platform]) -> Survey {
    crate::read::guarded(|| unguarded(document, platforms)).unwrap_or_default()
}

fn unguarded(document: &Document, platforms: &[Platform]) -> Survey {
    let text = decode::decode(&document.bytes, document.media_type.as_deref(), &mut Vec::new());
    if is_feed(&text) {
        return Survey::default();
    }
    let url = Url::parse(&document.url).ok();
    let Ok(page) = Page::parse(&text, url.as_ref()) else { return Survey::default() };
    let platform = recognise(&page, platforms);
    let mut survey = Survey {
        title: page.title(),
        platform: platform.map(|platform| platform.id.clone()),
        feeds: links::feeds(&page),
        overviews: links::overviews(&page, platform.map_or(&[], |platform| &platform.overview)),
        ..Survey::default()
    };
    let (lines, teasers) = seen(&page);
    let end = teasers.as_ref().map_or(lines.len(), |teasers| teasers.from);
    survey.article = article::read(&View { page: &page, lines: &lines, end, platform });
    survey.trouble = wall::judge(&page, &lines);
    // An article may be about maintenance, and be long; an error page may carry the marks of one.
    let is_article = survey.article.as_ref().is_some_and(|entry| entry.published.is_some() || entry.event.is_some());
    match survey.trouble {
        Some((Trouble::Blocked, _)) => survey.article = None,
        Some(_) if is_article && !is_short(&lines) => survey.trouble = None,
        Some(_) => survey.article = None,
        None => {}
    }
    if survey.trouble.is_none() {
        entries(&page, platform, teasers, &mut survey);
        // Themes mark an article up as they mark the items of their lists.
        let Survey { article, entries, .. } = &mut survey;
        let own = |entry: &Entry, article: &Entry| entry.title == article.title || entry.url == article.url;
        entries.retain(|entry| !article.as_ref().is_some_and(|article| own(entry, article)));
    }
    survey
}

/// A feed, a calendar or JSON is no page, and must not be surveyed as the text that it would be.
fn is_feed(text: &str) -> bool {
    match crate::read::sniff(text) {
        Kind::Json | Kind::Calendar | Kind::Empty => true,
        Kind::Page | Kind::Unknown => false,
        Kind::Xml => {
            let head: String = text.chars().take(4_096).collect::<String>().to_ascii_lowercase();
            ["<rss", "<feed", "<rdf:rdf", "<opml", "<urlset"].iter().any(|root| head.contains(root))
        }
    }
}

fn is_short(lines: &[Line]) -> bool {
    lines.iter().map(|line| line.text.len()).sum::<usize>() < 2_000
}

/// The lines of a page, and the teasers that their date lines tell; pasted text has its line feeds for breaks.
pub(super) fn seen(page: &Page) -> (Vec<Line>, Option<dateline::Teasers>) {
    let soft = lines::of(&page.html, false);
    let teasers = dateline::read(page, &soft);
    if teasers.is_some() {
        return (soft, teasers);
    }
    let hard = lines::of(&page.html, true);
    let teasers = dateline::read(page, &hard);
    // Text without any markup is one line to HTML.
    if teasers.is_some() || soft.len() <= 2 && hard.len() > soft.len() { (hard, teasers) } else { (soft, None) }
}

/// The list of the page: by the platform's selectors, by date lines, from structured data, by what repeats.
fn entries(page: &Page, platform: Option<&Platform>, teasers: Option<dateline::Teasers>, survey: &mut Survey) {
    let mut ignored = Vec::new();
    for select in platform.into_iter().flat_map(|platform| &platform.list) {
        let Ok(rules) = list::Rules::new(select) else { continue };
        let entries = list::read(page, &rules, false, &mut ignored);
        if !entries.is_empty() {
            (survey.entries, survey.select) = (entries, Some(select.clone()));
            return;
        }
    }
    if let Some(teasers) = teasers {
        survey.entries = teasers.entries;
        return;
    }
    let listed = json_ld::of(page).listed;
    survey.entries =
        listed.iter().map(|thing| thing::entry(thing, page)).filter(|entry| entry.title.is_some()).collect();
    // What repeats around an article is about other pages.
    if !survey.entries.is_empty() || survey.article.is_some() {
        return;
    }
    let Some(select) = propose::propose(page) else { return };
    let Ok(rules) = list::Rules::new(&select) else { return };
    survey.entries = list::read(page, &rules, false, &mut ignored);
    if !survey.entries.is_empty() {
        (survey.select, survey.proposed) = (Some(select), true);
    }
}

/// The platform behind a page: its generator says so, or its markup; markup first, since it says which of several
/// lists of one system this is.
fn recognise<'a>(page: &Page, platforms: &'a [Platform]) -> Option<&'a Platform> {
    let marked = |platform: &&Platform| {
        platform
            .marks
            .iter()
            .filter_map(|mark| scraper::Selector::parse(mark).ok())
            .any(|mark| page.html.select(&mark).next().is_some())
    };
    let said: Vec<String> = page
        .html
        .select(&selector("meta[name][content]"))
        .take(2_000)
        .filter(|meta| meta.attr("name").is_some_and(|name| name.eq_ignore_ascii_case("generator")))
        .filter_map(|meta| Some(meta.attr("content")?.trim().to_lowercase()))
        .collect();
    let generated = |platform: &&Platform| {
        platform.generator.iter().any(|start| said.iter().any(|said| said.starts_with(&start.to_lowercase())))
    };
    platforms.iter().find(marked).or_else(|| platforms.iter().find(generated))
}

#[cfg(test)]
mod tests;
