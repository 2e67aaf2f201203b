//! What kind of text an item is: written by the acting body or about it, an interview, a view, an announcement of an
//! event, a tender, a job.
//!
//! The catalogue's `kinds.toml` says which words show it, and which hosts publish which kind unless a text shows
//! otherwise. A public body's own text is a press release, anybody else's is news.

use std::collections::BTreeMap;

use model::{Genre, Name, Why};

use crate::labels::{Case, ENOUGH, Found, Sum};
use crate::rules::Label;

/// What a host's usual kind counts: less than a word that settles it, more than a hint.
const VOICE: f32 = 0.6;
/// What counts for a page to look up things in when it has no date: news have one.
const UNDATED: f32 = 0.5;

/// The kind with the most evidence, if that is enough; else what its host or its source publishes.
pub(crate) fn judge(found: &[Found], strongest: &[(usize, f32)], case: &Case<'_>) -> (Genre, Vec<Why>) {
    let mut sums: BTreeMap<Genre, Sum<'_>> = BTreeMap::new();
    for &(rule, weight) in strongest {
        let rule = &case.rules.rules[rule];
        if let Label::Kind(genre) = rule.label {
            sums.entry(genre).or_default().add(rule.aspect.as_deref(), weight);
        }
    }
    if !case.dated {
        sums.entry(Genre::Other).or_default().add(None, UNDATED);
    }
    let voice = case.hosts.iter().find_map(|host| case.rules.voice_of(host));
    // A body's site is also where one looks things up. There, a page without a date is no news.
    let timeless = sums.get(&Genre::Other).is_some_and(|sum| !case.dated && sum.total(0) >= UNDATED);
    let best = sums
        .iter()
        .map(|(genre, sum)| {
            let voice = voice.is_some_and(|(voice, _)| voice == *genre);
            (*genre, sum.total(case.rules.aspects(Label::Kind(*genre))) + if voice { VOICE } else { 0.0 })
        })
        .filter(|(_, total)| *total >= ENOUGH)
        // Of equals the later in the list of kinds: an announcement that says it is a press release announces.
        .max_by(|(_, a), (_, b)| a.total_cmp(b));
    if let Some((genre, _)) = best {
        let label = Name::from(format!("kind:{}", genre.word()));
        let hits = found.iter().filter(|found| case.rules.rules[found.hit.rule].label == Label::Kind(genre));
        return (genre, hits.map(|found| case.because(&label, found)).collect());
    }
    let (genre, rule) = match voice {
        Some((genre, name)) => (genre, format!("kind:{}/{name}", genre.word()).into()),
        None => match case.home.as_ref().filter(|home| home.official) {
            Some(home) => (Genre::Press, home.rule.clone()),
            None => return (Genre::News, Vec::new()),
        },
    };
    let genre = if genre == Genre::Press && timeless { Genre::Other } else { genre };
    (genre, vec![case.prior(&format!("kind:{}", genre.word()).into(), rule, VOICE)])
}

#[cfg(test)]
mod tests;
