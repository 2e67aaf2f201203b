//! The merged feed and calendar for any query: the forms are `formats::write`'s, the words the panel's.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use formats::write::{self, Header};
use model::{Bound, Catalogue, Format, Item, Kind, Moment, Page, Query, Source};
use store::{Store, StoreError};

use super::App;
use super::pages::names;
use super::problem::Problem;
use super::pulse::Lasts;
use super::question::{Origin, Question, lasts, words};
use super::respond::{Keep, Made};
use crate::clock::now;

/// Most entries of a feed, unless the query says otherwise.
const FEED_LIMIT: u16 = 50;
/// So many events are read at a time; a calendar cannot say where it goes on, so it has about so many where no limit is
/// asked for.
const CALENDAR_LIMIT: u16 = 200;
const WHOLE_CALENDAR: usize = 1_000;

const ICS: &str = "text/calendar; charset=utf-8";

/// A form of feed: its file, how many entries it has unless asked otherwise, and how it is written.
pub(crate) struct Form {
    file: &'static str,
    media_type: &'static str,
    limit: u16,
    write: fn(&Header<'_>, &[Item]) -> String,
}

pub(crate) const ATOM: Form =
    Form { file: "atom.xml", media_type: "application/atom+xml; charset=utf-8", limit: FEED_LIMIT, write: write::atom };
pub(crate) const RSS: Form =
    Form { file: "rss.xml", media_type: "application/rss+xml; charset=utf-8", limit: FEED_LIMIT, write: write::rss };
pub(crate) const JSON: Form = Form {
    file: "feed.json",
    media_type: "application/feed+json; charset=utf-8",
    limit: FEED_LIMIT,
    write: write::json_feed,
};
pub(crate) const CALENDAR: Form =
    Form { file: "events.ics", media_type: ICS, limit: CALENDAR_LIMIT, write: write::calendar };

pub(super) async fn atom(app: State<Arc<App>>, headers: HeaderMap, question: Question) -> Result<Response, Problem> {
    give(&app, &headers, &question, &ATOM).await
}

pub(super) async fn rss(app: State<Arc<App>>, headers: HeaderMap, question: Question) -> Result<Response, Problem> {
    give(&app, &headers, &question, &RSS).await
}

pub(super) async fn json(app: State<Arc<App>>, headers: HeaderMap, question: Question) -> Result<Response, Problem> {
    give(&app, &headers, &question, &JSON).await
}

pub(super) async fn calendar(
    app: State<Arc<App>>,
    headers: HeaderMap,
    mut question: Question,
) -> Result<Response, Problem> {
    // A calendar of news would be empty: whoever subscribes to one means the events of the filter.
    question.query.kind = Some(Kind::Event);
    // What is just over stays in the calendar for a while, and a long past does not crowd out what is to come.
    if question.query.since.is_none() && question.query.until.is_none() {
        question.query.since = Some(Bound::Days(30));
    }
    give(&app, &headers, &question, &CALENDAR).await
}

/// The sources themselves, for a feed reader of one's own: all, or those that have something of what is asked for.
pub(super) async fn sources(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let Question { query, origin } = &question;
    let make = || async {
        let frame = Frame { catalogue: &app.catalogue, origin: &origin.0, hub: None };
        let brought = brought(&app.store, query, now()).await?;
        Ok(Made::new("text/x-opml; charset=utf-8", Keep::Shortly, frame.subscriptions(query, brought.as_ref())))
    };
    let lasts = if narrow(query) { lasts(query) } else { Lasts::Process };
    app.answers.give(&headers, &format!("sources.opml {} {}", origin.0, query.to_query_string()), lasts, make).await
}

/// Whether a query asks for more than the sources it names.
fn narrow(query: &Query) -> bool {
    let Query { states, topics, kind, sources: _, q, since, until, .. } = query;
    let words = kind.is_some() || q.is_some() || since.is_some() || until.is_some();
    words || !states.is_empty() || !topics.is_empty()
}

/// The sources that have something of what is asked for; nothing where any has.
///
/// # Errors
/// If the store fails.
pub(crate) async fn brought(store: &Store, query: &Query, now: Moment) -> Result<Option<BTreeSet<String>>, StoreError> {
    if !narrow(query) {
        return Ok(None);
    }
    let query = Query { stories: Some(false), limit: Some(1), cursor: None, explain: false, ..query.clone() };
    let page = store.find(&query, &words(&query), now).await?;
    Ok(Some(page.facets.source.into_keys().collect()))
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
    let make = || async {
        let item = match file.strip_suffix(".ics") {
            Some(id) => app.store.item(id).await?,
            None => None,
        };
        let day = item.as_ref().and_then(|item| Some(item.event.as_ref()?.start.start().date()));
        let (Some(item), Some(day)) = (item, day) else { return Err(Problem::NotFound(format!("event {file:?}"))) };
        // Under one name there is one event, whoever was asked for: the one that the calendar shows.
        let (kind, stories, day) = (Some(Kind::Event), Some(true), Some(Bound::Day(day)));
        let that_day = Query { kind, stories, since: day, until: day, limit: Some(CALENDAR_LIMIT), ..Query::default() };
        let mut shown = app.store.find(&that_day, &words(&that_day), now()).await?.items.into_iter();
        let item = as_story(shown.find(|one| one.story.id == item.story.id).unwrap_or(item));
        let (self_url, names) = (panel::links::event(&origin.0, &item.id), names(&app.catalogue, &Query::default()));
        let label = |code: &str| label(code, model::Lang::De, &names);
        let updated = app.store.updated().await?;
        let header = Header { updated, ..plain(&item.title, &self_url, &origin.0, model::Lang::De, &label) };
        let body = write::calendar(&header, std::slice::from_ref(&item));
        // Saved and opened by the reader's calendar, whatever else the browser would do with text.
        let attachment = HeaderValue::from_static("attachment; filename=\"termin.ics\"");
        Ok(Made::new(ICS, Keep::Shortly, body).with(header::CONTENT_DISPOSITION, attachment))
    };
    app.answers.give(&headers, &format!("event {} {file}", origin.0), Lasts::Generation, make).await
}

async fn give(app: &App, headers: &HeaderMap, question: &Question, form: &Form) -> Result<Response, Problem> {
    let Question { query: asked, origin } = question;
    let query =
        Query { limit: asked.limit.or(Some(form.limit)), stories: asked.stories.or(Some(true)), ..asked.clone() };
    // Of events those that are not over, unless a period is asked for: soonest first, the past would fill the feed.
    let query = if query.kind == Some(Kind::Event) { query.for_panel() } else { query };
    let ask = format!("{} {} {}", form.file, origin.0, asked.to_query_string());
    let make = || async { feed(app, question, &query, form).await };
    app.answers.give(headers, &ask, lasts(&query), make).await
}

async fn feed(app: &App, question: &Question, query: &Query, form: &Form) -> Result<Made, Problem> {
    let Question { query: asked, origin } = question;
    let (words, now) = (words(query), now());
    let mut page = app.store.find(query, &words, now).await?;
    while form.is_calendar()
        && asked.limit.is_none()
        && page.items.len() < WHOLE_CALENDAR
        && let Some(next) = page.next.take()
    {
        let more = app.store.find(&Query { cursor: Some(next), ..query.clone() }, &words, now).await?;
        page.items.extend(more.items);
        page.next = more.next;
    }
    let hub = app.push.hub();
    let frame = Frame { catalogue: &app.catalogue, origin: &origin.0, hub: hub.as_deref() };
    let made = Made::new(form.media_type, Keep::Shortly, frame.write(form, asked, query, page));
    // A calendar has no place of its own for its hub (WebSub, 4).
    let link = hub.as_deref().filter(|_| form.is_calendar()).and_then(|hub| {
        let links = format!("<{hub}>; rel=\"hub\", <{}>; rel=\"self\"", frame.address(form, asked));
        HeaderValue::from_str(&links).ok()
    });
    Ok(match link {
        Some(link) => made.with(header::LINK, link),
        None => made,
    })
}

impl Form {
    pub(crate) fn is_calendar(&self) -> bool {
        self.media_type == ICS
    }
}

/// What a feed says around its items.
pub(crate) struct Frame<'a> {
    pub(crate) catalogue: &'a Catalogue,
    /// Where it is given out, without a slash at the end.
    pub(crate) origin: &'a str,
    pub(crate) hub: Option<&'a str>,
}

