//! What a noun alone stands for: "die Schulung" after "Online-Schulung Datenportal", the quotation its sentence names,
//! what "darüber" points at, "so heißt die Reihe".
//!
//! Promises: looks at few sentences before its own; gives nothing where the text says nothing.

use super::scene::{Reading, Sentence};
use super::title::{Phrase, clean, opener};
use super::token::Kind;
use super::words;

/// So many sentences back a name is remembered.
const BACK: usize = 6;

impl Reading<'_> {
    /// A noun alone, by what the text says that it stands for.
    pub(super) fn meant(&self, phrase: Phrase, sentence: Sentence) -> Option<String> {
        // "zum Infoabend in Neuburg" says where.
        if let Some(object) = self.object_behind_label(phrase, sentence) {
            return Some(format!("{}: {object}", self.nominative(phrase.from, phrase.to)));
        }
        let alone = phrase.to == phrase.from + 1 || self.word(phrase.from + 1) == Some("in");
        let phrase = Phrase { to: phrase.from + 1, ..phrase };
        if !alone {
            return None;
        }
        let again = || self.returned(phrase.from, sentence);
        self.fuller(phrase.from, sentence).or_else(again).or_else(|| self.called(sentence)).or_else(|| {
            let theme = self.pointed_subject(sentence).or_else(|| self.quoted_beside(phrase, sentence))?;
            Some(format!("{}: {theme}", self.nominative(phrase.from, phrase.to)))
        })
    }

    /// "Die Schulung findet am 9. März statt" behind "Online-Schulung Datenportal": the fuller name of the same noun.
    fn fuller(&self, noun: usize, sentence: Sentence) -> Option<String> {
        let word = self.word(noun)?;
        let known = matches!(
            self.word(noun.wrapping_sub(1)),
            Some("der" | "die" | "das" | "dem" | "dieser" | "diese" | "dieses" | "diesem" | "zum" | "zur" | "beim")
        );
        let earlier = self.sentences.iter().rev().filter(|one| known && one.to <= sentence.from).take(BACK);
        let fuller = |phrase: &Phrase| {
            let same =
                |at: usize| self.prose.tokens[at].gathering && self.word(at).is_some_and(|named| named.ends_with(word));
            let again = self.word(phrase.from.wrapping_sub(1)).is_some_and(|word| word.starts_with("dies"));
            phrase.to > phrase.from + 1 && !again && (phrase.from..phrase.to).any(same)
        };
        let found = earlier.filter_map(|one| {
            let phrase = self.titles().gatherings(one.from, one.to).into_iter().find(fuller)?;
            Some((one, phrase))
        });
        // A line over the text names it, a sentence may describe it only; of equals the nearest.
        let (one, phrase) = found.reduce(|best, next| {
            let over = |one: &Sentence| self.prose.lines[one.line].heading;
            if over(next.0) && !over(best.0) { next } else { best }
        })?;
        Some(self.named(phrase.from, phrase.to, *one))
    }

    /// "Vom Papier zum Bescheid – so heißt eine Vortragsreihe": the words before the dash, in this sentence or before it.
    pub(super) fn called(&self, sentence: Sentence) -> Option<String> {
        let near = self.sentences.iter().rev().filter(|one| one.from <= sentence.from).take(3);
        near.into_iter().find_map(|one| {
            // "„Register ohne Reue“ heißt die neue Vortragsreihe".
            let heisst = |at: usize| matches!(self.word(at), Some("heisst" | "lautet" | "heissen" | "nennt"));
            if let Some(close) = self.prose.quotation(one.from, one.to).filter(|close| heisst(close + 1)) {
                return Some(clean(self.prose.words(one.from, close + 1)));
            }
            let so = (one.from + 2..one.to).find(|at| self.word(*at) == Some("so") && heisst(at + 1))?;
            let plain = !self.dated[one.from..so].contains(&true);
            plain.then(|| clean(self.prose.words(one.from, so))).filter(|words| words.chars().count() > 5)
        })
    }

    /// "Gute Noten für „Amt trifft Acker“! Am 5. Mai gastiert das Projekt": what "das Projekt" is called.
    pub(super) fn known_as(&self, words: String, sentence: Sentence) -> String {
        let general = matches!(
            german::fold::fold(&words).as_str(),
            "projekt" | "initiative" | "reihe" | "programm" | "format" | "team" | "kampagne" | "aktion"
        );
        if general { self.quoted_before(sentence).unwrap_or(words) } else { words }
    }

    /// "Der nächste Termin unserer Reihe Kaffee & Kommune ist der 5. Mai": the name behind the noun of a series.
    pub(super) fn series_named(&self, sentence: Sentence) -> Option<String> {
        let series = |at: &usize| {
            matches!(self.word(*at), Some("reihe" | "serie" | "veranstaltungsreihe" | "formats" | "format"))
        };
        let at = (sentence.from..sentence.to).find(series)? + 1;
        let name = |at: usize| self.prose.tokens[at].capital && !self.dated[at];
        let joins = |at: usize| {
            (matches!(self.prose.tokens[at].kind, Kind::Mark('&' | '+')) || self.word(at) == Some("und"))
                && name(at + 1)
        };
        let end = (at..sentence.to.min(at + 8)).take_while(|at| name(*at) || joins(*at)).last()? + 1;
        Some(clean(self.prose.words(at, end)))
    }

    /// "Pressetermin: Die Ministerin gibt am 5. Mai im Rathaus den Startschuss für das Portal": the object that ends the
    /// sentence behind its label.
    pub(super) fn object_behind_label(&self, phrase: Phrase, sentence: Sentence) -> Option<String> {
        let label = self.word(phrase.from).is_some_and(|word| word.ends_with("termin"));
        let colon =
            self.prose.tokens.get(phrase.to).filter(|next| label && next.is(':') && phrase.from == sentence.from);
        let last = sentence.to - usize::from(matches!(self.prose.tokens[sentence.to - 1].kind, Kind::Mark(_)));
        let article = |at: &usize| matches!(self.word(*at), Some("den" | "einen" | "eine" | "das" | "ein" | "die"));
        let free = |at: usize| !self.word(at - 1).is_some_and(|word| words::small(word) || words::leads_to_place(word));
        let at = (phrase.to + 2..last).filter(article).find(|at| colon.is_some() && free(*at) && !self.dated[*at])?;
        // It stands behind the day; what stands before it is the subject.
        let behind = self.inside(sentence.from, at).next().is_some() && self.inside(at, last).next().is_none();
        (behind && last - at <= 12 && at + 1 < last).then(|| clean(self.prose.words(at + 1, last)))
    }

    /// "Der Studiengang Register startet im Herbst. Das Amt informiert darüber bei einem Infoabend": the subject of the
    /// sentence before.
    fn pointed_subject(&self, sentence: Sentence) -> Option<String> {
        let points = (sentence.from..sentence.to)
            .any(|at| matches!(self.word(at), Some("darueber" | "hierueber" | "dazu" | "hierzu")));
        let before = self.sentences.iter().rev().find(|one| one.to <= sentence.from).filter(|_| points)?;
        let verb = (before.from + 1..before.to.min(before.from + 14)).find(|at| {
            !self.prose.tokens[*at].capital
                && self.word(*at).is_some_and(|word| words::finite(word) || words::doing(word))
        })?;
        let article = matches!(self.word(before.from), Some("der" | "die" | "das" | "ein" | "eine"));
        let from = before.from + usize::from(article);
        let names =
            (from..verb).filter(|at| self.prose.tokens[*at].capital && !self.word(*at).is_some_and(opener)).count();
        let plain = before.line == sentence.line && !self.dated[from..verb].contains(&true);
        let named = self.prose.tokens[from].capital && !self.word(from).is_some_and(opener);
        (plain && named && names > 1).then(|| clean(self.prose.words(from, verb)))
    }

    /// "Zum Start des Verfahrens „Unser Datenraum“ findet eine Versammlung statt": the one name the sentence quotes.
    fn quoted_beside(&self, phrase: Phrase, sentence: Sentence) -> Option<String> {
        if self.days_in(sentence) > 1 {
            return None;
        }
        let [(from, to)] = self.titles().quotations(sentence.from, sentence.to)[..] else { return None };
        let outside = from > phrase.to || to < phrase.from;
        (outside && self.prose.tokens[from].capital && to > from + 1).then(|| clean(self.prose.words(from, to)))
    }

    /// "Hack den Wald geht in die zweite Runde! Wir legen am 20. Mai los": the name that opens the sentence before, with
    /// a verb that says that it is to be.
    pub(super) fn subject_before(&self, sentence: Sentence) -> Option<String> {
        let before = self.sentences.iter().rev().find(|one| one.to <= sentence.from)?;
        let (from, to) = self.titles().subject(before.from, before.to)?;
        let is_to_be = matches!(
            self.word(to),
            Some(
                "geht"
                    | "kommt"
                    | "kehrt"
                    | "startet"
                    | "steht"
                    | "ruft"
                    | "feiert"
                    | "lockt"
                    | "naht"
                    | "ist"
                    | "wird"
            )
        );
        (is_to_be && self.inside(before.from, before.to).next().is_none()).then(|| clean(self.prose.words(from, to)))
    }
}
