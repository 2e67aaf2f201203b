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
        let quote_of_its_own = several && !titles.quotations(clause.0, clause.1).is_empty();
        if several && own.iter().all(|phrase| phrase.bare) && !quote_of_its_own {
            let all = titles.gatherings(sentence.from, sentence.to);
            let whole = own.is_empty() || all.iter().any(|phrase| !phrase.bare);
            own = if whole { all } else { own };
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
        if let Some(words) = own.first().and_then(|phrase| self.named_below(*phrase, sentence)) {
            return named(words);
        }
        let short = |phrase: &super::title::Phrase| phrase.to == phrase.from + 1 && quoted.is_none();
        if let Some(words) = own.first().filter(|one| short(one)).and_then(|one| self.with_theme(*one, sentence)) {
            return named(words);
        }
        // "Die sechs Tage: Auftakt am 18. April, Baustein 2 am 9. Mai": each day has its name before it.
        if several
            && own.iter().all(|phrase| phrase.bare)
            && !own.is_empty()
            && quoted.is_none()
            && let Some(words) = self.run_before(mention, sentence).filter(|_| {
                self.inside(sentence.from, mention.from).next().is_some()
                    || self.prose.tokens.get(mention.to).is_some_and(|next| next.is(','))
            })
        {
            return named(words);
        }
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
                let name = || self.before_sentence(sentence).or_else(|| self.name_before(sentence)).map(near);
                let thing = || self.quoted_before(sentence).map(|words| Title { words, rank: 1 });
                before
                    .or_else(over)
                    .or_else(who)
                    .or_else(name)
                    .or_else(run)
                    .or_else(glued)
                    .or_else(asked)
                    .or_else(at)
                    .or_else(thing)
                    .or_else(later)
                    .unwrap_or_else(gist)
            }
        }
    }

    /// "Titel der Veranstaltung: „Kollege KI“", "Motto ist „Amt 4.0“", in one of the next sentences.
    fn motto(&self, sentence: Sentence) -> Option<String> {
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
        // "besucht vier Stadtteile: am 12. Dezember (Lobeda) und am 9. Januar (Winzerla)".
        let gathers = (self.sentences.iter())
            .find(|one| mention.from >= one.from && mention.to <= one.to)
            .is_some_and(|one| (one.from..mention.from).any(|at| self.prose.tokens[at].gathering));
        let place = gathers && end == mention.to + 2
            || self.places().only_place(mention.to + 1, end)
            || (self.town)(&self.prose.text[first.at..first.end]);
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
        let verb = (sentence.from..sentence.to).find(|at| matches!(self.word(*at), Some("oeffnet" | "oeffnen")));
        let doors = |at: usize| matches!(self.word(at), Some("tore" | "tueren" | "pforten"));
        if let Some(verb) = verb.filter(|verb| (*verb..sentence.to).any(doors)) {
            let name = self.name_at(verb + 1, sentence.to).map(|(from, to)| clean(self.prose.words(from, to)));
            // "öffnet die Messe ihre Tore" names it; "öffnen Stadt und Töchter ihre Türen" names who invites.
            return name.filter(|_| (verb..sentence.to).any(|at| self.word(at) == Some("tore")));
        }
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
        let name = |at: usize| {
            self.prose.tokens[at].capital
                && !self.dated[at]
                && !self.word(at).is_some_and(|word| opener(word) || super::words::label(word))
        };
        // "Baustein 2 am 9. Mai".
        let number =
            end > sentence.from + 1 && (1..3).contains(&self.prose.tokens[end - 1].digits()) && !self.dated[end - 1];
        let start = (sentence.from..end - usize::from(number)).rev().take_while(|at| name(*at)).last()?;
        let host = self.organiser(sentence).is_some_and(|(at, _)| at == start);
        (!host && !self.is_place(start, end)).then(|| clean(self.prose.words(start, end)))
    }

    /// A bare noun with its host: "Aktionstag der Stadt Musterstadt".
    fn hosted(&self, from: usize, to: usize, sentence: Sentence) -> String {
        let words = self.nominative(from, to);
        let words = if self.days_in(sentence) > 1 { self.one_of(&words) } else { words };
        let Some((at, organiser)) = self.organiser(sentence) else { return words };
        match self.word(at) {
            Some("der" | "das" | "ein") => format!("{words} des {}", genitive(&organiser)),
            Some("die" | "eine") => format!("{words} der {}", feminine(&organiser)),
            _ => match self.word(at.wrapping_sub(1)) {
                Some("der" | "das") => format!("{words} des {}", genitive(&organiser)),
                Some("die") => format!("{words} der {}", feminine(&organiser)),
                _ => format!("{words}: {organiser}"),
            },
        }
    }

    /// A phrase as a title: its host where it is a noun alone, the series it opens.
    fn named(&self, from: usize, to: usize, sentence: Sentence) -> String {
        // "Digitalcafé auf Tour: Mit Tablets besucht …".
        if from == sentence.from
            && let Some(words) = self.before_sentence(sentence)
        {
            return words;
        }
        let words = self.nominative(from, to);
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
        if part.iter().any(|start| self.word(from).is_some_and(|word| word.starts_with(start)))
            && let Some(series) = self.running(sentence)
        {
            return format!("{series}: {words}");
        }
        // "Die Fachgruppe veranstaltet einen Praxistag": whose says which.
        self.hosted(from, to, sentence)
    }

    /// "Web-Seminar am 17.09.2024" over "Registermodernisierung in der Praxis": the kind and the day, then the name.
    fn named_below(&self, phrase: super::title::Phrase, sentence: Sentence) -> Option<String> {
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
    fn running(&self, sentence: Sentence) -> Option<String> {
        let runs = |at: &usize| {
            matches!(self.word(*at), Some("laeuft" | "dauert" | "startet" | "beginnt" | "geht" | "umfasst" | "besteht"))
        };
        let verb = (sentence.from + 1..sentence.to.min(sentence.from + 7)).find(runs);
        let named = self.prose.tokens[sentence.from].capital && !self.word(sentence.from).is_some_and(opener);
        let whole = verb.filter(|_| named).map(|verb| (sentence.from, verb));
        let found = whole.or_else(|| self.titles().subject(sentence.from, sentence.to))?;
        Some(clean(self.prose.words(found.0, found.1)))
    }

    fn nearest_heading(&self, sentence: Sentence) -> Option<String> {
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
                    let whole = self.whole_heading(one, phrase).map(|(from, to)| clean(self.prose.words(from, to)));
                    best = Some((names, whole.unwrap_or_else(|| self.named(phrase.from, phrase.to, *one))));
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

/// "Hessische Landkreistag" is "des Hessischen Landkreistags".
fn genitive(name: &str) -> String {
    let name = feminine(name);
    let (first, rest) = name.split_once(' ').unwrap_or((name.as_str(), ""));
    let adjective = first.ends_with("en") && !rest.is_empty();
    let (lead, noun, rest) = if adjective {
        let (noun, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        (format!("{first} "), noun, rest)
    } else {
        (String::new(), first, rest)
    };
    let plain = noun.chars().all(|c| c.is_lowercase() || c.is_uppercase() || c == '-') && noun.len() > 3;
    let known = noun.chars().skip(1).any(char::is_lowercase);
    let ending = if plain && known && !noun.ends_with(['s', 'z', 'x', 'ß']) { "s" } else { "" };
    let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
    format!("{lead}{noun}{ending}{rest}")
}

/// "Juristische Fakultät" is "der Juristischen Fakultät".
fn feminine(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) if first.ends_with("sche") || first.ends_with("liche") || first.ends_with("ale") => {
            format!("{first}n {rest}")
        }
        _ => name.to_owned(),
    }
}
