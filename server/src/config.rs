//! Settings: `amtsticker.toml`, then `AMTSTICKER_…` from the environment, then flags; the last one wins.
//!
//! Every setting is documented once, here; `docs/operating.md` is checked against these structs.
//! A mistake names file, line, key and what is allowed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Deserializer};

use crate::cli::Keep;
use crate::lines::{Block, key_of};

mod environment;

use environment::overlay;

/// Everything an operator can set.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// Address to listen on. Default `127.0.0.1:8080`.
    pub listen: String,
    /// Folder that holds everything that is kept. Default `amtsticker-data`.
    pub data: PathBuf,
    /// PostgreSQL database to keep everything in instead, `postgres://user:password@host/database`; several nodes may
    /// share it. Default: none, a file in `data`.
    pub database_url: Option<String>,
    /// Most connections to that database. Default 10.
    pub database_connections: u32,
    /// Address under which visitors reach the server, such as `https://ticker.example.bund.de`, for links in feeds
    /// and in panels on other pages. Default: what each request names in its `Host` header, with `http`.
    pub public_url: Option<String>,
    /// Folder with a catalogue of your own.
    pub catalogue: Option<PathBuf>,
    /// How sources are visited.
    pub fetch: FetchConfig,
    /// How requests are answered.
    pub http: HttpConfig,
    /// Who is told of what is new, or of how sources fare.
    pub webhook: Vec<WebhookConfig>,
    /// The WebSub hub for our own feeds.
    pub hub: HubConfig,
}

/// How sources are visited.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FetchConfig {
    /// Hosts, addresses or networks that may be visited although they are not public, such as `10.0.0.0/8`.
    pub allow_private: Vec<String>,
    /// Address or e-mail at which the operators of visited sites reach you; part of the User-Agent. Default: none.
    pub contact: String,
    /// Least time between two requests to one host. Default `1s`.
    #[serde(deserialize_with = "duration")]
    pub host_gap: Duration,
    /// Most requests to one host at a time. Default 2.
    pub host_concurrency: usize,
    /// Most sources that are waited for at a time. Default 16.
    pub concurrency: usize,
    /// Longest wait for a connection. Default `5s`.
    #[serde(deserialize_with = "duration")]
    pub connect_timeout: Duration,
    /// Longest wait for an answer to begin, connecting included. Default `10s`.
    #[serde(deserialize_with = "duration")]
    pub first_byte_timeout: Duration,
    /// Longest silence while a document arrives. Default `10s`.
    #[serde(deserialize_with = "duration")]
    pub idle_timeout: Duration,
    /// Longest time for one visit. Default `30s`.
    #[serde(deserialize_with = "duration")]
    pub timeout: Duration,
    /// Largest document in bytes, after decompression. Default 16777216.
    pub max_bytes: usize,
    /// Proxy for all visits: `http://`, `https://`, `socks5://` or `socks5h://` (the proxy resolves names), or
    /// `direct` for none. Default: what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    pub proxy: Option<String>,
    /// Proxies for single hosts, such as `{ "intern.example" = "direct" }`; the others keep `proxy`. Default: none.
    pub proxies: BTreeMap<String, String>,
    /// File with further certificates to trust, in PEM: for an intranet with an authority of its own. Default: none.
    pub ca_file: Option<PathBuf>,
    /// Whether hubs are asked to push what is new, where a source names one (WebSub); needs `public_url`. Default `true`.
    pub websub: bool,
    /// Past any proxy of the environment: for the demo, whose publishers are on this machine. Not a setting.
    #[serde(skip)]
    pub(crate) direct: bool,
}

