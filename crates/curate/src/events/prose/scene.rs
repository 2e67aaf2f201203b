//! A text as a whole: its lines, sentences, dates and hours, and what each date makes of what stands around it.

use model::Date;

use super::cards::Card;
use super::contact;
use super::items::Item;
use super::judge::{self, Scene, Sign};
use super::place::Places;
use super::sentences::sentences;
use super::shared::Shared;
use super::title::Titles;
use super::token::{Prose, Token};
use super::when::{Clock, Mention, clocks, mentions, resolve};
use super::words;

/// Longer than this no event of ours lasts; such a span is a term, a project, an exhibition.
pub(super) const SPAN: i64 = 31;

/// So many dates of a text are looked at; a text with more is a table, not an announcement.
const MENTIONS: usize = 100;

/// Two days of a series stand no further apart, in tokens.
const SIDE: usize = 24;

/// Longest sentence in tokens; what is longer is cut, so that no sentence is looked through at the price of a text.
const SENTENCE: usize = 160;

fn short(from: usize, to: usize) -> impl Iterator<Item = (usize, usize)> {
    (from..to).step_by(SENTENCE).map(move |at| (at, to.min(at + SENTENCE)))
}

/// A title and how good it is: of two tellings of one event the better name stays.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) words: String,
    /// 3 the event's own name, 2 what the text was about before, 1 a noun that says little, 0 a clause.
    pub(super) rank: u8,
}

/// A date that speaks for an event, with all that is known of it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) title: Title,
    /// Of an item of a list: what tells it from others on the same day.
    pub(super) item: Option<String>,
    pub(super) start: Date,
    pub(super) end: Option<Date>,
    pub(super) hours: Option<(u16, Option<u16>)>,
    pub(super) place: Option<String>,
    pub(super) online: bool,
    pub(super) registration: Option<String>,
    pub(super) organiser: Option<String>,
    pub(super) signs: Vec<Sign>,
    pub(super) points: i32,
    /// The sentence, in tokens.
    pub(super) said: (usize, usize),
}

impl Told {
    /// It is said not to take place.
    pub(super) fn is_off(&self) -> bool {
        self.signs.iter().any(|sign| sign.rule == judge::CALLED_OFF)
    }

    /// How clearly it is announced, whether it takes place or not.
    pub(super) fn points_if_on(&self) -> i32 {
        let off: i32 = self.signs.iter().filter(|sign| sign.rule == judge::CALLED_OFF).map(|sign| sign.points).sum();
        self.points - off
    }

    /// "am 2. Februar in Ulm und am 30. März in Konstanz": the second day is announced like the first.
    fn follows(&mut self, mention: &Mention) {
        if self.points < judge::ENOUGH && self.signs.iter().all(|sign| sign.points > 0) {
            self.signs.push(Sign { rule: "one of a series", points: 2, from: mention.from, to: mention.to });
            self.points += 2;
        }
    }

    /// The same event, said again: whatever it lacks is taken from there, and the better title.
    pub(super) fn join(&mut self, other: Told) {
        let (own, theirs) = (self.points_if_on(), other.points_if_on());
        if (other.title.rank, theirs) > (self.title.rank, own) {
            self.title = other.title;
        }
        // Once called off is called off, however often the text says when it would have been.
        let off = self.signs.iter().chain(&other.signs).find(|sign| sign.rule == judge::CALLED_OFF).copied();
        if theirs > own {
            (self.signs, self.said) = (other.signs, other.said);
        }
        self.signs.extend(off.filter(|_| !self.is_off()));
        self.points = self.signs.iter().map(|sign| sign.points).sum();
        self.end = self.end.max(other.end);
        self.hours = self.hours.or(other.hours);
        self.place = self.place.take().or(other.place);
        self.online |= other.online;
        self.registration = self.registration.take().or(other.registration);
        self.organiser = self.organiser.take().or(other.organiser);
    }
}

/// A sentence: tokens `from..to` of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) line: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A text, read.
pub(super) struct Reading<'a> {
    pub(super) prose: &'a Prose<'a>,
    pub(super) context: Option<Date>,
    pub(super) town: &'a dyn Fn(&str) -> bool,
    pub(super) mentions: Vec<Mention>,
    pub(super) clocks: Vec<Clock>,
    /// For each token, whether it belongs to a date.
    pub(super) dated: Vec<bool>,
    pub(super) sentences: Vec<Sentence>,
    /// For each line, whether it is an item of a list with a date.
    pub(super) items: Vec<Option<Item>>,
    /// For each line, the listing of short lines that it gives the day of.
    pub(super) cards: Vec<Option<Card>>,
    /// What holds for all dates.
    pub(super) shared: Shared,
    /// What a label says of the place.
    pub(super) labelled: Option<String>,
}

