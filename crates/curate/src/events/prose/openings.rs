//! Names that open a sentence as its subject, with a verb that says that they are held again: "Die NETZWERK kehrt als
//! Fachmesse zurück", "Unser drittes Lötlabor öffnet am 5. Mai seine Türen".
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

    /// "Amt forscht Nord startet am 5. Mai in Leer, die Regionalausgabe Süd folgt am 12. Mai": of several days each has
    /// the subject of its own clause.
    pub(super) fn of_clause(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let begins = |at: &usize| {
            matches!(self.word(*at), Some("startet" | "beginnt" | "folgt" | "steigt" | "tagt" | "gastiert"))
        };
        let verb = (sentence.from..mention.from).rev().take(3).find(begins)?;
        let word = |at: &usize| !matches!(self.prose.tokens[*at].kind, Kind::Mark(_));
        let from = (sentence.from..verb).rev().take_while(word).last()?;
        let named = self.names(from) && self.names(verb - 1) && (2..=NAME).contains(&(verb - from));
        named.then(|| clean(self.prose.words(from, verb)))
    }

    /// A capital that no sentence's beginning gave it, and no day.
    fn names(&self, at: usize) -> bool {
        self.prose.tokens[at].capital && !self.dated[at] && !self.word(at).is_some_and(opener)
    }

    /// The names that a sentence begins with, and the verb right behind them.
    fn opening(&self, sentence: Sentence) -> Option<(usize, usize)> {
        let article = matches!(self.word(sentence.from), Some("der" | "die" | "das" | "unser" | "unsere"));
        let from = sentence.from + usize::from(article);
        let verb = (from..sentence.to.min(from + NAME)).take_while(|at| self.names(*at)).last()? + 1;
        (verb < sentence.to).then_some((from, verb))
    }

    /// "Unser drittes Lötlabor öffnet …": who is counted, or ours, is a series and no house. Without the number.
    pub(super) fn edition(&self, sentence: Sentence, verb: usize) -> Option<String> {
        let from = (sentence.from..verb).rev().take_while(|at| self.names(*at)).take(NAME).last()?;
        let counted = |word: &str| {
            ["erst", "zweit", "dritt", "viert", "fuenft", "sechst", "siebt", "acht", "neunt", "zehnt", "naechst"]
                .into_iter()
                .filter_map(|stem| word.strip_prefix(stem))
                .any(|end| matches!(end, "e" | "er" | "es"))
        };
        let number = from > sentence.from && self.word(from - 1).is_some_and(counted);
        number.then(|| clean(self.prose.words(from, verb)))
    }
}
