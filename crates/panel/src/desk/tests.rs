//! What is promised next door, held.

use model::{Item, Page, Query};

use super::*;

fn answer(cursor: Option<&str>, ids: &[&str]) -> PanelData {
    let item = |id: &&str| Item { id: (*id).to_owned(), ..crate::render::tests::item(1) };
    PanelData {
        query: Query { cursor: cursor.map(str::to_owned), ..Query::default() },
        page: Page { items: ids.iter().map(item).collect(), total: 3, next: Some("x".to_owned()), ..Page::default() },
        ..PanelData::default()
    }
}

#[test]
fn what_goes_on_is_appended_and_all_else_replaces() {
    let owner = Owner::new();
    owner.with(|| {
        let desk = Desk::new(answer(None, &["a", "b"]));
        let ids = || desk.data.with(|data| data.page.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>());
        desk.show(answer(Some("n"), &["c"]));
        assert_eq!(ids(), ["a", "b", "c"]);
        assert_eq!(desk.data.with(|data| data.query.cursor.clone()), None, "it is still the list from its start");
        desk.show(answer(None, &["d"]));
        assert_eq!(ids(), ["d"]);
    });
}
