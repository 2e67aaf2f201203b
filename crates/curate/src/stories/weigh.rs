//! One act in two houses' words: independent evidence, weighed and summed up.
//!
//! One is what a rare noun counts that both have (`parts.rs` says what other words count). What both say of the act
//! counts for them, what they say otherwise counts against them, and so does how far apart they are, or that nobody
//! knows. The weights are the rounded coefficients of a logistic regression over labelled pairs, those that speak
//! against one act raised where such pairs were few; none of them decides alone.

use super::likeness::Side;
use super::parts::Stem;
use super::print::{Print, common, shared};

/// So much evidence makes two items one story.
const ENOUGH: f32 = 5.0;

/// How many kinds of evidence there are, and how many of them are found in a moment.
const KINDS: usize = 17;
const FIRST: usize = 15;
/// What is weighed, and what one of each counts.
const WEIGHTS: [(&str, f32); KINDS] = [
    // Numbers of three digits and more, smaller ones, days with their months, years but the one of publication.
    ("numbers", 1.5),
    ("few", 0.4),
    ("days", 1.0),
    ("years", 0.9),
    // What houses call by different names; what they say is done; a Land in both headlines.
    ("subjects", 0.9),
    ("acts", 1.1),
    ("land", 1.1),
    // One headline names a Land, and the other item none.
    ("no land", -1.0),
    // Both give numbers, or days, and none in common.
    ("other numbers", -4.0),
    ("other days", -2.5),
    // More than a day apart, and more than five; items of which the day is not known, and those of some year.
    ("a day", -0.6),
    ("a week", -2.0),
    ("undated", -3.4),
    ("vague", -2.0),
    // Words that both have.
    ("words", 1.0),
    // Parts of words that they do not both have; how much of either headline the other item says as well.
    ("parts", 0.4),
    ("headlines", 0.8),
];

/// Of numbers, days, years and Länder no more of each count, and no more subjects, acts and parts of words.
const MOST: usize = 2;
const MOST_SUBJECTS: u32 = 3;
const MOST_ACTS: u32 = 2;
const MOST_PARTS: f32 = 4.0;
/// More than the parts of words and the headlines can weigh.
const REST: f32 = 3.0;
/// Headlines of so much weight or less say too little by themselves.
const LITTLE: f32 = 2.0;
/// A month in milliseconds: what leaves more than that open gives a year.
const MONTH_MS: i64 = 31 * 86_400_000;

/// How much speaks for one act; nothing if it is not enough. `days` lie between the two.
pub(super) fn one_act(one: Side<'_>, other: Side<'_>, days: i64) -> Option<f32> {
    let first = sum(&first(one, other, days), 0);
    // Most pairs that are looked at are far from one act, and the rest takes longest to find.
    if first + REST < ENOUGH {
        return None;
    }
    let score = first + sum(&rest(one.print, other.print), FIRST);
    (score >= ENOUGH).then_some(score)
}

/// How much speaks for one act, be it enough or not.
pub(super) fn weight(one: Side<'_>, other: Side<'_>, days: i64) -> f32 {
    sum(&first(one, other, days), 0) + sum(&rest(one.print, other.print), FIRST)
}

/// What evidence weighs, of the kinds from a place in [`WEIGHTS`] on.
fn sum(evidence: &[f32], from: usize) -> f32 {
    evidence.iter().zip(&WEIGHTS[from..]).map(|(much, (_, weight))| much * weight).sum()
}

/// The evidence that is found in a moment.
fn first(one: Side<'_>, other: Side<'_>, days: i64) -> [f32; FIRST] {
    let (a, b) = (one.print, other.print);
    let exact = |count: usize| count.min(MOST) as f32;
    let bits = |count: u32, most: u32| count.min(most) as f32;
    let holds = |holds: bool| f32::from(u8::from(holds));
    let sides = |holds: fn(Side<'_>) -> bool| f32::from(u8::from(holds(one)) + u8::from(holds(other)));
    [
        exact(common(&a.numbers, &b.numbers)),
        exact((a.few & b.few).count_ones() as usize),
        exact(common(&a.days, &b.days)),
        exact(years(one, other)),
        bits((a.subjects & b.subjects).count_ones(), MOST_SUBJECTS),
        bits((a.acts & b.acts).count_ones(), MOST_ACTS),
        exact(common(&a.head.states, &b.head.states)),
        holds(landless(a, b) || landless(b, a)),
        holds(contradict(&a.numbers, &b.numbers)),
        holds(contradict(&a.days, &b.days)),
        holds(days > 1),
        holds(days > 5),
        sides(undated),
        sides(vague),
        shared(&a.stems, &b.stems).map(|stem| stem.weight()).sum(),
    ]
}

/// What takes longer to find.
fn rest(a: &Print, b: &Print) -> [f32; KINDS - FIRST] {
    [parts(a, b).min(MOST_PARTS), covered(a, b).min(covered(b, a))]
}

/// Parts of words, or whole ones, that the other has as parts of its words: each once, and none that both have whole.
fn parts(a: &Print, b: &Print) -> f32 {
    let has = |list: &[Stem], stem: &Stem| list.binary_search(stem).is_ok();
    let both = shared(&a.parts, &b.parts).filter(|part| !(has(&a.stems, part) && has(&b.stems, part)));
    let of_one = |one: &Print, other: &Print| -> f32 {
        let whole = shared(&one.parts, &other.stems).filter(|part| !has(&one.stems, part) && !has(&other.parts, part));
        whole.map(|part| part.part()).sum()
    };
    // In brackets: whichever comes first, the sum is the same to its last bit.
    both.map(|part| part.part()).sum::<f32>() + (of_one(a, b) + of_one(b, a))
}

/// Whether a headline names a Land, and the other item none.
fn landless(headline: &Print, other: &Print) -> bool {
    !headline.head.states.is_empty() && other.states.is_empty()
}

fn undated(side: Side<'_>) -> bool {
    side.until == i64::MAX
}

/// Whether no more than its year is known.
fn vague(side: Side<'_>) -> bool {
    !undated(side) && side.until.saturating_sub(side.at.ms()) > MONTH_MS
}

/// How many years both name that neither appeared in.
fn years(one: Side<'_>, other: Side<'_>) -> usize {
    let now = [one, other].map(|side| side.at.date().year());
    shared(&one.print.years, &other.print.years).filter(|year| !now.contains(year)).count()
}

/// The part of a headline that the other item says as well.
fn covered(headline: &Print, by: &Print) -> f32 {
    let said: f32 = shared(&headline.title_stems, &by.stems).map(|stem| stem.weight()).sum();
    said / headline.title_weight.max(LITTLE)
}

/// Both name some, and none in common.
pub(super) fn contradict<T: Ord>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && common(one, other) == 0
}
