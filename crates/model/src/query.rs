//! The one question: from the widget's filter to the address, the SQL and the exported feed.
//!
//! Parse, then interpret: [`Query`] is what was asked, in the words of DESIGN 5.1;
//! what it means today (`7d`, the default order) is asked of it with `now`.

use std::fmt::Write as _;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Date, Kind, Moment, State};

/// Most items on a page.
pub const MAX_LIMIT: u16 = 200;
/// Items on a page unless said otherwise.
pub const DEFAULT_LIMIT: u16 = 20;
/// Most characters of search words.
pub const MAX_Q: usize = 200;

/// A filter over items. The default asks for everything, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Any of these states.
    pub states: Vec<State>,
    /// Any of these topics.
    pub topics: Vec<String>,
    /// News or events only.
    pub kind: Option<Kind>,
    /// Any of these sources.
    pub sources: Vec<String>,
    /// Search words, as typed.
    pub q: Option<String>,
    /// Published, or for events still running, at this time or later.
    pub since: Option<Bound>,
    /// Published, or for events beginning, at this time or earlier.
    pub until: Option<Bound>,
    /// Order, if not the kind's own.
    pub sort: Option<Sort>,
    /// One entry per story.
    pub stories: Option<bool>,
    /// Items on a page.
    pub limit: Option<u16>,
    /// Where to go on.
    pub cursor: Option<String>,
    /// Wording.
    pub lang: Option<Lang>,
    /// With the evidence for each label.
    pub explain: bool,
}

/// One end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// A day in Berlin, whole.
    Day(Date),
    /// A point in time.
    At(Moment),
    /// So many hours ago.
    Hours(u32),
    /// So many days ago.
    Days(u32),
}

/// The order of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Latest publication first. The order of news.
    Newest,
    /// Earliest start first. The order of events.
    Soonest,
    /// Best match first; needs `q`.
    Relevance,
}

/// The language of wording, not of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// German.
    #[default]
    De,
    /// English.
    En,
    /// German in short and simple sentences (`simple` is a registered variant of BCP 47).
    #[serde(rename = "de-simple")]
    Simple,
}

/// Search words taken apart: what `store` matches. The language's work is done before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Each must match, in any of its ways: a way matches where all its phrases do.
    pub must: Vec<Vec<Vec<Phrase>>>,
    /// None may match.
    pub not: Vec<Phrase>,
    /// What makes one match better than another: the sum of the weights of those that match as well.
    pub better: Vec<(Phrase, u32)>,
}

/// Terms that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The terms in order.
    pub terms: Vec<String>,
    /// The last term is only how a word begins.
    pub open: bool,
}

/// A parameter that cannot be understood. Becomes a problem document (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadParameter {
    /// Name of the parameter.
    pub parameter: String,
    /// The value, or the part of it, that was not understood.
    pub value: String,
    /// What would have been.
    pub allowed: Vec<String>,
}

impl Query {
    /// Names of all parameters.
    pub const PARAMETERS: [&'static str; 13] = [
        "state", "topic", "kind", "source", "q", "since", "until", "sort", "stories", "limit", "cursor", "lang",
        "explain",
    ];

