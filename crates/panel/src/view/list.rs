//! The items, or what to do when there are none; and where it goes on: the next items below these, or the next page
//! where the panel is a page of its own.

use model::Query;

use super::{Scene, empty, item};
use crate::still::{Still, still};

pub(super) fn list(scene: &Scene<'_>) -> Still {
    let items = &scene.data.page.items;
    if items.is_empty() {
        return empty::empty(scene);
    }
    let list = still("ol").class("at-list").attr("id", "at-list").attr("aria-busy", "false");
    list.with(items.iter().map(|shown| item::item(scene, shown)))
}

pub(super) fn more(scene: &Scene<'_>) -> Option<Still> {
    let (words, look) = (scene.words, scene.look);
    let label = if look.standalone { words.next_page } else { words.more };
    let next = scene.data.page.next.clone().filter(|_| !scene.is_calendar()).map(|next| {
        let next = Query { cursor: Some(next), ..scene.filter.clone() };
        scene.go("at-button at-more", &next).attr("data-at-more", "").text(label)
    });
    let first = scene.data.query.cursor.as_ref().filter(|_| look.standalone);
    let first = first.map(|_| scene.go("at-first", &scene.filter).text(words.first_page));
    (next.is_some() || first.is_some()).then(|| still("p").class("at-paging").with(next).with(first))
}
