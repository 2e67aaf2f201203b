//! A publisher's file as it is written (DESIGN 5.4), and what it means.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use curate::normalise::plain;
use model::catalogue::Certainty;
use model::{Expect, Format, Platform, Robots, Select, Source, State};
use serde::Deserialize;

use crate::config::parse_duration;
use crate::lines::{Block, key_of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Publisher {
    id: String,
    name: String,
    home: String,
    #[serde(default)]
    states: Vec<State>,
    #[serde(default)]
    topics: Vec<String>,
    licence: Option<String>,
    #[serde(default)]
    source: Vec<Endpoint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endpoint {
    id: String,
    url: String,
    #[serde(default)]
    format: Format,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    status: Certainty,
    evidence: Option<String>,
    #[serde(default)]
    robots: Robots,
    every: Option<String>,
    platform: Option<String>,
    select: Option<Select>,
    expect: Option<Expect>,
    states: Option<Vec<State>>,
    topics: Option<Vec<String>>,
    #[serde(default)]
    threshold: f32,
    #[serde(default)]
    events: bool,
}

fn yes() -> bool {
    true
}

impl Publisher {
    /// What the file means: the publisher, and its sources with the publisher's priors.
    ///
    /// # Errors
    /// Names line, source, key, value and what is allowed.
    pub(super) fn interpret(
        self,
        text: &str,
        platforms: &[Platform],
    ) -> anyhow::Result<(Arc<model::Publisher>, Vec<Source>)> {
        // Shown as they stand, by us and by whoever takes our feeds and our JSON.
        let (name, licence) = (plain(&self.name), self.licence.as_deref().map(plain));
        let publisher = Arc::new(model::Publisher { id: self.id, name, home: self.home, licence });
        let head = |error: anyhow::Error| match line(text, None, key_of(&error.to_string())) {
            Some(line) => error.context(format!("line {line}")),
            None => error,
        };
        check_id(&publisher.id).map_err(head)?;
        check_url("home", &publisher.home).map_err(head)?;
        let endpoints = self.source.into_iter();
        let sources = endpoints.map(|endpoint| {
            let id = endpoint.id.clone();
            endpoint.interpret(&publisher, &self.states, &self.topics, platforms).map_err(|error| {
                match line(text, Some(&id), key_of(&error.to_string())) {
                    Some(line) => error.context(format!("line {line}: source {id:?}")),
                    None => error.context(format!("source {id:?}")),
                }
            })
        });
        let sources = sources.collect::<anyhow::Result<Vec<_>>>()?;
        Ok((publisher, sources))
    }
}

impl Endpoint {
    fn interpret(
        self,
        publisher: &Arc<model::Publisher>,
        states: &[State],
        topics: &[String],
        platforms: &[Platform],
    ) -> anyhow::Result<Source> {
        check_id(&self.id)?;
        check_url("url", &self.url)?;
        if !(0.0..=1.0).contains(&self.threshold) {
            bail!("threshold = {}: allowed is 0 to 1", self.threshold);
        }
        let dated = self.expect.as_ref().and_then(|expect| expect.dated);
        if let Some(dated) = dated.filter(|dated| !(0.0..=1.0).contains(dated)) {
            bail!("expect.dated = {dated}: allowed is 0 to 1");
        }
        let every = self.every.as_deref().map(|text| {
            parse_duration(text)
                .with_context(|| format!("every = {text:?}: allowed are durations such as 30m, 1h, 12h"))
        });
        let platform = self.platform.as_deref().map(|id| {
            platforms.iter().find(|platform| platform.id == id).with_context(|| {
                let known: Vec<&str> = platforms.iter().map(|platform| platform.id.as_str()).collect();
                format!("platform = {id:?}: allowed are {}", known.join(", "))
            })
        });
        let platform = platform.transpose()?;
        let select = match (self.select, platform) {
            (Some(own), _) => vec![own],
            (None, Some(platform)) if self.format == Format::Html => platform.list.clone(),
            (None, _) => Vec::new(),
        };
        check_selectors(&select)?;
        if self.enabled && self.format == Format::Html && select.is_empty() {
            bail!(
                "format = \"html\" needs a platform, or select = {{ item = …, title = …, link = …, date = … }}; without either, enabled = false"
            );
        }
        Ok(Source {
            id: self.id,
            publisher: Arc::clone(publisher),
            url: self.url,
            format: self.format,
            enabled: self.enabled,
            status: self.status,
            evidence: self.evidence,
            robots: self.robots,
            every_seconds: every.transpose()?.map(|every| every.as_secs()),
            platform: self.platform,
            select,
            expect: self.expect,
            states: self.states.unwrap_or_else(|| states.to_vec()),
            topics: self.topics.unwrap_or_else(|| topics.to_vec()),
            threshold: self.threshold,
            events: self.events,
        })
    }
}

/// The line of a source's key, or of the source where the key is the publisher's or nobody's; without a source, of the
/// publisher's own key.
pub(super) fn line(text: &str, source: Option<&str>, key: &str) -> Option<usize> {
    let blocks = Block::all(text);
    let Some(id) = source else { return blocks.first()?.line_of(key) };
    let block = blocks.iter().find(|block| block.header == "[[source]]" && block.says("id", id))?;
    Some(block.line_of(key).unwrap_or(block.line()))
}

/// Whether each selector can be used on a page.
pub(super) fn check_selectors(select: &[Select]) -> anyhow::Result<()> {
    for select in select {
        let optional = [&select.title, &select.link, &select.date, &select.teaser, &select.kicker, &select.place];
        for selector in std::iter::once(&select.item).chain(optional.into_iter().flatten()) {
            check_selector(selector)?;
        }
    }
    Ok(())
}

pub(super) fn check_selector(selector: &str) -> anyhow::Result<()> {
    if !formats::is_selector(selector) {
        bail!("select: {selector:?} is no CSS selector that can be used");
    }
    Ok(())
}

fn check_id(id: &str) -> anyhow::Result<()> {
    let fits =
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b));
    if !fits {
        bail!("id = {id:?}: allowed are small letters, digits, '-', '_' and '.'");
    }
    Ok(())
}

fn check_url(key: &str, url: &str) -> anyhow::Result<()> {
    // No address holds these (RFC 3986), and they would end the attribute in which somebody writes it.
    let foreign = ['"', '<', '>', '`'];
    match url::Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && !url.contains(foreign) => Ok(()),
        _ => bail!(
            "{key} = {url:?}: allowed are addresses that begin with http:// or https://, without quotes and brackets"
        ),
    }
}
