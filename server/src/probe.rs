//! `amtsticker probe URL`: what there is to subscribe to at an address, as a source entry that can be put into the
//! catalogue.
//!
//! Feeds are looked for where the page links them, where its content management system usually has them, and on the
//! page that lists them. Each is fetched and judged by its content: six of six guessed feed addresses of one system
//! answered 200 with an error page of 60 to 170 KB. Promises a bounded number of requests, at the pace of a poll, and
//! none that robots.txt forbids.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use formats::Survey;
use model::{Catalogue, Document, Format, Platform, Reading, Source, Validators};
use url::Url;

use crate::poll::{Fetched, On, Permissions, Visitor};

mod entry;

/// Most addresses that are tried beside the one that was named.
const MOST_TRIES: usize = 16;
/// Most pages that are searched for feeds because they say that they list them.
const MOST_OVERVIEWS: usize = 2;
/// Where feeds are, when nothing says what made the page.
const USUAL: [&str; 6] = ["/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/feed.json"];

/// What was found at one address.
struct Find {
    url: String,
    reading: Reading,
    /// Where the address is known from.
    from: String,
}

/// What an address turned out to be.
enum Tried {
    /// A feed or calendar with entries that have a title and a link.
    Feed(Find),
    /// A page, to be looked at, and what it is instead of a feed.
    Page(Document, String),
    /// Nothing to subscribe to; why.
    Nothing(String),
}

/// A probe under way: what was tried, and what came of it.
struct Probe<'a> {
    visitor: &'a Visitor,
    permissions: &'a Permissions,
    catalogue: &'a Catalogue,
    seen: BTreeSet<String>,
    finds: Vec<Find>,
    log: Vec<String>,
}

/// Visits an address and what it leads to; gives a publisher's file (DESIGN 5.4), with comments that say what was seen.
///
/// # Errors
/// An address that cannot be visited; a site without anything to subscribe to, with the list of what was tried.
pub(crate) async fn probe(
    address: &str,
    visitor: &Visitor,
    permissions: &Permissions,
    catalogue: &Catalogue,
) -> anyhow::Result<String> {
    let url = with_scheme(address)?;
    let mut probe =
        Probe { visitor, permissions, catalogue, seen: BTreeSet::new(), finds: Vec::new(), log: Vec::new() };
    let page = match probe.visit(&url, "named on the command line").await {
        Tried::Feed(find) => return entry::write(&find.url.clone(), None, &[find], None, &[], catalogue),
        Tried::Nothing(why) => bail!("{url}: {why}"),
        Tried::Page(page, _) => page,
    };
    let survey = look(&page, catalogue);
    let base = Url::parse(&page.url).with_context(|| format!("{:?} is no address", page.url))?;
    probe.follow(&base, &survey).await;
    // Teasers that only their date lines tell need a preset of their own; a poll could not find them again.
    let listing = (!survey.entries.is_empty() && survey.select.is_some()).then_some(&survey);
    if probe.finds.is_empty() && listing.is_none() {
        let trouble = survey.trouble.map(|(_, why)| format!("; the page: {why}")).unwrap_or_default();
        let tried: String = probe.log.iter().fold(String::new(), |mut all, line| {
            let _ = write!(all, "\n  {line}");
            all
        });
        bail!("{}: no feed, no calendar and no list was found{trouble}{tried}", page.url);
    }
    entry::write(&page.url, survey.title.as_deref(), &probe.finds, listing, &probe.log, catalogue)
}

