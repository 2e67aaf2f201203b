//! The demo's origin: sample publishers on a loopback port, so that the real pipeline has something to poll
//! where there is no network.
//!
//! Everything it says is invented and says so: names carry "Beispiel", every page is marked as sample data.
//! Times are relative to `now`, and a document does not change while the demo runs, so the second poll meets
//! 304s as with any well-kept site.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use model::{Certainty, Expect, Format, Moment, Publisher, Robots, Select, Source};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use content::{Habit, Render};

mod content;
mod render;
mod site;

/// A running demo origin; it stops when dropped.
#[derive(Debug)]
pub(crate) struct Demo {
    /// The sources of its publishers, ready to be polled. The address guard must let `127.0.0.0/8` pass.
    pub(crate) sources: Vec<Source>,
    task: JoinHandle<()>,
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Writes the sample documents as of `now` and serves them on a free port of 127.0.0.1.
///
/// # Errors
/// If no port is free. The sample data is compiled in and held by tests.
pub(crate) async fn start(now: Moment) -> anyhow::Result<Demo> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("demo: no free port on 127.0.0.1")?;
    let address = listener.local_addr().context("demo: the port has no address")?;
    let pages = site::pages(&content::load()?, &base(address), now);
    let task = tokio::spawn(site::serve(listener, pages));
    Ok(Demo { sources: sources(address)?, task })
}

/// The demo's catalogue as it would be read from files, pointing to this address.
///
/// # Errors
/// None in a binary whose tests passed: the sample data is compiled in.
pub(crate) fn sources(address: SocketAddr) -> anyhow::Result<Vec<Source>> {
    let base = base(address);
    Ok(content::load()?.habits.iter().map(|habit| source(habit, &base)).collect())
}

fn base(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn source(habit: &Habit, base: &str) -> Source {
    let html = habit.render == Render::Html;
    Source {
        id: habit.id.clone(),
        publisher: Arc::new(Publisher {
            id: habit.id.clone(),
            name: habit.name.clone(),
            home: format!("{base}/{}/", habit.id),
            licence: Some("Beispieldaten, frei erfunden".to_owned()),
        }),
        url: format!("{base}{}", habit.path),
        format: match habit.render {
            Render::Html => Format::Html,
            Render::Ics => Format::Ics,
            Render::Rss | Render::Atom | Render::Json => Format::Feed,
        },
        enabled: true,
        status: Certainty::V,
        evidence: Some("sample data, built in".to_owned()),
        robots: Robots::Honour,
        every_seconds: Some(600),
        platform: None,
        select: html.then(selectors).into_iter().collect(),
        expect: html.then_some(Expect { items: Some(5), dated: Some(0.9), title: Some(10), newest_days: None }),
        states: habit.states.clone(),
        topics: Vec::new(),
        threshold: 0.0,
        events: habit.events,
    }
}

/// The classes that `render::html` writes.
fn selectors() -> Select {
    Select {
        item: "li.meldung".to_owned(),
        title: Some(".meldung__titel".to_owned()),
        link: Some(".meldung__titel a".to_owned()),
        date: Some(".meldung__datum".to_owned()),
        teaser: Some(".meldung__text".to_owned()),
        kicker: Some(".meldung__thema".to_owned()),
        place: None,
    }
}

#[cfg(test)]
mod tests;
