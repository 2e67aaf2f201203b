//! `export`: what a query finds, as a feed, a calendar or a table; or all that is kept, as lines of JSON for `import`.

use std::io::{BufWriter, Write as _};

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use formats::write;
use model::{Catalogue, Item, Kind, MAX_LIMIT, Moment, Page, Query};
use store::Store;

use crate::config::Config;
use crate::http::{self, Frame};

/// In which form something is given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Everything that is kept, a line of JSON for each row: what `import` reads. Takes no query.
    Jsonl,
    /// A feed (RFC 4287).
    Atom,
    /// A feed (RSS 2.0).
    Rss,
    /// A feed (JSON Feed 1.1).
    Json,
    /// The events, as a calendar (RFC 5545).
    Ics,
    /// The sources that have what a query asks for, as a list of subscriptions (OPML 2.0).
    Opml,
    /// A table (RFC 4180).
    Csv,
}

/// Most items on a page: few questions are enough for many items.
const PAGE: u16 = MAX_LIMIT;

/// Writes what is kept, or what a query finds of it, to standard output. Without a `limit` that is everything.
///
/// # Errors
/// A part of the query that is not understood; a database that fails; an output that cannot be written.
pub(crate) async fn export(
    (store, config, catalogue): (&Store, &Config, &Catalogue),
    form: Form,
    query: &str,
    now: Moment,
) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    if form == Form::Jsonl && !query.is_empty() {
        bail!("{query:?}: an export of this form takes no query");
    }
    let query = asked(query, catalogue)?;
    let origin = match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{}", config.listen),
    };
    let frame = Frame { catalogue, origin: &origin, hub: None };
    match form {
        Form::Jsonl => _ = store.export(|line| writeln!(out, "{line}")).await?,
        Form::Opml => {
            let brought = http::brought(store, &query, now).await?;
            out.write_all(frame.subscriptions(&query, brought.as_ref()).as_bytes())?;
        }
        Form::Csv => {
            out.write_all(write::csv_head().as_bytes())?;
            let mut left = Pages::of(&query);
            while let Some(page) = left.next(store, now).await? {
                page.items.iter().try_for_each(|item| out.write_all(write::csv_line(item).as_bytes()))?;
            }
        }
        Form::Atom | Form::Rss | Form::Json | Form::Ics => {
            let form = match form {
                Form::Atom => &http::ATOM,
                Form::Rss => &http::RSS,
                Form::Json => &http::JSON,
                _ => &http::CALENDAR,
            };
            let kind = if form.is_calendar() { Some(Kind::Event) } else { query.kind };
            let query = Query { kind, stories: query.stories.or(Some(true)), ..query };
            let (mut items, mut updated) = (Vec::<Item>::new(), None);
            let mut left = Pages::of(&query);
            while let Some(page) = left.next(store, now).await? {
                items.extend(page.items);
                updated = updated.or(page.updated);
            }
            let page = Page { items, updated, ..Page::default() };
            out.write_all(frame.write(form, &query, &query, page).as_bytes())?;
        }
    }
    out.flush().context("cannot write to standard output")
}

/// The query of a text as it stands in addresses: `state=HH&topic=noots`.
fn asked(text: &str, catalogue: &Catalogue) -> anyhow::Result<Query> {
    let text = text.strip_prefix('?').unwrap_or(text);
    let bad = |bad: model::BadParameter| {
        let allowed = bad.allowed.join(", ");
        anyhow::anyhow!("{} = {:?} is not understood; allowed: {allowed}", bad.parameter, bad.value)
    };
    let query = Query::from_pairs(url::form_urlencoded::parse(text.as_bytes())).map_err(bad)?;
    let topics = catalogue.topics.iter().map(|topic| topic.slug.as_str());
    // Of a source that has left the catalogue there may be items: that there are none of it is an answer.
    let sources = query.sources.iter().map(String::as_str);
    query.check_names(topics, sources).map_err(bad)?;
    Ok(query)
}

/// The pages of a query that are still to come.
struct Pages {
    query: Query,
    left: Option<u16>,
    ended: bool,
}

impl Pages {
    fn of(query: &Query) -> Self {
        Pages { query: Query { limit: Some(PAGE), ..query.clone() }, left: query.limit, ended: false }
    }

    async fn next(&mut self, store: &Store, now: Moment) -> anyhow::Result<Option<Page>> {
        if self.ended {
            return Ok(None);
        }
        if let Some(left) = self.left {
            // A limit is a page at most.
            (self.query.limit, self.ended) = (Some(left), true);
        }
        let page = store.find(&self.query, &http::words(&self.query), now).await?;
        self.query.cursor.clone_from(&page.next);
        self.ended |= page.next.is_none();
        Ok(Some(page))
    }
}
