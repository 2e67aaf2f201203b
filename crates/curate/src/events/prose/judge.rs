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
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        self.prose.tokens.get(at).and_then(super::token::Token::word)
    }

    /// The words of a range, with where they stand; the date's own left out.
    pub(super) fn words(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &'a str)> {
        (from..to)
            .filter(|at| !self.dated[*at] && !self.prose.quoted[*at])
            .filter_map(|at| self.word(at).map(|word| (at, word)))
    }

    pub(super) fn mark(&self, at: usize, mark: char) -> bool {
        self.prose.tokens.get(at).is_some_and(|token| token.is(mark))
    }

    pub(super) fn has(&self, from: usize, to: usize, word: &str) -> Option<usize> {
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
        let mut once = |rule, points, at| once(signs, rule, points, at);
        for (at, word) in self.words(from, to) {
            let close = at >= near && at <= self.mention.to + 6;
            if words::deadline(word) && (close || self.dates == 1) {
                once("deadline", -6, at);
            } else if words::closed(word) {
                once("closed", -6, at);
            } else if words::organ(word) && !self.gathering_nearer(at) {
                once("meeting of an organ", -6, at);
            } else if words::record(word) && close && !self.stall(at) {
                once("record", -4, at);
            } else if words::service(word) && !(matches!(word, "einfuehrung" | "betrieb") && self.clock) {
                once("service", -3, at);
            } else if word.starts_with("anmeld") && close && at < self.mention.from && !self.gathering_between(at) {
                once("registration opens or ends", -4, at);
            }
        }
        self.councils_and_deadlines(signs);
        self.services(signs);
        self.off(signs);
    }

    /// Who meets on that day or what ends then, told by a phrase.
    fn councils_and_deadlines(&self, signs: &mut Vec<Sign>) {
        let (from, to) = self.clause;
        let mut once = |rule, points, at| once(signs, rule, points, at);
        // "Anmeldeschluss für den Lehrgang, der am 2. Juni beginnt, ist der 9. Mai".
        let says = matches!(self.word(from), Some("ist" | "endet" | "war"));
        // "Am 2. Juni kommt der Vermittlungsausschuss zusammen".
        let meets = |word: &str| {
            matches!(
                word,
                "zusammen" | "tagt" | "tagen" | "beraet" | "beraten" | "debattiert" | "entscheidet" | "stimmt"
            )
        };
        let council = self.words(from, to).find(|(_, word)| words::council(word));
        if let Some((at, _)) = council.filter(|_| self.words(from, to).any(|(_, word)| meets(word)))
            && !(from..to).any(|at| self.prose.tokens[at].gathering)
        {
            once("meeting of an organ", -6, at);
        }
        if says && let Some((at, _)) = self.words(self.from, from).find(|(_, word)| words::deadline(word)) {
            once("deadline", -6, at);
        }
        let in_force = self.words(from, to).any(|(at, word)| word == "in" && self.word(at + 1) == Some("kraft"));
        if in_force {
            once("law in force", -9, from);
        }
        // "umfasst drei Module und schließt am 20. Mai mit einer Prüfung ab".
        let last = self.words(self.mention.from.saturating_sub(3).max(from), self.mention.from);
        // "Mit der Abschlusstagung endet am 20. Mai das Vorhaben": it is held on that day.
        let by_it = self
            .words(self.from, self.mention.from)
            .any(|(at, word)| word == "mit" && (at + 1..self.to.min(at + 4)).any(|at| self.prose.tokens[at].gathering));
        if let Some((at, _)) =
            { last }.find(|(_, word)| !by_it && matches!(*word, "schliesst" | "schliessen" | "endet" | "enden"))
        {
            once("the end of something", -4, at);
        }
        if self.has(from, to, "im").is_some_and(|at| self.word(at + 1) == Some("amt")) {
            once("term of office", -6, from);
        }
        if self.has(from, to, "ca").is_some_and(|at| at + 3 >= self.mention.from && at < self.mention.from) {
            once("not exact", -3, from);
        }
    }

    /// What opens, closes or can be booked from that day on.
    fn services(&self, signs: &mut Vec<Sign>) {
        let (from, to) = self.clause;
        let near = self.mention.from.saturating_sub(6).max(self.from);
        let mut once = |rule, points, at| once(signs, rule, points, at);
        // "Am 1. Juli schalten wir die Plattform frei".
        let switched = self.has(from, to, "schalten").or(self.has(from, to, "schaltet"));
        if switched.is_some() && (self.has(from, to, "frei").is_some() || self.has(from, to, "ab").is_some()) {
            once("service", -4, from);
        }
        // "stehen nicht zur Verfügung", "ist nicht erreichbar".
        let up = |word: &str| matches!(word, "verfuegung" | "erreichbar" | "verfuegbar" | "nutzbar" | "besetzt");
        if self.has(self.from, self.to, "nicht").is_some() && self.words(self.from, self.to).any(|(_, word)| up(word)) {
            once("closed", -6, from);
        }
        // "buchen können Sie ab Montag, 6. Dezember".
        let books = |word: &str| matches!(word, "buchen" | "buchbar" | "bestellen" | "erhaeltlich" | "verfuegbar");
        if let Some((at, _)) = self.words(near, self.mention.from).find(|(_, word)| books(word)) {
            once("registration opens or ends", -4, at);
        }
        if self.has(from, to, "online").is_some_and(|at| self.closing(at))
            && (self.has(from, to, "geht").is_some() || self.has(from, to, "gehen").is_some())
        {
            once("service goes online", -4, from);
        }
    }

    /// "nach der Wahl: Podiumsdiskussion am 10.09.": what the date belongs to stands nearer to it.
    fn gathering_nearer(&self, organ: usize) -> bool {
        let gap = |at: usize| at.abs_diff(self.mention.from).min(at.abs_diff(self.mention.to));
        (self.from..self.to).any(|at| self.prose.tokens[at].gathering && gap(at) < gap(organ))
    }

    /// "Stand C12" of a fair says where, "Stand: 12. Mai" and "Stand Mai 2026" say when.
    fn stall(&self, at: usize) -> bool {
        let named = |next: &super::token::Token| next.word().is_some() && next.capital;
        // "mit einem Stand auf der Messe", "am Stand des Landes".
        let before = at.checked_sub(1).and_then(|at| self.word(at));
        let article = before.is_some_and(|word| word == "am" || word.ends_with("em"));
        if article && self.word(at) == Some("stand") {
            return true;
        }
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
        let puts_off =
            |(_, word): (usize, &str)| matches!(word, "verschoben" | "verlegt" | "verschiebung" | "verschiebt");
        if let Some(old) = self.was_planned().filter(|_| self.words(self.from, self.to).any(puts_off)) {
            return signs.push(Sign { rule: CALLED_OFF, points: -20, from: old, to: old + 1 });
        }
        // "Neuer Termin ist Mittwoch, der 14. Mai 2025", "Als Ersatztermin steht der 3. Juni fest".
        let fresh = self.words(self.from, at).find(|(at, word)| {
            let new = at.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| word.starts_with("neue"));
            matches!(*word, "ersatztermin" | "nachholtermin" | "ausweichtermin")
                || matches!(*word, "termin" | "datum") && new
        });
        // "wird am 5. Mai nachgeholt".
        let made_up = self.words(at, self.to).find(|(_, word)| matches!(*word, "nachgeholt" | "nachgeholte"));
        if let Some((word, _)) = fresh.or(made_up) {
            return signs.push(Sign { rule: "new date", points: 4, from: word, to: word + 1 });
        }
        let to_it = (at.saturating_sub(3)..at).any(|back| back >= self.from && self.word(back) == Some("auf"));
        // "findet nicht am 6. Juni, sondern am 20. Juni statt".
        let denied = (at.saturating_sub(3)..at).find(|back| *back >= self.from && self.word(*back) == Some("nicht"));
        let instead = (self.mention.to..self.to.min(self.mention.to + 3)).any(|at| self.word(at) == Some("sondern"));
        if let Some(not) = denied.filter(|_| instead) {
            return signs.push(Sign { rule: CALLED_OFF, points: -20, from: not, to: not + 1 });
        }
        // "sagt die Stiftung ihren Kongress am 25. November ab".
        let says =
            self.words(self.from, self.to).find(|(_, word)| matches!(*word, "sagt" | "sagen" | "sagte" | "sagten"));
        if let Some((says, _)) = says
            && (says..self.to).any(|at| self.word(at) == Some("ab") && self.closing(at))
        {
            return signs.push(Sign { rule: CALLED_OFF, points: -20, from: says, to: says + 1 });
        }
        // "Das ursprünglich auf den 3. November gelegte Treffen ist nun für den 17. November terminiert".
        let near = at.saturating_sub(4).max(self.from);
        let old = self.words(near, at).find(|(_, word)| matches!(*word, "urspruenglich" | "eigentlich"));
        if let Some((old, _)) = old.filter(|_| self.dates > 1) {
            return signs.push(Sign { rule: CALLED_OFF, points: -20, from: old, to: old + 1 });
        }
        self.off_by_word(to_it, signs);
    }

    /// "abgesagt", "entfällt", "findet nicht statt", "wird auf den 5. Mai verschoben".
    fn off_by_word(&self, to_it: bool, signs: &mut Vec<Sign>) {
        let at = self.mention.from;
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
            let held = |word: &str| matches!(word, "statt" | "stattfinden" | "durchfuehren" | "durchgefuehrt");
            let not = word == "nicht" && self.word(off + 1).is_some_and(held);
            if (words::called_off(word) && !fails || not) && here {
                return signs.push(Sign { rule: CALLED_OFF, points: -20, from: off, to: off + 1 });
            }
        }
    }

    /// "der für den 5. März geplante Kongress": the participle behind the date that says it was to be then.
    fn was_planned(&self) -> Option<usize> {
        let (at, to) = (self.mention.from, self.mention.to);
        let led =
            (at.saturating_sub(2)..at).any(|back| back >= self.from && matches!(self.word(back), Some("fuer" | "auf")));
        let word = self.word(to).filter(|_| led && to < self.to)?;
        let stem = ["en", "er", "es", "e"].iter().find_map(|end| word.strip_suffix(end))?;
        words::planned(stem).then_some(to)
    }

    /// A separable verb's part or a pronoun stands at the end of its clause.
    pub(super) fn closing(&self, at: usize) -> bool {
        at + 1 >= self.to || matches!(self.prose.tokens[at + 1].kind, Kind::Mark('.' | ',' | '!' | ';' | ':'))
    }

    /// What the date looks like, and the noun it belongs to.
    fn shape(&self, signs: &mut Vec<Sign>) {
        let (first, last) = (self.mention.from, self.mention.to);
        let mut sign = |rule, points, from: usize, to: usize| signs.push(Sign { rule, points, from, to });
        let whole = self.dates == 1 || self.dates == 2 && self.ends;
        let inside = |at: &usize| *at >= self.clause.0 && *at < self.clause.1 || whole;
        // In quotation marks as well: „Tag der Verwaltung“.
        let noun = (self.from..self.to)
            .filter(|at| inside(at) && !self.dated[*at] && self.prose.tokens[*at].gathering)
            .find_map(|at| self.word(at).map(|word| (at, word)));
        if let Some((at, _)) = noun {
            sign("a gathering", 2, at, at + 1);
        } else if let Some(at) = (self.from..first).find(|at| self.prose.tokens[*at].gathering) {
            sign("the sentence names a gathering", 1, at, at + 1);
        }
        let nearest = (self.from..first).rev().find(|at| self.prose.tokens[*at].gathering);
        let gap = nearest
            .map(|at| (at + 1..first).filter(|at| !matches!(self.word(*at), Some("am" | "vom" | "den"))).count());
        if gap.is_some_and(|gap| gap <= 2) {
            sign("the date of a gathering", 1, first, last);
        }
        // "Beim IHK-Forum „Digitaler Bauantrag“ sitzen …", "Zum Datentag sind alle …".
        let called = noun.filter(|(at, _)| {
            let to_it = at.checked_sub(1).filter(|before| *before >= self.from).and_then(|before| self.word(before));
            self.prose.quotation((at + 1).min(self.to - 1), self.to).is_some()
                || matches!(to_it, Some("beim" | "zum" | "zur"))
        });
        if let Some((at, _)) = called {
            sign("one goes to it", 1, at, at + 1);
        }
        if self.dates >= 3 && self.clock {
            sign("several days with their hours", 1, first, last);
        }
        // "Am 30.10.2025 ist wieder Datentag!"; "Am 20. Juni ist Weltflüchtlingstag" invites nobody.
        let copula = noun.and_then(|(noun, _)| {
            self.words(self.from, noun)
                .find(|(at, word)| noun - at <= 4 && matches!(*word, "wieder" | "endlich" | "unser" | "unsere"))
        });
        if let Some((at, _)) = copula {
            sign("is that day", 1, at, at + 1);
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
        let Some((helper, _)) = helper else { return past };
        // "hat der Rat verlegt" is past, "sind alle eingeladen, die … bedeutet" is not: what may be present as well
        // stands in the clause of its verb.
        let comma = (helper..to).find(|at| self.mark(*at, ',')).unwrap_or(to);
        let doubtful =
            |word: &str| word.ends_with('t') && ["be", "ver", "er"].iter().any(|start| word.starts_with(start));
        let done = |at: usize, word: &str| {
            // "ist bei uns zu Gast und berichtet": the copula has its own.
            let guest = at > helper && self.word(at - 1) == Some("und") && self.has(helper, at, "gast").is_some();
            !guest && participle(word) && !words::planned(word) && (!doubtful(word) || helper < at && at < comma)
        };
        let small = |at: usize| !self.prose.tokens[at].capital;
        past || self.words(from, to).any(|(at, word)| small(at) && done(at, word) && self.closing(at))
    }

    /// A participle before its noun: "die geplante Veranstaltung".
    fn attributive(&self, at: usize) -> bool {
        self.prose.tokens.get(at + 1).is_some_and(|next| next.capital)
            || self.word(at + 1).is_some_and(|next| next.ends_with("en") || next.ends_with("er") || next.ends_with("e"))
                && self.prose.tokens.get(at + 2).is_some_and(|next| next.capital)
    }
}

/// A sign that counts once, however often the words say it.
fn once(signs: &mut Vec<Sign>, rule: &'static str, points: i32, at: usize) {
    if !signs.iter().any(|sign| sign.rule == rule) {
        signs.push(Sign { rule, points, from: at, to: at + 1 });
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
    let begins = ["be", "ver", "er"].iter().any(|start| word.starts_with(start)) && word.ends_with('t');
    let inner =
        ["ge", "ange", "aufge", "ausge", "einge", "abge", "vorge", "teilge", "zusammenge", "stattge", "durchge"];
    let ge = inner.iter().any(|start| word.starts_with(start)) && (word.ends_with('t') || word.ends_with("en"));
    word.len() > 5 && (begins || ge || word.ends_with("iert") || words::strong(word))
}
