//! What an event is called: the noun phrase around its noun, a quotation, the item of a list, else what was said
//! before: a heading, the sentence before ("Er findet vom 23. bis 25. Juni statt").

use super::token::{Kind, Prose};
use super::words::{self, Words};

/// Longest title in tokens.
const LONGEST: usize = 16;

/// A candidate: tokens `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) from: usize,
    pub(super) to: usize,
    /// A noun that says nothing, alone.
    pub(super) bare: bool,
}

/// Where titles are looked for.
pub(super) struct Titles<'a> {
    pub(super) prose: &'a Prose<'a>,
    pub(super) dated: &'a [bool],
}

impl<'a> Titles<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        self.prose.tokens.get(at).and_then(super::token::Token::word)
    }

    fn name(&self, at: usize) -> bool {
        self.prose.tokens.get(at).is_some_and(|token| token.capital)
            && !self.dated[at]
            && !self.word(at).is_some_and(opener)
    }

    /// The noun phrases in `from..to` whose noun is a gathering.
    pub(super) fn gatherings(&self, from: usize, to: usize) -> Vec<Phrase> {
        let mut found: Vec<Phrase> = Vec::new();
        for at in from..to {
            // "Vogel Convention Center", "World Conference Center Bonn" are houses.
            let house = self.house(at, to);
            let noun = self.prose.tokens[at].gathering && !self.dated[at] && !house;
            if noun && found.last().is_none_or(|last| at >= last.to) {
                let (start, end) = self.phrase(at, from, to);
                let generic = words::generic(self.word(at).unwrap_or_default());
                // "die Veranstaltung in Würzburg" says where, not what.
                let placed = start == at && end > at + 1 && self.word(at + 1) == Some("in");
                let end = if generic && placed { at + 1 } else { end };
                let bare = start + 1 == end && generic || words::part(self.word(at).unwrap_or_default());
                // "Veranstaltung: Online-Werkstatt für Archive" over a text names it behind the colon.
                let named = bare && start == from && end + 1 < to && self.prose.tokens[end].is(':');
                let label = named && to - end <= LONGEST && (end + 1..to).all(|at| !self.dated[at]);
                found.push(if label {
                    Phrase { from: end + 1, to, bare: false }
                } else {
                    Phrase { from: start, to: end, bare }
                });
            }
        }
        found
    }

    /// "Convention Center", "Event & Convention Center": the noun at `at` begins the name of a house.
    fn house(&self, at: usize, to: usize) -> bool {
        let joined = self.prose.tokens.get(at + 1).is_some_and(|next| next.is('&'));
        let behind = if joined { at + 2..at + 4 } else { at + 1..at + 2 };
        let names = behind.take_while(|at| *at < to && self.name(*at));
        { names }.any(|at| !self.prose.tokens[at].gathering && self.word(at).is_some_and(words::open_venue))
    }

    /// The quotations in `from..to`, without their marks.
    pub(super) fn quotations(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = from;
        while at < to {
            match self.prose.quotation(at, to) {
                Some(end) => {
                    found.push((at + 1, end));
                    at = end + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The phrase around the noun at `at`.
    fn phrase(&self, at: usize, from: usize, to: usize) -> (usize, usize) {
        let tokens = &self.prose.tokens;
        let mut start = at;
        while start > from && at - start < LONGEST {
            let before = start - 1;
            let ordinal = tokens[before].is('.')
                && before > from
                && tokens[before - 1].digits() > 0
                && tokens[before - 1].digits() < 4
                && !self.dated[before];
            let joins = (tokens[before].is('/') || tokens[before].is('&')) && before > from && self.name(before - 1);
            let hash = tokens[before].is('#');
            if ordinal {
                start -= 2;
                break;
            } else if self.name(before) || hash {
                start = before;
            } else if joins {
                start -= 2;
            } else {
                break;
            }
        }
        (start, self.behind(at + 1, to, start == at))
    }

    /// Where the phrase whose noun ends before `end` goes on to: names, years, a quotation, "des …", "für …".
    pub(super) fn behind(&self, mut end: usize, to: usize, alone: bool) -> usize {
        let first = end;
        while end < to && end - first < LONGEST && !self.dated[end] {
            let token = &self.prose.tokens[end];
            let year = token.digits() == 4 && token.number().is_some_and(|year| (1990..2100).contains(&year));
            let joins = matches!(token.kind, Kind::Mark('&' | '/' | '+')) && end + 1 < to && self.name(end + 1);
            if year || self.name(end) {
                end += 1;
            } else if joins {
                end += 2;
            } else if let Some(close) = self.quoted(end, to) {
                return close + 1;
            } else if token.is('#') && end + 1 < to && self.prose.tokens[end + 1].digits() > 0 {
                end += 2;
            } else if end > first
                && token.is(',')
                && self.word(end - 1) == Some("frage")
                && self.word(end + 1).is_some_and(asks)
            {
                // "zur Frage, ob Behörden das brauchen".
                return (end + 1..to)
                    .find(|at| matches!(self.prose.tokens[*at].kind, Kind::Mark(_)))
                    .unwrap_or(to)
                    .min(end + LONGEST);
            } else if let Some(close) = self.of_named(end, to) {
                return close;
            } else if let Some(next) = self.complement(end, to, alone && end == first) {
                end = next;
            } else if self.word(end) == Some("for") && self.name(end + 1) && end > first {
                // "von Code for Musterstadt".
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// A quotation behind a noun: "Workshop „…“", "Meetup: „…“", "Aufzeichnung von „…“".
    fn quoted(&self, at: usize, to: usize) -> Option<usize> {
        let leads =
            self.prose.tokens[at].is(':') || matches!(self.word(at), Some("von" | "zu" | "zum" | "zur" | "mit"));
        let at = at + usize::from(leads);
        if at < to { self.prose.quotation(at, to) } else { None }
    }

    /// "im Wettbewerb „Verwaltung des Jahres“", "des Projekts „Datenraum“": up to the end of the quotation.
    fn of_named(&self, at: usize, to: usize) -> Option<usize> {
        let leads = matches!(self.word(at)?, "im" | "zum" | "zur" | "des" | "der");
        let named = leads && at + 2 < to && self.name(at + 1);
        self.prose.quotation((at + 2).min(to - 1), to).filter(|_| named).map(|close| close + 1)
    }

    /// "des IT-Planungsrates", "für digitale Verwaltung", "zum Thema Recht", "über die NSU", "in Moers".
    fn complement(&self, at: usize, to: usize, first: bool) -> Option<usize> {
        let word = self.word(at)?;
        let leads = matches!(
            word,
            "des" | "der" | "fuer" | "zum" | "zur" | "zu" | "ueber" | "in" | "und" | "rund" | "gegen" | "von" | "mit"
        );
        if !leads {
            return None;
        }
        let noun = (at + 1..to.min(at + 5)).find(|at| self.prose.tokens[*at].capital)?;
        let bound = (at..=noun).any(|at| self.dated[at] || self.prose.tokens[at].kind == Kind::Link);
        // "der 13. Förderrunde".
        let digits = |at: usize| (1..4).contains(&self.prose.tokens[at].digits());
        let full_stop = |at: usize| self.prose.tokens[at].is('.');
        let counts = |at: usize| digits(at) && full_stop(at + 1) || full_stop(at) && digits(at - 1);
        let counted = matches!(word, "der" | "des");
        let between = (at + 1..noun).all(|at| {
            self.word(at).is_some_and(|word| adjective(word) || ARTICLES.contains(&word)) || counted && counts(at)
        });
        let named = self.word(noun)?;
        let place = word == "in" && (noun > at + 1 || !first || words::no_place(named));
        let joined = word == "und" && noun > at + 3;
        (!bound && between && !place && !joined && !opener(named)).then_some(noun + 1)
    }

    /// The names at the beginning of a sentence: "Coding da Vinci dauert …".
    pub(super) fn subject(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let mut end = from;
        while end < to && end - from < 6 {
            let small = matches!(self.word(end), Some("da" | "de" | "van" | "von" | "for" | "the" | "of" | "meets"));
            if !(self.name(end) || small && end > from) {
                break;
            }
            end += 1;
        }
        (end >= from + 2).then_some((from, end))
    }
}

/// Begins an indirect question.
fn asks(word: &str) -> bool {
    matches!(word, "ob" | "wie" | "was" | "warum" | "wer" | "wo" | "wem" | "wohin" | "wann")
        || word.starts_with("welch")
}

/// Ends like an adjective in a noun phrase.
fn adjective(word: &str) -> bool {
    ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end))
}

const ARTICLES: [&str; 8] = ["der", "die", "das", "den", "dem", "des", "thema", "um"];

/// Words that are capital only because they begin a sentence.
static OPENERS: Words = Words::new(
    "der die das ein eine am im in zum zur vom von bei beim als wir es er sie auf an ab bis mit nach seit unser \
     unsere unserem unserer den dem auch diese dieser dieses diesen fuer so hier dort dazu dabei heute morgen \
     naechster naechste naechstes erste erster erstes neue neuer jetzt nun wann wo ins neben sowie und einladung \
     save gemeinsam alle uhr wer was wie jede jeder darum deshalb bereits schon nur noch wieder zwischen jedes \
     insgesamt rund termin termine unter vor zu drei zwei vier beide beiden wenn weil ob dass wegen trotz \
     waehrend nachdem leider endlich diesmal",
);

pub(super) fn opener(word: &str) -> bool {
    OPENERS.has(word)
}

/// Inside of a name: "Podiumsdiskussion anlässlich des Datenschutztages".
pub(super) fn with_small_letter(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// A title as it is shown: no marks at its ends, one line, no address.
pub(super) fn clean(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';' | '-' | '–' | '—' | '|' | '.' | '*'));
    // "26. April (Souveräne Cloud)": what stands in brackets behind a date.
    let trimmed = if trimmed.contains('(') { trimmed } else { trimmed.trim_end_matches(')') };
    let open = |c: char| matches!(c, '„' | '“' | '”' | '"' | '«' | '»');
    let inner = trimmed.trim_matches(open);
    // Quotation marks around the whole, not around a part of it.
    let whole = trimmed.starts_with(open) && trimmed.ends_with(open) && !inner.contains(open);
    let text = if whole { inner } else { trimmed };
    crate::normalise::cut(text, 160)
}
