//! Whether two items tell the same act: significant stems of title and text, names, numbers and days in common, none
//! that contradict.
//!
//! Sources copy each other's texts, but more often they tell one act in their own words. Then it is the rare words
//! that they share: the person, the programme, the sum, the day. What the whole field speaks of ("digital",
//! "Verwaltung") counts little, a person's or a programme's name counts double.

use model::Moment;

use super::face::Face;
use super::parts::Stem;
use super::print::{Print, common, shared};

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;
/// Copies and retold texts appear within so many days of each other.
const COPIED_DAYS: i64 = 5;
/// What is retold later than that needs more in common.
const SOON_DAYS: i64 = 7;
/// Later than this it is another stage of the matter.
pub(super) const LATEST_DAYS: i64 = 31;
/// So much evidence makes two texts one story.
const ENOUGH: f32 = 5.0;
/// So much weight of words alone does it where one of the two has no date.
const SURE: f32 = 6.0;
/// Texts that share so much of their words are one form, filled in twice.
const FORM: f32 = 0.3;
/// Papers round: "rund 1.200" and "1.240" are one number.
const ROUNDED: f64 = 0.1;

/// Why two items tell the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// By which rule.
    pub rule: Rule,
    /// How much they share; for addresses 1.
    pub score: f32,
}

/// What makes two items one story, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// One act in two houses' words.
    Act,
    /// One text, under whatever headline.
    Text,
    /// One headline within a few days.
    Title,
    /// One address, in whichever form.
    Address,
}

impl Rule {
    /// "one address", "one title", "one text", "one act".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Rule::Address => "one address",
            Rule::Title => "one title",
            Rule::Text => "one text",
            Rule::Act => "one act",
        }
    }
}

/// An item's face and print, when it appeared, and the last moment at which it may have: a source may give a month only.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) item: &'a Face,
    pub(super) print: &'a Print,
    pub(super) at: Moment,
    pub(super) until: i64,
}

impl<'a> Side<'a> {
    pub(super) fn new(item: &'a Face, at: Moment, until: i64) -> Self {
        Side { item, print: &item.print, at, until }
    }
}

/// Whether two items tell the same, and why. The same whichever comes first.
pub(super) fn same(one: Side<'_>, other: Side<'_>) -> Option<Likeness> {
    if differ(one, other) {
        return None;
    }
    let (a, b) = (one.item, other.item);
    let titles = jaccard(&one.print.title, &other.print.title);
    let said = |rule, score| Some(Likeness { rule, score });
    if one_address(one, other, titles) {
        return said(Rule::Address, 1.0);
    }
    if opposed(one.print, other.print) {
        return None;
    }
    let near_titles = titles >= 0.75
        && one.print.title.len().min(other.print.title.len()) >= 3
        && one.print.title_numbers == other.print.title_numbers
        && !elsewhere(one.print, other.print);
    if near_titles && filled_in(one.print, other.print) {
        return None;
    }
    let days = apart(one, other);
    if a.source == b.source {
        // One article under two addresses of one portal: an old and a new scheme, a print version.
        let again = near_titles && titles >= 0.9 && one.at.date() == other.at.date();
        let whole = jaccard(&one.print.stems, &other.print.stems);
        let glued = days == 0 && whole >= 0.8 && one.print.stems.len().min(other.print.stems.len()) >= 8;
        return if again && whole >= 0.6 || glued { said(Rule::Text, whole) } else { None };
    }
    // Two pages without a date are reference more often than news.
    let undated = u8::from(one.until == i64::MAX) + u8::from(other.until == i64::MAX);
    if days > LATEST_DAYS || contradict(&one.print.title_numbers, &other.print.title_numbers) {
        return None;
    }
    if near_titles && days <= COPIED_DAYS && undated == 0 {
        return said(Rule::Title, titles);
    }
    if a.event || b.event || elsewhere(one.print, other.print) {
        return None;
    }
    if contradict(&one.print.numbers, &other.print.numbers) || contradict(&one.print.days, &other.print.days) {
        return None;
    }
    // One text under two headlines, as houses with two portals and agencies deliver it.
    let texts = jaccard(&one.print.body, &other.print.body);
    if days <= COPIED_DAYS && common(&one.print.body, &other.print.body) >= 6 && texts >= 0.6 {
        return said(Rule::Text, texts);
    }
    if undated == 2 { None } else { one_act(one, other, days) }
}

/// Whether a short look tells two items apart that no rule below would join. Most pairs have words of the field in common
/// and nothing else, and there are hundreds of them for one that tells the same.
fn differ(one: Side<'_>, other: Side<'_>) -> bool {
    if one.print.address.is_some() && one.print.address == other.print.address {
        return false;
    }
    let days = apart(one, other);
    if one.item.source == other.item.source {
        // A day that ends summer time is longer than a day.
        return days > 1;
    }
    days > LATEST_DAYS || contradict(&one.print.title_numbers, &other.print.title_numbers)
}

