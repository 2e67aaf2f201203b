//! The hours that belong to a date, and the day it ends.
//!
//! Promises: looks seven sentences ahead at most, and no further than to the next with a day of its own.

use model::Date;

use super::scene::{Reading, SPAN, Sentence};
use super::when::{Clock, Mention, resolve, weekday};
use super::words;

impl Reading<'_> {
    /// The hours of a date: behind it, before it, else in the sentences that follow without a date of their own.
    pub(super) fn hours(&self, mention: &Mention, sentence: Sentence) -> Option<(u16, Option<u16>)> {
        let next = self
            .inside(sentence.from, sentence.to)
            .find(|other| other.from >= mention.to)
            .map_or(sentence.to, |next| next.from);
        let own = self.first_hour(mention.to, next).or_else(|| {
            let alone = self.days_in(sentence) == 1;
            self.first_hour(sentence.from, mention.from).filter(|_| alone)
        });
        // "am 3., 17. und 31. März, jeweils 9 bis 12 Uhr".
        let each = |clock: &&Clock| {
            let before = clock.from.saturating_sub(3)..clock.from;
            // The parts of a list in one line are lines of their own.
            let list = self.items[sentence.line].and_then(|_| self.intro(sentence.line));
            let near = |line: &super::token::Line| {
                clock.from >= line.from && clock.to <= line.to && line.indent == self.prose.lines[sentence.line].indent
            };
            let of_list = list.is_some() && self.prose.lines[sentence.line..].iter().take(12).any(near);
            clock.from >= sentence.from
                && (clock.to <= sentence.to || of_list)
                && before.clone().any(|at| matches!(self.word(at), Some("jeweils" | "immer" | "stets" | "je")))
        };
        let own = own.or_else(|| self.clocks.iter().find(each));
        if let Some(clock) = own {
            // "am Samstag, 5. Mai, um 9 Uhr, am Sonntag, 6. Mai, um 16 Uhr schließen die Türen".
            let last = || self.first_hour(next, sentence.to).filter(|_| self.ended(mention, sentence));
            let end = clock.end.or_else(|| self.until(clock, next)).or_else(|| Some(last()?.start));
            let end = end.or_else(|| self.closes(sentence, clock.start));
            return Some((clock.start, end));
        }
        if let Some((from, to)) = self.below(sentence.line) {
            return self.first_hour(from, to).map(|clock| (clock.start, clock.end));
        }
        self.hours_after(sentence)
    }

    /// The hour that it begins at, of those in `from..to`.
    fn first_hour(&self, from: usize, to: usize) -> Option<&Clock> {
        let mut all = self.clocks.iter().filter(|clock| clock.from >= from && clock.to <= to);
        let first = all.next()?;
        // "Einlass ist ab 16.30 Uhr, los geht es um 17 Uhr".
        if self.admits(first) { Some(all.next().unwrap_or(first)) } else { Some(first) }
    }

    /// "Beginn ist um 9 Uhr, Ende gegen 16.30 Uhr".
    fn until(&self, clock: &Clock, to: usize) -> Option<u16> {
        let later = self.first_hour(clock.to, to)?;
        let ends = |at| matches!(self.word(at), Some("ende" | "endet" | "schluss"));
        // "gegen 16 Uhr endet das Programm".
        let behind = later.to..(later.to + 1).min(to);
        (clock.to..later.from).chain(behind).any(ends).then_some(later.start).filter(|end| *end > clock.start)
    }

    /// The hours in the sentences that follow a day, as long as none has a day of its own.
    fn hours_after(&self, sentence: Sentence) -> Option<(u16, Option<u16>)> {
        let at = self.sentences.iter().position(|one| one.from == sentence.from)?;
        for after in self.sentences[at + 1..].iter().take(7) {
            if self.inside(after.from, after.to).next().is_some() || self.items[sentence.line].is_some() {
                return None;
            }
            if let Some(clock) = self.first_hour(after.from, after.to) {
                let its = clock.end.is_some() || self.leads(after.from, clock) || self.opens(after.from, clock);
                return its.then(|| (clock.start, clock.end.or_else(|| self.until(clock, after.to))));
            }
        }
        None
    }

    /// "Schluss ist um 15:30 Uhr", in one of the sentences that follow without a day of their own.
    fn closes(&self, sentence: Sentence, start: u16) -> Option<u16> {
        let first = self.sentences.partition_point(|one| one.from < sentence.to);
        let after = self.sentences[first..].iter().take(4);
        let plain = after.take_while(|one| self.inside(one.from, one.to).next().is_none());
        let mut ends = plain.flat_map(|one| {
            let closing = (one.from..one.to).any(|at| matches!(self.word(at), Some("schluss" | "ende" | "endet")));
            self.clocks.iter().filter(move |clock| closing && clock.from >= one.from && clock.to <= one.to)
        });
        ends.find(|clock| clock.start > start && clock.end.is_none()).map(|clock| clock.start)
    }

    /// "Bis Donnerstag geht es um …", "Schluss ist am Samstag": the last day by its name, within a week.
    pub(super) fn until_weekday(&self, mention: &Mention, sentence: Sentence, start: Date) -> Option<Date> {
        let first = self.sentences.partition_point(|one| one.from < sentence.from);
        let near = self.sentences[first..].iter().take(3);
        let plain = near.take_while(|one| one.from == sentence.from || self.inside(one.from, one.to).next().is_none());
        let day = plain.flat_map(|one| one.from.max(mention.to)..one.to).find_map(|at| {
            let day = weekday(self.word(at)?).filter(|_| !self.dated[at])?;
            let before = (at.saturating_sub(4).max(mention.to)..at).rev();
            let mut words = before.map_while(|at| self.word(at));
            let ends = words.next().is_some_and(|word| word == "bis") && words.next() != Some("noch")
                || words.clone().any(words::ending);
            ends.then_some(day)
        })?;
        (1..7).map(|days| start.plus_days(days)).find(|date| date.weekday() == day)
    }

    /// Hours at which the doors open, before it begins.
    fn admits(&self, clock: &Clock) -> bool {
        let word = |at| matches!(self.word(at), Some("einlass" | "tueroeffnung" | "ankommen" | "akkreditierung"));
        (clock.from.saturating_sub(4)..clock.from).any(word)
    }

    /// "18 Uhr, Aula", "Ab 13 Uhr geht es um …".
    fn leads(&self, from: usize, clock: &Clock) -> bool {
        let led = |at: usize| matches!(self.word(at), Some("ab" | "um" | "von" | "gegen"));
        // "Wir hacken ab 11 Uhr", "Wir treffen uns um 19 Uhr".
        let we = self.word(from) == Some("wir") && clock.from <= from + 4 && led(clock.from - 1);
        // "Diskutiert wird ab 18 Uhr", "Kommt ab 16 Uhr in die Kantine".
        let one = self.word(from + 1) == Some("wird") || matches!(self.word(from), Some("kommt" | "kommen"));
        let one = one && clock.from <= from + 4 && clock.from > from && led(clock.from - 1);
        clock.from == from || clock.from == from + 1 && led(from) || we || one
    }

    /// "Beginn ist um 18 Uhr", "Los geht es um 10 Uhr", "Uhrzeit: 14 Uhr".
    pub(super) fn opens(&self, from: usize, clock: &Clock) -> bool {
        let named = clock.from >= from + 2 && self.prose.tokens[clock.from - 2].gathering;
        // "Der Vortrag wird ab 18 Uhr übertragen".
        let subject = (from..clock.from.min(from + 3)).any(|at| self.prose.tokens[at].gathering);
        named
            || subject
            || (from..clock.from).any(|at| {
                matches!(
                    self.word(at),
                    Some(
                        "beginn"
                            | "auftakt"
                            | "los"
                            | "treffpunkt"
                            | "uhrzeit"
                            | "beginnt"
                            | "zeit"
                            | "start"
                            | "einlass"
                    )
                )
            })
    }

    pub(super) fn ended(&self, mention: &Mention, sentence: Sentence) -> bool {
        let next = self.inside(mention.to, sentence.to).next();
        next.is_some_and(|next| {
            let closes = |at| {
                let word = self.word(at).unwrap_or_default();
                // "starten am Freitag (20. Mai) und küren am Sonntag (22. Mai) die Besten".
                words::ending(word)
                    || matches!(word, "kueren" | "kuert" | "praemieren" | "praemiert") && next.weekday.is_some()
            };
            let behind = next.to..sentence.to.min(next.to + 8);
            // "von 9 bis 10.30 Uhr und am 13. Februar": hours end there, no days.
            let until = |at: usize| {
                self.word(at) == Some("bis") && !self.clocks.iter().any(|clock| at >= clock.from && at < clock.to)
            };
            (mention.to..next.from).any(|at| closes(at) || until(at)) || behind.clone().any(closes)
        })
    }

    /// "startet am Samstag (28. Oktober) und endet am Sonntag (29. Oktober)".
    pub(super) fn ends(&self, mention: &Mention, sentence: Sentence, start: Date) -> Option<Date> {
        let next = self.inside(mention.to, sentence.to).next()?;
        let end = resolve(next.start, next.weekday, Some(start.year()), Some(start), false)?;
        (self.ended(mention, sentence) && end > start && end.days() - start.days() <= SPAN).then_some(end)
    }

    /// "Ende: 25.10.2023" on one of the lines below "Beginn: 24.10.2023".
    pub(super) fn ends_below(&self, sentence: Sentence, start: Date) -> Option<Date> {
        let labelled = |line: &super::token::Line, words: &[&str]| {
            line.from + 2 < line.to
                && self.prose.tokens[line.from + 1].is(':')
                && self.word(line.from).is_some_and(|word| words.contains(&word))
        };
        let own = &self.prose.lines[sentence.line];
        let begins = labelled(own, &["beginn", "start", "von", "datum", "wann", "termin"]);
        let below = self.prose.lines[sentence.line + 1..].iter().take(2).filter(|_| begins);
        let line = { below }.find(|line| labelled(line, &["ende", "bis", "schluss"]))?;
        let last = self.inside(line.from, line.to).next()?;
        let end = resolve(last.start, last.weekday, Some(start.year()), Some(start), false)?;
        (end > start && end.days() - start.days() <= SPAN).then_some(end)
    }

    /// "zweitägig" gives the end where only the first day is said.
    pub(super) fn lasts(&self, sentence: Sentence, start: Date) -> Option<Date> {
        let days = (sentence.from..sentence.to).find_map(|at| self.word(at).and_then(words::days))?;
        (days > 1).then(|| start.plus_days(days - 1))
    }
}