/// How requests are answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct HttpConfig {
    /// Memory for rendered answers in bytes. Default 6291456.
    pub cache_bytes: u64,
    /// Most connections at a time. Default 16384.
    pub connections: usize,
    /// Longest wait for a request to arrive, and for the next one on an idle connection. Default `20s`.
    #[serde(deserialize_with = "duration")]
    pub header_timeout: Duration,
    /// Longest time in which a client takes nothing of its answer. Default `30s`.
    #[serde(deserialize_with = "duration")]
    pub write_timeout: Duration,
    /// Longest time for making an answer. Default `30s`.
    #[serde(deserialize_with = "duration")]
    pub timeout: Duration,
    /// Longest path and query in bytes. Default 16384.
    pub max_url: usize,
    /// Most bytes of a request's head, to within one read from the network. Default 32768.
    pub max_header: usize,
    /// Requests a second that one client may make for long; 0 for any number. Default 0.
    pub rate: u32,
    /// Requests that one client may make at once, where `rate` sets a limit. Default 200.
    pub burst: u32,
    /// Proxies of yours, as addresses or networks: behind these, `X-Forwarded-For` says who the client is. Default: none.
    pub trusted_proxies: Vec<String>,
    /// Log a line for each request: id, route, status, size, time; never who or what was searched for. Default false.
    pub access_log: bool,
    /// Sites that may show the panel's pages in a frame, as `frame-ancestors` of a Content Security Policy names them.
    /// Default `*`.
    pub frame_ancestors: String,
    /// Where to report weaknesses, a `mailto:` or `https:` address, for `/.well-known/security.txt`. Default: none.
    pub security_contact: Option<String>,
    /// Token for the operator's routes under `/admin`, at least 20 characters. Without one there are no such routes.
    pub admin_token: Option<String>,
}

impl Default for HttpConfig {
    fn default() -> Self {
        HttpConfig {
            cache_bytes: 6 << 20,
            connections: 16_384,
            header_timeout: Duration::from_secs(20),
            write_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(30),
            max_url: 16_384,
            max_header: 32_768,
            rate: 0,
            burst: 200,
            trusted_proxies: Vec::new(),
            access_log: false,
            frame_ancestors: "*".to_owned(),
            security_contact: None,
            admin_token: None,
        }
    }
}

/// One address that is told of changes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookConfig {
    /// Where to deliver, by POST. A private address needs `fetch.allow_private`.
    pub url: String,
    /// What it is told of: `items` (default) or the `health` of sources.
    #[serde(default)]
    pub on: Occasion,
    /// Of items those that fit, as in `state=HH&topic=noots`. Default: all.
    #[serde(default)]
    pub query: String,
    /// Signs what is delivered, so that the receiver knows who sent it; at least 16 characters.
    pub secret: Secret,
}

impl WebhookConfig {
    /// Which items it is told of.
    ///
    /// # Errors
    /// A part of the query that is not understood.
    pub(crate) fn items(&self) -> Result<model::Query, model::BadParameter> {
        model::Query::from_pairs(url::form_urlencoded::parse(self.query.as_bytes()))
    }
}

/// What a webhook is told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Occasion {
    #[default]
    Items,
    Health,
}

/// A text that no log shows.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(pub(crate) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// The WebSub hub for our own feeds.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct HubConfig {
    /// Whether anybody may subscribe to our feeds; needs `public_url`. Default `false`.
    pub open: bool,
    /// Most subscriptions. Default 10000.
    pub subscriptions: u64,
    /// Most subscriptions with callbacks on one host. Default 100.
    pub per_host: u64,
}

impl Default for HubConfig {
    fn default() -> Self {
        HubConfig { open: false, subscriptions: 10_000, per_host: 100 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: "127.0.0.1:8080".to_owned(),
            data: PathBuf::from("amtsticker-data"),
            database_url: None,
            database_connections: 10,
            public_url: None,
            catalogue: None,
            fetch: FetchConfig::default(),
            http: HttpConfig::default(),
            webhook: Vec::new(),
            hub: HubConfig::default(),
        }
    }
}

impl Default for FetchConfig {
    fn default() -> Self {
        FetchConfig {
            allow_private: Vec::new(),
            contact: String::new(),
            host_gap: Duration::from_secs(1),
            host_concurrency: 2,
            concurrency: 16,
            connect_timeout: Duration::from_secs(5),
            first_byte_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            max_bytes: 16 << 20,
            proxy: None,
            proxies: BTreeMap::new(),
            ca_file: None,
            websub: true,
            direct: false,
        }
    }
}

