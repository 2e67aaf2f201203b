//! Is the date that of an event? Each sign that speaks for or against it counts some points, and all of them can be
//! shown. Precision first: what is not clearly announced is none.
//!
//! Signs are words of German announcements in general: who holds it and how ("lädt ein", "findet statt"), what it is
//! ("Kongress"), the shape of the date (weekday, hour, days in a row), its place in a list; against it stand
//! deadlines, stamps, law in force, terms of office, meetings of organs, services that begin, the past tense.

use super::token::{Kind, Prose};
use super::when::Mention;
use super::words;

/// So many points make an event.
pub(super) const ENOUGH: i32 = 3;
/// The sign of what does not take place; it outweighs all others.
pub(super) const CALLED_OFF: &str = "called off";
/// Signs that the text holds the event itself; the first four say the same.
pub(super) const FRAMES: [&str; 7] =
    ["takes place", "invites", "holds", "meets", "announces", "labelled", "a list of gatherings"];

/// One sign for or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) rule: &'static str,
    pub(super) points: i32,
    /// Tokens it stands on.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A date with the sentence it stands in.
pub(super) struct Scene<'a> {
    pub(super) prose: &'a Prose<'a>,
    pub(super) mention: &'a Mention,
    /// All dates of the text, for bounds between them.
    pub(super) dated: &'a [bool],
    /// The sentence.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The part of the sentence between the commas that no date stands beside.
    pub(super) clause: (usize, usize),
    /// How many dates the sentence holds.
    pub(super) dates: usize,
    /// Whether hours belong to the date.
    pub(super) clock: bool,
    /// Whether a place is named near it.
    pub(super) place: bool,
    /// Whether another date of the sentence gives the last day.
    pub(super) ends: bool,
}

