//! The desk at which a reader works: what the panel shows, as a signal. Whoever asks the server (the widget's script)
//! puts each answer on it, and the view follows.

mod preview;

use leptos::prelude::*;
use model::{Item, Moment};

use crate::{Ask, PanelData, View, links};

/// The state of one panel; copies share it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The question, its answer and the look.
    pub data: RwSignal<PanelData>,
    stock: StoredValue<Vec<Item>>,
}

impl Desk {
    /// A desk with this on it.
    #[must_use]
    pub fn new(data: PanelData) -> Self {
        Desk { data: RwSignal::new(data), stock: StoredValue::new(Vec::new()) }
    }

    /// Puts by items to choose from, if they are all there are.
    pub fn stock(&self, all: PanelData) {
        if all.page.next.is_none() {
            self.stock.set_value(all.page.items);
        }
    }

    /// Shows at once what of the items put by fits another question; says whether there are any put by.
    pub fn preview(&self, pairs: &[(String, String)]) -> bool {
        let Ok(ask) = Ask::from_pairs(pairs.iter().map(|(name, value)| (name, value))) else { return false };
        let (kind, now) = self.data.with_untracked(|data| (links::kind(&data.query), data.now));
        let fit = self.stock.with_value(|stock| {
            let same = stock.first().is_some_and(|item| item.kind == kind) && links::kind(&ask.query) == kind;
            let plain = ask.query.cursor.is_none() && ask.look.view != View::Calendar && !ask.query.explain;
            (same && plain).then(|| choose(stock, &ask, now.unwrap_or(Moment::from_ms(0))))
        });
        let Some(items) = fit else { return false };
        self.data.update(|data| {
            data.page.total = items.len() as u64;
            data.tellers = preview::tellers(&items);
            data.page.items = items;
            data.page.items.truncate(usize::from(ask.query.page_size()));
            data.page.next = None;
            data.marks.clear();
            data.query = ask.query;
            data.look = ask.look;
        });
        true
    }

    /// Puts an answer on screen; one that goes on where the list ends is appended.
    pub fn show(&self, answer: PanelData) {
        if answer.query.cursor.is_none() {
            self.data.set(answer);
            return;
        }
        self.data.update(|data| {
            data.page.next = answer.page.next;
            data.page.items.extend(answer.page.items);
            data.marks.extend(answer.marks);
        });
    }
}

fn choose(stock: &[Item], ask: &Ask, now: Moment) -> Vec<Item> {
    stock.iter().filter(|item| preview::fits(&ask.query, item, now)).cloned().collect()
}

#[cfg(test)]
mod tests;
