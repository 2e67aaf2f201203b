//! What a panel is made of: the question, its answer, the names for both, and how it should look.
//!
//! Server and widget hold the same value, so the HTML that one renders is the HTML that the other hydrates.

use std::collections::BTreeMap;

use model::{Date, Moment, Page, Query};
use serde::Serialize;

use crate::calendar::Month;

/// Everything a panel shows. Sent as JSON to the widget, beside the HTML that was rendered from it;
/// [`crate::wire::data`] is the other end.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PanelData {
    /// The question, as the reader asked it or as [`Query::for_panel`] completed it: both show the same.
    #[serde(serialize_with = "crate::wire::as_query_string")]
    pub query: Query,
    /// Its answer.
    pub page: Page,
    /// What the codes in both are called.
    pub names: Names,
    /// Scheme and host of our server, as in `https://ticker.example`, so that links work inside foreign pages.
    /// May be empty where the panel stands on our own page.
    pub origin: String,
    /// How it should look.
    pub look: Look,
    /// The items are made up, and the panel says so.
    pub sample: bool,
    /// When it was answered: what is new, what is today.
    pub now: Option<Moment>,
    /// How many sources tell of what was found: a story counts once, however many tell it. 0 if nobody counted.
    pub tellers: u64,
    /// Where the search words stand, by the id of the item.
    pub marks: BTreeMap<String, Marks>,
}

/// Byte ranges of words in the texts of an item, in order and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Marks {
    /// In the title.
    pub title: Vec<(usize, usize)>,
    /// In the summary.
    pub summary: Vec<(usize, usize)>,
}

/// What the codes of a query are called, in the query's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// Slug and label of each topic, in the order in which they are shown.
    pub topics: Vec<(String, String)>,
    /// Id and name of each source that the query names or a facet offers; more do no harm but cost bytes.
    pub sources: Vec<(String, String)>,
}

/// How a panel looks where it stands; everything about it that is no filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// Heading instead of the usual one; empty for none on screen.
    pub heading: Option<String>,
    /// The heading is for screen readers only, because the page around has one of its own.
    pub hide_heading: bool,
    /// What screen readers call the panel, if not by its heading: several panels of a page are told apart by it.
    pub label: Option<String>,
    /// Level of the heading, 1 to 6, so that it fits the page around it. Items stand one level below.
    pub heading_level: u8,
    /// Light, dark, or as the reader's system has it.
    pub theme: Theme,
    /// Filters that whoever embeds the panel has fixed: they hold, and readers cannot change them.
    pub lock: Vec<Lock>,
    /// The panel is a page of its own: tabs are links to pages, "more" is the next page.
    pub standalone: bool,
    /// How the items are laid out.
    pub view: View,
    /// The month of the calendar, if not the current one.
    pub month: Option<Month>,
    /// The day of the calendar whose events are listed, if not all of the month.
    pub day: Option<Date>,
    /// All sources are offered, not only those with most items.
    pub all_sources: bool,
    /// Links to items open a new window, and say so.
    pub new_window: bool,
    /// Readers are offered to have marked what is new since their last visit. Until they accept nothing is stored.
    pub remember: bool,
    /// Each item has a button that passes its link on.
    pub share: bool,
    /// No facet stands open: where a panel is included, only the page knows how much room there is.
    #[serde(skip)]
    pub folded: bool,
}

/// How the items are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// One below the other, with teasers.
    #[default]
    List,
    /// Titles, sources and dates.
    Compact,
    /// Side by side where there is room.
    Cards,
    /// Events in a month; news as a list.
    Calendar,
}

/// Light, dark, or as the reader's system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A filter that can be fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lock {
    /// The states.
    State,
    /// The topics.
    Topic,
    /// The sources.
    Source,
    /// News or events: the panel has no tabs.
    Kind,
}

impl Names {
    /// Label of the topic; its slug if the catalogue has lost it.
    #[must_use]
    pub fn topic<'a>(&'a self, slug: &'a str) -> &'a str {
        find(&self.topics, slug)
    }

    /// Name of the source; its id if it is not listed.
    #[must_use]
    pub fn source<'a>(&'a self, id: &'a str) -> &'a str {
        find(&self.sources, id)
    }
}

fn find<'a>(list: &'a [(String, String)], key: &'a str) -> &'a str {
    list.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name)
}

impl Default for Look {
    fn default() -> Self {
        Look {
            heading: None,
            hide_heading: false,
            label: None,
            heading_level: 2,
            theme: Theme::Auto,
            lock: Vec::new(),
            standalone: false,
            view: View::List,
            month: None,
            day: None,
            all_sources: false,
            new_window: false,
            remember: false,
            share: false,
            folded: false,
        }
    }
}

impl Look {
    /// Whether readers cannot change this filter.
    #[must_use]
    pub fn locks(&self, lock: Lock) -> bool {
        self.lock.contains(&lock)
    }

    /// The look as parameters, those that differ from the default: links inside the panel carry them on.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.heading.clone().map(|heading| ("heading", heading)));
        pairs.extend(self.label.clone().map(|label| ("label", label)));
        let flags = [("hide-heading", self.hide_heading), ("remember", self.remember), ("share", self.share)];
        pairs.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, "1".to_owned())));
        if !self.standalone && self.heading_level != Look::default().heading_level {
            pairs.push(("heading-level", self.heading_level.to_string()));
        }
        if self.theme != Theme::Auto {
            pairs.push(("theme", self.theme.word().to_owned()));
        }
        if !self.lock.is_empty() {
            let words: Vec<&str> = self.lock.iter().map(|lock| lock.word()).collect();
            pairs.push(("lock", words.join(",")));
        }
        if self.view != View::List {
            pairs.push(("view", self.view.word().to_owned()));
        }
        pairs.extend(self.month.map(|month| ("month", month.to_string())));
        pairs.extend(self.day.map(|day| ("day", day.to_string())));
        if self.all_sources {
            pairs.push(("more", Lock::Source.word().to_owned()));
        }
        if self.new_window {
            pairs.push(("link-target", "_blank".to_owned()));
        }
        pairs
    }
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The word used in addresses and in the stylesheet.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl View {
    /// All of them.
    pub const ALL: [View; 4] = [View::List, View::Compact, View::Cards, View::Calendar];

    /// The word used in addresses and in the stylesheet.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            View::List => "list",
            View::Compact => "compact",
            View::Cards => "cards",
            View::Calendar => "calendar",
        }
    }
}

impl Lock {
    /// All of them.
    pub const ALL: [Lock; 4] = [Lock::State, Lock::Topic, Lock::Source, Lock::Kind];

    /// The word used in addresses: the name of the filter's parameter.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Lock::State => "state",
            Lock::Topic => "topic",
            Lock::Source => "source",
            Lock::Kind => "kind",
        }
    }
}
