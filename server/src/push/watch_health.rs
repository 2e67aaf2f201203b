//! Watches how sources fare, and puts what changed into the outbox, once.
//!
//! Fresh, quiet and new are one to whoever is woken by this: the source is well. Only enabled sources are watched.

use model::{Catalogue, Moment};
use serde::Serialize;
use store::{Store, StoreError, ToldHealth};

use crate::poll::health::{Health, State, diagnose};
use crate::poll::survey;

/// What is told of one source.
#[derive(Serialize)]
struct Word<'a> {
    source: &'a str,
    name: &'a str,
    url: &'a str,
    /// What was told last.
    was: &'a str,
    at: Moment,
    #[serde(flatten)]
    health: &'a Health,
}

/// Judges all sources, and tells of those whose state is another than was last told. Says of how many.
///
/// # Errors
/// If the store does not answer.
pub(super) async fn look(store: &Store, catalogue: &Catalogue, now: Moment) -> Result<u64, StoreError> {
    let mut all = survey(store, catalogue, |source, state| (source, diagnose(source, state, now))).await?;
    all.retain(|(source, _)| source.enabled);
    let told = all.iter().map(|(source, health)| {
        let well = matches!(health.state, State::Fresh | State::Quiet | State::New | State::Off);
        let state = if well { WELL } else { health.state.word() };
        ToldHealth { source: source.id.clone(), state: state.to_owned(), well }
    });
    let say = |nth: usize, was: Option<&str>| {
        let (source, health) = &all[nth];
        let (source, name, url) = (source.id.as_str(), source.publisher.name.as_str(), source.url.as_str());
        let word = Word { source, name, url, was: was.unwrap_or(WELL), at: now, health };
        serde_json::to_string(&word).expect("words and numbers always become JSON")
    };
    store.tell_health(now, &told.collect::<Vec<_>>(), say).await
}

/// What is said of a source that brings what it should.
const WELL: &str = "well";
