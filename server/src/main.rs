//! The binary `amtsticker`: reads what was typed and what was configured, and starts the motion.
//!
//! * [`poll`]: visits sources. * [`http`]: answers. * [`catalogue`], [`config`], [`cli`]: what both need to know.
//! * [`commands`]: copying and moving what is kept. * [`mod@demo`]: sample publishers on a loopback port. * [`stages`]: one stage alone, for people who tune it.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser as _;
use model::Catalogue;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

mod allocator;
mod catalogue;
mod check;
mod cli;
mod clock;
mod commands;
mod config;
mod demo;
mod hash;
mod http;
mod lines;
mod poll;
mod probe;
mod progress;
mod push;
mod rulebook;
mod stages;

use cli::{Cli, Command, Keep, LogFormat, Settings, SourcesCommand, VisitArgs};
use config::Config;

/// How long a store may take to be closed.
const LAST_WORDS: std::time::Duration = std::time::Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    logging(cli.log_format);
    match run(cli).await {
        Ok(true) => ExitCode::SUCCESS,
        // What was asked for was done, and the answer is no.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Log lines on standard error: for people, or an object each for machines.
fn logging(format: LogFormat) {
    let filter = std::env::var("AMTSTICKER_LOG").unwrap_or_else(|_| "info".to_owned());
    // A certificate that does not hold is said in the line of its visit; the verifier would say it once more.
    let filter = format!("rustls_platform_verifier=off,{filter}");
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| progress::Lines).with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
    }
}

/// Does what was asked for; false if that was a question whose answer is no.
async fn run(cli: Cli) -> anyhow::Result<bool> {
    match cli.command {
        Command::Sources { command: SourcesCommand::Check { json, sources, keep, visit } } => {
            let (config, catalogue) = prepare(&visit, None, keep)?;
            let store = open(&config, &catalogue).await?;
            let poller = poll::Poller::new(store.clone(), Arc::clone(&catalogue), &config.fetch)?;
            let form = if json { check::Form::Json } else { check::Form::Table { coloured: coloured() } };
            let check = check::check(&poller, &store, &catalogue, &sources, form);
            let (text, well) = progress::watch(&poll::STAGES, check).await?;
            say(&text)?;
            return Ok(well);
        }
        Command::Serve { listen, keep, visit } => {
            let (config, catalogue) = prepare(&visit, listen.listen, keep)?;
            let store = connect(&config).await?;
            serve(&config, catalogue, store, false, Some(visit)).await
        }
        Command::Demo { listen, keep } => demo(listen.listen, keep).await,
        Command::Poll { once, json, sources, keep, visit } => {
            let (config, catalogue) = prepare(&visit, None, keep)?;
            let store = open(&config, &catalogue).await?;
            let poller = poller(&config, &store, &catalogue)?;
            let round =
                async { if once { poller.once(&sources).await } else { Ok(poller.forever(interrupted()).await) } };
            let summary = progress::watch(&poll::STAGES, round).await?;
            // Who opens the file next finds all of it there, and no log to be read again first.
            let _ = tokio::time::timeout(LAST_WORDS, store.close()).await;
            say(&if json { serde_json::to_string(&summary)? } else { summary.to_string() })
        }
        Command::Export { format, query, keep, visit } => {
            let (config, catalogue) = prepare(&visit, None, keep)?;
            let file = config.store_file();
            if config.database_url.is_none() && !file.is_file() {
                anyhow::bail!("there is no store at {}: --data names its folder", file.display());
            }
            let store = connect(&config).await?;
            commands::export((&store, &config, &catalogue), format, &query, clock::now()).await
        }
        Command::Import { file, keep, settings } => {
            let store = connect(&configured(&settings, keep)?).await?;
            say(&commands::import(&store, file.as_deref()).await?)
        }
        Command::Backup { file, keep, settings } => say(&commands::backup(&configured(&settings, keep)?, &file).await?),
        Command::Restore { file, keep, settings } => {
            say(&commands::restore(&configured(&settings, keep)?, &file).await?)
        }
        Command::Probe { url, visit } => {
            let (config, catalogue) = prepare(&visit, None, Keep::default())?;
            let visitor = poll::Visitor::new(&config.fetch)?;
            // What robots.txt said is remembered for this run only: a probe leaves nothing behind.
            let permissions = poll::Permissions::new(Store::memory().await?);
            say(probe::probe(&url, &visitor, &permissions, &catalogue).await?.trim_end())
        }
        Command::Read { files, url, content_type, platform, visit } => {
            let (_, catalogue) = prepare(&visit, None, Keep::default())?;
            stages::read(&files, &url, content_type.as_deref(), platform.as_deref(), &catalogue)
        }
        Command::Classify { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, Keep::default())?;
            stages::classify(&catalogue, explain)
        }
        Command::Events { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, Keep::default())?;
            stages::events(&catalogue, explain)
        }
        Command::Stories { explain, visit } => {
            let (_, catalogue) = prepare(&visit, None, Keep::default())?;
            stages::stories(&catalogue, explain)
        }
    }?;
    Ok(true)
}