/// One address is one thing, unless a source gives all its entries the same: the page that lists them.
fn one_address(one: Side<'_>, other: Side<'_>, titles: f32) -> bool {
    let (a, b) = (one.item, other.item);
    // Editors word the headline of one page anew, but some word of it or of the text stays.
    let alike = if a.source == b.source { titles >= 0.5 } else { weight(&one.print.stems, &other.print.stems) >= 1.0 };
    alike && one.print.address.is_some() && one.print.address == other.print.address && a.event == b.event
}

/// One act in two houses' words.
fn one_act(one: Side<'_>, other: Side<'_>, days: i64) -> Option<Likeness> {
    let (a, b) = (one.print, other.print);
    let shared = weight(&a.stems, &b.stems);
    let part = shared / a.weight.min(b.weight).max(1.0);
    let titles = weight(&a.title_stems, &b.title_stems);
    let title_part = titles / a.title_weight.min(b.title_weight).max(0.5);
    let names = common(&a.names, &b.names).min(2) as f32;
    let exact = (common(&a.numbers, &b.numbers) + common(&a.days, &b.days)) as f32;
    let place = f32::from(u8::from(common(&a.towns, &b.towns) > 0));
    let score = shared + 0.5 * titles + 2.0 * names + 2.0 * exact + place;
    let vague = [one, other].iter().any(|side| side.until.saturating_sub(side.at.ms()) > LATEST_DAYS * DAY_MS);
    let undated = one.until == i64::MAX || other.until == i64::MAX;
    let enough = if undated {
        shared >= SURE && part >= 0.4 && (title_part >= 0.4 || exact > 0.0)
    } else if vague {
        // A year is no date: only what says the same in numbers counts.
        exact > 0.0 && part >= 0.4 && score > ENOUGH
    } else {
        // A person's or a programme's name, in one Land, on one day.
        let named = days == 0 && names > 0.0 && common(&a.states, &b.states) > 0;
        let firm = exact > 0.0 || title_part >= 0.55 || part >= 0.36 || named;
        let least = if days > SOON_DAYS { ENOUGH + 1.0 } else { ENOUGH };
        firm && score >= least && part >= 0.22 && shared >= 2.5
    };
    enough.then_some(Likeness { rule: Rule::Act, score })
}

/// How many days lie between two items; none if their spans overlap.
fn apart(one: Side<'_>, other: Side<'_>) -> i64 {
    let known = |side: Side<'_>| side.until < i64::MAX;
    if !known(one) || !known(other) {
        return 0;
    }
    let gap = one.at.ms().max(other.at.ms()).saturating_sub(one.until.min(other.until));
    gap.max(0) / DAY_MS
}

/// Two items that cannot be one story, whoever else tells both: their headlines stand at two stations of a law, or in
/// two places, or they count the same thing and come to other numbers.
pub(super) fn opposed(one: &Print, other: &Print) -> bool {
    let stations = one.title_stations & other.stations == 0
        && other.title_stations & one.stations == 0
        && one.title_stations != 0
        && other.title_stations != 0;
    let places = apart_in(&one.head.towns, &other.head.towns, &one.towns, &other.towns)
        || apart_in(&one.head.states, &other.head.states, &one.states, &other.states);
    stations || places || miscount(one, other)
}

/// Both headlines name some, and neither names one that the other item names anywhere.
fn apart_in<T: Ord>(one: &[T], other: &[T], all_one: &[T], all_other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && common(one, all_other) == 0 && common(other, all_one) == 0
}

/// Both say how many there are of something, and never as many: a template with this year's numbers.
fn miscount(one: &Print, other: &Print) -> bool {
    let agree = |a: f64, b: f64| (a - b).abs() <= ROUNDED * a.max(b);
    let mut differ = false;
    for (what, many) in one.counts.iter().take(COUNTS) {
        for (_, others) in other.counts.iter().take(COUNTS).filter(|(unit, _)| unit == what) {
            if agree(*many, *others) {
                return false;
            }
            differ = true;
        }
    }
    differ && common(&one.numbers, &other.numbers) == 0
}

/// Under one headline one sentence with other names: "Der Ausschuss hat Maike Muster zur Vorsitzenden gewählt", in every county. Who
/// retells an act in other words may name other people.
fn filled_in(one: &Print, other: &Print) -> bool {
    let exact = common(&one.numbers, &other.numbers) + common(&one.days, &other.days);
    exact == 0 && contradict(&one.names, &other.names) && jaccard(&one.body, &other.body) >= FORM
}

/// So many counts of an item are compared.
const COUNTS: usize = 8;

/// Both name places, and none in common: one text for two towns is two stories.
fn elsewhere(one: &Print, other: &Print) -> bool {
    contradict(&one.states, &other.states) || contradict(&one.towns, &other.towns)
}

/// Both name some, and none in common.
fn contradict<T: Ord>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && common(one, other) == 0
}

fn jaccard<T: Ord>(one: &[T], other: &[T]) -> f32 {
    let shared = common(one, other);
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

/// The weight of the stems in common; both lists are sorted by stem.
fn weight(one: &[Stem], other: &[Stem]) -> f32 {
    shared(one, other).map(|stem| stem.weight()).sum()
}
