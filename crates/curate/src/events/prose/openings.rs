//! Names that open a sentence as its subject, with a verb that says that they are held again: "Die NETZWERK kehrt als
//! Fachmesse zurück", "Unser drittes Lötlabor öffnet am 5. Mai seine Türen", "Amt forscht Nord startet am 5. Mai".
//!
//! Promises: takes no subject of which nothing says that it is an event; looks at few sentences before its own.

use super::scene::{Reading, Sentence};
use super::title::{clean, opener};
use super::token::Kind;
use super::when::Mention;

/// Longest such name in tokens.
const NAME: usize = 5;
/// So many sentences back it is remembered.
const BACK: usize = 4;

/// Parts of a country, as the last word of a regional event's name.
fn region(word: &str) -> bool {
    matches!(word, "nord" | "sued" | "ost" | "west" | "mitte" | "nordost" | "nordwest" | "suedost" | "suedwest")
}

impl Reading<'_> {
    /// "Die NETZWERK kehrt als Fachmesse zurück": what comes back as a gathering is one, whatever it is called.
    pub(super) fn returning(&self, sentence: Sentence) -> Option<String> {
        let (from, verb) = self.opening(sentence)?;
        let back = matches!(self.word(verb), Some("kehrt" | "kommt" | "meldet"))
            && (verb..sentence.to).any(|at| self.word(at) == Some("zurueck"));
        let gathers = |at: usize| self.word(at) == Some("als") && self.prose.tokens[at + 1].gathering;
        let says = back && (verb..sentence.to.min(verb + 8) - 1).any(gathers);
        says.then(|| clean(self.prose.words(from, verb)))
    }

    /// "die Fachmesse" behind a sentence that said what comes back.
    pub(super) fn returned(&self, noun: usize, sentence: Sentence) -> Option<String> {
        let known = matches!(self.word(noun.wrapping_sub(1)), Some("der" | "die" | "das" | "dem" | "zur" | "zum"));
        let earlier = self.sentences.iter().rev().filter(|one| known && one.to <= sentence.from).take(BACK);
        { earlier }.find_map(|one| self.returning(*one))
    }

    /// "Die NETZWERK geht am 5. Mai in die zweite Runde": only what is held again has rounds.
    pub(super) fn next_round(&self, sentence: Sentence) -> Option<String> {
        let (from, verb) = self.opening(sentence)?;
        let goes = matches!(self.word(verb), Some("geht" | "startet"));
        let round = |at: usize| {
            self.word(at) == Some("in") && (at + 1..sentence.to.min(at + 4)).any(|at| self.word(at) == Some("runde"))
        };
        (goes && (verb..sentence.to).any(round)).then(|| clean(self.prose.words(from, verb)))
    }

    /// The names that a sentence begins with, and the verb right behind them.
    fn opening(&self, sentence: Sentence) -> Option<(usize, usize)> {
        let article = matches!(self.word(sentence.from), Some("der" | "die" | "das" | "unser" | "unsere"));
        let from = sentence.from + usize::from(article);
        let name = |at: &usize| {
            let token = &self.prose.tokens[*at];
            token.capital && !self.dated[*at] && !self.word(*at).is_some_and(opener)
        };
        let verb = (from..sentence.to.min(from + NAME)).take_while(name).last()? + 1;
        (verb < sentence.to).then_some((from, verb))
    }

    /// "Unser drittes Lötlabor öffnet …": who is counted, or ours, is a series and no house. Without the number.
    pub(super) fn edition(&self, sentence: Sentence, verb: usize) -> Option<String> {
        let name =
            |at: &usize| self.prose.tokens[*at].capital && !self.dated[*at] && !self.word(*at).is_some_and(opener);
        let from = (sentence.from..verb).rev().take_while(name).take(NAME).last()?;
        let counted = |word: &str| {
            ["erst", "zweit", "dritt", "viert", "fuenft", "sechst", "siebt", "acht", "neunt", "zehnt", "naechst"]
                .into_iter()
                .filter_map(|stem| word.strip_prefix(stem))
                .any(|end| matches!(end, "e" | "er" | "es"))
        };
        let number = from > sentence.from && self.word(from - 1).is_some_and(counted);
        number.then(|| clean(self.prose.words(from, verb)))
    }

    /// "Amt forscht Nord startet am 5. Mai in Leer, die Regionalausgabe Süd folgt am 12. Mai": of several days each has
    /// the subject of its own clause.
    pub(super) fn regional(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let verb = (sentence.from..mention.from).rev().take(3).find(|at| {
            matches!(self.word(*at), Some("startet" | "beginnt" | "folgt" | "steigt" | "tagt" | "gastiert"))
        })?;
        let last = verb.checked_sub(1).filter(|last| *last > sentence.from && self.word(*last).is_some_and(region))?;
        let from = self.behind_mark(last, sentence);
        if last - from <= NAME && self.prose.tokens[from].capital && !self.word(from).is_some_and(opener) {
            return Some(clean(self.prose.words(from, verb)));
        }
        // The second is named by what the first is a part of.
        let first = (sentence.from + 1..from).rev().find(|at| self.word(*at).is_some_and(region))?;
        let start = self.behind_mark(first, sentence);
        let named = first > start && first - start <= NAME && self.prose.tokens[start].capital;
        let whole = clean(self.prose.words(start, first));
        (named && !self.word(start).is_some_and(opener))
            .then(|| format!("{whole} {}", self.prose.words(last, last + 1)))
    }

    /// Where the words begin that end at `at` with no mark between them.
    fn behind_mark(&self, at: usize, sentence: Sentence) -> usize {
        (sentence.from..at)
            .rev()
            .find(|at| matches!(self.prose.tokens[*at].kind, Kind::Mark(_)))
            .map_or(sentence.from, |mark| mark + 1)
    }
}
