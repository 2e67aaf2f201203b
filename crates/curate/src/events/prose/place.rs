//! Where an event takes place: what a label says ("Wo:", "Ort:"), a postal address, or a phrase of place near the
//! date: "in der Residenz München", "im Berliner Westhafen (WECC)", "ins Rathaus am Marktplatz 15", "in Falkensee".

use super::token::{Kind, Prose};
use super::words;

/// Longest place in tokens.
const LONGEST: usize = 16;

/// Looks for places in a text. `town` knows names of towns.
pub(super) struct Places<'a> {
    pub(super) prose: &'a Prose<'a>,
    pub(super) dated: &'a [bool],
    pub(super) town: &'a dyn Fn(&str) -> bool,
}

/// A phrase of place, tokens `from..to`, and how surely it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) words: String,
    pub(super) at: usize,
    pub(super) to: usize,
    pub(super) sure: u8,
}

impl<'a> Places<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        self.prose.tokens.get(at).and_then(super::token::Token::word)
    }

    fn name(&self, at: usize, to: usize) -> bool {
        at < to && self.prose.tokens[at].capital && !self.dated[at]
    }

    /// What a label says, up to the end of its line, the next label or the next address on the web.
    pub(super) fn labelled(&self) -> Option<String> {
        for line in &self.prose.lines {
            for at in line.from..line.to {
                let label = self.word(at).is_some_and(words::places);
                let bracket = label && at + 1 < line.to && self.prose.tokens[at + 1].is('(');
                if label && at + 1 < line.to && (bracket || self.prose.tokens[at + 1].is(':')) {
                    let start = at + 2;
                    let close =
                        (start..line.to.min(start + LONGEST)).find(|at| bracket && self.prose.tokens[*at].is(')'));
                    if let Some(close) = close {
                        return Some(self.prose.words(start, close).to_owned());
                    }
                    let stop = (start..line.to).find(|at| {
                        let label =
                            self.prose.tokens[*at].capital && *at + 1 < line.to && self.prose.tokens[at + 1].is(':');
                        label || self.dated[*at] || self.prose.tokens[*at].kind == Kind::Link || self.ends(*at, line.to)
                    });
                    let end = stop.unwrap_or(line.to).min(start + LONGEST + 8);
                    if start < end {
                        return Some(self.prose.words(start, end).to_owned());
                    }
                }
            }
        }
        None
    }

    /// A full stop that ends a sentence, not that of "Str. 5" or "e. V.".
    fn ends(&self, at: usize, to: usize) -> bool {
        self.prose.tokens[at].is('.') && self.name(at + 1, to) && self.word(at - 1).is_none_or(|word| word.len() > 3)
    }

    /// A street with its number, with the house's name before it and the town behind it.
    pub(super) fn address(&self, from: usize, to: usize) -> Option<Found> {
        let street = |at: &usize| {
            self.name(*at, to)
                && self.word(*at).is_some_and(|word| STREETS.iter().any(|end| word.ends_with(end)))
                && self.number(*at + 1, to).is_some()
        };
        // "Straße der Nationen 25", "Platz des Volkes 1".
        let of_something = |at: &usize| {
            self.name(*at, to)
                && matches!(self.word(*at), Some("strasse" | "platz" | "allee" | "weg" | "ufer"))
                && matches!(self.word(*at + 1), Some("der" | "des"))
                && (*at + 3..to.min(*at + 6)).any(|at| self.name(at - 1, to) && self.number(at, to).is_some())
        };
        let at = match (from..to).find(street) {
            Some(at) => at,
            None => {
                let at = (from..to).find(of_something)?;
                (at + 2..to).find(|at| self.number(*at, to).is_some())? - 1
            }
        };
        let mut start = at;
        let joins = |at: usize| {
            matches!(self.word(at), Some("der" | "des"))
                && at > from
                && matches!(self.word(at - 1), Some("strasse" | "platz" | "allee" | "weg" | "ufer"))
        };
        while start > from && at - start < 8 && (self.part_of_name(start - 1) || joins(start - 1)) {
            start -= 1;
        }
        // "bei der GIZ, Reichpietschufer 20": the house's name stands before the comma.
        if start > from + 1 && self.prose.tokens[start - 1].is(',') {
            let near = (from..start - 1).rev().take(8).take_while(|at| !self.prose.tokens[*at].is(':'));
            let house = { near }.find(|at| self.word(*at).is_some_and(leads));
            if let Some(house) = house {
                let article = usize::from(self.word(house + 1).is_some_and(|word| ARTICLES.contains(&word)));
                start = house + 1 + article;
            }
            // "…, ZKM, Lorenzstraße 19".
            let run =
                (from..start - 1).rev().take_while(|at| self.name(*at, to) && self.word(*at) != Some("uhr")).last();
            start = run.filter(|_| house.is_none()).unwrap_or(start);
        } else if start > from + 1 && self.prose.tokens[start - 1].is('(') {
            let house = (from..start - 1).rev().take_while(|at| self.name(*at, to)).last();
            start = house.unwrap_or(start);
        }
        let mut end = self.number(at + 1, to)?;
        if end < to && self.prose.tokens[end].is(',') {
            let code = end + 1;
            let coded = code < to && self.prose.tokens[code].digits() == 5;
            let town = code + usize::from(coded);
            if self.name(town, to)
                && (coded
                    || (self.town)(self.prose.words(town, town + 1))
                    || town + 1 >= to
                    || !self.prose.tokens[town + 1].capital)
            {
                end = town + 1;
            }
        }
        Some(Found { words: self.show(start, end), at: start, to: end, sure: 4 })
    }

    /// Where a house number ends: "20", "23/24", "7a".
    fn number(&self, at: usize, to: usize) -> Option<usize> {
        let token = self.prose.tokens.get(at).filter(|_| at < to && !self.dated[at])?;
        if !(1..=4).contains(&token.digits()) || self.word(at + 1) == Some("uhr") {
            return None;
        }
        let mut end = at + 1;
        let more = end + 1 < to
            && matches!(self.prose.tokens[end].kind, Kind::Mark('/' | '-' | '–'))
            && self.prose.tokens[end + 1].digits() > 0
            && self.prose.joined(end);
        end += if more { 2 } else { 0 };
        end += usize::from(end < to && self.prose.joined(end) && self.word(end).is_some_and(|word| word.len() == 1));
        Some(end)
    }

    fn part_of_name(&self, at: usize) -> bool {
        let token = &self.prose.tokens[at];
        !self.dated[at]
            && (token.capital && token.low != "uhr"
                || matches!(token.low.as_str(), "e" | "v" | "ev")
                || (token.is('.') && at > 0 && matches!(self.word(at - 1), Some("e" | "v"))))
    }

    /// All phrases of place in `from..to`.
    pub(super) fn phrases(&self, from: usize, to: usize) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut at = from;
        while at < to {
            // "KI im Bürgeramt" is what a talk is about, not where it is held.
            if self.prose.quoted[at] {
                at += 1;
                continue;
            }
            match self.phrase(at, to) {
                Some(place) => {
                    at = place.to;
                    found.push(place);
                }
                None => at += 1,
            }
        }
        found
    }

    fn phrase(&self, at: usize, to: usize) -> Option<Found> {
        let told = self.tells(at);
        let lead = self.word(at).filter(|word| leads(word) || told)?;
        if self.dated[at] {
            return None;
        }
        let article = self.word(at + 1).is_some_and(|word| ARTICLES.contains(&word));
        let mut first = at + 1 + usize::from(article);
        // "auf dem Gelände der …", "im neuen Rathaus", "in c-base".
        let adjective = self.word(first).is_some_and(|word| word.ends_with("en") && !self.prose.tokens[first].capital);
        first += usize::from(adjective && self.name(first + 1, to));
        // "beim Festabend im Kurhaus": the house stands behind it.
        let noun = self.word(first).unwrap_or_default();
        if self.prose.tokens.get(first).is_some_and(|token| token.gathering) && !words::venue(noun) {
            return None;
        }
        let (end, mut sure) = self.names(first, to, article || lead.len() > 2 || matches!(lead, "im" | "am"))?;
        let word = self.word(first).unwrap_or_default();
        // "im Rahmen der Digitalen Woche Neuburg".
        if matches!(word, "rahmen" | "zuge" | "vorfeld" | "anschluss" | "auftrag" | "namen") {
            return None;
        }
        if told {
            sure = 3;
        }
        if sure == 0 && !matches!(self.word(end), Some("statt" | "zu")) {
            let bare = matches!(lead, "in" | "nach") && !article;
            // "um 19:30 Uhr im Kulturtreff", "am 5. Mai in der Alten Post": right behind the date or the hour.
            let behind = at > 0 && (self.dated[at - 1] || self.word(at - 1) == Some("uhr")) && !words::gathering(word);
            sure = if (bare || behind) && !words::no_place(word) { 2 } else { return None };
        }
        // "in der Fahrbereitschaft zu Gast", "findet in der Alten Post statt".
        let held =
            self.word(end) == Some("statt") || self.word(end) == Some("zu") && self.word(end + 1) == Some("gast");
        if word == "messe" && end == first + 1 && self.prose.quotation(end.min(to - 1), to).is_some() {
            return None;
        }
        let sure = if held && article && !words::no_place(word) && !words::gathering(word) { 3 } else { sure };
        // "Auf der Leitmesse zeigt das Amt": the fair is the event; "in der Messe Nürnberg" it is held.
        let fair = words::gathering(word) && !self.tells_place(first, end) && matches!(lead, "auf" | "bei" | "beim");
        if sure < 3 && (lead == "am" || words::gathering(word)) || fair && word != "messe" {
            return None;
        }
        let mut words = self.show(first, end);
        let mut last = end;
        // "im KörberForum in Hamburg", "ins Loft (https://…) nach Berlin".
        let after = self.skip_link(end, to);
        let further = matches!(self.word(after), Some("in" | "nach" | "am" | "im")) && self.name(after + 1, to);
        if further && !words::no_place(self.word(after + 1).unwrap_or_default()) && !self.dated[after] {
            let (next, _) = self.names(after + 1, to, false)?;
            let town = self.show(after + 1, next);
            words = format!("{words}, {town}");
            last = next;
        }
        Some(Found { words, at, to: last, sure })
    }

    /// A name of a town among the names.
    fn tells_place(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            let token = &self.prose.tokens[at];
            token.capital && (self.town)(&self.prose.text[token.at..token.end])
        })
    }

    /// "Tagungsort ist das Haus der Begegnung".
    pub(super) fn tells(&self, at: usize) -> bool {
        // "(Treffpunkt Hauptbahnhof)".
        let here =
            self.word(at) == Some("treffpunkt") && self.prose.tokens.get(at + 1).is_some_and(|next| next.capital);
        // "Gastgeber ist die Stadt, Tagungsort das Haus der Begegnung".
        let bare = matches!(self.word(at), Some("das" | "der" | "die"))
            && at > 1
            && self.prose.tokens[at - 2].is(',')
            && matches!(self.word(at - 1), Some("tagungsort" | "veranstaltungsort" | "treffpunkt"));
        here || bare
            || matches!(self.word(at), Some("ist" | "bleibt"))
                && at > 0
                && matches!(self.word(at - 1), Some("ort" | "tagungsort" | "veranstaltungsort" | "treffpunkt"))
    }

    fn skip_link(&self, at: usize, to: usize) -> usize {
        let link = at + 2 < to
            && self.prose.tokens[at].is('(')
            && self.prose.tokens[at + 1].kind == Kind::Link
            && self.prose.tokens[at + 2].is(')');
        if link { at + 3 } else { at }
    }

    /// The names from `first` on: where they end, and whether a venue or a town is among them.
    fn names(&self, first: usize, to: usize, article: bool) -> Option<(usize, u8)> {
        let mut end = first;
        let mut sure = 0;
        while end < to && end - first < LONGEST && !self.dated[end] {
            let token = &self.prose.tokens[end];
            if self.name(end, to) {
                let word = token.low.as_str();
                // Towns have no article: "bei der Langen Nacht" is not in Langen.
                let town = end > first
                    || !first
                        .checked_sub(1)
                        .is_some_and(|at| self.word(at).is_some_and(|word| ARTICLES.contains(&word)));
                let written = &self.prose.text[token.at..token.end];
                // "in der Kölner Flora".
                let of_town = written.strip_suffix("er").is_some_and(|town| town.len() > 3 && (self.town)(town));
                let named = town && (self.town)(written) || of_town && self.name(end + 1, to);
                let venue = words::venue(word) && !words::no_place(word) && !NO_VENUES.contains(&word);
                // "in der Stadtbibliothek Stuttgart Fachleute aus Politik": the clause goes on behind the town.
                let goes_on = sure == 3
                    && end > first
                    && !(named || venue)
                    && self.prose.tokens.get(end + 1).is_some_and(|next| next.word().is_some() && !next.capital)
                    && (self.town)(self.prose.words(end - 1, end));
                if goes_on {
                    break;
                }
                sure = sure.max(if named || venue { 3 } else { 0 });
                end += 1;
            } else if matches!(self.word(end), Some("der" | "des")) && article && self.name(end + 1, to) && end > first
            {
                end += 2;
            } else if end > first && (self.goes_on_with_number(end, sure) || self.open_house(end, to)) {
                end += 1;
            } else if token.is('(') && end > first {
                let close = (end + 1..to.min(end + 7)).find(|at| self.prose.tokens[*at].is(')'));
                let plain = |at: usize| !self.dated[at] && self.prose.tokens[at].kind != Kind::Link;
                match close.filter(|close| (end..*close).all(plain) && self.name(end + 1, to)) {
                    Some(close) => return Some((close + 1, sure)),
                    None => break,
                }
            } else {
                break;
            }
        }
        (end > first).then_some((end, sure))
    }

    /// "Halle 4", but not "Halle 9 Uhr".
    fn goes_on_with_number(&self, at: usize, sure: u8) -> bool {
        (1..5).contains(&self.prose.tokens[at].digits()) && sure > 0 && self.word(at + 1) != Some("uhr")
    }

    /// "Event & Convention Center": the names behind the sign are those of a house.
    fn open_house(&self, sign: usize, to: usize) -> bool {
        let names = (sign + 1..to.min(sign + 3)).take_while(|at| self.name(*at, to));
        self.prose.tokens[sign].is('&') && { names }.any(|at| self.word(at).is_some_and(words::open_venue))
    }

    /// Whether a range is nothing but a place: "Lübeck, Rathaus".
    pub(super) fn only_place(&self, from: usize, to: usize) -> bool {
        let mut any = false;
        let all = (from..to).all(|at| {
            let token = &self.prose.tokens[at];
            let named =
                token.capital && ((self.town)(&self.prose.text[token.at..token.end]) || words::venue(&token.low));
            any |= named;
            named || matches!(token.kind, Kind::Mark(',' | '(' | ')' | '.'))
        });
        all && any
    }

    pub(super) fn show(&self, from: usize, to: usize) -> String {
        self.prose.words(from, to).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Ends like the name of a street.
pub(super) fn is_street(word: &str) -> bool {
    STREETS.iter().any(|end| word.ends_with(end))
}

fn leads(word: &str) -> bool {
    matches!(word, "in" | "im" | "ins" | "an" | "am" | "auf" | "bei" | "beim" | "nach" | "aus" | "vor")
        && !matches!(word, "aus" | "vor")
}

const ARTICLES: [&str; 6] = ["der", "dem", "den", "die", "das", "unserem"];

const STREETS: [&str; 22] = [
    "strasse",
    "str",
    "weg",
    "platz",
    "allee",
    "ufer",
    "ring",
    "damm",
    "gasse",
    "markt",
    "chaussee",
    "promenade",
    "graben",
    "kai",
    "gaerten",
    "anger",
    "stieg",
    "pfad",
    "wall",
    "bruecke",
    "twiete",
    "zeile",
];

/// End like venues and are none.
const NO_VENUES: [&str; 24] = [
    "netzwerk",
    "handwerk",
    "regelwerk",
    "zeitraum",
    "freiraum",
    "arbeitsmarkt",
    "arbeitsplatz",
    "gesamt",
    "juni",
    "uni",
    "binnenmarkt",
    "spielraum",
    "haushalt",
    "bauwerk",
    "bundesamt",
    "ehrenamt",
    "weltraum",
    "cyberraum",
    "hinweg",
    "bundesministerium",
    "innenministerium",
    "digitalministerium",
    "ministerium",
    "amt",
];
