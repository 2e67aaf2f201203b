//! Names that stand near a date and not in its clause: over it, in the sentence before or after, in its own address; and
//! what the sentences behind it say of taking part.
//!
//! Promises: looks a few sentences back and ahead, never through the whole text.

use super::scene::{Reading, Sentence};
use super::title::{clean, opener};
use super::token::Kind;
use super::when::Mention;

impl Reading<'_> {
    /// "Titel der Veranstaltung: „Kollege KI“", "Motto ist „Amt 4.0“", in one of the next sentences.
    pub(super) fn motto(&self, sentence: Sentence) -> Option<String> {
        let own = self.titles().quotations(sentence.from, sentence.to).into_iter().find(|(from, _)| {
            let before = from.saturating_sub(4).max(sentence.from)..*from;
            before.into_iter().any(|at| matches!(self.word(at), Some("titel" | "thema" | "motto" | "ueberschrift")))
        });
        if let Some((from, to)) = own {
            return Some(clean(self.prose.words(from, to)));
        }
        let after = self.sentences.iter().filter(|one| one.from >= sentence.to).take(3);
        after.into_iter().find_map(|one| {
            let names = |at: usize| matches!(self.word(at), Some("titel" | "thema" | "motto" | "ueberschrift"));
            let says = (one.from..one.to.min(one.from + 3)).any(names);
            let near = (one.from..one.to.min(one.from + 8))
                .find_map(|at| self.prose.quotation(at, one.to).map(|end| (at + 1, end)));
            near.filter(|_| says).map(|(from, to)| clean(self.prose.words(from, to)))
        })
    }

    /// The line over a text that names nothing itself: "Verwaltung trifft Start-up".
    pub(super) fn line_over(&self, sentence: Sentence) -> Option<String> {
        let line = self.heading(sentence.line).filter(|line| line + 1 == sentence.line || *line == 0)?;
        let line = &self.prose.lines[line];
        let plain = !self.dated[line.from..line.to].contains(&true) && line.to - line.from > 1;
        // A line of signs alone has no token.
        let labelled =
            || self.word(line.from).is_some_and(super::words::places) && self.prose.tokens[line.from + 1].is(':');
        let label = || self.prose.tokens[line.to - 1].is(':') || labelled();
        (plain && !label()).then(|| clean(self.prose.words(line.from, line.to)))
    }

    /// "Wem gehört der Plan?" over a text that names no more than its kind.
    pub(super) fn asked_over(&self, sentence: Sentence) -> Option<String> {
        self.line_over(sentence).filter(|words| words.contains('?'))
    }

    /// "Das erste Erzähllabor findet am 5. Mai statt": what takes place is its subject, whatever noun that is.
    pub(super) fn taking_place(&self, sentence: Sentence) -> Option<String> {
        let articled =
            matches!(self.word(sentence.from), Some("der" | "die" | "das" | "ein" | "eine" | "unser" | "unsere"));
        let from = sentence.from + usize::from(articled);
        let verb =
            (from + 1..sentence.to.min(from + 9)).find(|at| matches!(self.word(*at), Some("findet" | "finden")))?;
        let says = (verb..sentence.to).any(|at| self.word(at) == Some("statt"));
        let plain = articled && self.prose.tokens[verb - 1].capital && !self.dated[from..verb].contains(&true);
        (says && plain).then(|| clean(self.prose.words(from, verb)))
    }

    /// "Wie digital ist das Amt? Darüber reden wir am 5. Mai": the question right before.
    pub(super) fn question(&self, sentence: Sentence) -> Option<String> {
        let before = self.previous(sentence)?;
        let asks = self.prose.tokens[before.to - 1].is('?') && before.to - before.from > 2;
        let goes_on = matches!(
            self.word(sentence.from),
            Some("darueber" | "dazu" | "davon" | "diese" | "dieser" | "das" | "antworten" | "hierzu")
        );
        (asks && goes_on).then(|| clean(self.prose.words(before.from, before.to)))
    }

    /// "Auskunft zum Bauantrag – Der Kreis informiert am 2. März": the headline that an agency sets before its text.
    pub(super) fn headline(&self, sentence: Sentence, mention: &Mention) -> Option<String> {
        let dash = (sentence.from + 2..mention.from)
            .find(|at| self.prose.tokens[*at].dash() && !self.prose.joined(*at) && !self.prose.joined(*at + 1))?;
        let names = (sentence.from..dash).filter(|at| self.prose.tokens[*at].capital).count();
        let article = matches!(self.word(dash + 1), Some("der" | "die" | "das" | "am" | "im" | "in" | "vom"));
        (names >= 2 && article && self.prose.tokens[dash + 1].capital)
            .then(|| clean(self.prose.words(sentence.from, dash)))
    }

    /// "Nicht verpassen: Daten im Rathaus, 5. Mai, Neuburg": the words between the call and the day, without a verb.
    pub(super) fn telegram_name(&self, sentence: Sentence, mention: &Mention) -> Option<String> {
        let comma = mention.from.checked_sub(1).filter(|at| self.prose.tokens[*at].is(','))?;
        let colon = (sentence.from..comma.min(sentence.from + 5)).rev().find(|at| self.prose.tokens[*at].is(':'));
        let from = colon.map_or(sentence.from, |colon| colon + 1);
        let name = |at: usize| {
            let token = &self.prose.tokens[at];
            !self.dated[at] && token.word().is_some_and(|word| token.capital || super::words::small(word))
        };
        let names = (from..comma).filter(|at| self.prose.tokens[*at].capital).count();
        (names > 1 && (from..comma).all(name) && !self.like_place(from, comma))
            .then(|| clean(self.prose.words(from, comma)))
    }

    /// "dazu", "darüber": the sentence goes on with what the one before told.
    pub(super) fn points_back(&self, sentence: Sentence) -> bool {
        (sentence.from..sentence.to)
            .any(|at| matches!(self.word(at), Some("dazu" | "hierzu" | "dafuer" | "darueber" | "hierueber")))
    }

    /// "Die Stadt stellt ihr Verfahren vor. Büros sind dazu am 5. Mai eingeladen": what "dazu" points at.
    pub(super) fn pointed_at(&self, sentence: Sentence) -> Option<String> {
        let before = self.previous(sentence).filter(|_| self.points_back(sentence))?;
        let plain = before.line == sentence.line && self.inside(before.from, before.to).next().is_none();
        plain.then(|| crate::normalise::cut(&clean(self.prose.words(before.from, before.to)), 90))
    }

    /// "Der Verein Code für Probstadt trifft sich".
    pub(super) fn who_meets(&self, sentence: Sentence) -> Option<String> {
        let verb = (sentence.from..sentence.to).find(|at| matches!(self.word(*at), Some("oeffnet" | "oeffnen")));
        let doors = |at: usize| matches!(self.word(at), Some("tore" | "tueren" | "pforten"));
        if let Some(verb) = verb.filter(|verb| (*verb..sentence.to).any(doors)) {
            if let Some(words) = self.edition(sentence, verb) {
                return Some(words);
            }
            let name = self.name_at(verb + 1, sentence.to).map(|(from, to)| clean(self.prose.words(from, to)));
            // "öffnet die Messe ihre Tore" names it; "öffnen Stadt und Töchter ihre Türen" names who invites.
            return name.filter(|_| (verb..sentence.to).any(|at| self.word(at) == Some("tore")));
        }
        let (from, to) = self.name_at(sentence.from, sentence.to)?;
        let meets = matches!(self.word(to), Some("trifft" | "treffen" | "tagt" | "tagen"));
        meets.then(|| clean(self.prose.words(from, to)))
    }

    /// The name in an event's own address: "www.stadt.example/digitaltag".
    pub(super) fn page_name(&self) -> Option<String> {
        let links = self.prose.tokens.iter().filter(|token| token.kind == Kind::Link);
        let name = |token: &super::token::Token| {
            let address = token.low.trim_end_matches('/');
            let (_, last) = address.split_once("//").map_or(address, |(_, rest)| rest).rsplit_once('/')?;
            let word = last.split(['.', '?', '#']).next().unwrap_or_default();
            let letters = word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase());
            (letters && super::words::gathering(word) && !super::words::generic(word)).then(|| word.to_owned())
        };
        let word = links.take(8).find_map(name)?;
        let (first, rest) = word.split_at(1);
        Some(first.to_ascii_uppercase() + rest)
    }

    /// "Web-Seminar am 17.09.2024" over "Registermodernisierung in der Praxis": the kind and the day, then the name.
    pub(super) fn named_below(&self, phrase: super::title::Phrase, sentence: Sentence) -> Option<String> {
        let line = &self.prose.lines[sentence.line];
        let alone = phrase.to == phrase.from + 1 && phrase.from == line.from && sentence.to == line.to;
        let below = self.prose.lines.get(sentence.line + 1).filter(|below| alone && below.heading && !below.gap)?;
        let plain = (phrase.to..line.to).all(|at| {
            self.dated[at]
                || self.word(at).is_none_or(super::words::of_time)
                || self.clocks.iter().any(|c| at >= c.from && at < c.to)
        });
        let label = self.prose.tokens.get(below.from + 1).is_some_and(|next| next.is(':'))
            && self.word(below.from).is_some_and(super::words::label);
        let dateless = self.inside(below.from, below.to).next().is_none();
        let place = self.like_place(below.from, below.to) || self.online_only(below.from, below.to);
        (plain && !label && dateless && !place && below.to > below.from + 1).then(|| {
            format!(
                "{}: {}",
                clean(self.prose.words(phrase.from, phrase.to)),
                clean(self.prose.words(below.from, below.to))
            )
        })
    }

    /// "Museum macht Daten läuft über sechs Wochen: …": what the sentence is about, whatever words its name has.
    pub(super) fn running(&self, sentence: Sentence) -> Option<String> {
        let runs = |at: &usize| {
            matches!(self.word(*at), Some("laeuft" | "dauert" | "startet" | "beginnt" | "geht" | "umfasst" | "besteht"))
        };
        let verb = (sentence.from + 1..sentence.to.min(sentence.from + 7)).find(runs);
        let named = self.prose.tokens[sentence.from].capital && !self.word(sentence.from).is_some_and(opener);
        let whole = verb.filter(|_| named).map(|verb| (sentence.from, verb));
        let found = whole.or_else(|| self.titles().subject(sentence.from, sentence.to))?;
        Some(clean(self.prose.words(found.0, found.1)))
    }

    pub(super) fn nearest_heading(&self, sentence: Sentence) -> Option<String> {
        let line = self.heading(sentence.line).filter(|line| line + 1 == sentence.line)?;
        let line = &self.prose.lines[line];
        let phrase = self.titles().gatherings(line.from, line.to).into_iter().next()?;
        Some(clean(self.prose.words(phrase.from, phrase.to)))
    }

    /// A heading that is a name as a whole: "Fachsymposium: Entscheidet bald die Maschine?", "Lotsen vor Ort – Grundkurs".
    pub(super) fn whole_heading(&self, one: &Sentence, phrase: super::title::Phrase) -> Option<(usize, usize)> {
        let line = &self.prose.lines[one.line];
        let plain = line.heading && self.inside(line.from, line.to).next().is_none() && line.to - line.from <= 24;
        let parts = |at: usize| self.prose.tokens[at].is(':') || self.prose.tokens[at].dash() && !self.prose.joined(at);
        // "Veranstaltung: Open Data Lunch": the label is no part of the name.
        let behind = phrase.to < line.to && parts(phrase.to) && !phrase.bare;
        // "Amt vor Ort 2025 – unsere Regionaltage".
        let article =
            matches!(self.word(phrase.from.wrapping_sub(1)), Some("unsere" | "die" | "der" | "das" | "unser"));
        let lead = phrase.from.saturating_sub(1 + usize::from(article)).max(line.from);
        let before = lead > line.from + 1 && parts(lead) && phrase.to - phrase.from == 1;
        (plain && (behind || before)).then_some((line.from, line.to))
    }

    /// An hour, and something that one does then: the sentences behind it say how one takes part ("Link zum Call: …",
    /// "Kommt vorbei!", "Der Eintritt ist frei").
    pub(super) fn taking_part(&self, sentence: Sentence, signs: &mut Vec<super::judge::Sign>) {
        let has = |rule| signs.iter().any(|sign| sign.rule == rule);
        let doubtful = signs.iter().map(|sign| sign.points).sum::<i32>() == super::judge::ENOUGH - 1
            && signs.iter().all(|sign| sign.points > 0);
        if !(doubtful && has("hour") && has("what one does there")) {
            return;
        }
        let first = self.sentences.partition_point(|one| one.from < sentence.to);
        let after = self.sentences[first..].iter().take(3);
        let mut after = after.take_while(|one| self.inside(one.from, one.to).next().is_none());
        let joins = |at: &usize| {
            self.word(*at).is_some_and(|word| {
                matches!(
                    word,
                    "eintritt" | "call" | "einwahl" | "einwaehlen" | "teilnahme" | "tickets" | "karten" | "plaetze"
                ) || word.starts_with("anmeld") && !word.starts_with("anmeldeschluss")
            })
        };
        let comes = |one: &Sentence| matches!(self.word(one.from), Some("kommt" | "kommen" | "schaut" | "schauen"));
        let found = after.find_map(|one| (one.from..one.to).find(joins).or_else(|| comes(one).then_some(one.from)));
        if let Some(at) = found {
            signs.push(super::judge::Sign { rule: "one can take part", points: 1, from: at, to: at + 1 });
        }
    }

    /// "Wem gehört der Plan?" as a line of its own over "Podiumsdiskussion zu Geodaten".
    fn question_over(&self, one: &Sentence, phrase: super::title::Phrase) -> Option<String> {
        let line = &self.prose.lines[one.line];
        let over = one.line.checked_sub(1).map(|over| &self.prose.lines[over]).filter(|_| phrase.from == line.from)?;
        let asks = over.to > over.from + 2 && over.to - over.from <= 24 && self.prose.tokens[over.to - 1].is('?');
        (asks && line.heading && !line.gap).then(|| clean(self.prose.words(over.from, over.to)))
    }

    /// What the text was about before this sentence: the best-named gathering near before it, in a heading most of
    /// all; else the one after it.
    pub(super) fn before(&self, sentence: Sentence) -> Option<String> {
        let titles = self.titles();
        let earlier = self.sentences.iter().rev().filter(|one| one.to <= sentence.from).take(6);
        let mut best: Option<(usize, String)> = None;
        for one in earlier {
            let named = titles.gatherings(one.from, one.to).into_iter();
            for phrase in named.filter(|phrase| !phrase.bare && !self.is_over(phrase.from)) {
                let names = (phrase.from..phrase.to).filter(|at| self.prose.tokens[*at].capital).count();
                let names = names + usize::from(self.prose.lines[one.line].heading);
                if best.as_ref().is_none_or(|(before, _)| names > *before) {
                    let whole = self.whole_heading(one, phrase).map(|(from, to)| clean(self.prose.words(from, to)));
                    let words = whole.unwrap_or_else(|| self.named(phrase.from, phrase.to, *one));
                    let words = self.appositive(phrase.from).map_or(words.clone(), |name| format!("{name}: {words}"));
                    best = Some((
                        names,
                        self.question_over(one, phrase).map_or(words.clone(), |asks| format!("{asks} {words}")),
                    ));
                }
            }
        }
        best.map(|(_, words)| words)
    }

    /// "die Hallen für die Registerwelt auf, die Fachmesse der Register": the name that an article takes up behind the
    /// comma. The verb's part may stand between them.
    fn appositive(&self, noun: usize) -> Option<String> {
        let comma = noun.checked_sub(2).filter(|at| self.prose.tokens[*at].is(','))?;
        let article = matches!(self.word(noun - 1), Some("die" | "das" | "der" | "den" | "dem"));
        let part = comma.checked_sub(1).is_some_and(|at| matches!(self.word(at), Some("auf" | "an" | "vor" | "ein")));
        let end = comma - usize::from(part);
        let from = (end.saturating_sub(4)..end)
            .rev()
            .take_while(|at| self.prose.tokens[*at].capital && !self.dated[*at])
            .last()?;
        let led =
            from.checked_sub(1).is_some_and(|at| matches!(self.word(at), Some("die" | "das" | "der" | "zur" | "zum")));
        (article && led).then(|| clean(self.prose.words(from, end)))
    }

    /// "… begrüßt die Absolventen. Zur Feierstunde sind Medien eingeladen": what the next sentence calls it.
    pub(super) fn after(&self, sentence: Sentence) -> Option<String> {
        let next = self.sentences.iter().find(|one| one.from >= sentence.to)?;
        let same = next.line == sentence.line && self.inside(next.from, next.to).next().is_none();
        let says = |phrase: &super::title::Phrase| {
            !(phrase.bare && matches!(self.word(phrase.from), Some("veranstaltung" | "veranstaltungen" | "event")))
        };
        // On the next line its subject: "Der Dialogtag Register besteht aus …".
        let subject = |phrase: &super::title::Phrase| {
            let article = matches!(self.word(next.from), Some("der" | "die" | "das" | "unser" | "unsere"));
            article && phrase.from == next.from + 1 && !phrase.bare
        };
        let found = self.titles().gatherings(next.from, next.to).into_iter().find(says);
        let phrase = found.filter(|phrase| same || subject(phrase))?;
        Some(clean(self.prose.words(phrase.from, phrase.to)))
    }
}
