//! What `/panel` and `/embed` are asked: a [`Query`] like everywhere, and beside it how the panel should look.
//!
//! Parses only; unknown names and values are refused as the API refuses them, with all that is allowed.

use model::{BadParameter, Query};

use crate::{Lock, Look, Theme};

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
}

const LOOK: [&str; 5] = ["heading", "heading-level", "theme", "lock", "shell"];

impl Ask {
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

    fn take(&mut self, name: &str, value: &str) -> Result<(), BadParameter> {
        let bad = |value: &str, allowed: &[&str]| BadParameter {
            parameter: name.to_owned(),
            value: value.to_owned(),
            allowed: allowed.iter().map(|word| (*word).to_owned()).collect(),
        };
        let value = value.trim();
        match name {
            "heading" => self.look.heading = Some(value.chars().take(120).collect()),
            "heading-level" if !value.is_empty() => {
                let level = value.parse().ok().filter(|level| (1..=6).contains(level));
                self.look.heading_level = level.ok_or_else(|| bad(value, &["1", "2", "3", "4", "5", "6"]))?;
            }
            "theme" if !value.is_empty() => {
                let theme = Theme::ALL.into_iter().find(|theme| theme.word() == value);
                self.look.theme = theme.ok_or_else(|| bad(value, &Theme::ALL.map(Theme::word)))?;
            }
            "lock" => {
                for word in value.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                    let lock = Lock::ALL.into_iter().find(|lock| lock.word() == word);
                    let lock = lock.ok_or_else(|| bad(word, &Lock::ALL.map(Lock::word)))?;
                    if !self.look.locks(lock) {
                        self.look.lock.push(lock);
                    }
                }
            }
            "shell" if !value.is_empty() => {
                self.shell = match value {
                    "dsd" => Shell::Dsd,
                    "json" => Shell::Json,
                    _ => return Err(bad(value, &["dsd", "json"])),
                };
            }
            name if LOOK.contains(&name) => {}
            _ => self.query.take(name, value).map_err(name_all)?,
        }
        Ok(())
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