impl<'a> Scene<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        self.prose.tokens.get(at).and_then(super::token::Token::word)
    }

    /// The words of a range, with where they stand; the date's own left out.
    fn words(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &'a str)> {
        (from..to).filter(|at| !self.dated[*at]).filter_map(|at| self.word(at).map(|word| (at, word)))
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        self.prose.tokens.get(at).is_some_and(|token| token.is(mark))
    }

    fn has(&self, from: usize, to: usize, word: &str) -> Option<usize> {
        self.words(from, to).find(|(_, found)| *found == word).map(|(at, _)| at)
    }

    pub(super) fn signs(&self) -> Vec<Sign> {
        let mut signs = Vec::new();
        self.before(&mut signs);
        self.kinds(&mut signs);
        self.frame(&mut signs);
        self.telegram(&mut signs);
        self.shape(&mut signs);
        signs
    }

    /// What stands directly before the date: "bis zum", "seit", "Stand:", a bracket.
    fn before(&self, signs: &mut Vec<Sign>) {
        let at = self.mention.from;
        let mut sign = |rule, points| signs.push(Sign { rule, points, from: at.saturating_sub(2), to: at });
        let first = at == self.from;
        let mark = |back: usize, mark: char| at >= self.from + back && self.prose.tokens[at - back].is(mark);
        if mark(1, '[') && self.prose.tokens.get(self.mention.to).is_some_and(|token| token.is(']')) {
            sign("stamp: in brackets", -9);
        }
        let next = self.prose.tokens.get(self.mention.to).filter(|_| self.mention.to < self.to);
        if first && (next.is_none() && self.to > self.mention.to || next.is_some_and(|next| next.is('.'))) {
            sign("stamp: a date alone", -9);
        }
        if first && self.dates > 1 && next.is_some_and(|next| next.capital || next.number().is_some()) {
            sign("stamp: a date before the text", -9);
        }
        let mut back = at;
        let mut skipped = 0;
        while back > self.from && skipped < 4 {
            back -= 1;
            let token = &self.prose.tokens[back];
            let word = match token.kind {
                Kind::Mark(':' | '(' | ',') => {
                    skipped += 1;
                    continue;
                }
                Kind::Word => token.low.as_str(),
                _ => break,
            };
            match word {
                "zum" if self.mention.end.is_none() && skipped == 0 => sign("as of a day", -3),
                "den" | "dem" | "der" | "zum" | "einschliesslich" | "heute" | "morgigen" | "heutigen" | "kommenden"
                | "naechsten" | "ca" => {}
                "bis" => sign("deadline: until", -9),
                "ab" => sign("from a day on", -2),
                "seit" => sign("since a day", -2),
                "vom" | "von" if self.mention.end.is_none() && !self.ends => sign("of a day", -4),
                "stand" | "veroeffentlicht" | "datum" | "erstellt" | "aktualisiert" | "geaendert"
                | "pressemitteilung" | "publiziert" | "meldung" | "update" | "druckdatum" => {
                    sign("stamp: published", -9);
                }
                "nach" | "bevor" => sign("after a day", -2),
                _ => break,
            }
            skipped += 1;
        }
    }

    /// Words that say what kind of date it is.
    fn kinds(&self, signs: &mut Vec<Sign>) {
        let (from, to) = self.clause;
        let near = self.mention.from.saturating_sub(6).max(self.from);
        let mut once = |rule: &'static str, points, at: usize| {
            if !signs.iter().any(|sign: &Sign| sign.rule == rule) {
                signs.push(Sign { rule, points, from: at, to: at + 1 });
            }
        };
        for (at, word) in self.words(from, to) {
            let close = at >= near && at <= self.mention.to + 6;
            if words::deadline(word) && (close || self.dates == 1) {
                once("deadline", -6, at);
            } else if words::organ(word) {
                once("meeting of an organ", -6, at);
            } else if words::record(word) && close && !self.stall(at) {
                once("record", -4, at);
            } else if words::service(word) && !(word == "einfuehrung" && self.clock) {
                once("service", -3, at);
            } else if word.starts_with("anmeld") && close && at < self.mention.from && !self.gathering_between(at) {
                once("registration opens or ends", -4, at);
            }
        }
        // "Anmeldeschluss für den Lehrgang, der am 2. Juni beginnt, ist der 9. Mai".
        let says = matches!(self.word(from), Some("ist" | "endet" | "war"));
        if says && let Some((at, _)) = self.words(self.from, from).find(|(_, word)| words::deadline(word)) {
            once("deadline", -6, at);
        }
        let in_force = self.words(from, to).any(|(at, word)| word == "in" && self.word(at + 1) == Some("kraft"));
        if in_force {
            once("law in force", -9, from);
        }
        if self.has(from, to, "online").is_some_and(|at| self.closing(at))
            && (self.has(from, to, "geht").is_some() || self.has(from, to, "gehen").is_some())
        {
            once("service goes online", -4, from);
        }
        if self.has(from, to, "im").is_some_and(|at| self.word(at + 1) == Some("amt")) {
            once("term of office", -6, from);
        }
        if self.has(from, to, "ca").is_some_and(|at| at + 3 >= self.mention.from && at < self.mention.from) {
            once("not exact", -3, from);
        }
        self.off(signs);
    }

    /// "Stand C12" of a fair says where, "Stand: 12. Mai" and "Stand Mai 2026" say when.
    fn stall(&self, at: usize) -> bool {
        let named = |next: &super::token::Token| next.word().is_some() && next.capital;
        self.word(at) == Some("stand")
            && !self.dated[at + 1..].first().is_some_and(|dated| *dated)
            && self.prose.tokens.get(at + 1).is_some_and(named)
    }

    /// "Jetzt anmelden: Fachtag am 5. Mai": the date is that of the gathering, not of registration.
    fn gathering_between(&self, at: usize) -> bool {
        self.words(at, self.mention.from).any(|(_, word)| words::gathering(word))
    }

    /// Called off, or put off: only the new date counts.
    fn off(&self, signs: &mut Vec<Sign>) {
        let at = self.mention.from;
        let to_it = (at.saturating_sub(3)..at).any(|back| back >= self.from && self.word(back) == Some("auf"));
        // "findet nicht am 6. Juni, sondern am 20. Juni statt".
        let denied = (at.saturating_sub(3)..at).find(|back| *back >= self.from && self.word(*back) == Some("nicht"));
        let instead = (self.mention.to..self.to.min(self.mention.to + 3)).any(|at| self.word(at) == Some("sondern"));
        if let Some(not) = denied.filter(|_| instead) {
            return signs.push(Sign { rule: CALLED_OFF, points: -20, from: not, to: not + 1 });
        }
        for (off, word) in self.words(self.from, self.to) {
            let put_off = matches!(word, "verschoben" | "verlegt" | "verschiebung");
            let fails = word == "faellt" && self.has(off, self.to, "aus").is_none();
            if put_off && to_it {
                return signs.push(Sign { rule: "new date", points: 3, from: off, to: off + 1 });
            }
            // "wird ins Netz verlegt: Am 19. November streamen wir".
            if put_off && off < at && (off..at).any(|at| self.mark(at, ':')) {
                continue;
            }
            let here = off >= self.clause.0 && off < self.clause.1 || self.dates == 1;
            let not = word == "nicht" && matches!(self.word(off + 1), Some("statt" | "stattfinden"));
            if (words::called_off(word) && !fails || not) && here {
                return signs.push(Sign { rule: CALLED_OFF, points: -20, from: off, to: off + 1 });
            }
        }
    }

    /// A separable verb's part or a pronoun stands at the end of its clause.
    fn closing(&self, at: usize) -> bool {
        at + 1 >= self.to || matches!(self.prose.tokens[at + 1].kind, Kind::Mark('.' | ',' | '!' | ';' | ':'))
    }

    /// Verbs that announce.
    fn frame(&self, signs: &mut Vec<Sign>) {
        let (from, to) = (self.from, self.to);
        let mut doing = 0;
        for (at, word) in self.words(from, to) {
            let mut sign = |rule, points| signs.push(Sign { rule, points, from: at, to: at + 1 });
            match word {
                "statt" | "stattfinden" | "stattfindet"
                    if self.has(from, to, "findet").or(self.has(from, to, "finden")).is_some() || word.len() > 5 =>
                {
                    sign("takes place", 3);
                }
                "laedt" | "laden" | "einladen" | "eingeladen" | "einlaedt" | "einladung" => sign("invites", 3),
                "veranstaltet" | "veranstalten" | "ausgerichtet" | "ausrichten" | "richtet" => sign("holds", 3),
                "trifft" | "treffen" if self.has(from, to, "sich").is_some() && !self.prose.tokens[at].capital => {
                    sign("meets", 2);
                }
                "zusammen" if self.has(from, to, "kommt").or(self.has(from, to, "kommen")).is_some() => {
                    sign("meets", 2);
                }
                "tueren" | "pforten" => sign("opens its doors", 2),
                "programm" if self.has(from, to, "dem").is_some() && self.has(from, to, "steht").is_some() => {
                    sign("on the programme", 2);
                }
                "weit" if at > from && self.word(at - 1) == Some("so") && self.has(from, to, "es").is_some() => {
                    sign("announces", 2);
                }
                // "fällt auf den 5. Oktober".
                "faellt" if at < self.mention.from && self.word(at + 1) == Some("auf") => sign("takes place", 2),
                "soweit" | "terminhinweis" | "vorankuendigung" | "merken" | "vormerken" => sign("announces", 2),
                // "wird am 3. Juni um 11 Uhr das Zentrum eröffnen"; without an hour it is a plan.
                "einweihen" | "eroeffnen" if self.clock => sign("takes place", 2),
                // "Die nächsten Termine: 3. März (Grundlagen), 17. März (Praxis)".
                "termine" | "veranstaltungstermine" if at < self.mention.from && self.mark(at + 1, ':') => {
                    sign("announces", 3);
                }
                "sehen" if self.has(from, to, "zu").is_some_and(|zu| zu + 1 == at) => sign("open to see", 2),
                // "In der Reihe „Montags im Amt“ spricht …".
                "reihe" if self.prose.quotation((at + 1).min(to - 1), to).is_some() => sign("in a series", 2),
                "eingeweiht" | "eroeffnet" | "ausgetragen" | "abgehalten" | "durchgefuehrt" => sign("takes place", 2),
                _ if words::doing(word) && doing < 1 => {
                    doing += 1;
                    sign("what one does there", 1);
                }
                _ => {}
            }
        }
        // Three ways to say that it is held are one.
        let mut held = false;
        signs.retain(|sign| {
            let frame = FRAMES[..4].contains(&sign.rule);
            let keep = !frame || !held;
            held |= frame;
            keep
        });
    }

    /// "Barcamp „Offenes Amt“, 4. November, online": a name and its day without a verb. The name holds a gathering or a
    /// quotation, or hours stand behind the day; "Musterstadt, 4. November" is a dateline.
    fn telegram(&self, signs: &mut Vec<Sign>) {
        let at = self.mention.from;
        let leads = |at: usize| {
            matches!(self.prose.tokens[at].kind, Kind::Mark(',' | ':' | '(' | '|' | '–' | '—' | '-'))
                || matches!(self.word(at), Some("am" | "vom" | "den" | "der"))
        };
        let end = (self.from..at).rev().take_while(|at| leads(*at)).last().unwrap_or(at);
        if end == self.from || !self.nominal(self.from, end) {
            return;
        }
        let to = self.mention.to;
        let hour = (to..self.to.min(to + 3)).any(|at| self.prose.tokens[at].number().is_some() && self.clock);
        let behind = to >= self.to
            || matches!(self.prose.tokens[to].kind, Kind::Mark(_))
            || hour
            || matches!(self.word(to), Some("in" | "im" | "bei" | "beim" | "an" | "auf" | "um" | "von" | "ab"));
        let named =
            (self.from..end).any(|at| self.prose.tokens[at].gathering || self.prose.quotation(at, end + 1).is_some());
        let name = end - self.from >= 2;
        if behind && name && (named || hour) {
            signs.push(Sign { rule: "a name and its day", points: 2, from: self.from, to });
        }
    }

    /// Names, articles, prepositions, adjectives before names, quotations: no verb.
    fn nominal(&self, from: usize, to: usize) -> bool {
        let mut quoted = from;
        (from..to).all(|at| {
            if at >= quoted
                && let Some(end) = self.prose.quotation(at, to)
            {
                quoted = end;
            }
            let token = &self.prose.tokens[at];
            let Some(word) = token.word().filter(|_| at >= quoted) else { return true };
            token.capital && !words::finite(word) || words::small(word) || self.describes(at, to)
        })
    }

    /// An adjective before its noun: "digitale Sprechstunde", "kleine digitale Runde".
    fn describes(&self, at: usize, to: usize) -> bool {
        let adjective = |word: &str| ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end));
        let run = (at..to.min(at + 4))
            .take_while(|at| self.word(*at).is_some_and(adjective) && !self.prose.tokens[*at].capital);
        let run = run.count();
        run > 0 && at + run < to && self.prose.tokens[at + run].capital
    }

    /// What the date looks like, and the noun it belongs to.
    fn shape(&self, signs: &mut Vec<Sign>) {
        let (first, last) = (self.mention.from, self.mention.to);
        let mut sign = |rule, points, from: usize, to: usize| signs.push(Sign { rule, points, from, to });
        let whole = self.dates == 1 || self.dates == 2 && self.ends;
        let inside = |at: &usize| *at >= self.clause.0 && *at < self.clause.1 || whole;
        let noun = self
            .words(self.from, self.to)
            .filter(|(at, _)| inside(at))
            .find(|(at, _)| self.prose.tokens[*at].gathering);
        if let Some((at, _)) = noun {
            sign("a gathering", 2, at, at + 1);
        }
        let nearest = (self.from..first).rev().find(|at| self.prose.tokens[*at].gathering);
        let gap = nearest
            .map(|at| (at + 1..first).filter(|at| !matches!(self.word(*at), Some("am" | "vom" | "den"))).count());
        if gap.is_some_and(|gap| gap <= 2) {
            sign("the date of a gathering", 1, first, last);
        }
        if let Some((at, _)) = self.words(self.from, self.to).find(|(_, word)| words::days(word).is_some()) {
            sign("so many days", 2, at, at + 1);
        }
        if self.mention.end.is_some() || self.ends {
            sign("days in a row", 1, first, last);
        }
        if self.mention.weekday.is_some() {
            sign("weekday", 1, first, last);
        }
        if self.place {
            sign("a place", 1, first, last);
        }
        if self.clock {
            sign("hour", 1, first, last);
        }
    }

    /// Whether the sentence tells what was: a past form, or "hat" and "ist" with a participle.
    pub(super) fn past(&self) -> bool {
        let (from, to) = (self.from, self.to);
        let past = self.words(from, to).any(|(at, word)| {
            let token = &self.prose.tokens[at];
            !token.capital && (words::past_form(word) || (simple_past(word) && !self.attributive(at)))
        });
        let helper = self.words(from, to).find(|(_, word)| matches!(*word, "hat" | "haben" | "ist" | "sind" | "habt"));
        let done =
            |word: &str| participle(word) && !matches!(word, "angesetzt" | "geplant" | "vorgesehen" | "eingeladen");
        past || helper.is_some()
            && self.words(from, to).any(|(at, word)| !self.prose.tokens[at].capital && done(word) && self.closing(at))
    }

    /// A participle before its noun: "die geplante Veranstaltung".
    fn attributive(&self, at: usize) -> bool {
        self.prose.tokens.get(at + 1).is_some_and(|next| next.capital)
            || self.word(at + 1).is_some_and(|next| next.ends_with("en") || next.ends_with("er") || next.ends_with("e"))
                && self.prose.tokens.get(at + 2).is_some_and(|next| next.capital)
    }
}

/// "diskutierten", "veranstaltete": the weak past tense, by its form.
fn simple_past(word: &str) -> bool {
    (word.ends_with("te") || word.ends_with("ten"))
        && word.len() > 5
        && !words::no_past(word)
        && !word.ends_with("sten")
        && !word.ends_with("ste")
}

/// "gestellt", "beschlossen", "verabschiedet", "diskutiert".
fn participle(word: &str) -> bool {
    let ends = word.ends_with('t') || word.ends_with("en");
    let begins = word.starts_with("ge") || word.starts_with("be") || word.starts_with("ver") || word.starts_with("er");
    let inner = ["ange", "aufge", "ausge", "einge", "abge", "vorge", "teilge", "zusammenge", "stattge", "durchge"];
    ends && word.len() > 5 && (begins || word.ends_with("iert") || inner.iter().any(|start| word.starts_with(start)))
}
