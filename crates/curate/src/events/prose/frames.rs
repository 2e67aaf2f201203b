//! The sentences and lines in which Germans announce: verbs that say that people come together, and names with a day
//! behind them and no verb at all.
//!
//! Promises: several ways to say the same count once.

use super::judge::{FRAMES, Scene, Sign};
use super::token::Kind;
use super::words;

impl Scene<'_> {
    /// Verbs that announce.
    pub(super) fn frame(&self, signs: &mut Vec<Sign>) {
        let mut doing = 0;
        for (at, word) in self.words(self.from, self.to) {
            let frame = self.holds(at, word).or_else(|| self.meets(at, word)).or_else(|| self.goes_on(at, word));
            let does = || (words::doing(word) && doing < 1).then_some(("what one does there", 1));
            if let Some((rule, points)) = frame.or_else(does) {
                doing += usize::from(rule == "what one does there");
                signs.push(Sign { rule, points, from: at, to: at + 1 });
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

    /// "die nächste Ausgabe".
    fn next_one(&self, at: usize) -> bool {
        at > self.from
            && self.word(at - 1).is_some_and(|word| word.starts_with("naechste") || word.starts_with("kommende"))
    }

    /// "einen weiteren Termin".
    fn one_more(&self, at: usize) -> bool {
        at > self.from
            && self.word(at - 1).is_some_and(|word| word.starts_with("weitere") || word.starts_with("zusaetzliche"))
    }

    /// A question stands right before the sentence.
    fn asked(&self) -> bool {
        self.from.checked_sub(1).is_some_and(|before| self.prose.tokens[before].is('?'))
    }

    /// Whether the sentence has one of these words.
    fn any(&self, words: &[&str]) -> bool {
        self.words(self.from, self.to).any(|(_, word)| words.contains(&word))
    }

    /// Somebody holds it, or it is held.
    fn holds(&self, at: usize, word: &str) -> Option<(&'static str, i32)> {
        let capital = self.prose.tokens[at].capital;
        Some(match word {
            "stattfinden" | "stattfindet" | "stattzufinden" => ("takes place", 3),
            "statt" if self.any(&["findet", "finden"]) => ("takes place", 3),
            "willkommen" if self.any(&["sind", "ist", "seid", "herzlich"]) => ("invites", 2),
            "laedt" | "laden" | "einladen" | "eingeladen" | "einlaedt" | "einladung" | "eingeladene" => ("invites", 3),
            "veranstaltet" | "veranstalten" | "ausgerichtet" | "ausrichten" | "richtet" => ("holds", 3),
            // "fällt auf den 5. Oktober".
            "faellt" if at < self.mention.from && self.word(at + 1) == Some("auf") => ("takes place", 2),
            // "wird am 3. Juni um 11 Uhr das Zentrum eröffnen"; without an hour it is a plan.
            "einweihen" | "eroeffnen" if self.clock => ("takes place", 2),
            // "Gespielt wird am 15. September im Kreishaus".
            "gespielt" | "getagt" | "gefeiert" | "diskutiert" | "gehackt" | "gebastelt" | "geloetet"
            | "programmiert" | "gelernt"
                if at == self.from && self.word(at + 1) == Some("wird") =>
            {
                ("takes place", 2)
            }
            // "werden über 300 Besucherinnen und Besucher erwartet".
            "erwartet" | "erwarten"
                if self.any(&["besucher", "besucherinnen", "gaeste", "teilnehmende", "teilnehmer", "fachbesucher"]) =>
            {
                ("takes place", 2)
            }
            "verliehen" | "ueberreicht" | "praemiert" if self.any(&["wird", "werden"]) => ("takes place", 2),
            "dabei" if self.any(&["seien", "seid", "sei"]) => ("invites", 2),
            "eingeweiht" | "eroeffnet" | "ausgetragen" | "abgehalten" | "durchgefuehrt" => ("takes place", 2),
            "veranstaltung" | "veranstaltungen" if !capital => ("holds", 1),
            "tueren" | "pforten" | "tore" | "tor" if self.any(&["oeffnet", "oeffnen"]) => ("opens its doors", 3),
            "tueren" | "pforten" => ("opens its doors", 2),
            "programm" if self.any(&["dem"]) && self.any(&["steht"]) => ("on the programme", 2),
            "sehen" if self.word(at.wrapping_sub(1)) == Some("zu") && at > self.from => ("open to see", 2),
            // "In der Reihe „Montags im Amt“ spricht …".
            "reihe" if self.prose.quotation((at + 1).min(self.to - 1), self.to).is_some() => ("in a series", 2),
            _ => return None,
        })
    }

    /// People come together: "wir treffen uns", "kommen zusammen", "macht Station", "melden uns zurück".
    fn meets(&self, at: usize, word: &str) -> Option<(&'static str, i32)> {
        let small = !self.prose.tokens[at].capital;
        let first = at == self.from;
        Some(match word {
            "trifft" | "treffen" | "treffe" if (small || first) && self.any(&["uns", "wir", "euch"]) => ("meets", 3),
            "trifft" | "treffen" if small && self.any(&["sich"]) => ("meets", 2),
            "sehen" | "hoeren" if (small || first) && self.any(&["wir"]) && self.any(&["uns"]) => ("meets", 3),
            "zusammen" | "zusammenkommen" | "zusammenkommt" | "zusammentreffen"
                if word.len() > 8 || self.any(&["kommt", "kommen", "treffen", "finden"]) =>
            {
                ("meets", 2)
            }
            // "stellt sich Ihren Fragen".
            "fragen" if !small && self.any(&["sich"]) && self.any(&["stellt", "stellen"]) => ("what one does there", 1),
            "tisch" if self.any(&["bringt", "bringen", "holt", "holen"]) => ("meets", 2),
            "zurueck" if self.any(&["melden", "meldet", "kehrt", "kommen", "kommt"]) => ("meets", 2),
            "station" if self.any(&["macht", "machen", "haelt"]) => ("makes a stop", 2),
            "gast" | "besuch" if self.any(&["zu"]) && self.any(&["ist", "sind", "kommt", "kommen"]) => {
                ("makes a stop", 1)
            }
            // "wollen wir uns gemeinsam die Haushaltsdaten anschauen".
            "gemeinsam" if self.any(&["wir"]) && self.any(&["uns", "euch", "ihnen"]) => ("meets", 1),
            "vorbeikommen" | "vorbeischauen" | "vorbei" => ("what one does there", 1),
            _ => return None,
        })
    }

    /// A day is set, or a series goes on.
    fn goes_on(&self, at: usize, word: &str) -> Option<(&'static str, i32)> {
        Some(match word {
            "weit" if at > self.from && self.word(at - 1) == Some("so") && self.any(&["es"]) => ("announces", 2),
            "terminiert" | "angesetzt" | "anberaumt" | "soweit" | "terminankuendigung" | "terminhinweis"
            | "vorankuendigung" | "merken" | "vormerken" | "vorgemerkt" | "freihalten" | "freizuhalten"
            | "freihaltet" | "notieren" | "blocken" => ("announces", 2),
            "date" if at > self.from + 1 && self.word(at - 2) == Some("save") => ("announces", 3),
            "fest"
                if self.any(&["steht", "stehen"])
                    && !self.any(&["nicht", "nichts"])
                    && !self.prose.tokens[at].capital =>
            {
                ("announces", 2)
            }
            "weiter" if self.any(&["geht", "gehts"]) => ("goes on", 2),
            "runde" if self.any(&["geht", "gehen", "startet", "starten"]) && self.any(&["in"]) => ("goes on", 2),
            // "Wem gehören die Daten? Darüber streiten am 18. Mai …".
            "darueber" | "hierueber" if at == self.from && self.asked() => ("goes on", 2),
            "ausgabe" | "folge" | "termin" | "auflage" if self.next_one(at) => ("goes on", 2),
            // "bieten wir am 5. Mai einen weiteren Termin an".
            "termin" if self.any(&["bietet", "bieten", "gibt"]) && self.one_more(at) => ("goes on", 2),
            "los" if self.any(&["geht", "gehts", "legt", "legen"]) => ("goes on", 1),
            // "Merkt euch den 5. Mai vor".
            "merkt" | "notiert" if self.any(&["euch", "vor"]) => ("announces", 3),
            // "Er steht am 5. Mai in Neuburg unter dem Motto „…“".
            "motto" if self.any(&["steht", "stehen", "laeuft"]) && self.any(&["unter"]) => ("takes place", 2),
            "verpassen" if at > self.from && self.word(at - 1) == Some("nicht") => ("announces", 2),
            // "Die nächsten Termine: 3. März (Grundlagen), 17. März (Praxis)".
            "termine" | "veranstaltungstermine"
                if (at..self.mention.from).any(|at| self.mark(at, ':')) && at < self.mention.from =>
            {
                ("announces", 3)
            }
            _ => return None,
        })
    }

    /// "Barcamp „Offenes Amt“, 4. November, online": a name and its day without a verb. The name holds a gathering or a
    /// quotation, or hours stand behind the day; "Musterstadt, 4. November" is a dateline.
    pub(super) fn telegram(&self, signs: &mut Vec<Sign>) {
        let at = self.mention.from;
        let leads = |at: usize| {
            matches!(self.prose.tokens[at].kind, Kind::Mark(',' | ':' | '(' | '|' | '–' | '—' | '-'))
                || matches!(self.word(at), Some("am" | "vom" | "den" | "der"))
        };
        let end = (self.from..at).rev().take_while(|at| leads(*at)).last().unwrap_or(at);
        let start = self.behind_call(end);
        if end == start || !self.nominal(start, end) {
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
        let name = end - start >= 2;
        if behind && name && (named || hour) {
            signs.push(Sign { rule: "a name and its day", points: 2, from: self.from, to });
        }
    }

    /// Where the sentence begins behind a call to the reader: "Nicht verpassen: …", "Jetzt anmelden: …".
    fn behind_call(&self, end: usize) -> usize {
        let colon = (self.from + 1..end.min(self.from + 5)).find(|at| self.mark(*at, ':'));
        let calls = |colon: &usize| {
            let last = self.word(colon - 1).unwrap_or_default();
            let verb = !self.prose.tokens[colon - 1].capital && last.ends_with("en");
            verb && (self.from + 1..*colon).all(|at| !self.prose.tokens[at].capital)
        };
        colon.filter(calls).map_or(self.from, |colon| colon + 1)
    }

    /// Names, articles, prepositions, adjectives before names, quotations: no verb.
    fn nominal(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            let token = &self.prose.tokens[at];
            let Some(word) = token.word().filter(|_| !self.prose.quoted[at]) else { return true };
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
}