impl Config {
    /// Reads the file, if one is named or `amtsticker.toml` is there, and lays the environment over it.
    ///
    /// # Errors
    /// Names the file or the variable, the line, the key and what is allowed.
    pub(crate) fn load(file: Option<&Path>, env: impl Iterator<Item = (String, String)>) -> anyhow::Result<Self> {
        let path = file.unwrap_or(Path::new("amtsticker.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        // Read once for itself, because only here the parser knows the lines.
        let alone = toml::from_str::<Config>(&text).with_context(|| path.display().to_string())?;
        let mut table: toml::Table = text.parse().with_context(|| path.display().to_string())?;
        for (name, value) in env {
            let Some(key) = name.strip_prefix("AMTSTICKER_").map(str::to_ascii_lowercase) else { continue };
            // Container platforms set such variables for every service of the name (AMTSTICKER_PORT, …): one that
            // names no setting must not keep us from starting, but a slip must be seen.
            let mut alone = toml::Table::new();
            overlay(&mut alone, &name, &key, &value)?;
            match alone.try_into::<Config>() {
                Ok(_) => overlay(&mut table, &name, &key, &value)?,
                Err(error) if error.message().starts_with("unknown field") => {
                    tracing::warn!("{name} names no setting and is ignored: {}", error.message());
                }
                Err(error) => return Err(error).context(name),
            }
        }
        let config: Config = table.try_into().context("settings")?;
        config.check().map_err(|error| {
            let said = error.to_string();
            let in_file = alone.check().is_err_and(|error| error.to_string() == said);
            match line(&text, &said).filter(|_| in_file) {
                Some(line) => error.context(format!("{}, line {line}", path.display())),
                None => error,
            }
        })?;
        Ok(config)
    }

    /// Takes over where to keep everything, as far as it was typed. A folder that was typed means no database.
    pub(crate) fn keep(&mut self, keep: Keep) {
        if let Some(data) = keep.data {
            (self.data, self.database_url) = (data, None);
        }
        if keep.database_url.is_some() {
            self.database_url = keep.database_url;
        }
    }

    /// The file in which everything is kept, where no database is.
    pub(crate) fn store_file(&self) -> PathBuf {
        self.data.join("amtsticker.db")
    }

    /// Whether all values can be used.
    ///
    /// # Errors
    /// Names the key, the value and what is allowed.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let fetch = &self.fetch;
        let plain =
            |host: &str| !host.is_empty() && (!host.contains(':') || host.starts_with('[') && host.ends_with(']'));
        let port = self.listen.rsplit_once(':').filter(|(host, _)| plain(host)).map(|(_, port)| port);
        if port.is_none_or(|port| port.parse::<u16>().is_err()) {
            bail!("listen = {:?}: allowed is an address and a port, such as 127.0.0.1:8080", self.listen);
        }
        for (key, value) in
            [("fetch.host_concurrency", fetch.host_concurrency), ("fetch.concurrency", fetch.concurrency)]
        {
            if !(1..=1024).contains(&value) {
                bail!("{key} = {value}: allowed is 1 to 1024");
            }
        }
        for (key, value) in [
            ("fetch.connect_timeout", fetch.connect_timeout),
            ("fetch.first_byte_timeout", fetch.first_byte_timeout),
            ("fetch.idle_timeout", fetch.idle_timeout),
            ("fetch.timeout", fetch.timeout),
            ("http.header_timeout", self.http.header_timeout),
            ("http.write_timeout", self.http.write_timeout),
            ("http.timeout", self.http.timeout),
        ] {
            if value.is_zero() {
                bail!("{key} = 0: allowed is more than nothing, such as 10s");
            }
        }
        if !(3..=1000).contains(&self.database_connections) {
            bail!("database_connections = {}: allowed is 3 to 1000", self.database_connections);
        }
        if let Some(url) = &self.database_url
            && !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme))
        {
            // Its value is not repeated: it may hold a password.
            bail!("database_url: allowed is an address that begins with postgres://");
        }
        if fetch.max_bytes == 0 {
            bail!("fetch.max_bytes = 0: allowed is 1 and more");
        }
        crate::poll::check(fetch)?;
        self.http.check()?;
        if let Some(url) = self.public_url.as_ref().filter(|url| !is_web(url)) {
            bail!("public_url = {url:?}: allowed is an address that begins with http:// or https://");
        }
        self.check_push()
    }

    fn check_push(&self) -> anyhow::Result<()> {
        if self.hub.open && self.public_url.is_none() {
            bail!("hub.open = true: needs public_url, the address that subscribers know our feeds by");
        }
        for (number, webhook) in (1..).zip(&self.webhook) {
            let WebhookConfig { url, on, query, secret } = webhook;
            if !is_web(url) {
                bail!("webhook {number}: url = {url:?}: allowed is an address that begins with http:// or https://");
            }
            if secret.0.chars().count() < 16 {
                bail!("webhook {number}: secret for {url}: allowed are 16 characters and more");
            }
            if *on == Occasion::Health && !query.is_empty() {
                bail!("webhook {number}: query = {query:?}: only on = \"items\" has one");
            }
            webhook.items().map_err(|bad| {
                let model::BadParameter { parameter, value, allowed } = bad;
                let allowed = allowed.join(", ");
                anyhow::anyhow!("webhook {number}: query: {parameter} = {value:?}; allowed: {allowed}")
            })?;
        }
        Ok(())
    }
}

