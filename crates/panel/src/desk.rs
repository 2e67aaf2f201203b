//! The desk at which a reader works: the filter asked for, the answer shown, and the one hook to ask again.
//!
//! The view reads and calls; whoever made the desk (the widget) does the asking, since the panel has no IO.
//! An answer to a query with a cursor is appended, any other replaces what is shown.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use model::{Kind, Page, Query};

use crate::links;
use crate::words::{self, Words};
use crate::{Look, Names, PanelData};

/// The state of one panel; copies share it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The filter the reader has set, without what the panel adds and without a cursor.
    pub filter: RwSignal<Query>,
    /// The answer on screen. Trails `filter` while an answer is awaited.
    pub page: RwSignal<Page>,
    /// An answer is awaited.
    pub busy: RwSignal<bool>,
    /// The question that got no answer.
    pub failed: RwSignal<Option<Query>>,
    /// The words of its language.
    pub words: &'static Words,
    frame: StoredValue<Frame>,
    ask: Callback<Query>,
}

/// What stays the same as long as the panel lives.
struct Frame {
    names: Names,
    origin: String,
    look: Look,
    sample: bool,
    continued: bool,
}

impl Desk {
    /// A desk with this question and its answer on it. `ask` gets each further question, completed by
    /// [`Query::for_panel`], and hands the answer to [`Desk::answer`] or says [`Desk::fail`].
    #[must_use]
    pub fn new(data: PanelData, ask: Callback<Query>) -> Self {
        let PanelData { query, page, names, origin, look, sample } = data;
        let continued = query.cursor.is_some();
        Desk {
            filter: RwSignal::new(links::plain(&query)),
            page: RwSignal::new(page),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            words: words::of(query.lang.unwrap_or_default()),
            frame: StoredValue::new(Frame { names, origin, look, sample, continued }),
            ask,
        }
    }

    /// Sets another filter and asks for it.
    pub fn change(&self, filter: &Query) {
        let filter = links::plain(filter);
        self.filter.set(filter.clone());
        self.send(&filter);
    }

    /// Asks for what comes after the last item.
    pub fn more(&self) {
        if let Some(next) = self.page.with_untracked(|page| page.next.clone()) {
            self.send(&Query { cursor: Some(next), ..self.filter.get_untracked() });
        }
    }

    /// Asks again what got no answer.
    pub fn retry(&self) {
        if let Some(query) = self.failed.get_untracked() {
            self.send(&query);
        }
    }

    /// Puts an answer on screen.
    pub fn answer(&self, query: &Query, answer: Page) {
        self.busy.set(false);
        self.failed.set(None);
        if query.cursor.is_some() {
            self.page.update(|page| {
                page.next = answer.next;
                page.items.extend(answer.items);
            });
        } else {
            self.page.set(answer);
        }
    }

    /// Says that a question got no answer; what is shown stays.
    pub fn fail(&self, query: Query) {
        self.busy.set(false);
        self.failed.set(Some(query));
    }

    fn send(&self, query: &Query) {
        self.busy.set(true);
        self.ask.run(query.for_panel());
    }

    /// Follows a link of the panel without leaving the page, unless the reader wants a new tab or window.
    pub(crate) fn follow(&self, click: &MouseEvent, filter: &Query) {
        if plain_click(click) {
            click.prevent_default();
            self.change(filter);
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.filter.with(links::kind)
    }

    pub(crate) fn look<T>(&self, read: impl FnOnce(&Look) -> T) -> T {
        self.frame.with_value(|frame| read(&frame.look))
    }

    pub(crate) fn names<T>(&self, read: impl FnOnce(&Names) -> T) -> T {
        self.frame.with_value(|frame| read(&frame.names))
    }

    pub(crate) fn origin(&self) -> String {
        self.frame.with_value(|frame| frame.origin.clone())
    }

    pub(crate) fn sample(&self) -> bool {
        self.frame.with_value(|frame| frame.sample)
    }

    /// The panel began on a later page; only pages of their own do.
    pub(crate) fn continued(&self) -> bool {
        self.frame.with_value(|frame| frame.continued)
    }

    pub(crate) fn embed(&self, query: &Query) -> String {
        self.frame.with_value(|frame| links::embed(&frame.origin, query, &frame.look))
    }
}

pub(crate) fn plain_click(click: &MouseEvent) -> bool {
    click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
}