impl Frame<'_> {
    /// What a query found, in a form; `asked` is the query as it stands in addresses.
    pub(crate) fn write(&self, form: &Form, asked: &Query, query: &Query, page: Page) -> String {
        let (lang, names) = (query.lang.unwrap_or_default(), names(self.catalogue, query));
        let label = |code: &str| label(code, lang, &names);
        let next = page.next.map(|next| self.address(form, &Query { cursor: Some(next), ..asked.clone() }));
        let header = Header {
            title: &title(asked, form, &names),
            subtitle: None,
            self_url: &self.address(form, asked),
            home_url: &panel::links::embed(self.origin, &asked.from_start(), &panel::Look::default()),
            lang: lang.code(),
            updated: page.updated,
            next: next.as_deref(),
            hub: self.hub,
            label: &label,
        };
        let items = match form.is_calendar() && query.stories == Some(true) {
            true => page.items.into_iter().map(as_story).collect(),
            false => page.items,
        };
        (form.write)(&header, &items)
    }

    /// The sources that are visited and that a reader can subscribe to, as OPML: those that a query names, and of these
    /// those that have `brought` something, if only they are asked for.
    pub(crate) fn subscriptions(&self, query: &Query, brought: Option<&BTreeSet<String>>) -> String {
        let feeds = |source: &&Source| {
            let named = query.sources.is_empty() || query.sources.contains(&source.id);
            let fits = named && brought.is_none_or(|brought| brought.contains(&source.id));
            fits && source.enabled && matches!(source.format, Format::Auto | Format::Feed)
        };
        let sources: Vec<Source> = self.catalogue.sources.iter().filter(feeds).cloned().collect();
        let (lang, self_url) = (model::Lang::De, format!("{}/feeds/sources.opml", self.origin));
        write::opml(&plain("Amtsticker", &self_url, self.origin, lang, &state_label), &sources)
    }

    fn address(&self, form: &Form, query: &Query) -> String {
        let pairs = query.to_query_string();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}/feeds/{}{mark}{pairs}", self.origin, form.file)
    }
}