impl Probe<'_> {
    /// Tries what the page links, then what its system usually has, then what its overview pages link.
    async fn follow(&mut self, base: &Url, survey: &Survey) {
        for feed in &survey.feeds {
            self.tries(&feed.url, "linked on the page").await;
        }
        for overview in survey.overviews.iter().take(MOST_OVERVIEWS) {
            let Some(Tried::Page(page, _)) = self.once(overview, "named as the list of feeds").await else { continue };
            for feed in look(&page, self.catalogue).feeds {
                self.tries(&feed.url, "linked on the list of feeds").await;
            }
        }
        if !self.finds.is_empty() {
            return;
        }
        let platform = survey.platform.as_deref().and_then(|id| self.catalogue.platform(id));
        for (path, from) in usual(platform) {
            // Systems offer the same list in several formats: one is enough.
            if self.finds.is_empty()
                && let Ok(url) = base.join(&path)
            {
                self.tries(url.as_str(), &from).await;
            }
        }
    }

    /// Visits an address that may be a feed; what is none is noted.
    async fn tries(&mut self, url: &str, from: &str) {
        match self.once(url, from).await {
            Some(Tried::Feed(find)) => self.finds.push(find),
            Some(Tried::Page(_, why) | Tried::Nothing(why)) => self.log.push(format!("{url} ({from}): {why}")),
            None => {}
        }
    }

    /// Visits an address unless it was visited or too many were.
    async fn once(&mut self, url: &str, from: &str) -> Option<Tried> {
        if self.seen.contains(url) {
            return None;
        }
        if self.seen.len() > MOST_TRIES {
            self.log.push(format!("{url} ({from}): not tried, {MOST_TRIES} addresses are enough"));
            return None;
        }
        let url = Url::parse(url).ok()?;
        Some(self.visit(&url, from).await)
    }

    async fn visit(&mut self, url: &Url, from: &str) -> Tried {
        self.seen.insert(url.to_string());
        // Nobody has decided yet that a feed here may be polled in spite of robots.txt.
        if let Err(denied) = self.permissions.ask(self.visitor, &Source::default(), url.as_str()).await {
            return Tried::Nothing(denied.why());
        }
        let on = On { permissions: self.permissions, visitor: self.visitor, source: &Source::default() };
        let document = match self.visitor.visit(url.as_str(), &Validators::default(), &on).await.fetched {
            Fetched::Fresh(fresh) => fresh.document,
            Fetched::NotModified(_) => {
                return Tried::Nothing("the server answered 304 to an unconditional request".into());
            }
            Fetched::Gone => return Tried::Nothing("the server answered 410 Gone".into()),
            Fetched::Failed { reason, .. } => return Tried::Nothing(reason),
        };
        self.seen.insert(document.url.clone());
        let reading = formats::read(&document, &Source::default());
        if reading.format == "none" {
            let what = reading.complaints.into_iter().next();
            return Tried::Page(document, what.map_or_else(|| "a page".to_owned(), |complaint| complaint.text));
        }
        if let Some(known) = self.finds.iter().find(|find| find.url == document.url) {
            return Tried::Nothing(format!("leads to {}", known.url));
        }
        let whole = |entry: &model::Entry| entry.title.is_some() && (entry.url.is_some() || entry.event.is_some());
        if !reading.entries.iter().any(whole) {
            return Tried::Nothing(format!("{} without an entry that has title and link", reading.format));
        }
        // A permanent address may redirect to one with a session in it: the address that was linked is kept.
        Tried::Feed(Find { url: url.to_string(), reading, from: from.to_owned() })
    }
}

fn look(page: &Document, catalogue: &Catalogue) -> Survey {
    formats::survey(page, &catalogue.platforms)
}

/// Paths to try, and why.
fn usual(platform: Option<&Platform>) -> Vec<(String, String)> {
    match platform {
        Some(platform) if !platform.feeds.is_empty() => {
            let from = format!("usual for {}", platform.name);
            platform.feeds.iter().map(|path| (path.clone(), from.clone())).collect()
        }
        _ => USUAL.iter().map(|path| ((*path).to_owned(), "a usual place".to_owned())).collect(),
    }
}

/// What people type: `www.example.bund.de` is meant as an address, too.
fn with_scheme(address: &str) -> anyhow::Result<Url> {
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&whole).with_context(|| format!("{address:?} is no address"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        bail!("{address:?}: allowed are addresses that begin with http:// or https://");
    }
    Ok(url)
}

/// What a format is called in a source's entry.
fn format_of(reading: &Reading) -> Format {
    if reading.format == "ics" { Format::Ics } else { Format::Feed }
}
