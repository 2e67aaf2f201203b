//! The merged feed and calendar for any query: the forms are `formats::write`'s, the words the panel's.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use formats::write::{self, Header};
use model::{Bound, Format, Item, Kind, Page, Query, Source};

use super::App;
use super::pages::names;
use super::problem::Problem;
use super::question::{Origin, Question, words};
use super::respond::{Keep, with_tag};
use crate::clock::now;

/// Most entries of a feed or calendar, unless the query says otherwise.
const FEED_LIMIT: u16 = 50;
const CALENDAR_LIMIT: u16 = 200;

pub(super) async fn atom(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let body = feed(&app, &question, "atom.xml", FEED_LIMIT, |header, page| write::atom(header, &page.items)).await?;
    Ok(with_tag(&headers, "application/atom+xml; charset=utf-8", Keep::Shortly, body))
}

pub(super) async fn rss(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let body = feed(&app, &question, "rss.xml", FEED_LIMIT, |header, page| write::rss(header, &page.items)).await?;
    Ok(with_tag(&headers, "application/rss+xml; charset=utf-8", Keep::Shortly, body))
}

/// The sources themselves, for a feed reader of one's own: those that are visited and that a reader can subscribe to.
pub(super) async fn sources(State(app): State<Arc<App>>, headers: HeaderMap, origin: Origin) -> Response {
    let feeds = |source: &&Source| source.enabled && matches!(source.format, Format::Auto | Format::Feed);
    let sources: Vec<Source> = app.catalogue.sources.iter().filter(feeds).cloned().collect();
    let words = panel::words::of(model::Lang::De);
    let header = Header {
        title: "Amtsticker",
        subtitle: None,
        self_url: &format!("{}/feeds/sources.opml", origin.0),
        home_url: &origin.0,
        lang: words.lang.code(),
        updated: None,
        next: None,
        hub: None,
        label: &|code: &str| code.parse().map_or_else(|_| code.to_owned(), |state| words.state(state).to_owned()),
    };
    let body = write::opml(&header, &sources).into_bytes();
    with_tag(&headers, "text/x-opml; charset=utf-8", Keep::Shortly, body)
}

pub(super) async fn json(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let write = |header: &Header<'_>, page: &Page| write::json_feed(header, &page.items);
    let body = feed(&app, &question, "feed.json", FEED_LIMIT, write).await?;
    Ok(with_tag(&headers, "application/feed+json; charset=utf-8", Keep::Shortly, body))
}

pub(super) async fn calendar(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    mut question: Question,
) -> Result<Response, Problem> {
    // A calendar of news would be empty: whoever subscribes to one means the events of the filter.
    question.query.kind = Some(Kind::Event);
    // What is just over stays in the calendar for a while, and a long past does not crowd out what is to come.
    if question.query.since.is_none() && question.query.until.is_none() {
        question.query.since = Some(Bound::Days(30));
    }
    let stories = question.query.stories.unwrap_or(true);
    let write = |header: &Header<'_>, page: &Page| {
        let items = page.items.iter().cloned().map(|item| if stories { as_story(item) } else { item });
        write::calendar(header, &items.collect::<Vec<_>>())
    };
    let body = feed(&app, &question, "events.ics", CALENDAR_LIMIT, write).await?;
    Ok(with_tag(&headers, "text/calendar; charset=utf-8", Keep::Shortly, body))
}

/// An event with its story's name: it stays the same in a subscriber's calendar, whichever source stands for it.
fn as_story(item: Item) -> Item {
    Item { id: item.story.id.clone(), ..item }
}

/// One event, to keep: `/feeds/event/{id}.ics`.
pub(super) async fn event(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    origin: Origin,
    file: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(file) = file.map_err(|error| Problem::NotFound(format!("such event: {error}")))?;
    let item = match file.strip_suffix(".ics") {
        Some(id) => app.store.item(id).await?.filter(|item| item.event.is_some()),
        None => None,
    };
    let item = item.map(as_story).ok_or_else(|| Problem::NotFound(format!("event {file:?}")))?;
    let words = panel::words::of(model::Lang::De);
    let header = Header {
        title: &item.title,
        subtitle: None,
        self_url: &panel::links::event(&origin.0, &item.id),
        home_url: &origin.0,
        lang: words.lang.code(),
        updated: item.updated.or(item.published),
        next: None,
        hub: None,
        label: &|code: &str| code.parse().map_or_else(|_| code.to_owned(), |state| words.state(state).to_owned()),
    };
    let body = write::calendar(&header, std::slice::from_ref(&item)).into_bytes();
    let mut response = with_tag(&headers, "text/calendar; charset=utf-8", Keep::Shortly, body);
    // Saved and opened by the reader's calendar, whatever else the browser would do with text.
    let attachment = HeaderValue::from_static("attachment; filename=\"termin.ics\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, attachment);
    Ok(response)
}

async fn feed(
    app: &App,
    question: &Question,
    file: &str,
    limit: u16,
    write: impl FnOnce(&Header<'_>, &Page) -> String,
) -> Result<Vec<u8>, Problem> {
    let Question { query: asked, origin } = question;
    let query = Query { limit: asked.limit.or(Some(limit)), stories: asked.stories.or(Some(true)), ..asked.clone() };
    // Of events those that are not over, unless a period is asked for: soonest first, the past would fill the feed.
    let query = if query.kind == Some(Kind::Event) { query.for_panel() } else { query };
    let page = app.store.find(&query, &words(&query), now()).await?;
    let words = panel::words::of(query.lang.unwrap_or_default());
    let names = names(app, &query);
    let address = |query: &Query| {
        let pairs = query.to_query_string();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}/feeds/{file}{mark}{pairs}", origin.0)
    };
    let title = panel::words::filter_title(asked, &names);
    let label = |code: &str| match code.parse::<model::State>() {
        Ok(state) => words.state(state).to_owned(),
        Err(_) => names.topic(code).to_owned(),
    };
    let next = page.next.as_ref().map(|next| address(&Query { cursor: Some(next.clone()), ..asked.clone() }));
    let header = Header {
        title: &title,
        subtitle: None,
        self_url: &address(asked),
        home_url: &panel::links::embed(&origin.0, &asked.from_start(), &panel::Look::default()),
        lang: query.lang.unwrap_or_default().code(),
        updated: page.updated,
        next: next.as_deref(),
        hub: None,
        label: &label,
    };
    Ok(write(&header, &page).into_bytes())
}
