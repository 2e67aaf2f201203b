//! Search in German: the terms under which a text is found, a query taken apart into the same terms, and where in a
//! text it matched.
//!
//! Pure, and the same for every database: what a query means is decided here, and a store compares terms. A query of
//! any length and any signs is understood somehow; it asks for no more than [`MOST`] things.

mod index;
mod lexicon;
mod memo;
mod parts;
mod query;
mod same;
mod spots;
mod term;
mod weights;

pub use index::terms;
pub use memo::each_part;
pub use query::ask;
pub use spots::{Spots, utf16};

/// Of what must be found and of what must not, so many things each are asked for, and the rest of a query is ignored:
/// each costs a walk through the terms, and nobody who searches by hand says so many.
pub const MOST: usize = 32;

/// A query taken apart. The same analysis as [`terms`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Each must be found, in any of its ways: a way is found where all its phrases are.
    pub must: Vec<Vec<Vec<Phrase>>>,
    /// None may be found.
    pub not: Vec<Phrase>,
    /// What makes one text fit better than another: each phrase that is found as well adds its weight.
    pub better: Vec<(Phrase, u32)>,
}

/// Terms that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The terms in order.
    pub terms: Vec<String>,
    /// The last term is how a word begins.
    pub open: bool,
}

impl Phrase {
    fn word(term: String) -> Self {
        Phrase { terms: vec![term], open: false }
    }

    fn of(terms: Vec<String>) -> Self {
        Phrase { terms, open: false }
    }
}

/// A query made ready to be held against many texts. It finds what a store finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Matcher {
    must: Vec<Vec<Vec<String>>>,
    not: Vec<String>,
}

impl Asked {
    /// Makes the query ready to be held against [`terms`].
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        let ways = |ways: &Vec<Vec<Phrase>>| ways.iter().map(|way| way.iter().map(needle).collect()).collect();
        Matcher { must: self.must.iter().map(ways).collect(), not: self.not.iter().map(needle).collect() }
    }
}

impl Matcher {
    /// Nothing is asked: every text fits.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.must.is_empty() && self.not.is_empty()
    }

    /// Whether a text with these [`terms`] is found; a space stands before the first and after the last.
    #[must_use]
    pub fn fits(&self, terms: &str) -> bool {
        self.must.iter().all(|ways| ways.iter().any(|way| way.iter().all(|phrase| terms.contains(phrase))))
            && !self.not.iter().any(|phrase| terms.contains(phrase))
    }
}

fn needle(phrase: &Phrase) -> String {
    format!(" {}{}", phrase.terms.join(" "), if phrase.open { "" } else { " " })
}

#[cfg(test)]
mod tests;
