//! Whether two items tell the same act: by one address, one headline, one text, or in their own words (`weigh`).
//!
//! What cannot be one act is told apart first: other places, another station of a law, this year's numbers in last
//! year's words. Sources copy each other's texts, but more often they retell, and then all that both say is weighed.

use model::Moment;

use super::face::Face;
use super::parts::Stem;
use super::print::{Print, common, shared};
use super::weigh::{self, contradict, one_act};

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;
/// Copies and retold texts appear within so many days of each other.
const COPIED_DAYS: i64 = 5;
/// Later than this it is another stage of the matter.
pub(super) const LATEST_DAYS: i64 = 31;
/// Pages of one address share so much weight of words: one that is not of the whole field.
const SOME: f32 = 0.7;
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
    let days = apart(one, other);
    if a.source == b.source {
        // One article under two addresses of one portal: an old and a new scheme, a print version.
        let again = near_titles && titles >= 0.9 && one.at.date() == other.at.date();
        let whole = jaccard(&one.print.stems, &other.print.stems);
        let glued = days == 0 && whole >= 0.8 && one.print.stems.len().min(other.print.stems.len()) >= 8;
        // The teaser of the list and that of the page may be worded apart; two parts of one series are, too, and have
        // nothing but the headline in common.
        let reworded = || common(&one.print.body, &other.print.body) >= 3 && one_act(one, other, 0).is_some();
        let copied = whole >= 0.6 && !filled_in(one.print, other.print) || again && reworded();
        return if again && copied || glued { said(Rule::Text, whole) } else { None };
    }
    if near_titles && filled_in(one.print, other.print) {
        return None;
    }
    // Two pages without a date are reference more often than news.
    let undated = u8::from(one.until == i64::MAX) + u8::from(other.until == i64::MAX);
    if days > LATEST_DAYS || other_headline(one.print, other.print) {
        return None;
    }
    if near_titles && days <= COPIED_DAYS && undated == 0 {
        return said(Rule::Title, titles);
    }
    if a.event || b.event || elsewhere(one.print, other.print) {
        return None;
    }
    let exact = contradict(&one.print.numbers, &other.print.numbers) || contradict(&one.print.days, &other.print.days);
    // One text under two headlines, as houses with two portals and agencies deliver it.
    let texts = jaccard(&one.print.body, &other.print.body);
    if !exact && days <= COPIED_DAYS && common(&one.print.body, &other.print.body) >= 6 && texts >= 0.6 {
        return said(Rule::Text, texts);
    }
    one_act(one, other, days).and_then(|score| said(Rule::Act, score))
}

/// How much speaks for two items telling one act, whether it is enough or not.
pub(super) fn weight_of_one_act(one: Side<'_>, other: Side<'_>) -> f32 {
    weigh::weight(one, other, apart(one, other))
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
    days > LATEST_DAYS || other_headline(one.print, other.print)
}

/// Both headlines give numbers, none in common, and nor do the texts: next week's edition, another milestone. One
/// headline may give the sum and the other who gets it.
fn other_headline(one: &Print, other: &Print) -> bool {
    contradict(&one.title_numbers, &other.title_numbers) && common(&one.numbers, &other.numbers) == 0
}

/// One address is one thing, unless a source gives all its entries the same: the page that lists them.
fn one_address(one: Side<'_>, other: Side<'_>, titles: f32) -> bool {
    let (a, b) = (one.item, other.item);
    // Editors word the headline of one page anew, but some word of it or of the text stays.
    let alike = if a.source == b.source { titles >= 0.5 } else { weight(&one.print.stems, &other.print.stems) >= SOME };
    alike && one.print.address.is_some() && one.print.address == other.print.address && a.event == b.event
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

fn jaccard<T: Ord>(one: &[T], other: &[T]) -> f32 {
    let shared = common(one, other);
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f32 / all as f32 }
}

/// The weight of the stems in common; both lists are sorted by stem.
fn weight(one: &[Stem], other: &[Stem]) -> f32 {
    shared(one, other).map(|stem| stem.weight()).sum()
}