    /// Takes one decoded `name=value`. Lists may be comma-separated or repeated; an empty value, as forms send
    /// it for an untouched field, asks for nothing.
    ///
    /// # Errors
    /// Names parameter, value and what is allowed. Slugs and ids are checked by whoever knows the catalogue,
    /// with [`Query::check_names`].
    pub fn take(&mut self, name: &str, value: &str) -> Result<(), BadParameter> {
        let bad = |allowed: Vec<String>| BadParameter { parameter: name.into(), value: value.into(), allowed };
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        if !Self::PARAMETERS.contains(&name) {
            return Err(bad(words(&Self::PARAMETERS)));
        }
        let value = value.trim_ascii();
        if value.is_empty() {
            return Ok(());
        }
        match name {
            "state" => {
                for code in list(value) {
                    let state = State::from_str(code).map_err(|_| BadParameter {
                        value: code.to_owned(),
                        ..bad(State::ALL.iter().map(ToString::to_string).collect())
                    })?;
                    add(&mut self.states, state);
                }
            }
            "topic" => list(value).for_each(|slug| add(&mut self.topics, slug.to_owned())),
            "source" => list(value).for_each(|id| add(&mut self.sources, id.to_owned())),
            "kind" => {
                self.kind = Some(match value {
                    "news" => Kind::News,
                    "event" => Kind::Event,
                    _ => return Err(bad(words(&["news", "event"]))),
                });
            }
            "q" => {
                if let Some((end, _)) = value.char_indices().nth(MAX_Q) {
                    let value = format!("{}…", &value[..end]);
                    return Err(BadParameter { value, ..bad(words(&["at most 200 characters"])) });
                }
                self.q = Some(value.to_owned());
            }
            "since" => self.since = Some(Bound::parse(value).ok_or_else(|| bad(words(&Bound::ALLOWED)))?),
            "until" => self.until = Some(Bound::parse(value).ok_or_else(|| bad(words(&Bound::ALLOWED)))?),
            "sort" => {
                self.sort = Some(match value {
                    "newest" => Sort::Newest,
                    "soonest" => Sort::Soonest,
                    "relevance" => Sort::Relevance,
                    _ => return Err(bad(words(&["newest", "soonest", "relevance"]))),
                });
            }
            "stories" => self.stories = Some(flag(value).ok_or_else(|| bad(words(&["0", "1"])))?),
            "explain" => self.explain = flag(value).ok_or_else(|| bad(words(&["0", "1"])))?,
            "limit" => {
                let digits = value.bytes().all(|b| b.is_ascii_digit());
                let limit = value.parse().ok().filter(|n| digits && (1..=MAX_LIMIT).contains(n));
                self.limit = Some(limit.ok_or_else(|| bad(words(&["1 to 200"])))?);
            }
            "lang" => self.lang = Some(Lang::parse(value).ok_or_else(|| bad(words(&Lang::ALL.map(Lang::code))))?),
            _ => self.cursor = Some(value.to_owned()),
        }
        Ok(())
    }

    /// Takes decoded pairs, as an extractor of query strings gives them.
    ///
    /// # Errors
    /// The first pair that is not understood.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, BadParameter> {
        let mut query = Query::default();
        for (name, value) in pairs {
            query.take(name.as_ref(), value.as_ref())?;
        }
        Ok(query)
    }

    /// Checks slugs and ids against what the catalogue has.
    ///
    /// # Errors
    /// The first that is unknown, with all that are known.
    pub fn check_names<'a>(
        &self,
        topics: impl Iterator<Item = &'a str> + Clone,
        sources: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), BadParameter> {
        check("topic", &self.topics, topics)?;
        check("source", &self.sources, sources)
    }

    /// The same question as pairs, in the fixed order of [`Query::PARAMETERS`]: equal queries give equal addresses.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &'static str, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let joined = |list: Vec<String>| (!list.is_empty()).then(|| list.join(","));
        put("state", joined(self.states.iter().map(ToString::to_string).collect()));
        put("topic", joined(self.topics.clone()));
        put("kind", self.kind.map(|kind| kind.word().to_owned()));
        put("source", joined(self.sources.clone()));
        put("q", self.q.clone());
        put("since", self.since.map(|bound| bound.to_string()));
        put("until", self.until.map(|bound| bound.to_string()));
        put("sort", self.sort.map(|sort| sort.word().to_owned()));
        put("stories", self.stories.map(|on| u8::from(on).to_string()));
        put("limit", self.limit.map(|limit| limit.to_string()));
        put("cursor", self.cursor.clone());
        put("lang", self.lang.map(|lang| lang.code().to_owned()));
        put("explain", self.explain.then(|| "1".to_owned()));
        pairs
    }

    /// The same question as a query string, percent-encoded (WHATWG URL, `application/x-www-form-urlencoded`
    /// with commas left readable), without the question mark.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.pairs() {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            for byte in value.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' | b',' | b':' => {
                        out.push(byte as char);
                    }
                    b' ' => out.push('+'),
                    _ => {
                        let _ = write!(out, "%{byte:02X}");
                    }
                }
            }
        }
        out
    }

    /// The order that holds: `sort`, or the kind's own.
    #[must_use]
    pub fn order(&self) -> Sort {
        match (self.sort, self.kind) {
            (Some(Sort::Relevance), _) if self.q.is_none() => Sort::Newest,
            (Some(sort), _) => sort,
            (None, Some(Kind::Event)) => Sort::Soonest,
            (None, _) => Sort::Newest,
        }
    }

    /// Items on a page.
    #[must_use]
    pub fn page_size(&self) -> u16 {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT)
    }

    /// What the panel asks for this filter: one entry per story, and of events those not over yet.
    #[must_use]
    pub fn for_panel(&self) -> Query {
        let mut query = self.clone();
        query.stories = query.stories.or(Some(true));
        query.kind = query.kind.or(Some(Kind::News));
        if query.kind == Some(Kind::Event) && query.since.is_none() && query.until.is_none() {
            query.since = Some(Bound::Hours(0));
        }
        query
    }

    /// The same filter from its first page: for links that change it.
    #[must_use]
    pub fn from_start(&self) -> Query {
        Query { cursor: None, ..self.clone() }
    }
}

