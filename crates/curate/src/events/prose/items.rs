//! The items of a list: which lines are some, and what each says, whatever its order. "Di, 25.02.2025 | 10 Uhr |
//! Fachtag | Kreishaus", "Fachtag Netze (14.04.)", "Altfelden: 3. September, Kulturhaus".
//!
//! One line of such a form may be anything; lines of one form below each other are a list, with or without bullets.

use super::contact;
use super::scene::{Reading, Sentence, Title};
use super::title::clean;
use super::token::{Kind, Token};
use super::when::Mention;
use super::words;

/// Longer lines are no items unless a mark says so.
const LINE: usize = 30;
/// Longest place of an item in tokens.
const PLACE: usize = 16;

/// How a line of a list gives its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// The date first.
    Lead,
    /// The date last.
    Trail,
    /// The date behind a name: "Altfelden: 3. September, Kulturhaus".
    Named,
}

/// A mark between the parts of an item.
fn parts(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark(',' | '|' | '–' | '—' | ';' | '/' | '•' | '·' | '+'))
}

impl Reading<'_> {
    pub(super) fn item(&self, at: usize) -> Option<Item> {
        let (form, sure) = self.form(at)?;
        let alike =
            |other: usize| other < self.prose.lines.len() && self.form(other).is_some_and(|(same, _)| same == form);
        (sure || alike(at + 1) || at.checked_sub(1).is_some_and(alike)).then_some(form)
    }

    /// The form of a line, and whether it is an item even if it stands alone.
    fn form(&self, at: usize) -> Option<(Item, bool)> {
        let line = &self.prose.lines[at];
        let first = self.inside(line.from, line.to).next()?;
        let short = line.to - line.from <= LINE;
        let alone = self.inside(first.to, line.to).next().is_none();
        let next = self.prose.tokens.get(first.to).filter(|_| first.to < line.to);
        let bar = self.prose.tokens[line.from].is('|') && first.from == line.from + 1;
        if (first.from == line.from || bar) && first.to < line.to {
            let hour = self.clocks.iter().find(|clock| clock.from == first.to || clock.from == first.to + 1);
            let after = hour.map_or(next, |hour| self.prose.tokens.get(hour.to).filter(|_| hour.to < line.to));
            let mark = |token: &Token| token.is(':') || token.is('-') || parts(token);
            let marked = next.is_some_and(mark) || after.is_some_and(mark);
            // A day and its hours alone belong to what stands over them.
            let start = hour.map_or(first.to, |hour| hour.to);
            if !self.names_something(start, line.to) && alone {
                return None;
            }
            return (line.bullet || marked || short).then_some((Item::Lead, line.bullet || marked));
        }
        let bare = line.bullet && first.from > line.from && first.from - line.from <= 3;
        if bare && alone && (line.from..first.from).all(|at| self.prose.tokens[at].capital) {
            return Some((Item::Named, true));
        }
        let before = first.from.checked_sub(1).filter(|before| *before > line.from)?;
        let opens = matches!(self.prose.tokens[before].kind, Kind::Mark('(' | ',' | ':' | '–' | '-' | '|'));
        let closed = self.clocks.iter().find(|clock| clock.from >= first.to && clock.from <= first.to + 1);
        let end = closed.map_or(first.to, |clock| clock.to);
        let closes =
            end == line.to || end + 1 == line.to && matches!(self.prose.tokens[end].kind, Kind::Mark(')' | '|'));
        if closes && opens && alone && !self.label(line.from, before) {
            return (line.bullet || short).then_some((Item::Trail, line.bullet));
        }
        let named = self.prose.tokens[before].is(':') && before - line.from <= 6 && !self.label(line.from, before);
        (named && short && alone).then_some((Item::Named, false))
    }

    /// "Wann:", "Termin:": a label of the date, no name.
    fn label(&self, from: usize, colon: usize) -> bool {
        let names = [
            "wann",
            "termin",
            "datum",
            "zeit",
            "beginn",
            "start",
            "stand",
            "konferenz",
            "deadline",
            "veranstaltungstermin",
        ];
        colon == from + 1 && self.word(from).is_some_and(|word| names.contains(&word) || words::deadline(word))
    }

    /// Title, place and online of an item of a list.
    pub(super) fn of_item(&self, item: Item, mention: &Mention, sentence: Sentence) -> (Title, Option<String>, bool) {
        let (title, place, online) = self.said_by_item(item, mention, sentence);
        (title, place.or_else(|| self.place_below(sentence.line)), online)
    }

    /// The lines below an item, if one of them is a place: "Universität Neuburg, Aula", "Ort: Rathaus".
    fn place_below(&self, line: usize) -> Option<String> {
        let Some((from, to)) = self.below(line) else {
            // "14. Sept. 2024 – Anwendertag" over "Saarbrücken, Campus der Universität".
            let next = self.prose.lines.get(line + 1).filter(|next| !next.gap && self.items[line + 1].is_none())?;
            let plain = self.inside(next.from, next.to).next().is_none() && self.like_place(next.from, next.to);
            return self.segment(next.from, next.to).filter(|_| plain);
        };
        let lines = self.prose.lines[line..].iter().filter(|line| line.from >= from && line.to <= to);
        lines.into_iter().find_map(|line| {
            let label = self.word(line.from).is_some_and(words::places)
                && line.from + 1 < line.to
                && self.prose.tokens[line.from + 1].is(':');
            let start = line.from + if label { 2 } else { 0 };
            let place = label || self.like_place(start, line.to);
            (place && !self.online_only(start, line.to)).then(|| self.segment(start, line.to))?
        })
    }

    fn said_by_item(&self, item: Item, mention: &Mention, sentence: Sentence) -> (Title, Option<String>, bool) {
        let online = self.item_online(sentence);
        match item {
            Item::Trail => {
                let end = mention.from - usize::from(self.prose.tokens[mention.from - 1].is('('));
                // "Hannover, 07. + 08.11.2023" under "Roadshow …".
                let over = self.over_list(sentence.line);
                if !over.is_empty() && self.towns_only(sentence.from, end) {
                    return (self.ranked(over), self.segment(sentence.from, end), online);
                }
                let (title, place) = self.apart(sentence.from, end);
                let words = clean(self.prose.words(title.0, title.1));
                let place = place.and_then(|(from, to)| self.segment(from, to));
                (self.ranked(words), place.or_else(|| self.place_in(sentence.from, sentence.to)), online)
            }
            Item::Named => {
                let colon = usize::from(self.prose.tokens[mention.from - 1].is(':'));
                let name = (sentence.from, mention.from - colon);
                let gathers = (name.0..name.1).any(|at| self.prose.tokens[at].gathering);
                let rest = self.behind(mention, sentence);
                let own = clean(self.prose.words(name.0, name.1));
                let over = self.over_list(sentence.line);
                if self.towns_only(name.0, name.1) && !over.is_empty() {
                    // "Kassel: 12.09.2023, 13:30 Uhr, Regierungspräsidium" under "Regionalkonferenzen".
                    let house = rest.place.or(rest.title.filter(|_| !gathers));
                    let place = house.map_or(own.clone(), |house| format!("{own}, {house}"));
                    return (self.ranked(over), Some(place), online);
                }
                if gathers || rest.title.is_some() && rest.place.is_none() {
                    let words = rest.title.filter(|_| !gathers).unwrap_or_else(|| own.clone());
                    let place = rest.place.or_else(|| Some(own).filter(|_| !gathers));
                    return (self.ranked(words), place, online);
                }
                let place = rest.place.map_or(own.clone(), |place| format!("{own}, {place}"));
                (self.ranked(if over.is_empty() { own } else { format!("{over} {own}") }), Some(place), online)
            }
            Item::Lead => {
                let rest = self.behind(mention, sentence);
                // "03.07.2025 Augsburg, Kongress am Park" under "Regionaltage".
                let over = self.over_list(sentence.line);
                let (from, to) = rest.range;
                let comma = |at: usize| self.prose.tokens[at].is(',');
                // "Bad Neuburg, Kurhaus".
                let named = (from..to).find(|at| comma(*at)).is_some_and(|comma| {
                    let words = self.prose.words(from, comma);
                    comma > from && self.prose.tokens[from].capital && (self.town)(words)
                });
                let town = named
                    || self.towns_only(from, from + 1)
                        && self.prose.tokens.get(from + 1).is_none_or(|next| next.is(','));
                if town && !over.is_empty() && to > from {
                    return (self.ranked(over), self.segment(from, sentence.to), online);
                }
                // "22. Juli | 15 Uhr | Videokonferenz" below the name says how it is held.
                let means = self.titles().gatherings(from, to).first().is_some_and(|phrase| self.is_way(*phrase));
                let own = rest.title.filter(|_| over.is_empty() || !means || to > from + 1);
                let words = own.unwrap_or(over);
                let (from, to) = rest.range;
                let place = rest.place.or_else(|| self.place_in(from, to)).or_else(|| self.town_in(from, to));
                (self.ranked(words), place, online)
            }
        }
    }

    /// "5. Mai | Ostforum Neuburg" below the line "Gipfel Nord", and no other item in the text: the line names it.
    fn alone_below_its_name(&self, line: usize) -> bool {
        let over = self.heading(line).filter(|over| over + 1 == line).map(|over| &self.prose.lines[over]);
        self.items.iter().flatten().count() == 1
            && over.is_some_and(|over| (over.from..over.to).any(|at| self.prose.tokens[at].gathering))
    }

    /// Towns and nothing else. Behind the end of the text stands none.
    fn towns_only(&self, from: usize, to: usize) -> bool {
        let tokens = self.prose.tokens.get(from..to).unwrap_or_default();
        let named = |token: &Token| token.capital && (self.town)(&self.prose.text[token.at..token.end]);
        tokens.iter().any(named) && tokens.iter().all(|token| named(token) || matches!(token.kind, Kind::Mark(_)))
    }

    fn item_online(&self, sentence: Sentence) -> bool {
        let intro = self.intro(sentence.line).map(|line| &self.prose.lines[line]);
        self.online_at(sentence.from, sentence.to)
            || self.below(sentence.line).is_some_and(|(from, to)| contact::online(self.prose, from, to))
            || intro.is_some_and(|line| self.online_at(line.from, line.to))
    }

    /// What stands behind the date of an item, or behind its hours.
    fn behind(&self, mention: &Mention, sentence: Sentence) -> Rest {
        let clock = self.clocks.iter().find(|clock| clock.from >= mention.to && clock.to <= sentence.to);
        // Hours right behind the date, or later: "…, Coding-Workshop, 16-20 Uhr, Campus West".
        let close = clock.filter(|clock| clock.from <= mention.to + 2);
        let start = close.map_or(mention.to, |clock| clock.to);
        let stops = |at: &usize| {
            self.prose.tokens[*at].kind == Kind::Link || self.word(*at).is_some_and(|word| word.starts_with("anmeld"))
        };
        let end = (start..sentence.to).find(stops).unwrap_or(sentence.to);
        let later = clock.filter(|_| close.is_none()).filter(|clock| clock.to <= end);
        let (title, place) = match (self.colon(start, end), later) {
            (Some(colon), _) => {
                let last = later.filter(|later| later.from > colon).map_or(end, |later| later.from);
                let (title, place) = self.apart(colon + 1, last);
                (title, (colon > start).then_some((start, colon)).or(place))
            }
            (None, Some(later)) => {
                let (title, place) = self.apart(start, later.from);
                (title, Some((later.to, end)).filter(|(from, to)| self.names_something(*from, *to)).or(place))
            }
            (None, None) => self.apart(start, end),
        };
        let (title, place) = self.cells(start, end).unwrap_or((title, place));
        let place = place.filter(|(from, to)| !self.online_only(*from, *to));
        let place = place.and_then(|(from, to)| self.segment(from, to));
        self.stop_or_name(title, place, sentence.line)
    }

    /// Whether the words are the name of the item, or, as its stop or its house, a part of the place.
    fn stop_or_name(&self, title: (usize, usize), place: Option<String>, line: usize) -> Rest {
        let (from, to) = title;
        let words = clean(self.prose.words(from, to).trim_end_matches(" ("));
        // "04.11.: Lübeck, Rathaus", "14.09. Neuenfeld (Marktplatz)" under "Tourdaten der Roadshow".
        let tour = || {
            self.intro(line).is_some_and(|line| {
                let line = &self.prose.lines[line];
                (line.from..line.to).any(|at| self.word(at).is_some_and(words::tour))
            })
        };
        let gathers = (from..to).any(|at| self.prose.tokens[at].gathering) && !self.alone_below_its_name(line);
        let house = || !gathers && self.like_place(from, to);
        let whole = match place.as_ref() {
            // "5. Mai, 10 Uhr, Haus der Vereine, Neuburg" right below the name, alone.
            Some(_) => {
                let alone = self.items.iter().flatten().count() == 1;
                (alone || to - from <= 2) && house() || to - from <= 2 && !gathers && tour()
            }
            // "Altfelden, Festwiese" under "Sommertour: Das Mobil macht Halt".
            None => {
                let names = |at: usize| self.prose.tokens[at].capital || self.prose.tokens[at].is(',');
                let listed = (from..to).all(names) && (from..to).any(|at| self.prose.tokens[at].is(','));
                !gathers && to - from <= 5 && listed && tour()
                    || !gathers && self.places().only_place(from, to)
                    || house()
            }
        };
        if whole {
            let place = place.map_or(words.clone(), |place| format!("{words}, {place}"));
            return Rest { title: None, place: Some(place), range: title };
        }
        Rest { title: Some(words).filter(|words| !words.is_empty()), place, range: title }
    }

    /// "… | Präsenz, Hannover | Prozesse mit BPMN |": cells in any order; what is form or place is not the title, and
    /// behind the title stands the place.
    fn cells(&self, start: usize, end: usize) -> Option<Parted> {
        let bars: Vec<usize> = (start..end).filter(|at| self.prose.tokens[*at].is('|')).collect();
        if bars.is_empty() {
            return None;
        }
        let edges: Vec<usize> = [start].into_iter().chain(bars.iter().map(|bar| bar + 1)).chain([end + 1]).collect();
        let cells: Vec<(usize, usize)> = edges.windows(2).map(|pair| (pair[0], pair[1] - 1)).collect();
        let filled: Vec<(usize, usize)> = cells
            .into_iter()
            .filter(|(from, to)| (*from..*to).any(|at| self.prose.tokens[at].word().is_some()))
            .collect();
        let clocked = |(from, to): (usize, usize)| self.clocks.iter().any(|clock| clock.from >= from && clock.to <= to);
        let form = |cell: (usize, usize)| self.format_only(cell.0, cell.1);
        let place = |cell: (usize, usize)| !form(cell) && self.like_place(self.behind_form(cell.0, cell.1), cell.1);
        let gathers = |(from, to): (usize, usize)| (from..to).any(|at| self.prose.tokens[at].gathering);
        let titles = |cell: &&(usize, usize)| !form(**cell) && !clocked(**cell) && (!place(**cell) || gathers(**cell));
        let title = *filled.iter().find(titles)?;
        let there = filled.iter().find(|cell| **cell != title && place(**cell));
        let after =
            || filled.iter().find(|cell| cell.0 > title.1 && !form(**cell) && !clocked(**cell) && cell.1 - cell.0 <= 4);
        let place = there.or_else(after).map(|(from, to)| (self.behind_form(*from, *to), *to));
        Some((title, place))
    }

    /// "Online", "Web-Seminar", "Präsenz", alone.
    fn format_only(&self, from: usize, to: usize) -> bool {
        let named = (from..to).filter(|at| self.word(*at).is_some()).count();
        let form =
            |at: usize| matches!(self.word(at), Some("praesenz" | "praesenzveranstaltung" | "vor-ort" | "hybrid"));
        named <= 2
            && (self.online_only(from, to) || (from..to).any(form))
            && !(from..to).any(|at| self.word(at).is_some_and(|word| (self.town)(word)))
            && named < 2 + usize::from(self.online_only(from, to))
    }

    /// Behind "Präsenz, " stands the place.
    fn behind_form(&self, from: usize, to: usize) -> usize {
        let form =
            |at: usize| matches!(self.word(at), Some("praesenz" | "praesenzveranstaltung" | "vor-ort" | "hybrid"));
        (from..to).rev().find(|at| form(*at)).map_or(from, |at| (at + 1).min(to))
    }

    fn names_something(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.prose.tokens[at].capital)
    }

    /// The colon that parts a place from the title behind it: "…, Seeburg, Kiel: Linked Data", "…: Fachtag". In
    /// "Frühstückstalk: Register verstehen" it stands inside of the title.
    fn colon(&self, start: usize, end: usize) -> Option<usize> {
        let colon = (start..end).find(|at| self.prose.tokens[*at].is(':') && at + 1 < end)?;
        (self.like_place(start, colon) || self.online_only(start, colon)).then_some(colon)
    }

    /// "Digitaltag, Rathaus, Musterstadt": title and place; the first mark behind which all is a place parts them.
    fn apart(&self, start: usize, end: usize) -> Parted {
        let mark = |at: &usize| {
            matches!(self.prose.tokens[*at].kind, Kind::Mark(_)) && self.prose.quotation(*at, end).is_none()
        };
        let skip = (start..end).find(|at| !mark(at)).unwrap_or(end);
        let stop = (skip..end).rev().find(|at| !mark(at) || self.prose.tokens[*at].is(')')).map_or(skip, |at| at + 1);
        let stop = stop + usize::from(self.closes_quotation(skip, stop, end));
        let mut parted = (skip..stop).filter(|at| parts(&self.prose.tokens[*at]) || self.opens_bracket(*at, stop));
        let place = |at: usize| {
            let from = at + 1;
            let to = if self.prose.tokens[at].is('(') { stop - 1 } else { stop };
            let fits = self.like_place(from, to) || self.online_only(from, to) || self.places().only_place(from, to);
            fits.then_some((from, to))
        };
        match parted.find_map(|at| place(at).map(|place| (at, place))) {
            Some((at, place)) if at > skip => ((skip, at), Some(place)),
            _ => ((skip, stop), None),
        }
    }

    fn closes_quotation(&self, from: usize, stop: usize, end: usize) -> bool {
        stop < end && (from..stop).any(|at| self.prose.quotation(at, end) == Some(stop))
    }

    /// A bracket that ends where the item ends: "Arbeitskreis E-Akte (online)".
    fn opens_bracket(&self, at: usize, end: usize) -> bool {
        self.prose.tokens[at].is('(') && end > at + 1 && self.prose.tokens[end - 1].is(')')
    }

    /// Words that are a place by their look: a house or a town first, nothing one goes to, no sentence.
    pub(super) fn like_place(&self, from: usize, to: usize) -> bool {
        let from = (from..to).find(|at| !self.word(*at).is_some_and(words::leads_to_place)).unwrap_or(to);
        if from >= to || to - from > PLACE {
            return false;
        }
        // "Stadthalle Neuburg und im Livestream", "Kloster Probe (hybrid)".
        let to = (from + 1..to)
            .find(|at| {
                let next = self.word(at + 1).unwrap_or_default();
                self.prose.tokens[*at].is('(') && contact::streamed(self.prose, *at, to)
                    || matches!(self.word(*at), Some("und" | "oder")) && matches!(next, "im" | "online" | "per" | "via")
            })
            .unwrap_or(to);
        let tokens = &self.prose.tokens[from..to];
        let town = |token: &Token| token.capital && (self.town)(&self.prose.text[token.at..token.end]);
        let house = |token: &Token| token.capital && words::venue(&token.low) && !words::no_place(&token.low);
        let first = tokens.iter().find(|token| token.capital);
        // "…, helfen Ehrenamtliche im Rathaus" goes on as a sentence.
        if tokens[0].word().is_some() && !tokens[0].capital {
            return false;
        }
        let named = first.is_some_and(|first| town(first) || house(first))
            || tokens.iter().position(house).is_some_and(|at| {
                // "Process Mining im Sozialamt" says what it is about.
                !tokens[..at].iter().any(|token| token.word().is_some_and(|word| !token.capital && words::small(word)))
            })
            || self.places().address(from, to).is_some();
        let small = |token: &Token| {
            token
                .word()
                .is_some_and(|word| !token.capital && word.len() > 1 && !words::small(word) && !word.ends_with("en"))
        };
        let only = tokens.iter().filter(|token| token.gathering).all(house);
        named && only && !tokens.iter().any(small)
    }
}

/// Where a title stands, and the place beside it.
type Parted = ((usize, usize), Option<(usize, usize)>);

/// What an item says behind its date.
struct Rest {
    title: Option<String>,
    place: Option<String>,
    /// Where the title stands.
    range: (usize, usize),
}
