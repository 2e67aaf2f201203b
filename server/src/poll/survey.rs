//! All sources of the catalogue, each looked at as the store knows it, one after the other.
//!
//! What is remembered of ten thousand sources is megabytes in small pieces, and who lists them needs a line of each.
//! Promises: one look at each source; one that the store does not know is looked at as that. Refuses: to hold more of
//! the store's than one source at a time.

use std::collections::HashMap;

use model::{Catalogue, Source};
use store::{SourceState, Store, StoreError};

/// What `look` makes of each source, in the order of the catalogue.
///
/// # Errors
/// If the store does not answer.
pub(crate) async fn survey<'a, T: Send>(
    store: &Store,
    catalogue: &'a Catalogue,
    mut look: impl FnMut(&'a Source, Option<&SourceState>) -> T + Send,
) -> Result<Vec<T>, StoreError> {
    let mut seen: Vec<Option<T>> = catalogue.sources.iter().map(|_| None).collect();
    each_source(store, catalogue, |place, source, state| seen[place] = Some(look(source, state))).await?;
    // In the room where they stand.
    Ok(seen.into_iter().flatten().collect())
}

/// Looks at each source and its place in the catalogue: at those that the store knows in its order, which is that of
/// their ids, and then at the rest.
///
/// # Errors
/// If the store does not answer.
pub(crate) async fn each_source<'a>(
    store: &Store,
    catalogue: &'a Catalogue,
    mut look: impl FnMut(usize, &'a Source, Option<&SourceState>) + Send,
) -> Result<(), StoreError> {
    let sources = &catalogue.sources;
    let mut places: HashMap<&str, usize> = sources.iter().map(|source| source.id.as_str()).zip(0..).collect();
    let look_at = |state: SourceState| {
        // Sources that left the catalogue stay in the store.
        if let Some(place) = places.remove(state.id.as_str()) {
            look(place, &sources[place], Some(&state));
        }
    };
    store.each_source(look_at).await?;
    let mut rest: Vec<usize> = places.into_values().collect();
    rest.sort_unstable();
    rest.into_iter().for_each(|place| look(place, &sources[place], None));
    Ok(())
}

#[cfg(test)]
mod tests {
    //! Who is known, who is not yet, and who is no longer asked for.

    use model::Moment;

    use super::*;

    fn catalogue(ids: &[&str]) -> Catalogue {
        let source = |id: &&str| Source { id: (*id).to_owned(), enabled: true, ..Source::default() };
        Catalogue { sources: ids.iter().map(source).collect(), ..Catalogue::default() }
    }

    #[tokio::test]
    async fn each_is_looked_at_once_in_the_order_of_the_catalogue() {
        let store = Store::memory().await.unwrap();
        store.sync(&catalogue(&["mitte", "alt", "zuletzt"]).sources, Moment::from_ms(5)).await.unwrap();
        let now = catalogue(&["zuletzt", "neu", "mitte"]);
        let due =
            |source: &Source, state: Option<&SourceState>| (source.id.clone(), state.map(|state| state.next_due.ms()));
        let seen = survey(&store, &now, due).await.unwrap();
        let seen: Vec<(&str, Option<i64>)> = seen.iter().map(|(id, due)| (id.as_str(), *due)).collect();
        assert_eq!(seen, [("zuletzt", Some(5)), ("neu", None), ("mitte", Some(5))]);
    }
}