impl Bound {
    const ALLOWED: [&'static str; 4] = ["2026-01-31", "2026-01-31T08:00:00+01:00", "7d", "24h"];

    /// Reads a date, an RFC 3339 date-time, or `7d`, `24h`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(date) = Date::parse(text) {
            return Some(Bound::Day(date));
        }
        // A plus in an address means a space; who forgot to encode it meant a plus.
        if let Some(moment) = Moment::parse(text).or_else(|| Moment::parse(&text.replace(' ', "+"))) {
            return Some(Bound::At(moment));
        }
        let count = |digits: &str| {
            digits.parse().ok().filter(|n: &u32| *n <= 36_500 && digits.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(days) = text.strip_suffix('d') {
            return count(days).map(Bound::Days);
        }
        count(text.strip_suffix('h')?).map(Bound::Hours)
    }

    /// The moment from which on it holds, as `since`.
    #[must_use]
    pub fn from(self, now: Moment) -> Moment {
        match self {
            Bound::Day(date) => date.start(),
            Bound::At(moment) => moment,
            Bound::Hours(hours) => Moment::from_ms(now.ms() - i64::from(hours) * 3_600_000),
            Bound::Days(days) => Moment::from_ms(now.ms() - i64::from(days) * 86_400_000),
        }
    }

    /// The moment before which it holds, as `until`: a day counts whole.
    #[must_use]
    pub fn to(self, now: Moment) -> Moment {
        match self {
            Bound::Day(date) => date.plus_days(1).start(),
            Bound::At(moment) => Moment::from_ms(moment.ms() + 1),
            other => Moment::from_ms(other.from(now).ms() + 1),
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Bound::Day(date) => date.fmt(f),
            Bound::At(moment) => moment.fmt(f),
            Bound::Hours(hours) => write!(f, "{hours}h"),
            Bound::Days(days) => write!(f, "{days}d"),
        }
    }
}

impl Sort {
    /// The word used in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Sort::Newest => "newest",
            Sort::Soonest => "soonest",
            Sort::Relevance => "relevance",
        }
    }
}

impl Lang {
    /// BCP 47 tag.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::De => "de",
            Lang::En => "en",
            Lang::Simple => "de-simple",
        }
    }

    /// All of them.
    pub const ALL: [Lang; 3] = [Lang::De, Lang::En, Lang::Simple];

    fn parse(code: &str) -> Option<Self> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim_ascii).filter(|part| !part.is_empty())
}

fn add<T: PartialEq + Ord>(list: &mut Vec<T>, value: T) {
    if let Err(place) = list.binary_search(&value) {
        list.insert(place, value);
    }
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

fn check<'a>(
    parameter: &str,
    asked: &[String],
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), BadParameter> {
    match asked.iter().find(|name| !known.clone().any(|known| known == name.as_str())) {
        None => Ok(()),
        Some(name) => Err(BadParameter {
            parameter: parameter.to_owned(),
            value: name.clone(),
            allowed: known.map(str::to_owned).collect(),
        }),
    }
}

#[cfg(test)]
mod tests;