/// Reads settings and catalogue; flags win.
fn prepare(visit: &VisitArgs, listen: Option<String>, keep: Keep) -> anyhow::Result<(Config, Arc<Catalogue>)> {
    let mut config = Config::load(visit.config.as_deref(), environment()?)?;
    if let Some(listen) = listen {
        config.listen = listen;
    }
    config.keep(keep);
    config.check()?;
    let folder = visit.catalogue.as_deref().or(config.catalogue.as_deref());
    let catalogue = catalogue::load(folder)?;
    Ok((config, Arc::new(catalogue)))
}

/// Reads settings alone: who copies what is kept needs no catalogue.
fn configured(settings: &Settings, keep: Keep) -> anyhow::Result<Config> {
    let mut config = Config::load(settings.config.as_deref(), environment()?)?;
    config.keep(keep);
    config.check()?;
    Ok(config)
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

/// The store, which takes over the catalogue's sources.
async fn open(config: &Config, catalogue: &Catalogue) -> anyhow::Result<Store> {
    let store = connect(config).await?;
    store.sync(&catalogue.sources, clock::now()).await?;
    Ok(store)
}

/// How long a store that cannot be written is left alone.
const AGAIN: std::time::Duration = std::time::Duration::from_secs(60);

/// Has the store take over the catalogue's sources. One that cannot be written, on a full disk or on one that was
/// mounted to be read only, can still be read: what it keeps is served, and it takes them over as soon as it can.
async fn settle(store: &Store, app: &http::Live) -> anyhow::Result<()> {
    let (store, app) = (store.clone(), app.clone());
    let sync = async move || store.sync(&app.app().catalogue.sources, clock::now()).await;
    let error = match sync().await {
        Err(error @ store::StoreError::Database { .. }) => anyhow::Error::from(error),
        other => return Ok(other?),
    };
    tracing::error!("the store cannot be written, what it keeps is served all the same: {error:#}");
    tokio::spawn(async move {
        while sync().await.is_err() {
            tokio::time::sleep(AGAIN).await;
        }
    });
    Ok(())
}

/// The store as it is.
async fn connect(config: &Config) -> anyhow::Result<Store> {
    match &config.database_url {
        Some(url) => {
            let place = config::without_secrets(url);
            let store = Store::connect(url, config.database_connections).await;
            store.with_context(|| format!("cannot open the store in the database {place}"))
        }
        None => {
            let path = config.store_file();
            Store::open(&path).await.with_context(|| format!("cannot open the store {}", path.display()))
        }
    }
}

async fn demo(listen: Option<String>, keep: Keep) -> anyhow::Result<()> {
    let publishers = demo::start(clock::now()).await?;
    let mut config = Config::default();
    config.listen = listen.unwrap_or(config.listen);
    config.fetch.allow_private = vec!["127.0.0.0/8".to_owned()];
    config.fetch.host_gap = std::time::Duration::ZERO;
    config.fetch.direct = true;
    // Kept until the process ends: without --data nothing of a demo outlives it.
    let folder = tempfile::tempdir()?;
    config.data = folder.path().to_owned();
    config.keep(keep);
    config.check()?;
    let catalogue = Arc::new(catalogue::with_sources(publishers.sources.clone())?);
    let store = open(&config, &catalogue).await?;
    let poller = poll::Poller::new(store.clone(), Arc::clone(&catalogue), &config.fetch)?;
    let summary = poller.once(&[]).await?;
    tracing::info!(visited = summary.visited, new = summary.new, "sample publishers polled");
    serve(&config, catalogue, store, true, None).await
}

/// Polls and serves until interrupted.
async fn serve(
    config: &Config,
    catalogue: Arc<Catalogue>,
    store: Store,
    sample: bool,
    visit: Option<VisitArgs>,
) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(&config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    if let Some(missing) = http::missing_assets() {
        tracing::warn!("{missing}");
    }
    let poller = poller(config, &store, &catalogue)?;
    let (stop, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is an end, too.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    tokio::spawn(async move {
        interrupted().await;
        let _ = stop.send(true);
        // Who asks twice does not want to wait for what is under way.
        interrupted().await;
        std::process::exit(130);
    });
    let push = push::Push::new(store.clone()).with_hub(config, &poller.visitor()).with_callbacks(&poller);
    let app = http::App {
        store: store.clone(),
        catalogue: Arc::clone(&catalogue),
        public_url: config.public_url.clone(),
        sample,
        rules: poller.rules(),
        answers: http::Answers::new(store.clone(), config.http.cache_bytes),
        poller: Some(poller.clone()),
        settings: config.http.clone(),
        push: push.clone(),
    };
    let app = http::Live::new(app);
    settle(&store, &app).await?;
    let work = push::Work::new(push, config, &catalogue, app.clone(), poller.visitor()).await?;
    let pushing = tokio::spawn(work.go_on(stopped.clone()));
    let polling = tokio::spawn({
        let (stopped, poller) = (until(stopped.clone()), poller.clone());
        async move { drop(poller.forever(stopped).await) }
    });
    // Neither the first visit nor the first reader shall be the one who waits until the store has been read.
    tokio::spawn({
        let store = store.clone();
        async move { store.hold_newest().await }
    });
    tokio::spawn({
        let store = store.clone();
        async move { http::warm(&store).await }
    });
    tokio::spawn(hung_up(visit, store, poller, app.clone()));
    say(&format!("listening on http://{address}"))?;
    http::serve(listener, app, &config.http, until(stopped.clone()), until(stopped)).await?;
    pushing.await.context("pushing ended with a panic")?;
    polling.await.context("polling ended with a panic")
}

/// A poller that knows where hubs reach us, if they do.
fn poller(config: &Config, store: &Store, catalogue: &Arc<Catalogue>) -> anyhow::Result<poll::Poller> {
    let poller = poll::Poller::new(store.clone(), Arc::clone(catalogue), &config.fetch)?;
    Ok(match config.public_url.as_deref().filter(|_| config.fetch.websub) {
        Some(base) => poller.listening(base),
        None => poller,
    })
}

/// Whether colours on standard output are seen and wanted (<https://no-color.org>).
fn coloured() -> bool {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    wanted && std::io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A line for whoever started us, on standard output; logs go to standard error.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Reads the catalogue again at each SIGHUP. One with a mistake changes nothing: what is there goes on.
async fn hung_up(visit: Option<VisitArgs>, store: Store, poller: poll::Poller, app: http::Live) {
    let mut signals = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
        .expect("a signal handler can be installed inside the runtime");
    while signals.recv().await.is_some() {
        let Some(visit) = &visit else {
            tracing::warn!("SIGHUP: a demo has no catalogue of its own to read again");
            continue;
        };
        match reloaded(visit, &store, &poller, &app).await {
            Ok(sources) => tracing::info!(sources, "SIGHUP: the catalogue was read again"),
            Err(error) => tracing::error!("SIGHUP: the catalogue stays as it was: {error:#}"),
        }
    }
}

/// Says how many sources there are now.
async fn reloaded(visit: &VisitArgs, store: &Store, poller: &poll::Poller, app: &http::Live) -> anyhow::Result<usize> {
    let (_, catalogue) = prepare(visit, None, Keep::default())?;
    store.sync(&catalogue.sources, clock::now()).await?;
    let sources = catalogue.sources.len();
    poller.reload(Arc::clone(&catalogue));
    app.reload(catalogue, poller.rules());
    Ok(sources)
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