impl HttpConfig {
    fn check(&self) -> anyhow::Result<()> {
        // Below 8 KiB the server's own buffers do not go.
        for (key, value, least, most) in [
            ("http.connections", self.connections, 1, 1_000_000),
            ("http.max_url", self.max_url, 256, 32_768),
            ("http.max_header", self.max_header, 8_192, 1 << 20),
        ] {
            if !(least..=most).contains(&value) {
                bail!("{key} = {value}: allowed is {least} to {most}");
            }
        }
        crate::http::proxies(&self.trusted_proxies)?;
        // It becomes part of a header: what could end the directive or the line must not be in it.
        let source = |c: char| c.is_ascii_graphic() && !matches!(c, ';' | ',');
        if self.frame_ancestors.is_empty() || !self.frame_ancestors.chars().all(|c| c == ' ' || source(c)) {
            let value = &self.frame_ancestors;
            bail!(
                "http.frame_ancestors = {value:?}: allowed are *, 'self', 'none' and sites such as https://intra.example"
            );
        }
        if let Some(contact) = &self.security_contact {
            let fits = url::Url::parse(contact).is_ok_and(|url| matches!(url.scheme(), "mailto" | "https" | "tel"));
            if !fits || contact.contains(['\r', '\n']) {
                bail!(
                    "http.security_contact = {contact:?}: allowed is an address that begins with mailto: or https://"
                );
            }
        }
        if self
            .admin_token
            .as_ref()
            .is_some_and(|token| token.len() < 20 || !token.bytes().all(|b| b.is_ascii_graphic()))
        {
            bail!(
                "http.admin_token: allowed are 20 and more visible ASCII characters, such as `openssl rand -hex 32` gives"
            );
        }
        Ok(())
    }
}

/// The line of the key that a message begins with, if the file has it: `fetch.timeout = …`, `webhook 2: query …`.
fn line(text: &str, message: &str) -> Option<usize> {
    let blocks = Block::all(text);
    if let Some((number, rest)) = message.strip_prefix("webhook ").and_then(|rest| rest.split_once(": ")) {
        let mut webhooks = blocks.iter().filter(|block| block.header == "[[webhook]]");
        let webhook = webhooks.nth(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        return Some(webhook.line_of(key_of(rest)).unwrap_or(webhook.line()));
    }
    let mut path = message.split([' ', ':']).next()?.split('.');
    let (first, second) = (path.next()?, path.next());
    let header = second.map_or(String::new(), |_| format!("[{first}]"));
    let key = second.unwrap_or(first);
    // A table within a table may have a header of its own.
    let own = format!("[{first}.{key}]");
    let within = blocks.iter().filter(|block| block.header == header).find_map(|block| block.line_of(key));
    within.or_else(|| blocks.iter().find(|block| block.header == own).map(Block::line))
}

fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The address of a database as it may be shown: without password and parameters.
pub(crate) fn without_secrets(url: &str) -> String {
    let Ok(mut url) = url::Url::parse(url) else { return "postgres://…".to_owned() };
    // Without a host there is no password to take away either.
    let _ = url.set_password(None);
    url.set_query(None);
    url.to_string()
}

/// Reads `500ms`, `1s`, `30m`, `1h`.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    text.parse::<jiff::SignedDuration>().ok().and_then(|span| Duration::try_from(span).ok())
}

fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    parse_duration(&text)
        .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no duration; allowed are 500ms, 1s, 30m, 1h")))
}

#[cfg(test)]
mod tests;
