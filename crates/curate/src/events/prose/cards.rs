//! Listings of short lines, as pages give them without their markup: a day, the hours, the name, the place, where one
//! registers, each on a line of its own and in any order, for one event or for several below each other.
//!
//! Promises: linear in the lines; a day alone over running text is no card, nor is the day of writing.

use super::contact;
use super::judge::Sign;
use super::scene::{Reading, Sentence, Title};
use super::title::clean;
use super::token::Kind;
use super::when::{Mention, resolve};
use super::words;

/// Longest line of a card in tokens; what is longer is running text.
const LINE: usize = 26;
/// So many lines a card has at most, before its day and behind it.
const BEFORE: usize = 3;
const BEHIND: usize = 7;

/// An event in short lines: lines `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where its name stands, in tokens.
    title: (usize, usize),
    /// One of several of the same build.
    several: bool,
}

impl Card {
    /// What the text says outside of it is said of this event.
    pub(super) fn alone(self) -> bool {
        !self.several
    }
}

impl Reading<'_> {
    /// For each line with the day of a card, the card.
    pub(super) fn cards(&self) -> Vec<Option<Card>> {
        let count = self.prose.lines.len();
        let mut cards = vec![None; count];
        let days: Vec<bool> = (0..count).map(|line| self.bare_day(line)).collect();
        if !days.contains(&true) {
            return cards;
        }
        let members: Vec<bool> = (0..count).map(|line| days[line] || self.short_line(line)).collect();
        let mut at = 0;
        while at < count {
            if !members[at] {
                at += 1;
                continue;
            }
            let end = (at + 1..count).find(|line| !members[*line] || self.parts_run(&days, *line)).unwrap_or(count);
            for (day, from, to) in spans(&days, at, end) {
                let several = days[at..end].iter().filter(|day| **day).count() > 1;
                let title = self.title_of_card(day, from, to);
                cards[day] = title.map(|title| Card { from, to, title, several });
            }
            at = end;
        }
        cards
    }

    /// A blank line parts two runs of lines, unless it stands between a day alone and what belongs to it.
    fn parts_run(&self, days: &[bool], line: usize) -> bool {
        let lines = &self.prose.lines;
        let gap = |line: usize| lines.get(line).is_none_or(|line| line.gap);
        // Pages that put a blank line between all of them.
        let lonely = |day: usize| days[day] && (day == 0 || gap(day)) && gap(day + 1);
        let near = lonely(line) || lonely(line - 1) || line > 1 && gap(line - 1) && lonely(line - 2);
        gap(line) && !near
    }

    /// A line that says a day, its hours, and nothing else.
    fn bare_day(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        let Some(first) = self.inside(line.from, line.to).next() else { return false };
        let label = line.from + 2 <= first.from && self.prose.tokens[line.from + 1].is(':');
        let clocked = |at: usize| self.clocks.iter().any(|clock| at >= clock.from && at < clock.to);
        let plain = |at: usize| {
            self.dated[at]
                || match self.prose.tokens[at].kind {
                    Kind::Word => self.word(at).is_some_and(words::of_time),
                    Kind::Number(_) => clocked(at),
                    Kind::Link => false,
                    Kind::Mark(_) => true,
                }
        };
        let ends = !self.prose.tokens[line.to - 1].is('.') || self.dated[line.to - 1];
        !label && ends && line.to - line.from <= LINE && (line.from..line.to).all(plain)
    }

    /// A line that may belong to a card: no sentence, no day.
    fn short_line(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        if line.from == line.to || line.to - line.from > LINE || self.items[at].is_some() {
            return false;
        }
        let dateless = self.inside(line.from, line.to).next().is_none();
        let registers = self.registers(at);
        let sentence = self.prose.tokens[line.to - 1].is('.') && line.to - line.from > 6;
        registers || dateless && !sentence
    }

    fn registers(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        (line.from..line.to).any(|at| self.prose.tokens[at].kind == Kind::Link)
            || (line.from..line.to.min(line.from + 3))
                .any(|at| self.word(at).is_some_and(|word| word.starts_with("anmeld") || word.starts_with("ticket")))
    }

    /// The line of a card that names it.
    fn title_of_card(&self, day: usize, from: usize, to: usize) -> Option<(usize, usize)> {
        let lines = &self.prose.lines;
        let labelled = (from..to).find_map(|at| {
            let line = &lines[at];
            let label = self.word(line.from).is_some_and(words::titles) && line.from + 2 < line.to;
            (label && self.prose.tokens[line.from + 1].is(':')).then_some((line.from + 2, line.to))
        });
        let names = |at: &usize| *at != day && self.may_name(*at);
        let gathers = |at: &usize| {
            let line = &lines[*at];
            let bare = line.to == line.from + 1 && self.word(line.from).is_some_and(words::generic);
            !bare && (line.from..line.to).any(|at| self.prose.tokens[at].gathering)
        };
        // "Vortragsabend" over „Vergessen im Netz“: a line in quotation marks is a name.
        let quoted = (from..to).find(|at| {
            let line = &lines[*at];
            self.prose.quotation(line.from, line.to).is_some_and(|close| close + 1 == line.to)
        });
        let quoted = quoted.map(|at| {
            let over = at.checked_sub(1).filter(|over| *over >= from && *over != day).map(|over| &lines[over]);
            let kind = over.filter(|over| over.to == over.from + 1 && self.prose.tokens[over.from].gathering);
            (kind.map_or(lines[at].from, |kind| kind.from), lines[at].to)
        });
        let found = labelled.or(quoted).or_else(|| {
            let behind = || (day + 1..to).filter(names);
            let before = || (from..day).rev().filter(names);
            let best = before().chain(behind()).find(gathers);
            // "Lesecafé Netze" over "Bücherei Neuburg": of two lines that look like a place the first is the name.
            let looks = |at: &usize| *at != day && self.house_first(*at);
            let houses: Vec<usize> = (from..to).filter(looks).take(2).collect();
            let doubtful = || houses.first().copied().filter(|_| houses.len() == 2);
            let next = best.or_else(|| before().next()).or_else(|| behind().next()).or_else(doubtful)?;
            Some((lines[next].from, lines[next].to))
        });
        found.filter(|(from, to)| to > from)
    }

    /// A line that is no hour, no place, no price, no label, no address.
    fn may_name(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        let (from, to) = (line.from, line.to);
        let clocked = self.clocks.iter().any(|clock| clock.from == from)
            && (from..to).filter(|at| self.word(*at).is_some()).count() <= 3;
        let label = to > from + 1 && self.prose.tokens[from + 1].is(':') && self.word(from).is_some_and(words::label)
            || self.prose.tokens[to - 1].is(':');
        let price = (from..to).any(|at| matches!(self.word(at), Some("euro" | "eur" | "kostenlos" | "kostenfrei")))
            || (from..to).any(|at| self.prose.tokens[at].is('€'));
        let head = (from..to).all(|at| self.word(at).is_none_or(|word| words::heads_list(word) || words::small(word)));
        let online = self.online_only(from, to) && !(from..to).any(|at| self.prose.tokens[at].gathering);
        let named = (from..to).any(|at| self.prose.tokens[at].capital);
        named
            && !self.calls(at)
            && !(clocked || label || price || head || online || self.registers(at) || self.like_place(from, to))
    }

    /// "Mehr erfahren", "Weitere Informationen", "Zum Kalender hinzufügen": what the reader may do with the card.
    fn calls(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        let first = self.word(line.from).unwrap_or_default();
        let does =
            self.word(line.to - 1).is_some_and(|word| word.ends_with("en")) && !self.prose.tokens[line.to - 1].capital;
        let leads = matches!(
            first,
            "mehr" | "weiter" | "weitere" | "weiterlesen" | "details" | "jetzt" | "hier" | "merken" | "teilen"
        );
        let brief = line.to - line.from <= 4;
        brief
            && (leads || does && !matches!(first, "wie" | "was" | "warum"))
            && !(line.from..line.to).any(|at| self.prose.tokens[at].gathering)
    }

    /// A line that looks like a place, and gives no hour beside it.
    fn house_first(&self, at: usize) -> bool {
        let line = &self.prose.lines[at];
        self.like_place(line.from, line.to) || {
            let bar =
                (line.from..line.to).rev().find(|at| self.prose.tokens[*at].is('|') || self.prose.tokens[*at].is(','));
            bar.is_some_and(|bar| self.like_place(bar + 1, line.to))
        }
    }

    /// What a card says for its day.
    pub(super) fn card_signs(&self, card: Card, mention: &Mention, signs: &mut Vec<Sign>) {
        let (from, to) = self.card_tokens(card);
        let today = resolve(mention.start, mention.weekday, None, self.context, false);
        if self.context.is_none() || today.is_none_or(|day| Some(day) <= self.context) {
            return;
        }
        signs.retain(|sign| !sign.rule.starts_with("stamp"));
        let mut sign = |rule, points, at: usize| signs.push(Sign { rule, points, from: at, to: at + 1 });
        let other = (from..to).find(|at| {
            !self.dated[*at]
                && self.word(*at).is_some_and(|word| {
                    words::closed(word) || words::other_list(word) || words::deadline(word) && !self.shared_word(*at)
                })
        });
        if let Some(at) = other {
            return sign("a card of something else", -9, at);
        }
        sign("a card", if card.several { 3 } else { 1 }, mention.from);
        let gathers = (card.title.0..card.title.1).find(|at| self.prose.tokens[*at].gathering);
        if let Some(at) = gathers {
            sign("a gathering", 2, at);
        }
        let says = |at: &usize| matches!(self.word(*at), Some("date" | "vormerken" | "merken" | "terminhinweis"));
        if let Some(at) = (from..to).find(says) {
            sign("announces", 2, at);
        }
        if contact::online(self.prose, from, to) || self.place_of_card(card).is_some() {
            sign("a place", 1, from);
        }
        if (card.from..card.to).any(|line| self.registers(line)) {
            sign("one can register", 1, from);
        }
    }

    /// "Anmeldung bis zum 3. Mai": a deadline beside the day.
    fn shared_word(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.starts_with("anmelde") || word.starts_with("teilnahme"))
    }

    pub(super) fn card_tokens(&self, card: Card) -> (usize, usize) {
        (self.prose.lines[card.from].from, self.prose.lines[card.to - 1].to)
    }

    /// Title, place and online of a card.
    pub(super) fn of_card(&self, card: Card) -> (Title, Option<String>, bool) {
        let (from, to) = self.card_tokens(card);
        let online = contact::online(self.prose, from, to);
        let over = Sentence { line: card.from, from, to };
        if let Some((house, end)) = self.house_in_name(card.title)
            && let Some(words) = self.before(over)
        {
            return (Title { words, rank: 2 }, self.segment(house, end), online);
        }
        let title = self.ranked(clean(self.prose.words(card.title.0, card.title.1)));
        (title, self.place_of_card(card), online)
    }

    /// "Haus der Ideen, Neuburg, alle Vorträge zusätzlich im Stream": what stands before one of the commas is a place.
    fn house_in_name(&self, (from, to): (usize, usize)) -> Option<(usize, usize)> {
        let place = |at: &usize| self.prose.tokens[*at].is(',') && self.like_place(from, *at);
        let end = (from + 1..to).rev().find(|at| place(at)).filter(|_| !self.like_place(from, to))?;
        (!(from..end).any(|at| self.prose.tokens[at].gathering)).then_some((from, end))
    }

    /// A label's words, else the line that looks like a place, else a phrase of place.
    fn place_of_card(&self, card: Card) -> Option<String> {
        let other = |line: &&super::token::Line| {
            let label = line.from + 1 < line.to && self.prose.tokens[line.from + 1].is(':');
            let word = self.word(line.from).filter(|_| label).unwrap_or_default();
            words::label(word) && !words::places(word)
        };
        let lines = (card.from..card.to).map(|at| &self.prose.lines[at]);
        let lines = lines.filter(|line| line.from != card.title.0 && !other(line));
        // "Kontaktbörse für Informatik" is no bourse while a line of a house stands beside it.
        let gathers = |line: &super::token::Line| (line.from..line.to).any(|at| self.prose.tokens[at].gathering);
        let plain = lines.clone().filter(|line| !gathers(line)).chain(lines.clone().filter(|line| gathers(line)));
        let found = { plain }.find_map(|line| {
            let label = self.word(line.from).is_some_and(words::places)
                && line.from + 2 < line.to
                && self.prose.tokens[line.from + 1].is(':');
            let start = line.from + if label { 2 } else { 0 };
            let place = label || self.like_place(start, line.to);
            (place && !self.online_only(start, line.to)).then(|| self.segment(start, line.to))?
        });
        found.or_else(|| lines.clone().find_map(|line| self.place_in(line.from, line.to)))
    }

    /// The hours of a card, wherever they stand in it.
    pub(super) fn hours_of_card(&self, card: Card) -> Option<(u16, Option<u16>)> {
        let (from, to) = self.card_tokens(card);
        let clock = self.clocks.iter().find(|clock| clock.from >= from && clock.to <= to)?;
        Some((clock.start, clock.end))
    }

    pub(super) fn card(&self, sentence: Sentence) -> Option<Card> {
        self.cards.get(sentence.line).copied().flatten()
    }
}

/// The cards of a run of lines: the line of the day, and from where to where.
fn spans(days: &[bool], from: usize, to: usize) -> Vec<(usize, usize, usize)> {
    let at: Vec<usize> = (from..to).filter(|line| days[*line]).collect();
    let [first, .., last] = at[..] else {
        return at.iter().map(|day| (*day, (*day).saturating_sub(BEFORE).max(from), to.min(day + BEHIND))).collect();
    };
    let between = at[1] - first - 1;
    // The day first, or so many lines before it that the last card is as long as the first.
    let behind = to - last - 1;
    let lead = if first == from || behind >= between { 0 } else { (between - behind).min(first - from).min(BEFORE) };
    let ends = at[1..].iter().map(|next| next - lead).chain([to.min(last + 1 + between.max(1))]);
    at.iter()
        .zip(ends)
        .map(|(day, end)| (*day, day - lead, end.min(day + 1 + BEHIND)))
        .filter(|(day, _, end)| end > day)
        .collect()
}
