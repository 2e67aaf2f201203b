//! Which of the gatherings that a sentence names is the event, and which only tells of it: the means ("per
//! Videokonferenz"), the verb's object ("feiert Premiere"), the house ("in der Messe Neuburg").
//!
//! Promises: takes away none that is the only name and says anything.

use super::scene::{Reading, Sentence};
use super::title::Phrase;
use super::token::Kind;
use super::when::Mention;
use super::words;

impl Reading<'_> {
    /// Takes away what only tells of another event.
    pub(super) fn without_asides(&self, own: &mut Vec<Phrase>, mention: &Mention, sentence: Sentence) {
        own.retain(|phrase| !self.is_means(*phrase) && !self.is_over(phrase.from));
        let framed = |phrase: &Phrase| self.is_framed(phrase.from);
        if self.lists_programme(sentence) && (own.iter().any(framed) || self.before(sentence).is_some()) {
            own.retain(framed);
        }
        let keep = |phrase: &Phrase| !self.is_predicate(*phrase) && !self.is_house(*phrase, mention);
        if own.iter().any(|phrase| keep(phrase) && !phrase.bare) {
            own.retain(keep);
        }
    }

    /// "stehen Vorträge und Workshops auf dem Programm": its subjects are parts of what was named before.
    fn lists_programme(&self, sentence: Sentence) -> bool {
        let programme = |at: usize| {
            self.word(at) == Some("auf") && self.word(at + 1) == Some("dem") && self.word(at + 2) == Some("programm")
        };
        (sentence.from..sentence.to).any(|at| self.word(at) == Some("stehen"))
            && (sentence.from..sentence.to).any(programme)
    }

    /// "Beim Digitaltag stehen Vorträge auf dem Programm": what holds them all.
    fn is_framed(&self, at: usize) -> bool {
        let before = (at.saturating_sub(3)..at).rev().find(|at| {
            let adjective = self.word(*at).is_some_and(|word| word.ends_with("en"));
            !adjective || self.prose.tokens[*at].capital
        });
        matches!(
            before.and_then(|at| self.word(at)),
            Some("beim" | "bei" | "im" | "in" | "zum" | "zur" | "auf" | "dem" | "der" | "des")
        )
    }

    /// "per Videokonferenz", "via Livestream", "als Webkonferenz": how one takes part.
    fn is_means(&self, phrase: Phrase) -> bool {
        let led = matches!(self.word(phrase.from.wrapping_sub(1)), Some("per" | "via" | "als" | "mittels" | "im"));
        led && self.is_way(phrase)
    }

    /// "Nach den Workshops in Neuburg und Altfelden": what came before.
    pub(super) fn is_over(&self, at: usize) -> bool {
        self.word(at.wrapping_sub(1)) == Some("den") && matches!(self.word(at.wrapping_sub(2)), Some("nach" | "seit"))
    }

    /// A word alone that names a way to take part, and no event.
    pub(super) fn is_way(&self, phrase: Phrase) -> bool {
        let means = |word: &str| {
            ["stream", "videokonferenz", "webkonferenz", "telefonkonferenz", "telko"]
                .iter()
                .any(|end| word.ends_with(end))
        };
        phrase.to == phrase.from + 1 && self.word(phrase.from).is_some_and(means)
    }

    /// "Die Messe feiert Premiere": what the verb says of its subject.
    fn is_predicate(&self, phrase: Phrase) -> bool {
        matches!(self.word(phrase.from.wrapping_sub(1)), Some("feiert" | "feiern" | "hat" | "haben"))
            && self.word(phrase.from).is_some_and(|word| word.ends_with("premiere") || word.ends_with("jubilaeum"))
    }

    /// "Fachmesse Register (4. Juni, Messe Neuburg)": a house of that name, with its town, behind day and comma.
    fn is_house(&self, phrase: Phrase, mention: &Mention) -> bool {
        let apart = phrase.from > mention.to
            && matches!(self.prose.tokens[phrase.from - 1].kind, Kind::Mark(',' | '|' | '(' | '·'));
        apart && self.word(phrase.from).is_some_and(words::bare_venue) && self.like_place(phrase.from, phrase.to)
    }

    /// "auf dem Gelände der Nürnberg Messe": a gathering's noun inside of a phrase of place. A compound right before the
    /// bracket of its day is none: "auf der Fachmesse Register (4. Juni)".
    pub(super) fn is_place(&self, from: usize, to: usize) -> bool {
        let start = from.saturating_sub(6);
        let dated = self.prose.tokens.get(to).is_some_and(|next| next.is('('))
            && self.dated.get(to + 1).copied().unwrap_or(false)
            && !self.word(from).is_some_and(words::bare_venue);
        // "in Neuburg zum Symposium Register": the town ends before.
        let town = from > 1
            && matches!(self.word(from - 1), Some("zum" | "zur"))
            && (self.town)(self.prose.words(from - 2, from - 1));
        // "in der Messe Neuburg über die Bühne": of a house the noun is enough.
        let end = if self.word(from).is_some_and(words::bare_venue) { from + 1 } else { to };
        let within = |found: &super::place::Found| found.sure >= 3 && found.at < from && found.to >= end;
        !dated && !town && self.places().phrases(start, to).iter().any(within)
    }

    /// The name of the whole, where the sentence names a part of it: "Die Auftaktkonferenz findet am 5. Mai statt" behind
    /// "Der Wettbewerb „Amt der Zukunft“ …".
    pub(super) fn whole(&self, from: usize, sentence: Sentence) -> Option<String> {
        const PARTS: [&str; 9] = [
            "auftakt",
            "abschluss",
            "eroeffnung",
            "preisverleihung",
            "praemierung",
            "siegerehrung",
            "kick-off",
            "kickoff",
            "finale",
        ];
        let part = PARTS.iter().any(|start| self.word(from).is_some_and(|word| word.starts_with(start)));
        if !part {
            return None;
        }
        self.running(sentence).or_else(|| {
            let earlier = self.sentences.iter().rev().filter(|one| one.to <= sentence.from).take(4);
            let (from, to) =
                earlier.into_iter().find_map(|one| self.titles().quotations(one.from, one.to).into_iter().next())?;
            Some(super::title::clean(self.prose.words(from, to)))
        })
    }
}
