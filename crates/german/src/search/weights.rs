//! What makes one match better than another, as phrases that are looked for beside those that must be found.
//!
//! The sum of the weights found is the rank: a whole number that depends on the item and the query alone, so that every
//! database puts items in the same order, and a list that is gone through page by page keeps its order whatever
//! arrives. What is as good comes newest first. How rare a word is does not count: all of them must be found anyway.

use super::Phrase;
use super::index::{AGAIN, IN_KICKER, IN_TITLE};

/// A word of the query stands in the title, stands in the kicker, is said again.
const TITLE: u32 = 12;
const KICKER: u32 = 8;
const TWICE: u32 = 3;
/// Two words of the query stand side by side, anywhere; and in the title.
const BESIDE: u32 = 4;
const BESIDE_IN_TITLE: u32 = 8;
/// A compound stands there as it was asked for, not in parts alone.
const WHOLE: u32 = 4;
/// More than so many phrases are not looked for.
const MOST: usize = 24;

/// The phrases that tell how well a text fits, with their weights: for each thing its ways, and its stem if it is one word.
pub(super) fn better<'a>(
    things: impl Iterator<Item = (&'a [Vec<Phrase>], Option<&'a str>)> + Clone,
) -> Vec<(Phrase, u32)> {
    let mut better: Vec<(Phrase, u32)> = Vec::new();
    for (ways, _) in things.clone() {
        for way in ways {
            let share = u32::try_from(way.len()).unwrap_or(u32::MAX);
            for phrase in way {
                better.push((signed(phrase, IN_TITLE), (TITLE / share).max(1)));
                better.push((signed(phrase, IN_KICKER), (KICKER / share).max(1)));
                if phrase.terms.len() == 1 {
                    better.push((signed(phrase, AGAIN), (TWICE / share).max(1)));
                }
            }
        }
        if let ([whole, ..], true) = (ways, ways.iter().any(|way| way.len() > 1)) {
            better.extend(whole.iter().map(|phrase| (phrase.clone(), WHOLE)));
        }
    }
    let words: Vec<Option<&str>> = things.map(|(_, word)| word).collect();
    for pair in words.windows(2) {
        if let [Some(one), Some(next)] = pair {
            let beside = Phrase::of(vec![(*one).to_owned(), (*next).to_owned()]);
            better.push((signed(&beside, IN_TITLE), BESIDE_IN_TITLE));
            better.push((beside, BESIDE));
        }
    }
    better.truncate(MOST);
    better
}

/// The phrase where the index says so of each of its terms.
fn signed(phrase: &Phrase, sign: &str) -> Phrase {
    Phrase { terms: phrase.terms.iter().map(|term| format!("{sign}{term}")).collect(), open: phrase.open }
}
