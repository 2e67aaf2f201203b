//! The title of an event: from its clause, else from what stands over it or before it.
//!
//! A title has a rank, so that of two tellings of one event the better name stays.

use super::scene::{Reading, Sentence, Title};
use super::title::{Phrase, clean, opener, with_small_letter};
use super::when::Mention;

impl Reading<'_> {
    pub(super) fn title(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> Title {
        let titles = self.titles();
        let several = self.days_in(sentence) > 1;
        let (from, to) = if several { clause } else { (sentence.from, sentence.to) };
        let mut own = self.phrases_of(sentence, clause, several);
        // "ist auf der Kommunalmesse in Leipzig vertreten": a place, if there is nothing else to be called by.
        let placed = own.iter().find(|phrase| !phrase.bare && self.is_place(phrase.from, phrase.to)).copied();
        own.retain(|phrase| !self.is_place(phrase.from, phrase.to));
        self.without_asides(&mut own, mention, sentence);
        let named = |words| Title { words, rank: 3 };
        let bracketed = self.quoted_before_bracket(mention, sentence).filter(|_| several);
        let outright = bracketed.or_else(|| self.called_here(sentence)).or_else(|| self.returning(sentence));
        if let Some(words) = outright.or_else(|| self.of_clause(mention, sentence).filter(|_| several)) {
            return named(words);
        }
        if let Some(words) = self.by_occasion(&mut own, clause) {
            return named(words);
        }
        self.nearest_first(&mut own, mention, sentence, clause);
        let quotes = titles.quotations(from, to).into_iter();
        let quote = quotes.into_iter().find(|(from, to)| to - from >= 2 || self.prose.tokens[*from].capital);
        let quoted = quote.map(|(from, to)| clean(self.prose.words(from, to)));
        if own.iter().all(|phrase| phrase.bare)
            && let Some(words) = self.called(sentence)
        {
            return named(words);
        }
        if let Some(words) = self.by_its_lines(&own, sentence, quoted.is_some()) {
            return named(words);
        }
        if let Some(words) = self.of_series(&own, mention, sentence, quoted.is_some()).filter(|_| several) {
            return named(words);
        }
        if let Some(words) = own.first().and_then(|phrase| self.meant(*phrase, sentence)) {
            return named(words);
        }
        if let Some(phrase) = own.first().filter(|phrase| !phrase.bare) {
            let words = self.named(phrase.from, phrase.to, sentence);
            let own = titles.quotations(phrase.from, phrase.to).is_empty();
            let motto = self.motto(sentence).filter(|_| own && !several);
            return named(motto.map_or(words.clone(), |motto| format!("{words}: {motto}")));
        }
        if let Some(words) = self.in_brackets(mention, several).or_else(|| self.subject_line(sentence, mention)) {
            return named(words);
        }
        if let Some(phrase) = own.first() {
            return quoted.map_or_else(|| self.of_noun(*phrase, sentence), named);
        }
        match quoted {
            Some(quote) => named(self.of_quote(quote, sentence)),
            None => self.around(mention, sentence, clause, placed),
        }
    }

    /// "Der Workshop findet statt", "Zum Aktionstag lädt die Stadt ein": a noun alone, by what was said before it.
    fn of_noun(&self, phrase: Phrase, sentence: Sentence) -> Title {
        let asked = || Some(format!("{}: {}", self.nominative(phrase.from, phrase.to), self.asked_over(sentence)?));
        if let Some(words) = self.before(sentence).or_else(asked) {
            return Title { words, rank: 2 };
        }
        let hosted = self.hosted(phrase.from, phrase.to, sentence);
        let words = self.page_name().map_or(hosted.clone(), |page| format!("{page}: {hosted}"));
        Title { words, rank: 1 }
    }

    /// "zwei Lehrgänge: „Führen“ (5. Mai, Kassel) und „Leichte Sprache“ (8. Mai)": each bracket dates the name before it.
    fn quoted_before_bracket(&self, mention: &Mention, sentence: Sentence) -> Option<String> {
        let close = mention.from.checked_sub(2).filter(|close| self.prose.tokens[close + 1].is('('))?;
        let names = self.titles().quotations(sentence.from, sentence.to);
        let (from, to) = names.into_iter().find(|(_, to)| *to == close)?;
        Some(clean(self.prose.words(from, to)))
    }

    /// A quotation with what it belongs to: "Er steht unter dem Motto „…“" speaks of what was named before.
    fn of_quote(&self, quote: String, sentence: Sentence) -> String {
        let pronoun = matches!(self.word(sentence.from), Some("er" | "sie" | "es"));
        let named = pronoun.then(|| self.before(sentence)).flatten();
        match named.or_else(|| self.nearest_heading(sentence)) {
            Some(name) => format!("{name}: {quote}"),
            None => quote,
        }
    }

    /// The gatherings that the clause names; of several days those of the sentence where the clause's say nothing.
    fn phrases_of(&self, sentence: Sentence, clause: (usize, usize), several: bool) -> Vec<Phrase> {
        let titles = self.titles();
        if !several {
            return titles.gatherings(sentence.from, sentence.to);
        }
        let own = titles.gatherings(clause.0, clause.1);
        if own.iter().any(|phrase| !phrase.bare) || !titles.quotations(clause.0, clause.1).is_empty() {
            return own;
        }
        let all = titles.gatherings(sentence.from, sentence.to);
        if own.is_empty() || all.iter().any(|phrase| !phrase.bare) { all } else { own }
    }

    /// "Anlässlich des Datenschutztages lädt das Amt zur Podiumsdiskussion": the occasion names the second only.
    fn by_occasion(&self, own: &mut Vec<Phrase>, clause: (usize, usize)) -> Option<String> {
        let (from, feast) = own.iter().find_map(|phrase| self.occasion(phrase.from).map(|from| (from, *phrase)))?;
        if own.len() < 2 {
            return None;
        }
        own.retain(|phrase| phrase.from != feast.from);
        let first = own.iter().position(|phrase| phrase.from >= clause.0).unwrap_or(0);
        let noun = own.get(first).filter(|phrase| phrase.bare)?;
        let noun = clean(self.prose.words(noun.from, noun.to));
        let feast = clean(self.prose.words(from, feast.to));
        Some(format!("{noun} {}", with_small_letter(&feast)))
    }

    /// What says most and stands nearest comes first.
    fn nearest_first(&self, own: &mut [Phrase], mention: &Mention, sentence: Sentence, clause: (usize, usize)) {
        let host = self.organiser(sentence).map(|(at, _)| at);
        let several = self.days_in(sentence) > 1;
        own.sort_by_key(|phrase| {
            let hosted = host == Some(phrase.from)
                || matches!(self.word(phrase.from.wrapping_sub(1)), Some("vom" | "von" | "durch" | "beim"));
            let gap = if phrase.to <= mention.from {
                mention.from - phrase.to
            } else {
                phrase.from.saturating_sub(mention.to)
            };
            // "…kongresses Staat & Recht, der vom 5. bis 7. Mai ausgerichtet wird": the clause tells of what it follows.
            let told = phrase.to + 1 == clause.0 && matches!(self.word(clause.0), Some("der" | "die" | "das" | "den"));
            let beyond = !told && (phrase.from < clause.0 || phrase.to > clause.1);
            // "KGSt-Forum 2025: Das große Treffen …" is named before the colon.
            let over =
                phrase.from == sentence.from && self.prose.tokens.get(phrase.to).is_some_and(|next| next.is(':'));
            (phrase.bare, !over || several, hosted, beyond, !told, gap)
        });
    }

    /// A noun whose name stands on the line below, or whose theme in the words before it.
    fn by_its_lines(&self, own: &[Phrase], sentence: Sentence, quoted: bool) -> Option<String> {
        let first = own.first()?;
        let theme = || {
            let short = first.to == first.from + 1 && !quoted;
            short.then(|| self.with_theme(*first, sentence)).flatten()
        };
        self.named_below(*first, sentence).or_else(theme)
    }

    /// Days that each have a name of their own before them: "drei Schulungen: E-Vergabe (18. März), BPMN (1. April)",
    /// "Die sechs Tage: Auftakt am 18. April, Baustein 2 am 9. Mai".
    fn of_series(&self, own: &[Phrase], mention: &Mention, sentence: Sentence, quoted: bool) -> Option<String> {
        let bracket =
            |one: &Mention| self.prose.tokens.get(one.from.wrapping_sub(1)).is_some_and(|token| token.is('('));
        let run = || self.run_before(mention, sentence);
        if self.inside(sentence.from, sentence.to).all(bracket)
            && let Some(words) = run().filter(|words| !(self.town)(words))
        {
            return Some(words);
        }
        let listed = self.inside(sentence.from, mention.from).next().is_some()
            || self.prose.tokens.get(mention.to).is_some_and(|next| next.is(','));
        let bare = !own.is_empty() && own.iter().all(|phrase| phrase.bare);
        (bare && listed && !quoted).then(run).flatten()
    }

    /// A sentence that names no gathering: what stands around it, the surest first.
    fn around(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize), placed: Option<Phrase>) -> Title {
        let near = |words| Title { words, rank: 2 };
        let vague = |words| Title { words, rank: 1 };
        let there = |phrase: Phrase| clean(self.prose.words(phrase.from, phrase.to));
        self.series_named(sentence)
            .or_else(|| self.before(sentence))
            .or_else(|| self.line_over(sentence))
            .or_else(|| self.question(sentence))
            .or_else(|| self.taking_place(sentence))
            .or_else(|| self.next_round(sentence))
            .map(near)
            .or_else(|| self.who_meets(sentence).map(vague))
            .or_else(|| self.before_sentence(sentence).map(near))
            .or_else(|| self.name_before(sentence).map(near))
            .or_else(|| self.telegram_name(sentence, mention).map(near))
            .or_else(|| self.run_before(mention, sentence).map(|words| near(self.known_as(words, sentence))))
            .or_else(|| self.headline(sentence, mention).map(near))
            .or_else(|| self.pointed_at(sentence).map(near))
            .or_else(|| self.subject_before(sentence).map(near))
            .or_else(|| placed.map(there).map(vague))
            .or_else(|| self.quoted_before(sentence).map(vague))
            .or_else(|| self.after(sentence).map(vague))
            .unwrap_or_else(|| Title { words: self.gist_or_before(mention, sentence, clause), rank: 0 })
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
            (None, Some(named)) => {
                let noun = after().filter(|noun| !named.contains(noun.as_str()));
                Some(noun.map_or(named.clone(), |noun| format!("{noun}: {named}")))
            }
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
        // "Dazu laden wir Kämmerer am 5. Mai ein": who is invited names nothing.
        let asks = |at: usize| matches!(self.word(at), Some("laedt" | "laden"));
        let led = |at: usize| matches!(self.word(at), Some("zum" | "zur" | "zu"));
        let guest = (sentence.from..start).rev().take_while(|at| !led(*at)).any(asks);
        (!host && !guest && !self.is_place(start, end)).then(|| clean(self.prose.words(start, end)))
    }

    /// A phrase as a title: its host where it is a noun alone, the series it opens.
    pub(super) fn named(&self, from: usize, to: usize, sentence: Sentence) -> String {
        // "Digitalcafé auf Tour: Mit Tablets besucht …".
        if from == sentence.from
            && let Some(words) = self.before_sentence(sentence)
            && words.len() > self.prose.words(from, to).len()
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
        if let Some(whole) = self.whole(from, sentence) {
            return format!("{whole}: {words}");
        }
        // "Die Fachgruppe veranstaltet einen Praxistag": whose says which.
        self.hosted(from, to, sentence)
    }

    /// Where the clause says no more than "im Beisein von …" or "im Keller des Rathauses", what was told before it.
    fn gist_or_before(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize)) -> String {
        let gist = self.gist(mention, clause);
        let leads = gist.split_whitespace().next().is_some_and(|first| matches!(first, "im" | "in" | "bei" | "beim"));
        let before = self.previous(sentence).filter(|one| leads && one.line == sentence.line);
        before.map_or(gist, |one| crate::normalise::cut(&clean(self.prose.words(one.from, one.to)), 90))
    }

    /// The clause without its date, when nothing better is there.
    fn gist(&self, mention: &Mention, clause: (usize, usize)) -> String {
        let hour = self.clocks.iter().find(|clock| clock.from >= mention.to && clock.from <= mention.to + 3);
        let start = hour.map_or(mention.to, |clock| clock.to).min(clause.1);
        let start = start + usize::from(start < clause.1 && self.prose.tokens[start].is(')'));
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
        // "bietet am 5. Mai eine Einführung in Karten an": without the verb's part and the article.
        let verb = self.prose.tokens[clause.0..clause.1].iter().filter_map(super::token::Token::word);
        if { verb }.any(|word| matches!(word, "bietet" | "bieten"))
            && let Some((_, object)) =
                gist.split_once(' ').filter(|(first, _)| matches!(*first, "eine" | "einen" | "ein"))
        {
            gist = object.strip_suffix(" an").unwrap_or(object);
        }
        crate::normalise::cut(gist, 90)
    }
}
