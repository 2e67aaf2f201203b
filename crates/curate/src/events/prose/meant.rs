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
            // "Der Kurs für Beschäftigte" below "Digitaler Kurs Saubere Tabellen" is told, not named.
            let told = self.word(phrase.to).is_some_and(words::small);
            return self.fuller(phrase.from, sentence).filter(|(over, _)| told && *over).map(|(_, words)| words);
        }
        if let Some(words) = self.anniversary(sentence) {
            return Some(format!("{} {words}", self.nominative(phrase.from, phrase.to)));
        }
        let again = || self.returned(phrase.from, sentence);
        let fuller = self.fuller(phrase.from, sentence).map(|(_, words)| words);
        fuller.or_else(again).or_else(|| self.called(sentence)).or_else(|| {
            let theme = self.pointed_subject(sentence).or_else(|| self.quoted_beside(phrase, sentence))?;
            Some(format!("{}: {theme}", self.nominative(phrase.from, phrase.to)))
        })
    }

    /// "Das Amt feiert sein 25-jähriges Bestehen mit einem Festakt": "25 Jahre Amt".
    fn anniversary(&self, sentence: Sentence) -> Option<String> {
        let verb = (sentence.from..sentence.to)
            .find(|at| matches!(self.word(*at), Some("feiert" | "feiern" | "begeht" | "begehen")))?;
        let jubilee = |at: &usize| {
            matches!(self.word(*at), Some("bestehen" | "bestehens" | "bestand" | "jubilaeum" | "geburtstag"))
        };
        let noun = (verb + 1..sentence.to).find(jubilee)?;
        let years = (verb..noun).rev().take(4).find_map(|at| self.prose.tokens[at].number())?;
        // "Mit einem Festakt feiert das Rechenzentrum …": who stands before the verb, else who stands behind it.
        let before = self.name_at(sentence.from, verb).filter(|(_, to)| *to == verb || !self.dated[*to]);
        let (from, to) = before.map(|(from, _)| (from, verb)).or_else(|| self.name_at(verb + 1, noun))?;
        let plain = !self.dated[from..to].contains(&true);
        plain.then(|| format!("{years} Jahre {}", clean(self.prose.words(from, to))))
    }

    /// "Die Schulung findet am 9. März statt" behind "Online-Schulung Datenportal": the fuller name of the same noun.
    /// And whether a line over the text says it.
    fn fuller(&self, noun: usize, sentence: Sentence) -> Option<(bool, String)> {
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
        let over = |one: &Sentence| self.prose.lines[one.line].heading;
        let (one, phrase) = found.reduce(|best, next| if over(next.0) && !over(best.0) { next } else { best })?;
        Some((over(one), self.named(phrase.from, phrase.to, *one)))
    }

    /// "Vom Papier zum Bescheid – so heißt eine Vortragsreihe": the words before the dash, in this sentence or before it.
    pub(super) fn called(&self, sentence: Sentence) -> Option<String> {
        let near = self.sentences.iter().rev().filter(|one| one.from <= sentence.from).take(3);
        near.into_iter().find_map(|one| self.called_in(*one).map(|(words, _)| words))
    }

    /// "Daten im Dorf: So heißt der zweite Teil unserer Seminarreihe": the gathering's name, said outright.
    pub(super) fn called_here(&self, sentence: Sentence) -> Option<String> {
        let (words, verb) = self.called_in(sentence)?;
        let gathers = |at: usize| self.prose.tokens[at].gathering;
        (verb..sentence.to.min(verb + 7)).any(gathers).then_some(words)
    }

    /// What a sentence calls something, and the verb by which it does.
    fn called_in(&self, one: Sentence) -> Option<(String, usize)> {
        let verb = |at: &usize| matches!(self.word(*at), Some("heisst" | "lautet" | "heissen" | "nennt"));
        // "„Register ohne Reue“ heißt die neue Vortragsreihe".
        if let Some(close) = self.prose.quotation(one.from, one.to).filter(|close| verb(&(close + 1))) {
            return Some((clean(self.prose.words(one.from, close + 1)), close + 1));
        }
        let verb = (one.from + 3..one.to).find(|at| verb(at) && self.word(at - 1) == Some("so"))?;
        let words = clean(self.prose.words(one.from, verb - 1));
        let plain = !self.dated[one.from..verb].contains(&true) && words.chars().count() > 5;
        plain.then_some((words, verb))
    }

    /// "Gute Noten für „Amt trifft Acker“! Am 5. Mai gastiert das Projekt": what "das Projekt" is called.
    pub(super) fn known_as(&self, words: String, sentence: Sentence) -> String {
        let general = matches!(
            german::fold::fold(&words).as_str(),
            "projekt" | "initiative" | "reihe" | "programm" | "format" | "team" | "kampagne" | "aktion"
        );
        if general { self.quoted_before(sentence).unwrap_or(words) } else { words }
    }

    /// "Der nächste Termin unserer Reihe Kaffee & Kommune ist der 5. Mai": the name behind the noun of a series, in the
    /// sentence, or where it begins with "Nächster Termin" in the one before.
    pub(super) fn series_named(&self, sentence: Sentence) -> Option<String> {
        let next = self.word(sentence.from).is_some_and(|word| word.starts_with("naechste"))
            && matches!(self.word(sentence.from + 1), Some("termin" | "termine"));
        let before = || self.previous(sentence).filter(|_| next).and_then(|one| self.series_in(*one));
        self.series_in(sentence).or_else(before)
    }

    fn series_in(&self, one: Sentence) -> Option<String> {
        let series = |at: &usize| {
            matches!(self.word(*at), Some("reihe" | "serie" | "veranstaltungsreihe" | "formats" | "format"))
        };
        let from = (one.from..one.to).find(series)? + 1;
        let end = self.titles().behind(from, one.to, false);
        let named = end > from && (self.prose.tokens[from].capital || self.prose.quoted[from]);
        named.then(|| clean(self.prose.words(from, end)))
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
        let before = self.previous(sentence).filter(|_| self.points_back(sentence))?;
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
        let before = self.previous(sentence)?;
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
