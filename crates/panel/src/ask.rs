//! What `/panel` and `/embed` are asked: a [`Query`] like everywhere, and beside it how the panel should look.
//!
//! Parses only; unknown names and values are refused as the API refuses them, with all that is allowed.

use model::{BadParameter, Bound, Date, Kind, Moment, Query};

use crate::calendar::Month;
use crate::{Lock, Look, Theme, View};

/// A request for a panel, read from its query string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The filter.
    pub query: Query,
    /// How the panel should look.
    pub look: Look,
    /// What `/panel` wraps the fragment in.
    pub shell: Shell,
}

/// What a fragment comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shell {
    /// The bare HTML.
    #[default]
    None,
    /// A declarative shadow root inside `<amts-ticker>`, for server-side includes.
    Dsd,
    /// `{"html": …, "data": …}`: the HTML and the [`crate::PanelData`] it was rendered from, for the widget.
    Json,
    /// The [`crate::PanelData`] alone.
    Data,
}

const LOOK: [&str; 16] = [
    "heading",
    "heading-level",
    "hide-heading",
    "label",
    "theme",
    "lock",
    "view",
    "month",
    "day",
    "more",
    "link-target",
    "remember",
    "share",
    "from",
    "to",
    "shell",
];

/// Characters of a heading or a label, at most.
const LONGEST: usize = 120;

/// Most events that a month shows.
const MONTH_LIMIT: u16 = 200;

impl Ask {
    /// Names of all parameters beside those of a [`Query`].
    pub const PARAMETERS: [&'static str; 16] = LOOK;

    /// Takes decoded pairs, as an extractor of query strings gives them.
    ///
    /// # Errors
    /// The first pair that is not understood: parameter, value and what is allowed.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, BadParameter> {
        let mut ask = Ask::default();
        for (name, value) in pairs {
            ask.take(name.as_ref(), value.as_ref())?;
        }
        Ok(ask)
    }

    /// What the store is asked for this panel: [`Query::for_panel`], and for a calendar the weeks of its month.
    #[must_use]
    pub fn question(&self, now: Moment) -> Query {
        let mut query = self.query.for_panel();
        if self.look.view == View::Calendar && query.kind == Some(Kind::Event) {
            let month = self.look.month.unwrap_or(Month::of(now.date()));
            let (first, last) = month.shown();
            (query.since, query.until) = (Some(Bound::Day(first)), Some(Bound::Day(last)));
            (query.limit, query.cursor, query.sort) = (Some(MONTH_LIMIT), None, None);
        }
        query
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), BadParameter> {
        let value = value.trim_ascii();
        // What a form has but nobody filled in asks for nothing. An empty heading says that there is none.
        if LOOK.contains(&name) && value.is_empty() && name != "heading" {
            return Ok(());
        }
        match name {
            "day" | "from" | "to" => {
                let day = Date::parse(value).ok_or_else(|| bad(name, value, &["2026-01-31"]))?;
                match name {
                    "day" => self.look.day = Some(day),
                    "from" => self.query.since = Some(Bound::Day(day)),
                    _ => self.query.until = Some(Bound::Day(day)),
                }
            }
            "shell" => {
                self.shell = match value {
                    "dsd" => Shell::Dsd,
                    "json" => Shell::Json,
                    "data" => Shell::Data,
                    _ => return Err(bad(name, value, &["dsd", "json", "data"])),
                };
            }
            // A form sends the choice of a period before the fields for one of the reader's own: those win.
            "since" if self.query.since.is_some() => {}
            name if LOOK.contains(&name) => take_look(&mut self.look, name, value)?,
            _ => self.query.take(name, value).map_err(name_all)?,
        }
        Ok(())
    }
}

fn take_look(look: &mut Look, name: &str, value: &str) -> Result<(), BadParameter> {
    let text = || Some(value.chars().take(LONGEST).collect());
    match name {
        "heading" => look.heading = text(),
        "label" => look.label = text(),
        "hide-heading" => look.hide_heading = flag(name, value)?,
        "remember" => look.remember = flag(name, value)?,
        "share" => look.share = flag(name, value)?,
        "heading-level" => {
            let level = value.parse().ok().filter(|level| (1..=6).contains(level));
            look.heading_level = level.ok_or_else(|| bad(name, value, &["1", "2", "3", "4", "5", "6"]))?;
        }
        "theme" => {
            let theme = Theme::ALL.into_iter().find(|theme| theme.word() == value);
            look.theme = theme.ok_or_else(|| bad(name, value, &Theme::ALL.map(Theme::word)))?;
        }
        "lock" => {
            for word in value.split(',').map(str::trim_ascii).filter(|word| !word.is_empty()) {
                let lock = Lock::ALL.into_iter().find(|lock| lock.word() == word);
                let lock = lock.ok_or_else(|| bad(name, word, &Lock::ALL.map(Lock::word)))?;
                if !look.locks(lock) {
                    look.lock.push(lock);
                }
            }
        }
        "view" => {
            let view = View::ALL.into_iter().find(|view| view.word() == value);
            look.view = view.ok_or_else(|| bad(name, value, &View::ALL.map(View::word)))?;
        }
        "month" => look.month = Some(Month::parse(value).ok_or_else(|| bad(name, value, &["2026-01"]))?),
        "more" => look.all_sources = value == "source" || Err(bad(name, value, &["source"]))?,
        _ => look.new_window = value == "_blank" || value != "_self" && Err(bad(name, value, &["_self", "_blank"]))?,
    }
    Ok(())
}

fn flag(name: &str, value: &str) -> Result<bool, BadParameter> {
    match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(bad(name, value, &["0", "1"])),
    }
}

fn bad(name: &str, value: &str, allowed: &[&str]) -> BadParameter {
    BadParameter {
        parameter: name.to_owned(),
        value: value.to_owned(),
        allowed: allowed.iter().map(|word| (*word).to_owned()).collect(),
    }
}

/// An unknown name is answered with all names known here, not only those of a query.
fn name_all(mut error: BadParameter) -> BadParameter {
    if !Query::PARAMETERS.contains(&error.parameter.as_str()) {
        error.allowed.extend(LOOK.map(str::to_owned));
    }
    error
}

#[cfg(test)]
mod tests;
