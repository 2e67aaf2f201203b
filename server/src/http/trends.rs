//! How much was published on what, by week or by day: for the API, and as a page.
//!
//! Each period is one [`Query`] over its days, so that a trend counts exactly as the list does: stories once, and any
//! filter of the API holds.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use model::{BadParameter, Bound, Date, Facets, Kind, Moment, Query, Sort};
use panel::{Risen, Trends};
use serde::Serialize;

use super::App;
use super::pages::{names, paper};
use super::problem::Problem;
use super::pulse::Lasts;
use super::question::{Question, question, with_words};
use super::respond::Made;
use crate::clock::now;

/// Periods shown unless `since` says otherwise, and the most that one answer counts.
const PERIODS: u32 = 12;
const MOST: i64 = 60;

/// What a trend is asked: a query, and how to count.
pub(super) struct Counting {
    query: Query,
    by: By,
    days: i64,
}

/// What is counted. The place of each in what [`count`] gives.
#[derive(Clone, Copy)]
enum By {
    Topic,
    State,
    Source,
}

impl By {
    const ALL: [By; 3] = [By::Topic, By::State, By::Source];
    const WORDS: [&str; 3] = ["topic", "state", "source"];

    const fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    by: &'static str,
    per: &'static str,
    #[serde(flatten)]
    trends: &'a Trends,
    rising: Vec<Risen<'a>>,
}

impl<S: Send + Sync> FromRequestParts<S> for Counting
where
    Arc<App>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = &Arc::<App>::from_ref(state);
        let (mut by, mut days, mut rest) = (By::Topic, 7, Vec::new());
        for (name, value) in super::question::pairs(parts) {
            match (name.as_str(), value.trim_ascii()) {
                ("by", "") | ("per", "week" | "") => {}
                ("per", "day") => days = 1,
                ("by", word) => match By::ALL.into_iter().find(|by| by.word() == word) {
                    Some(known) => by = known,
                    None => return Err(bad(name, value, &By::WORDS)),
                },
                ("per", _) => return Err(bad(name, value, &["week", "day"])),
                _ => rest.push((name, value)),
            }
        }
        Ok(Counting { query: question(rest, app).await?, by, days })
    }
}

fn bad(parameter: String, value: String, allowed: &[&str]) -> Problem {
    BadParameter { parameter, value, allowed: allowed.iter().map(|word| (*word).to_owned()).collect() }.into()
}

pub(super) async fn api(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    counting: Counting,
) -> Result<Response, Problem> {
    let Counting { query, by, days } = counting;
    let per = if days == 1 { "day" } else { "week" };
    let ask = format!("trends {} {per}?{}", by.word(), query.to_query_string());
    let make = || async {
        let trends = count(&app, &query, days, now()).await?;
        let trends = &trends[by as usize];
        Made::json(&Answer { by: by.word(), per, trends, rising: trends.risen() })
    };
    // The last period is the one that is running.
    app.answers.give(&headers, &ask, Lasts::Minute, make).await
}

pub(super) async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    question: Question,
) -> Result<Response, Problem> {
    let query = question.query;
    let make = || async {
        let [topics, states, _] = count(&app, &query, 7, now()).await?;
        let names = names(&app.catalogue, &query);
        Ok(paper(&app, panel::trends(query.lang.unwrap_or_default(), &topics, &states, &names)))
    };
    app.answers.give(&headers, &format!("/trends?{}", query.to_query_string()), Lasts::Minute, make).await
}

/// By topic, by state and by source, of the periods up to the current one or up to the end that is asked for, the last
/// [`MOST`] of them. Of the first and the last only what is asked for is counted.
async fn count(app: &App, query: &Query, days: i64, now: Moment) -> Result<[Trends; 3], Problem> {
    // The end of a period is the first moment after it.
    let last = query.until.map_or(now, |until| Moment::from_ms(until.to(now).ms() - 1)).min(now).date();
    let end = if days == 7 { last.plus_days(6 - i64::from(last.weekday())) } else { last };
    let first = match query.since {
        Some(since) => since.from(now).date(),
        None => end.plus_days(1 - days * i64::from(PERIODS)),
    };
    let periods = if first > last { 0 } else { ((end.days() - first.days()) / days + 1).min(MOST) };
    let begins: Vec<Date> = (0..periods).rev().map(|back| end.plus_days(1 - days * (back + 1))).collect();
    let asked = begins.iter().map(|from| {
        let (since, until) = (Bound::Day(*from), Bound::Day(from.plus_days(days - 1)));
        let since = query.since.filter(|asked| asked.from(now) > since.from(now)).unwrap_or(since);
        let until = query.until.filter(|asked| asked.to(now) < until.to(now)).unwrap_or(until);
        with_words(Query {
            since: Some(since),
            until: Some(until),
            kind: query.kind.or(Some(Kind::News)),
            stories: query.stories.or(Some(true)),
            sort: Some(Sort::Newest),
            limit: Some(1),
            cursor: None,
            explain: false,
            ..query.clone()
        })
    });
    let pages = app.store.find_all(&asked.collect::<Vec<_>>(), now).await?;
    let mut trends: [Trends; 3] = Default::default();
    for (from, page) in begins.into_iter().zip(pages) {
        let Facets { topic, state, source, .. } = page.facets;
        for (trends, counts) in trends.iter_mut().zip([topic, state, source]) {
            add(trends, from, page.total, counts);
        }
    }
    Ok(trends)
}

fn add(trends: &mut Trends, from: Date, total: u64, counts: std::collections::BTreeMap<String, u64>) {
    let before = trends.periods.len();
    trends.periods.push(from);
    trends.total.push(total);
    for (name, count) in counts {
        let series = trends.series.entry(name).or_default();
        series.resize(before, 0);
        series.push(count);
    }
    trends.series.values_mut().for_each(|series| series.resize(before + 1, 0));
}
