//! Settings from the environment: which variable is which key, and what its text stands for.

use anyhow::Context as _;

/// `AMTSTICKER_FETCH_HOST_GAP` is `host_gap` in `[fetch]`; names that only this workshop's own tools use are left alone.
pub(super) fn overlay(table: &mut toml::Table, name: &str, key: &str, value: &str) -> anyhow::Result<()> {
    if matches!(key, "bin" | "tools" | "log" | "log_format" | "test_postgres") {
        return Ok(());
    }
    let section = ["fetch", "hub", "http"].into_iter().find_map(|section| {
        let key = key.strip_prefix(section)?.strip_prefix('_')?;
        Some((section, key))
    });
    let (table, key) = match section {
        Some((section, key)) => {
            let table = table.entry(section).or_insert_with(|| toml::Table::new().into());
            (table.as_table_mut().with_context(|| format!("{name}: [{section}] is not a table"))?, key)
        }
        None => (table, key),
    };
    let value = match key {
        "allow_private" | "trusted_proxies" => {
            value.split(',').map(|part| toml::Value::from(part.trim())).collect::<Vec<_>>().into()
        }
        "host_concurrency"
        | "concurrency"
        | "max_bytes"
        | "cache_bytes"
        | "connections"
        | "max_url"
        | "max_header"
        | "rate"
        | "burst"
        | "subscriptions"
        | "per_host"
        | "database_connections" => value.parse::<i64>().map_or_else(|_| toml::Value::from(value), toml::Value::from),
        "access_log" | "open" | "websub" => {
            value.parse::<bool>().map_or_else(|_| toml::Value::from(value), toml::Value::from)
        }
        _ => value.into(),
    };
    table.insert(key.to_owned(), value);
    Ok(())
}
