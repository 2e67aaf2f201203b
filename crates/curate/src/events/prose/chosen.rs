//! Which of the gatherings that a sentence names is the event, and which only tells of it: the means ("per
//! Videokonferenz"), the verb's object ("feiert Premiere"), the house ("in der Messe Neuburg"). And the whole that a
//! part belongs to: a gala, a prize-giving.
//!
//! Promises: a house or an object goes only where another name stays; means and what is over go always.

use super::place::is_street;
use super::scene::{Reading, Sentence};
use super::title::{Phrase, clean};
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
        let house = |phrase: &Phrase| self.is_addressed(*phrase);
        if !own.iter().all(house) {
            own.retain(|phrase| !house(phrase));
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

    /// "per Videokonferenz", "via Livestream", "in einem Videochat": how one takes part.
    fn is_means(&self, phrase: Phrase) -> bool {
        let before = |back: usize| self.word(phrase.from.wrapping_sub(back));
        let led = matches!(before(1), Some("per" | "via" | "als" | "mittels" | "im"))
            || matches!(before(1), Some("einer" | "einem")) && before(2) == Some("in");
        led && self.is_way(phrase)
    }

    /// "Nach den Workshops in Neuburg und Altfelden": what came before.
    pub(super) fn is_over(&self, at: usize) -> bool {
        self.word(at.wrapping_sub(1)) == Some("den") && matches!(self.word(at.wrapping_sub(2)), Some("nach" | "seit"))
    }

    /// A word alone that names a way to take part, and no event.
    pub(super) fn is_way(&self, phrase: Phrase) -> bool {
        let means = |word: &str| {
            ["stream", "videokonferenz", "videochat", "webkonferenz", "telefonkonferenz", "telko"]
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

    /// "Podium: Forum Neuburg, Ringstraße 4": a house with its street.
    fn is_addressed(&self, phrase: Phrase) -> bool {
        let street = phrase.to + 1;
        self.word(phrase.from).is_some_and(words::bare_venue)
            && self.word(street).is_some_and(is_street)
            && self.prose.tokens.get(street + 1).is_some_and(|number| number.digits() > 0)
    }

    /// "auf dem Gelände der Nürnberg Messe": a gathering's noun inside of a phrase of place. A compound right before the
    /// bracket of its day is none: "auf der Fachmesse Register (4. Juni)".
    pub(super) fn is_place(&self, from: usize, to: usize) -> bool {
        let start = from.saturating_sub(6);
        let bare = self.word(from).is_some_and(words::bare_venue);
        let dated = self.prose.tokens.get(to).is_some_and(|next| next.is('('))
            && self.dated.get(to + 1).copied().unwrap_or(false)
            && !bare;
        // "Die Hallen der Messe Neuburg".
        let parts_of_it = matches!(self.word(from.wrapping_sub(1)), Some("der" | "des"))
            && self.word(from.wrapping_sub(2)).is_some_and(words::bare_venue);
        if bare && parts_of_it {
            return true;
        }
        // "in Neuburg zum Symposium Register": the town ends before.
        let town = from > 1
            && matches!(self.word(from - 1), Some("zum" | "zur"))
            && (self.town)(self.prose.words(from - 2, from - 1));
        // "in der Messe Neuburg über die Bühne": of a house the noun is enough.
        let end = if bare { from + 1 } else { to };
        let within = |found: &super::place::Found| found.sure >= 3 && found.at < from && found.to >= end;
        !dated && !town && self.places().phrases(start, to).iter().any(within)
    }

    /// The name of the whole, where the sentence names a part of it: "Die Auftaktkonferenz findet am 5. Mai statt" behind
    /// "Der Wettbewerb „Amt der Zukunft“ …".
    pub(super) fn whole(&self, from: usize, sentence: Sentence) -> Option<String> {
        const PARTS: [&str; 10] = [
            "auftakt",
            "abschluss",
            "eroeffnung",
            "preisverleihung",
            "praemierung",
            "siegerehrung",
            "kick-off",
            "kickoff",
            "kennenlern",
            "finale",
        ];
        let part = PARTS.iter().any(|start| self.word(from).is_some_and(|word| word.starts_with(start)));
        if !part {
            return None;
        }
        self.frame(sentence).or_else(|| self.running(sentence)).or_else(|| {
            let earlier = self.sentences.iter().rev().filter(|one| one.to <= sentence.from).take(4);
            let quoted = |one: &Sentence| self.titles().quotations(one.from, one.to).into_iter().next();
            let named = |one: &Sentence| {
                let (from, to) = quoted(one).or_else(|| self.contest(*one))?;
                Some(clean(self.prose.words(from, to)))
            };
            { earlier }.find_map(|one| named(one).or_else(|| self.frame(*one)))
        })
    }

    /// "für den Innovationspreis Register nominiert": a prize or a contest with its name.
    fn contest(&self, one: Sentence) -> Option<(usize, usize)> {
        let prize = |at: &usize| {
            self.prose.tokens[*at].capital
                && self
                    .word(*at)
                    .is_some_and(|word| ["preis", "wettbewerb", "award"].iter().any(|end| word.ends_with(end)))
        };
        let at = (one.from..one.to).find(prize)?;
        let end = self.titles().behind(at + 1, one.to, false);
        (end > at + 1).then_some((at, end))
    }

    /// "Beim Datenlauf West lernen sich alle kennen": what it is held at, by a name of several words.
    fn frame(&self, one: Sentence) -> Option<String> {
        let at = (one.from..one.to).find(|at| self.word(*at) == Some("beim"))? + 1;
        let end =
            (at..one.to.min(at + 5)).take_while(|at| self.prose.tokens[*at].capital && !self.dated[*at]).last()? + 1;
        let plain = end > at + 1 && !(at..end).any(|at| self.prose.tokens[at].gathering);
        plain.then(|| clean(self.prose.words(at, end)))
    }
}
