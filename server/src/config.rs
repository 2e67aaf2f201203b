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
    /// Most sources visited at a time. Default 16.
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
    /// Past any proxy of the environment: for the demo, whose publishers are on this machine. Not a setting.
    #[serde(skip)]
    pub(crate) direct: bool,
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
        toml::from_str::<Config>(&text).with_context(|| path.display().to_string())?;
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
        config.check()?;
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

    /// Whether all values can be used.
    ///
    /// # Errors
    /// Names the key, the value and what is allowed.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let fetch = &self.fetch;
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
        if let Some(url) = &self.public_url {
            let fits = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
            if !fits {
                bail!("public_url = {url:?}: allowed is an address that begins with http:// or https://");
            }
        }
        Ok(())
    }
}

/// `AMTSTICKER_FETCH_HOST_GAP` is `host_gap` in `[fetch]`; names that only this workshop's own tools use are left alone.
fn overlay(table: &mut toml::Table, name: &str, key: &str, value: &str) -> anyhow::Result<()> {
    if matches!(key, "bin" | "tools" | "log" | "test_postgres") {
        return Ok(());
    }
    let (table, key) = match key.strip_prefix("fetch_") {
        Some(key) => {
            let section = table.entry("fetch").or_insert_with(|| toml::Table::new().into());
            (section.as_table_mut().with_context(|| format!("{name}: [fetch] is not a table"))?, key)
        }
        None => (table, key),
    };
    let value = match key {
        "allow_private" => value.split(',').map(|part| toml::Value::from(part.trim())).collect::<Vec<_>>().into(),
        "host_concurrency" | "concurrency" | "max_bytes" | "database_connections" => {
            value.parse::<i64>().map_or_else(|_| toml::Value::from(value), toml::Value::from)
        }
        _ => value.into(),
    };
    table.insert(key.to_owned(), value);
    Ok(())
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
