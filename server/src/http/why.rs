//! What joined the items of a story, on request: which rule, and the numbers, names and words that two of them share.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::Item;

use super::App;
use super::problem::Problem;

/// Of a story told by more, the newest are explained: who asks wants to see why, not a table of all with all.
const TELLERS: u32 = 12;

/// Fills in what joined the stories of these items.
pub(super) async fn explain(app: &Arc<App>, items: &mut [Item]) -> Result<(), Problem> {
    let mut stories = BTreeMap::new();
    for item in items.iter().filter(|item| item.story.size > 1) {
        if !stories.contains_key(&item.story.id) {
            stories.insert(item.story.id.clone(), app.store.story(&item.story.id, TELLERS).await?);
        }
    }
    if stories.is_empty() {
        return Ok(());
    }
    let app = Arc::clone(app);
    let links = tokio::task::spawn_blocking(move || {
        let links = stories.into_iter().map(|(id, told)| (id, curate::stories::explain(&told, &app.rules)));
        links.collect::<BTreeMap<_, _>>()
    });
    let links = links.await.map_err(|panic| Problem::Internal(panic.into()))?;
    for item in items {
        if let Some(links) = links.get(&item.story.id) {
            item.story.why.clone_from(links);
        }
    }
    Ok(())
}
