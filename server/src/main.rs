//! The binary `amtsticker`: reads what was typed and what was configured, and starts the motion.
//!
//! * [`poll`]: visits sources. * [`http`]: answers. * [`catalogue`], [`config`], [`cli`]: what both need to know.
//! * [`mod@demo`]: sample publishers on a loopback port. * [`stages`]: one stage alone, for people who tune it.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser as _;
use model::Catalogue;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

mod catalogue;
mod cli;
mod clock;
mod config;
mod demo;
mod hash;
mod http;
mod poll;
mod stages;

use cli::{Cli, Command, VisitArgs};
use config::Config;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = std::env::var("AMTSTICKER_LOG").unwrap_or_else(|_| "info".to_owned());
    let ansi = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_target(false).with_ansi(ansi).init();
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve { listen, keep, visit } => {
            let (config, catalogue) = prepare(&visit, listen.listen, keep.data)?;
            let store = open(&config, &catalogue).await?;
            serve(&config, catalogue, store, false).await
        }
        Command::Demo { listen, keep } => demo(listen.listen, keep.data.as_deref()).await,
        Command::Poll { once, json, sources, keep, visit } => {
            let (config, catalogue) = prepare(&visit, None, keep.data)?;
            let store = open(&config, &catalogue).await?;
            let poller = poll::Poller::new(store, catalogue, &config.fetch)?;
            if !once {
                poller.forever(interrupted()).await;
                return Ok(());
            }
            let summary = poller.once(&sources).await?;
            report(&summary, json)
        }
        Command::Read { files, url, content_type } => stages::read(&files, &url, content_type.as_deref()),
        Command::Classify { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, None)?;
            stages::classify(&catalogue, explain)
        }
        Command::Events { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, None)?;
            stages::events(&catalogue, explain)
        }
        Command::Stories { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, None)?;
            stages::stories(&catalogue, explain)
        }
    }
}

/// Reads settings and catalogue; flags win.
fn prepare(
    visit: &VisitArgs,
    listen: Option<String>,
    data: Option<std::path::PathBuf>,
) -> anyhow::Result<(Config, Arc<Catalogue>)> {
    let mut config = Config::load(visit.config.as_deref(), environment()?)?;
    if let Some(listen) = listen {
        config.listen = listen;
    }
    if let Some(data) = data {
        config.data = data;
    }
    let folder = visit.catalogue.as_deref().or(config.catalogue.as_deref());
    let catalogue = catalogue::load(folder)?;
    Ok((config, Arc::new(catalogue)))
}

/// Our part of the environment. What others put there need not be text.
fn environment() -> anyhow::Result<impl Iterator<Item = (String, String)>> {
    let ours = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    let ours = ours.filter(|(name, _)| name.starts_with("AMTSTICKER_"));
    let read = |(name, value): (String, std::ffi::OsString)| match value.into_string() {
        Ok(value) => Ok((name, value)),
        Err(value) => anyhow::bail!("{name} = {}: allowed is text in UTF-8", value.display()),
    };
    Ok(ours.map(read).collect::<anyhow::Result<Vec<_>>>()?.into_iter())
}

async fn open(config: &Config, catalogue: &Catalogue) -> anyhow::Result<Store> {
    let path = config.data.join("amtsticker.db");
    let store = Store::open(&path).await.with_context(|| format!("cannot open the store {}", path.display()))?;
    store.sync(&catalogue.sources, clock::now()).await?;
    Ok(store)
}

async fn demo(listen: Option<String>, data: Option<&Path>) -> anyhow::Result<()> {
    let publishers = demo::start(clock::now()).await?;
    let mut config = Config::default();
    config.listen = listen.unwrap_or(config.listen);
    config.fetch.allow_private = vec!["127.0.0.0/8".to_owned()];
    config.fetch.host_gap = std::time::Duration::ZERO;
    config.fetch.direct = true;
    // Kept until the process ends: without --data nothing of a demo outlives it.
    let folder = tempfile::tempdir()?;
    config.data = data.unwrap_or(folder.path()).to_owned();
    let catalogue = Arc::new(catalogue::with_sources(publishers.sources.clone())?);
    let store = open(&config, &catalogue).await?;
    let poller = poll::Poller::new(store.clone(), Arc::clone(&catalogue), &config.fetch)?;
    let summary = poller.once(&[]).await?;
    tracing::info!(visited = summary.visited, new = summary.new, "sample publishers polled");
    serve(&config, catalogue, store, true).await
}

/// Polls and serves until interrupted.
async fn serve(config: &Config, catalogue: Arc<Catalogue>, store: Store, sample: bool) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(&config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    if let Some(missing) = http::missing_assets() {
        tracing::warn!("{missing}");
    }
    let poller = poll::Poller::new(store.clone(), Arc::clone(&catalogue), &config.fetch)?;
    let (stop, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is an end, too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let polling = tokio::spawn({
        let stopped = until(stopped.clone());
        async move { poller.forever(stopped).await }
    });
    tokio::spawn(async move {
        interrupted().await;
        let _ = stop.send(true);
        // Who asks twice does not want to wait for what is under way.
        interrupted().await;
        std::process::exit(130);
    });
    tokio::spawn(hung_up());
    say(&format!("listening on http://{address}"))?;
    let app = http::App { store, catalogue, public_url: config.public_url.clone(), sample };
    http::serve(listener, app, until(stopped.clone()), until(stopped)).await?;
    polling.await.context("polling ended with a panic")
}

fn report(summary: &poll::Summary, json: bool) -> anyhow::Result<()> {
    for (reason, count) in &summary.reasons {
        tracing::info!("{count} × {reason}");
    }
    if json {
        return say(&serde_json::to_string(summary)?);
    }
    let poll::Summary { visited, unchanged, new, changed, failed, .. } = summary;
    say(&format!("visited {visited}, unchanged {unchanged}, new items {new}, changed items {changed}, failed {failed}"))
}

/// A line for whoever started us, on standard output; logs go to standard error.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Keeps the process alive when its terminal goes away, or when somebody expects that this reads the catalogue again.
async fn hung_up() {
    let mut signals = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
        .expect("a signal handler can be installed inside the runtime");
    while signals.recv().await.is_some() {
        tracing::warn!("SIGHUP: the catalogue is read at the start only; restart to read it again");
    }
}

/// Ctrl-C, or the signal with which service managers end a process.
async fn interrupted() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a signal handler can be installed inside the runtime");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
