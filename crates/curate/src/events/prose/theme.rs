//! What an event is about, where its noun alone says nothing: the words before the colon, the question that opens the
//! sentence, "zum Stand der Registeranbindung", the sentence before that is a name and no more.

use super::scene::{Reading, Sentence};
use super::title::{Phrase, clean, with_small_letter};
use super::token::Kind;
use super::words;

/// Longest theme in tokens.
const LONGEST: usize = 18;

impl Reading<'_> {
    /// A bare noun with what it is about.
    pub(super) fn with_theme(&self, phrase: Phrase, sentence: Sentence) -> Option<String> {
        let noun = self.nominative(phrase.from, phrase.to);
        let noun = if self.days_in(sentence) > 1 { self.one_of(&noun) } else { noun };
        if let Some(words) = self.before_colon(phrase.from, sentence) {
            return Some(format!("{noun}: {words}"));
        }
        if let Some(words) = self.opening_question(phrase.from, sentence) {
            return Some(format!("{noun}: {words}"));
        }
        if let Some(words) = self.question(sentence) {
            return Some(format!("{noun}: {words}"));
        }
        let (from, to) = self.opening_theme(phrase.from, sentence)?;
        let theme = clean(self.prose.words(from, to));
        Some(format!("{noun} {}", with_small_letter(&theme)))
    }

    /// "Digitale Souveränität nach der Wahl: Podiumsdiskussion am …".
    fn before_colon(&self, noun: usize, sentence: Sentence) -> Option<String> {
        let colon = noun.checked_sub(1).filter(|at| *at > sentence.from + 1 && self.prose.tokens[*at].is(':'))?;
        let plain = (sentence.from..colon).all(|at| !self.dated[at] && self.prose.tokens[at].kind != Kind::Link);
        let label = colon == sentence.from + 1;
        (plain && !label && colon - sentence.from <= LONGEST).then(|| clean(self.prose.words(sentence.from, colon)))
    }

    /// "Was NIS-2 bedeutet, erläutern am 26. September drei Expertinnen in unserem Webinar".
    fn opening_question(&self, noun: usize, sentence: Sentence) -> Option<String> {
        let colon = (sentence.from..noun.min(sentence.from + 8)).find(|at| self.prose.tokens[*at].is(':'));
        let from = colon.map_or(sentence.from, |colon| colon + 1);
        // "Was die Fraktionen davon halten" says nothing without what was said before.
        let back =
            |at: usize| self.word(at).is_some_and(|word| word.starts_with("da") && word.len() > 4 && word != "daten");
        let asks = !(from..noun.min(from + 8)).any(|at| back(at) && !self.prose.tokens[at].capital)
            && matches!(self.word(from)?, "was" | "wie" | "warum" | "wieso" | "welche" | "welchen" | "wo" | "wohin");
        let comma = (from..noun.min(from + LONGEST)).find(|at| self.prose.tokens[*at].is(',')).filter(|_| asks)?;
        (comma > from + 2 && (from..comma).all(|at| !self.dated[at])).then(|| clean(self.prose.words(from, comma)))
    }

    /// "Zum Stand der Registeranbindung informiert …", "Über Barrierefreiheit spricht …".
    fn opening_theme(&self, noun: usize, sentence: Sentence) -> Option<(usize, usize)> {
        let from = sentence.from;
        if !matches!(self.word(from)?, "zum" | "zur" | "zu" | "ueber") || self.prose.tokens[from + 1..].is_empty() {
            return None;
        }
        let goes_on = |at: &usize| {
            let token = &self.prose.tokens[*at];
            let adjective =
                token.word().is_some_and(|word| ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end)));
            !self.dated[*at]
                && token.word().is_some_and(|word| {
                    token.capital
                        || words::small(word) && !matches!(word, "am" | "in" | "im")
                        || adjective && self.prose.tokens[at + 1].capital
                })
        };
        let end = (from..noun.min(from + LONGEST)).take_while(goes_on).last()? + 1;
        let end = (from + 1..end).rev().find(|at| self.prose.tokens[*at].capital)? + 1;
        let gathers = (from..end).any(|at| self.prose.tokens[at].gathering);
        (end < noun && end > from + 1 && !gathers).then_some((from, end))
    }

    /// "Kölner Runde für Organisatoren: Am 5. September sehen wir uns wieder": the name before the sentence's colon.
    pub(super) fn before_sentence(&self, sentence: Sentence) -> Option<String> {
        let from = sentence.from;
        let colon = (from + 2..sentence.to.min(from + LONGEST)).find(|at| self.prose.tokens[*at].is(':'))?;
        let plain = (from..colon).all(|at| {
            let token = &self.prose.tokens[at];
            !self.dated[at]
                && token.kind != Kind::Link
                && token.word().is_none_or(|word| token.capital || words::small(word))
        });
        let named = self.prose.tokens[from].capital
            && !self.word(from).is_some_and(|word| words::label(word) || words::heads_list(word));
        // "Digitalcafé auf Tour" is no house.
        let gathers = (from..colon).any(|at| self.prose.tokens[at].gathering);
        (plain && named && (gathers || !self.like_place(from, colon))).then(|| clean(self.prose.words(from, colon)))
    }

    /// The sentence before, if it is a name and no more: "Prozessmanagement für Einsteiger. Termin: 3.2.2026".
    pub(super) fn name_before(&self, sentence: Sentence) -> Option<String> {
        let before = self.previous(sentence)?;
        let (from, to) = (before.from, before.to);
        let plain = self.inside(from, to).next().is_none() && to - from <= LONGEST + 6;
        let near = before.line == sentence.line || before.line + 1 == sentence.line;
        let label = self.word(from).is_some_and(words::label)
            && self.prose.tokens.get(from + 1).is_some_and(|next| next.is(':'));
        let nominal = (from..to).all(|at| {
            let token = &self.prose.tokens[at];
            token.word().is_none_or(|word| {
                token.capital
                    || words::small(word)
                    || ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end)) && !words::finite(word)
            })
        });
        let named = (from..to).filter(|at| self.prose.tokens[*at].capital).count() > 1;
        if !(plain && near && nominal && named && !label) {
            return None;
        }
        let place = self.like_place(from, to) || (from..to).any(|at| self.prose.tokens[at].kind == Kind::Link);
        (!place).then(|| clean(self.prose.words(from, to)))
    }

    /// What the sentences before were about: a name in quotation marks with its noun, "das Infomobil „Amt vor Ort“".
    pub(super) fn quoted_before(&self, sentence: Sentence) -> Option<String> {
        let earlier = self.sentences.iter().rev().filter(|one| one.from <= sentence.from).take(3);
        earlier.into_iter().find_map(|one| {
            let (from, to) = self.titles().quotations(one.from, one.to).into_iter().next()?;
            let noun = from.checked_sub(2).filter(|at| *at >= one.from && self.prose.tokens[*at].capital);
            let start = noun.unwrap_or(from - 1);
            Some(clean(self.prose.words(start, (to + 1).min(one.to))))
        })
    }
}
