//! The title of an event: from its clause, else from what stands over it or before it.
//!
//! A title has a rank, so that of two tellings of one event the better name stays.

use super::scene::{Reading, Sentence, Title};
use super::title::{clean, opener};
use super::when::Mention;

impl Reading<'_> {
    pub(super) fn title(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> Title {
        let titles = self.titles();
        let several = self.inside(sentence.from, sentence.to).count() > 1;
        let (from, to) = if several { clause } else { (sentence.from, sentence.to) };
        let mut own = titles.gatherings(from, to);
        if own.is_empty() && several {
            own = titles.gatherings(sentence.from, sentence.to);
        }
        let host = self.organiser(sentence).map(|(at, _)| at);
        own.retain(|phrase| !self.is_place(phrase.from, phrase.to));
        own.sort_by_key(|phrase| {
            let hosted = host == Some(phrase.from)
                || matches!(self.word(phrase.from.wrapping_sub(1)), Some("vom" | "von" | "durch" | "beim"));
            let gap = if phrase.to <= mention.from {
                mention.from - phrase.to
            } else {
                phrase.from.saturating_sub(mention.to)
            };
            (phrase.bare, hosted, gap)
        });
        let quote = titles
            .quotations(from, to)
            .into_iter()
            .find(|(from, to)| to - from >= 2 || self.prose.tokens[*from].capital);
        let quoted = quote.map(|(from, to)| clean(self.prose.words(from, to)));
        let named = |words| Title { words, rank: 3 };
        if let Some(phrase) = own.first().filter(|phrase| !phrase.bare) {
            return named(self.named(phrase.from, phrase.to, sentence));
        }
        if let Some(words) = self.subject_line(sentence, mention) {
            return named(words);
        }
        let before = self.before(sentence).map(|words| Title { words, rank: 2 });
        if let Some(phrase) = own.first() {
            // "Die Veranstaltung „…“ findet statt", "Der Workshop findet statt", "Zum Aktionstag lädt die Stadt ein".
            let bare = || Title { words: self.hosted(phrase.from, phrase.to, sentence), rank: 1 };
            return quoted.map(named).or(before).unwrap_or_else(bare);
        }
        match (quoted, self.nearest_heading(sentence)) {
            (Some(quote), Some(heading)) => named(format!("{heading}: {quote}")),
            (Some(quote), None) => named(quote),
            (None, _) => {
                let run = || self.run_before(mention, sentence).map(|words| Title { words, rank: 2 });
                before.or_else(run).unwrap_or_else(|| Title { words: self.gist(mention, clause), rank: 0 })
            }
        }
    }

    /// "auf dem Gelände der Nürnberg Messe": a gathering's noun inside of a phrase of place.
    fn is_place(&self, from: usize, to: usize) -> bool {
        let start = from.saturating_sub(6);
        let within = |found: &super::place::Found| found.sure >= 3 && found.at < from && found.to >= to;
        self.places().phrases(start, to).iter().any(within)
    }

    /// Under "Termin:" and "Wann:" the event's name stands behind a label of its own, or in the lines below.
    fn subject_line(&self, sentence: Sentence, mention: &Mention) -> Option<String> {
        let label = |at: usize| self.prose.tokens.get(at + 1).is_some_and(|next| next.is(':'));
        let ours = mention.from >= 2
            && label(mention.from - 2)
            && self.titles().gatherings(sentence.from, sentence.to).is_empty();
        if !ours {
            return None;
        }
        let lines = self.prose.lines.iter().filter(|line| line.to > line.from + 2);
        let named = lines.clone().find(|line| {
            label(line.from) && matches!(self.word(line.from), Some("thema" | "titel" | "veranstaltung" | "was"))
        });
        let named = named.map(|line| clean(self.prose.words(line.from + 2, line.to.min(line.from + 18))));
        let after = || {
            let after = self.sentences.iter().filter(|one| one.from >= sentence.to).take(6);
            let phrase = after.flat_map(|one| self.titles().gatherings(one.from, one.to)).next()?;
            Some(clean(self.prose.words(phrase.from, phrase.to)))
        };
        let earlier = self.before(sentence);
        match (earlier, named) {
            (Some(earlier), _) => Some(earlier),
            (None, Some(named)) => Some(after().map_or(named.clone(), |noun| format!("{noun}: {named}"))),
            (None, None) => after(),
        }
    }

    /// The names directly before a date: "die KOMMUNALE am 18. und 19. Oktober".
    fn run_before(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let mut end = mention.from;
        while end > sentence.from
            && (self.prose.tokens[end - 1].is('(') || matches!(self.word(end - 1), Some("am" | "vom" | "den")))
        {
            end -= 1;
        }
        let name = |at: usize| self.prose.tokens[at].capital && !self.dated[at] && !self.word(at).is_some_and(opener);
        let start = (sentence.from..end).rev().take_while(|at| name(*at)).last()?;
        let host = self.organiser(sentence).is_some_and(|(at, _)| at == start);
        (!host && !self.is_place(start, end)).then(|| clean(self.prose.words(start, end)))
    }

    /// A bare noun with its host: "Aktionstag der Stadt Musterstadt".
    fn hosted(&self, from: usize, to: usize, sentence: Sentence) -> String {
        let words = clean(self.prose.words(from, to));
        let Some((at, organiser)) = self.organiser(sentence) else { return words };
        match self.word(at.wrapping_sub(1)) {
            Some("der" | "das") if !organiser.contains(' ') => {
                let ending = if organiser.ends_with(['s', 'z', 'x']) { "" } else { "s" };
                format!("{words} des {organiser}{ending}")
            }
            Some("die") => format!("{words} der {organiser}"),
            _ => format!("{words}: {organiser}"),
        }
    }

    /// A phrase as a title: its host where it is a noun alone, the series it opens.
    fn named(&self, from: usize, to: usize, sentence: Sentence) -> String {
        let words = clean(self.prose.words(from, to));
        let series = words.split_once("reihe ").filter(|(noun, _)| super::words::generic(&german::fold::fold(noun)));
        if let Some((noun, rest)) = series {
            // One of the series: "Seminarreihe „Digitale Kommune“" holds the seminar of that name.
            return format!("{noun} {rest}");
        }
        if to - from > 1 {
            // "Veranstaltung „Wie geht es weiter?“": the quotation says it.
            let inner = self.titles().quotations(from, to).into_iter().next();
            let generic = self.word(from).is_some_and(|word| matches!(word, "veranstaltung" | "event" | "titel"));
            return match inner.filter(|_| generic) {
                Some((from, to)) => clean(self.prose.words(from, to)),
                None => words,
            };
        }
        let possessive = |back: usize| {
            let word = self.word(from.wrapping_sub(back)).unwrap_or_default();
            word.starts_with("sein") || word.starts_with("ihr")
        };
        if possessive(1) || possessive(2) {
            return self.hosted(from, to, sentence);
        }
        let part = ["auftakt", "abschluss", "eroeffnung", "preisverleihung", "kick-off", "finale"];
        if part.iter().any(|start| self.word(from).is_some_and(|word| word.starts_with(start))) {
            let series =
                self.titles().subject(sentence.from, sentence.to).map(|(from, to)| clean(self.prose.words(from, to)));
            if let Some(series) = series {
                return format!("{series}: {words}");
            }
        }
        words
    }

    fn nearest_heading(&self, sentence: Sentence) -> Option<String> {
        let line = self.heading(sentence.line).filter(|line| line + 1 == sentence.line)?;
        let line = &self.prose.lines[line];
        let phrase = self.titles().gatherings(line.from, line.to).into_iter().next()?;
        Some(clean(self.prose.words(phrase.from, phrase.to)))
    }

    /// What the text was about before this sentence: the best-named gathering near before it, in a heading most of
    /// all; else the one after it.
    fn before(&self, sentence: Sentence) -> Option<String> {
        let titles = self.titles();
        let earlier = self.sentences.iter().rev().filter(|one| one.to <= sentence.from).take(6);
        let mut best: Option<(usize, String)> = None;
        for one in earlier {
            for phrase in titles.gatherings(one.from, one.to).into_iter().filter(|phrase| !phrase.bare) {
                let names = (phrase.from..phrase.to).filter(|at| self.prose.tokens[*at].capital).count();
                let names = names + usize::from(self.prose.lines[one.line].heading);
                if best.as_ref().is_none_or(|(before, _)| names > *before) {
                    best = Some((names, self.named(phrase.from, phrase.to, *one)));
                }
            }
        }
        best.map(|(_, words)| words)
    }

    /// The clause without its date, when nothing better is there.
    fn gist(&self, mention: &Mention, clause: (usize, usize)) -> String {
        let behind = clean(self.prose.words(mention.to, clause.1));
        let before = clean(self.prose.words(clause.0, mention.from));
        let longer = if behind.chars().count() >= before.chars().count() { behind } else { before };
        crate::normalise::cut(&longer, 90)
    }
}