/// What a state or a topic is called.
fn label(code: &str, lang: model::Lang, names: &panel::Names) -> String {
    match code.parse::<model::State>() {
        Ok(state) => panel::words::of(lang).state(state).to_owned(),
        Err(_) => names.topic(code).to_owned(),
    }
}

/// What a feed is called: by its filter, and by its period, which a calendar shows by itself.
fn title(asked: &Query, form: &Form, names: &panel::Names) -> String {
    let title = panel::words::filter_title(asked, names);
    if form.is_calendar() {
        return title;
    }
    let english = asked.lang == Some(model::Lang::En);
    let day = |date: model::Date| match english {
        true => date.to_string(),
        false => format!("{}.{}.{}", date.day(), date.month(), date.year()),
    };
    let since = asked.since.map(|since| match (since, english) {
        (Bound::Days(days), false) => format!(", letzte {days} Tage"),
        (Bound::Days(days), true) => format!(", last {days} days"),
        (Bound::Hours(hours), false) => format!(", letzte {hours} Stunden"),
        (Bound::Hours(hours), true) => format!(", last {hours} hours"),
        (Bound::Day(_) | Bound::At(_), _) => {
            format!(", {} {}", if english { "since" } else { "seit" }, day(since.from(Moment::from_ms(0)).date()))
        }
    });
    let until = asked.until.filter(|until| matches!(until, Bound::Day(_) | Bound::At(_))).map(|until| {
        let last = Moment::from_ms(until.to(Moment::from_ms(0)).ms() - 1);
        format!(", {} {}", if english { "until" } else { "bis" }, day(last.date()))
    });
    [Some(title), since, until].into_iter().flatten().collect()
}

/// A header with no more than it needs.
fn plain<'a>(
    title: &'a str,
    self_url: &'a str,
    home_url: &'a str,
    lang: model::Lang,
    label: &'a dyn Fn(&str) -> String,
) -> Header<'a> {
    Header { title, subtitle: None, self_url, home_url, lang: lang.code(), updated: None, next: None, hub: None, label }
}

/// What a state is called in German; topics keep their slugs.
fn state_label(code: &str) -> String {
    let words = panel::words::of(model::Lang::De);
    code.parse().map_or_else(|_| code.to_owned(), |state| words.state(state).to_owned())
}