/// Items that say nothing for themselves: in a list that holds events their neighbours say what they are, and so does a
/// line over the list under which nothing else is listed.
fn stand_together(lists: &mut [(Option<usize>, Told)], invites: &dyn Fn(usize) -> bool) {
    let of = |lists: &[(Option<usize>, Told)], like: &dyn Fn(&Told) -> bool| -> Vec<Option<usize>> {
        lists.iter().filter(|(_, one)| like(one)).map(|(intro, _)| *intro).collect()
    };
    let firm = of(lists, &|one| one.points >= judge::ENOUGH);
    let mixed = of(lists, &|one| one.signs.iter().any(|sign| sign.points < 0));
    let all = of(lists, &|_| true);
    for (intro, one) in lists.iter_mut() {
        let plain = one.points == judge::ENOUGH - 1 && one.signs.iter().all(|sign| sign.points > 0);
        let several = intro.is_some_and(invites) && all.iter().filter(|other| *other == intro).take(2).count() == 2;
        if plain && (firm.contains(intro) || several && !mixed.contains(intro)) {
            let (from, to) = one.said;
            one.signs.push(Sign { rule: "among events", points: 1, from, to });
            one.points += 1;
        }
    }
}

/// All dates of a text.
pub(super) fn dates(prose: &Prose<'_>) -> Vec<Mention> {
    let mut all = Vec::new();
    for line in &prose.lines {
        all.extend(mentions(prose, line.from, line.to));
    }
    all.truncate(MENTIONS);
    all
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        prose: &'a Prose<'a>,
        all: Vec<Mention>,
        context: Option<Date>,
        town: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        let mut dated = vec![false; prose.tokens.len()];
        let mut hours = Vec::new();
        for mention in &all {
            dated[mention.from..mention.to].fill(true);
        }
        if !all.is_empty() {
            for line in &prose.lines {
                hours.extend(clocks(prose, line.from, line.to, &dated));
            }
        }
        let mut reading = Reading {
            prose,
            context,
            town,
            mentions: all,
            clocks: hours,
            dated,
            sentences: Vec::new(),
            items: Vec::new(),
            cards: Vec::new(),
            shared: Shared::default(),
            labelled: None,
        };
        if reading.mentions.is_empty() {
            return reading;
        }
        reading.labelled = reading.places().labelled();
        reading.items = (0..prose.lines.len()).map(|line| reading.item(line)).collect();
        reading.cards = reading.cards();
        reading.cut();
        let mut days: Vec<usize> = reading.mentions.iter().map(|mention| mention.from).collect();
        days.dedup();
        if days.len() > 1 || reading.mentions.len() > 1 {
            reading.shared = reading.shared();
        }
        reading
    }

    /// Cuts lines into sentences; an item of a list is one.
    fn cut(&mut self) {
        for (at, line) in self.prose.lines.iter().enumerate() {
            if self.items[at].is_some() {
                self.sentences.push(Sentence { line: at, from: line.from, to: line.to.min(line.from + SENTENCE) });
            } else {
                let cut = sentences(self.prose, line.from, line.to, &self.dated);
                for (from, to) in cut.into_iter().flat_map(|(from, to)| short(from, to)) {
                    // "Merken Sie sich den 8. Oktober vor! Dann lädt …": the date's sentence goes on.
                    let goes_on = self.prose.tokens[from].word() == Some("dann");
                    match self
                        .sentences
                        .last_mut()
                        .filter(|last| goes_on && last.line == at && to - last.from < SENTENCE)
                    {
                        Some(last) => last.to = to,
                        None => self.sentences.push(Sentence { line: at, from, to }),
                    }
                }
            }
        }
    }

    pub(super) fn titles(&self) -> Titles<'_> {
        Titles { prose: self.prose, dated: &self.dated }
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places { prose: self.prose, dated: &self.dated, town: self.town }
    }

    /// The sentence before.
    pub(super) fn previous(&self, sentence: Sentence) -> Option<&Sentence> {
        let first = self.sentences.partition_point(|one| one.to <= sentence.from);
        self.sentences[..first].last()
    }

    pub(super) fn word(&self, at: usize) -> Option<&str> {
        self.prose.tokens.get(at).and_then(Token::word)
    }

    /// Everything that the text's dates tell.
    pub(super) fn told(&self) -> Vec<Told> {
        let mut told = Vec::new();
        let mut lists: Vec<(Option<usize>, Told)> = Vec::new();
        // The sentence of the last event, and where its day ends.
        let mut series: Option<(usize, usize)> = None;
        for mention in &self.mentions {
            let Some(sentence) = self.sentences.iter().find(|one| mention.from >= one.from && mention.to <= one.to)
            else {
                continue;
            };
            let item = self.items[sentence.line];
            for mut one in self.one(mention, *sentence) {
                if item.is_some() {
                    lists.push((self.intro(sentence.line), one));
                    continue;
                }
                if series.is_some_and(|(line, end)| line == sentence.from && self.side_by_side(end, mention.from)) {
                    one.follows(mention);
                }
                series = (one.points >= judge::ENOUGH).then_some((sentence.from, mention.to)).or(series);
                told.push(one);
            }
        }
        stand_together(&mut lists, &|line| self.invites_to_list(line));
        // A dated list is told whole, though its first dates are over; but a list of what was is none.
        let comes = |one: &Told| self.context.is_none_or(|today| one.end.unwrap_or(one.start) >= today);
        let ahead: Vec<Option<usize>> = lists.iter().filter(|(_, one)| comes(one)).map(|(intro, _)| *intro).collect();
        told.retain(comes);
        let whole = |intro: &Option<usize>| intro.is_some() && ahead.contains(intro);
        told.extend(lists.into_iter().filter(|(intro, one)| comes(one) || whole(intro)).map(|(_, one)| one));
        told
    }

    /// Nothing stands between two days of a sentence but names: no other verb than that of the first.
    fn side_by_side(&self, from: usize, to: usize) -> bool {
        from < to
            && to - from <= SIDE
            && (from..to).any(|at| self.prose.tokens[at].capital || self.prose.tokens[at].is(','))
            && (from..to).all(|at| {
                let token = &self.prose.tokens[at];
                let plain = |word: &str| {
                    token.capital
                        || words::small(word)
                        || matches!(word, "folgt" | "folgen" | "dann" | "schliesslich" | "zuletzt" | "jeweils" | "uhr")
                };
                self.dated[at] || token.word().is_none_or(plain)
            })
    }

    /// What one date tells: mostly one event; one for each line below, if it stands over a list of hours.
    fn one(&self, mention: &Mention, sentence: Sentence) -> Vec<Told> {
        let clause = self.clause(mention, sentence);
        let card = self.card(sentence);
        let hours = card
            .and_then(|card| self.hours_of_card(card))
            .or_else(|| self.hours(mention, sentence))
            .or(self.shared.hours);
        let (mut signs, past) = self.signs(mention, sentence, clause, hours.is_some());
        let Some((start, end)) = self.days(mention, sentence, past) else { return Vec::new() };
        // Of what is over today the past tense tells; of days ahead it may tell who decided on them.
        if past && self.context.is_none_or(|today| end.unwrap_or(start) <= today) {
            let (from, to) = (sentence.from, sentence.to);
            signs.push(Sign { rule: "told as past", points: -9, from, to });
        }
        if end.is_some_and(|end| end.days() - start.days() > SPAN) {
            let (from, to) = (mention.from, mention.to);
            signs.push(Sign { rule: "too long", points: -3, from, to });
        }
        let below = self.hours_below(sentence);
        if !below.is_empty() {
            return below.into_iter().map(|line| self.listed_hour(line, mention, sentence, &signs, start)).collect();
        }
        let own = card.map_or((sentence.from, sentence.to), |card| self.card_tokens(card));
        let item =
            self.items[sentence.line].filter(|item| *item != Item::Lead || self.first_of(sentence.from, mention));
        let (title, place, online) = match (card, item) {
            (Some(card), _) => self.of_card(card),
            (None, Some(item)) => self.of_item(item, mention, sentence),
            (None, None) => {
                let online = self.online_of(mention, sentence, clause);
                let place =
                    if self.online_alone(sentence, clause) { None } else { self.place(mention, sentence, clause) };
                (self.title(mention, sentence, clause), place, online)
            }
        };
        let text_is_its_own = !self.bulleted(sentence.line) && card.is_none_or(Card::alone);
        vec![Told {
            item: (item.is_some() || card.is_some()).then(|| title.words.clone()),
            place: place
                .or_else(|| self.shared.place.clone())
                .or_else(|| self.place_of_name(&title.words).filter(|_| !online)),
            online: online || self.shared.online,
            registration: contact::registration(self.prose, own, self.below(sentence.line), text_is_its_own),
            organiser: self.organiser(sentence).map(|(_, words)| words),
            title,
            start,
            end,
            hours,
            points: signs.iter().map(|sign| sign.points).sum(),
            signs,
            said: own,
        }]
    }

    /// The signs that stand around a date, and whether its sentence tells what was.
    fn signs(&self, mention: &Mention, sentence: Sentence, clause: (usize, usize), clock: bool) -> (Vec<Sign>, bool) {
        let places = self.places();
        let scene = Scene {
            prose: self.prose,
            mention,
            dated: &self.dated,
            from: sentence.from,
            to: sentence.to,
            clause,
            dates: self.days_in(sentence),
            clock,
            place: places.phrases(clause.0, clause.1).iter().any(|found| found.sure >= 3)
                || places.address(clause.0, clause.1).is_some(),
            ends: self.ended(mention, sentence),
        };
        let mut signs = scene.signs();
        self.taking_part(sentence, &mut signs);
        self.list_signs(sentence, mention, &mut signs);
        if let Some(card) = self.card(sentence) {
            self.card_signs(card, mention, &mut signs);
        }
        (signs, scene.past())
    }

    /// The first day and the last.
    fn days(&self, mention: &Mention, sentence: Sentence, past: bool) -> Option<(Date, Option<Date>)> {
        let start = resolve(mention.start, mention.weekday, self.about(sentence), self.context, past)?;
        let mut end = mention.end.and_then(|end| resolve(end, None, Some(start.year()), Some(start), false));
        if end.is_some_and(|end| end < start) {
            // "28. Dezember bis 3. Januar" under one year.
            end = mention.end.and_then(|end| resolve(end, None, None, Some(start), false)).filter(|end| *end >= start);
        }
        let end = end
            .or_else(|| self.ends(mention, sentence, start))
            .or_else(|| self.lasts(sentence, start))
            .or_else(|| self.ends_below(sentence, start))
            .or_else(|| self.until_weekday(mention, sentence, start));
        Some((start, end))
    }

    /// Whether a date is the first of its line; a bar of a table may stand before it.
    fn first_of(&self, from: usize, mention: &Mention) -> bool {
        mention.from == from || mention.from == from + 1 && self.prose.tokens[from].is('|')
    }

    /// How many dates a sentence holds; days that a list names side by side are one.
    pub(super) fn days_in(&self, sentence: Sentence) -> usize {
        let mut starts: Vec<usize> = self.inside(sentence.from, sentence.to).map(|mention| mention.from).collect();
        starts.dedup();
        starts.len()
    }

    pub(super) fn inside(&self, from: usize, to: usize) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|mention| mention.from < from);
        self.mentions[first..].iter().take_while(move |mention| mention.to <= to)
    }

    /// The part of the sentence around a date: commas that no date stands beside bound it.
    fn clause(&self, mention: &Mention, sentence: Sentence) -> (usize, usize) {
        let bound = |at: usize| {
            let token = &self.prose.tokens[at];
            let dated = |at: usize| self.dated.get(at).copied().unwrap_or(false);
            let clocked = |at: usize| self.clocks.iter().any(|clock| at >= clock.from && at < clock.to);
            let beside = token.is(',')
                && (dated(at) || dated(at.wrapping_sub(1)) || dated(at + 1) || clocked(at.wrapping_sub(1)));
            let comma = token.is(',') && !beside;
            !self.prose.quoted[at] && (comma || token.is(';') || (token.is('–') && !self.dated[at]))
        };
        let from = (sentence.from..mention.from).rev().find(|at| bound(*at)).map_or(sentence.from, |at| at + 1);
        let to = (mention.to..sentence.to).find(|at| bound(*at)).unwrap_or(sentence.to);
        (from, to)
    }

    /// The year that the text is about here: said in the sentence, in the line over the list, in the heading.
    fn about(&self, sentence: Sentence) -> Option<i16> {
        let year = |at: usize| {
            let token = &self.prose.tokens[at];
            let year =
                token.number().filter(|year| token.digits() == 4 && (1990..2100).contains(year) && !self.dated[at]);
            year.map(|year| year as i16)
        };
        let said = |at: &usize| {
            matches!(
                self.word(at.saturating_sub(1)),
                Some("jahr" | "jahres" | "in" | "fruehjahr" | "herbst" | "sommer" | "termine" | "halbjahr")
            )
        };
        let own = (sentence.from..sentence.to).filter(said).find_map(year);
        let intro = || {
            let line = &self.prose.lines[self.intro(sentence.line)?];
            (line.from..line.to).find_map(year)
        };
        let heading = || {
            let line = &self.prose.lines[self.heading(sentence.line)?];
            (line.from..line.to).find_map(year)
        };
        own.or_else(intro).or_else(heading)
    }
}
