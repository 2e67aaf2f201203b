//! The title of an event: from its clause, else from what stands over it or before it.
//!
//! A title has a rank, so that of two tellings of one event the better name stays.

use super::scene::{Reading, Sentence, Title};
use super::title::{clean, opener};
use super::token::Kind;
use super::when::Mention;

impl Reading<'_> {
    pub(super) fn title(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> Title {
        let titles = self.titles();
        let several = self.days_in(sentence) > 1;
        let (from, to) = if several { clause } else { (sentence.from, sentence.to) };
        let mut own = titles.gatherings(from, to);
        if own.is_empty() && several {
            own = titles.gatherings(sentence.from, sentence.to);
        }
        let host = self.organiser(sentence).map(|(at, _)| at);
        // "ist auf der Kommunalmesse in Leipzig vertreten": a place, if there is nothing else to be called by.
        let placed = own.iter().find(|phrase| !phrase.bare && self.is_place(phrase.from, phrase.to)).copied();
        own.retain(|phrase| !self.is_place(phrase.from, phrase.to));
        // "Anlässlich des Datenschutztages lädt das Amt zur Podiumsdiskussion": the occasion names the second only.
        let occasion = own.iter().find_map(|phrase| self.occasion(phrase.from).map(|from| (from, *phrase)));
        if own.len() > 1
            && let Some((from, feast)) = occasion
        {
            own.retain(|phrase| phrase.from != feast.from);
            let first = own.iter().position(|phrase| phrase.from >= clause.0).unwrap_or(0);
            if own[first].bare {
                let noun = clean(self.prose.words(own[first].from, own[first].to));
                let feast = clean(self.prose.words(from, feast.to));
                let mut letters = feast.chars();
                let feast = letters.next().map(|first| first.to_lowercase().chain(letters).collect::<String>());
                return Title { words: format!("{noun} {}", feast.unwrap_or_default()), rank: 3 };
            }
        }
        own.sort_by_key(|phrase| {
            let hosted = host == Some(phrase.from)
                || matches!(self.word(phrase.from.wrapping_sub(1)), Some("vom" | "von" | "durch" | "beim"));
            let gap = if phrase.to <= mention.from {
                mention.from - phrase.to
            } else {
                phrase.from.saturating_sub(mention.to)
            };
            let beyond = phrase.from < clause.0 || phrase.to > clause.1;
            (phrase.bare, hosted, beyond, gap)
        });
        let quote = titles
            .quotations(from, to)
            .into_iter()
            .find(|(from, to)| to - from >= 2 || self.prose.tokens[*from].capital);
        let quoted = quote.map(|(from, to)| clean(self.prose.words(from, to)));
        let named = |words| Title { words, rank: 3 };
        if let Some(phrase) = own.first().filter(|phrase| !phrase.bare) {
            let words = self.named(phrase.from, phrase.to, sentence);
            let own = titles.quotations(phrase.from, phrase.to).is_empty();
            let motto = self.motto(sentence).filter(|_| own && !several);
            return named(motto.map_or(words.clone(), |motto| format!("{words}: {motto}")));
        }
        if let Some(words) = self.in_brackets(mention, several) {
            return named(words);
        }
        if let Some(words) = self.subject_line(sentence, mention) {
            return named(words);
        }
        let before = self.before(sentence).map(|words| Title { words, rank: 2 });
        if let Some(phrase) = own.first() {
            // "Die Veranstaltung „…“ findet statt", "Der Workshop findet statt", "Zum Aktionstag lädt die Stadt ein".
            let hosted = self.hosted(phrase.from, phrase.to, sentence);
            let words = self.page_name().map_or(hosted.clone(), |page| format!("{page}: {hosted}"));
            let bare = || Title { words, rank: 1 };
            return quoted.map(named).or(before).unwrap_or_else(bare);
        }
        match (quoted, self.nearest_heading(sentence)) {
            (Some(quote), Some(heading)) => named(format!("{heading}: {quote}")),
            (Some(quote), None) => named(quote),
            (None, _) => {
                let near = |words| Title { words, rank: 2 };
                let run = || self.run_before(mention, sentence).map(near);
                let over = || self.line_over(sentence).or_else(|| self.question(sentence)).map(near);
                let who = || self.who_meets(sentence).map(|words| Title { words, rank: 1 });
                let gist = || Title { words: self.gist(mention, clause), rank: 0 };
                let there = |phrase: super::title::Phrase| clean(self.prose.words(phrase.from, phrase.to));
                let at = || placed.map(|phrase| Title { words: there(phrase), rank: 1 });
                let asked = || self.pointed_at(sentence).map(near);
                let later = || self.after(sentence).map(|words| Title { words, rank: 1 });
                let glued = || self.headline(sentence, mention).map(near);
                before
                    .or_else(over)
                    .or_else(run)
                    .or_else(glued)
                    .or_else(asked)
                    .or_else(at)
                    .or_else(who)
                    .or_else(later)
                    .unwrap_or_else(gist)
            }
        }
    }

    /// "Titel der Veranstaltung: „Kollege KI“", "Motto ist „Amt 4.0“", in one of the next sentences.
    fn motto(&self, sentence: Sentence) -> Option<String> {
        let after = self.sentences.iter().filter(|one| one.from >= sentence.to).take(3);
        after.into_iter().find_map(|one| {
            let says = (one.from..one.to.min(one.from + 3))
                .any(|at| matches!(self.word(at), Some("titel" | "thema" | "motto")));
            let near = (one.from..one.to.min(one.from + 8))
                .find_map(|at| self.prose.quotation(at, one.to).map(|end| (at + 1, end)));
            near.filter(|_| says).map(|(from, to)| clean(self.prose.words(from, to)))
        })
    }

    /// Where "anlässlich des", "im Rahmen der", "zum" begins, if it leads to the phrase at `at`.
    fn occasion(&self, at: usize) -> Option<usize> {
        let from = (at.saturating_sub(3)..at)
            .find(|at| matches!(self.word(*at), Some("anlaesslich" | "rahmen" | "vorfeld")))?;
        let im = from > 0 && self.word(from - 1) == Some("im");
        Some(if im { from - 1 } else { from })
    }

    /// "Termine: 3. März (Grundlagen), 17. März (Praxis)": what stands in brackets behind each date.
    fn in_brackets(&self, mention: &Mention, several: bool) -> Option<String> {
        let open = several && self.prose.tokens.get(mention.to).is_some_and(|token| token.is('('));
        let first = self.prose.tokens.get(mention.to + 1).filter(|token| open && token.capital)?;
        let end = (mention.to + 1..self.prose.tokens.len()).take(16).find(|at| self.prose.tokens[*at].is(')'))?;
        let place = self.places().only_place(mention.to + 1, end) || (self.town)(&self.prose.text[first.at..first.end]);
        (!place && self.inside(mention.to, end).next().is_none()).then(|| clean(self.prose.words(mention.to + 1, end)))
    }

    /// The line over a text that names nothing itself: "Verwaltung trifft Start-up".
    pub(super) fn line_over(&self, sentence: Sentence) -> Option<String> {
        let line = self.heading(sentence.line).filter(|line| line + 1 == sentence.line || *line == 0)?;
        let line = &self.prose.lines[line];
        let plain = !self.dated[line.from..line.to].contains(&true) && line.to - line.from > 1;
        let label = self.prose.tokens[line.to - 1].is(':');
        (plain && !label).then(|| clean(self.prose.words(line.from, line.to)))
    }

    /// "Wie digital ist das Amt? Darüber reden wir am 5. Mai": the question right before.
    fn question(&self, sentence: Sentence) -> Option<String> {
        let before = self.sentences.iter().rev().find(|one| one.to <= sentence.from)?;
        let asks = self.prose.tokens[before.to - 1].is('?') && before.to - before.from > 2;
        let goes_on = matches!(
            self.word(sentence.from),
            Some("darueber" | "dazu" | "davon" | "diese" | "dieser" | "das" | "antworten" | "hierzu")
        );
        (asks && goes_on).then(|| clean(self.prose.words(before.from, before.to)))
    }

    /// "Auskunft zum Bauantrag – Der Kreis informiert am 2. März": the headline that an agency sets before its text.
    fn headline(&self, sentence: Sentence, mention: &Mention) -> Option<String> {
        let dash = (sentence.from + 2..mention.from)
            .find(|at| self.prose.tokens[*at].dash() && !self.prose.joined(*at) && !self.prose.joined(*at + 1))?;
        let names = (sentence.from..dash).filter(|at| self.prose.tokens[*at].capital).count();
        let article = matches!(self.word(dash + 1), Some("der" | "die" | "das" | "am" | "im" | "in" | "vom"));
        (names >= 2 && article && self.prose.tokens[dash + 1].capital)
            .then(|| clean(self.prose.words(sentence.from, dash)))
    }

    /// "Die Stadt stellt ihr Verfahren vor. Büros sind dazu am 5. Mai eingeladen": what "dazu" points at.
    fn pointed_at(&self, sentence: Sentence) -> Option<String> {
        let points = (sentence.from..sentence.to)
            .any(|at| matches!(self.word(at), Some("dazu" | "hierzu" | "dafuer" | "darueber")));
        let before = self.sentences.iter().rev().find(|one| one.to <= sentence.from).filter(|_| points)?;
        let plain = before.line == sentence.line && self.inside(before.from, before.to).next().is_none();
        plain.then(|| crate::normalise::cut(&clean(self.prose.words(before.from, before.to)), 90))
    }

    /// "Der Verein Code für Probstadt trifft sich".
    fn who_meets(&self, sentence: Sentence) -> Option<String> {
        let (from, to) = self.name_at(sentence.from, sentence.to)?;
        let meets = matches!(self.word(to), Some("trifft" | "treffen" | "tagt" | "tagen"));
        meets.then(|| clean(self.prose.words(from, to)))
    }

    /// The name in an event's own address: "www.stadt.example/digitaltag".
    fn page_name(&self) -> Option<String> {
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
        let series = words
            .split_once("reihe ")
            .filter(|(noun, _)| !noun.ends_with('s') && super::words::generic(&german::fold::fold(noun)));
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
        let genitive = matches!(self.word(from.wrapping_sub(1)), Some("eines" | "des")) && words.len() > 6;
        if genitive && let Some(noun) = words.strip_suffix('s') {
            let asked = self.question(sentence);
            return asked.map_or(noun.to_owned(), |question| format!("{noun}: {question}"));
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
        // "Die Fachgruppe veranstaltet einen Praxistag": whose says which.
        self.hosted(from, to, sentence)
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

    /// "… begrüßt die Absolventen. Zur Feierstunde sind Medien eingeladen": what the next sentence calls it.
    fn after(&self, sentence: Sentence) -> Option<String> {
        let next = self.sentences.iter().find(|one| one.from >= sentence.to)?;
        let same = next.line == sentence.line && self.inside(next.from, next.to).next().is_none();
        let says = |phrase: &super::title::Phrase| {
            !(phrase.bare && matches!(self.word(phrase.from), Some("veranstaltung" | "veranstaltungen" | "event")))
        };
        let phrase = self.titles().gatherings(next.from, next.to).into_iter().find(says).filter(|_| same)?;
        Some(clean(self.prose.words(phrase.from, phrase.to)))
    }

    /// The clause without its date, when nothing better is there.
    fn gist(&self, mention: &Mention, clause: (usize, usize)) -> String {
        let hour = self.clocks.iter().find(|clock| clock.from >= mention.to && clock.from <= mention.to + 3);
        let start = hour.map_or(mention.to, |clock| clock.to).min(clause.1);
        // "Am 6. November, 10.30 Uhr, nimmt die Ministerin …": the clause goes on behind the hour.
        let more = clause.1 <= start + 1;
        let end = self.sentences.iter().find(|one| one.to >= clause.1).map_or(clause.1, |one| one.to);
        let behind = clean(self.prose.words(start, if more { end } else { clause.1 }));
        let before = clean(self.prose.words(clause.0, mention.from));
        // "Termin für die Medien: Am 6. November nimmt die Ministerin …": a label tells less than what follows.
        let label = before.ends_with(": Am") || before.ends_with(": Vom");
        let longer = if label || behind.chars().count() >= before.chars().count() { behind } else { before };
        let mut gist = longer.as_str();
        while let Some((head, "am" | "vom" | "den" | "um" | "ab" | "im" | "herzlich" | "für" | "auf" | "Am" | "dazu")) =
            gist.rsplit_once(' ')
        {
            gist = head;
        }
        crate::normalise::cut(gist, 90)
    }
}
