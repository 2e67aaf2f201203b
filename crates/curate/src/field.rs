//! One field of an item, ready to be searched: the words as written, and the same folded, hyphens as spaces.

use std::ops::Range;

use german::fold::Folded;
use model::Within;

/// The field of an item's address.
pub(crate) const ADDRESS: &str = "address";
/// The field of what stood over its title.
pub(crate) const KICKER: &str = "kicker";
/// The field of its summary.
pub(crate) const SUMMARY: &str = "summary";

/// A field with its folded form. Offsets of hits are bytes of the folded form.
pub(crate) struct Field<'a> {
    /// `title`, `kicker`, `summary` or `address`, as [`model::Why`] names it.
    pub(crate) name: &'static str,
    /// As written.
    pub(crate) text: &'a str,
    /// How much more a word counts here than in the summary: what a text is about stands at its head.
    pub(crate) factor: f32,
    folded: Folded,
    /// Unless it is the folded form.
    flat: Option<String>,
    /// Whether there is any quotation mark in it.
    quotes: bool,
}

impl<'a> Field<'a> {
    pub(crate) fn new(name: &'static str, text: &'a str, factor: f32) -> Self {
        let folded = Folded::new(text);
        let flat = folded.as_str().contains('-').then(|| folded.as_str().replace('-', " "));
        let quotes = folded.as_str().contains(german::clause::QUOTES);
        Field { name, text, factor, folded, flat, quotes }
    }

    /// Whether a rule for this part of an item counts here. An address is searched only by rules made for it.
    pub(crate) fn holds(&self, within: Option<Within>) -> bool {
        match within {
            None => self.name != ADDRESS,
            Some(Within::Head) => !matches!(self.name, SUMMARY | ADDRESS),
            Some(Within::Summary) => self.name == SUMMARY,
            Some(Within::Address) => self.name == ADDRESS,
        }
    }

    /// Folded, hyphens as spaces.
    pub(crate) fn flat(&self) -> &str {
        self.flat.as_deref().unwrap_or(self.folded.as_str())
    }

    /// Folded, hyphens as they are.
    pub(crate) fn folded(&self) -> &str {
        self.folded.as_str()
    }

    /// What is quoted around a place in the folded form.
    pub(crate) fn quoted(&self, at: usize) -> Option<&str> {
        let range = self.quotes.then(|| german::clause::quoted(self.folded(), at)).flatten()?;
        self.folded().get(range)
    }

    /// Where a range of the folded form stands in the text.
    pub(crate) fn range(&self, range: Range<usize>) -> Range<usize> {
        self.folded.original(range)
    }

    /// The source's own words for a range of the folded form.
    pub(crate) fn source(&self, range: Range<usize>) -> &'a str {
        &self.text[self.folded.original(range)]
    }
}
