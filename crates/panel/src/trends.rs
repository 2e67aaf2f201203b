//! How much was published on what, as pictures that say with a table what they show.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use model::{Date, Lang, State};
use serde::Serialize;

use crate::Names;
use crate::paper::Paper;
use crate::render::escape;
use crate::words::{self, pages};

/// Periods that "lately" means.
const LATELY: usize = 4;
/// So many rising topics are shown.
const RISING: usize = 8;

/// Counts by period, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trends {
    /// First days of the periods.
    pub periods: Vec<Date>,
    /// Items of each period.
    pub total: Vec<u64>,
    /// Of each topic or state with any item, the items of each period.
    pub series: BTreeMap<String, Vec<u64>>,
}

/// What of late had more items than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Risen<'a> {
    /// A topic, state or source.
    pub name: &'a str,
    /// Items of as many periods before those of `now`.
    pub before: u64,
    /// Items of the last four periods, of which the last is running; of half the periods, if they are fewer than eight.
    pub now: u64,
}

impl Trends {
    /// What has risen against its own past, the most first.
    #[must_use]
    pub fn risen(&self) -> Vec<Risen<'_>> {
        let sum = |counts: &[u64]| counts.iter().sum::<u64>();
        let risen = self.series.iter().map(|(name, counts)| {
            // Of a short time, half is the past.
            let lately = LATELY.min(counts.len() / 2);
            let (old, new) = counts.split_at(counts.len() - lately);
            Risen { name, before: sum(&old[old.len() - lately..]), now: sum(new) }
        });
        let mut risen: Vec<Risen<'_>> = risen.filter(|risen| risen.now > risen.before).collect();
        risen.sort_by_key(|risen| (std::cmp::Reverse(risen.now - risen.before), risen.name));
        risen.truncate(RISING);
        risen
    }
}

/// The page: weeks of all items, rising topics, and the states as a heat map.
#[must_use]
pub fn trends(lang: Lang, topics: &Trends, states: &Trends, names: &Names) -> String {
    let words = pages::of(lang);
    let (here, title) = words.nav[1];
    let body = format!(
        "<h1>{title}</h1>\n<p class=\"at-lead\">{}</p>\n{}\n{}\n{}",
        words.trends_lead,
        weeks(lang, topics),
        rising(lang, topics, names),
        heat(lang, states),
    );
    let here = here.split('?').next().unwrap_or_default();
    Paper { lang, title, here, head: "", body: &body }.html()
}

fn section(heading: &str, hint: &str, picture: &str, head: [&str; 2], rows: &str) -> String {
    let hint = if hint.is_empty() { String::new() } else { format!("<p>{hint}</p>") };
    format!(
        "<section class=\"at-text\"><h2>{heading}</h2>{hint}<div class=\"at-pair\">{picture}<table><thead><tr>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{rows}</tbody></table></div></section>",
        head[0], head[1]
    )
}

/// Columns, one a week. The picture repeats the table, so it is hidden from those who read that.
fn weeks(lang: Lang, trends: &Trends) -> String {
    let (words, panel) = (pages::of(lang), words::of(lang));
    let most = trends.total.iter().copied().max().unwrap_or(0).max(1);
    let wide = 400 / trends.total.len().max(1);
    let (mut bars, mut rows) = (String::new(), String::new());
    for (place, (day, count)) in trends.periods.iter().zip(&trends.total).enumerate() {
        let high = count * 140 / most;
        let _ = write!(
            bars,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{high}\"/><text x=\"{}\" y=\"{}\">{count}</text>",
            place * wide + 2,
            155 - high,
            wide.saturating_sub(4).max(1),
            place * wide + wide / 2,
            150 - high,
        );
        let _ = write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            (panel.short_date)(*day, words::Shorten::Weekday),
            panel.number(*count)
        );
    }
    let day = |day: Option<&Date>| day.map_or_else(String::new, |day| (panel.short_date)(*day, words::Shorten::Year));
    let picture = format!(
        "<svg class=\"at-bars\" viewBox=\"0 0 400 180\" aria-hidden=\"true\">{bars}<path d=\"M0 155.5h400\"/>\
         <text class=\"at-name\" x=\"2\" y=\"174\">{}</text><text class=\"at-name at-last\" x=\"398\" y=\"174\">{}</text></svg>",
        day(trends.periods.first()),
        day(trends.periods.last()),
    );
    section(words.per_week, "", &picture, [words.week, words.items], &rows)
}

fn rising(lang: Lang, trends: &Trends, names: &Names) -> String {
    let words = pages::of(lang);
    let risen = trends.risen();
    let most = risen.iter().map(|risen| risen.now).max().unwrap_or(1).max(1);
    let (mut bars, mut rows) = (String::new(), String::new());
    for (place, Risen { name: slug, before, now }) in risen.iter().enumerate() {
        let (y, wide, was) = (place * 40, now * 360 / most, before * 360 / most);
        let _ = write!(
            bars,
            "<text class=\"at-name\" x=\"0\" y=\"{}\">{}</text><rect x=\"0\" y=\"{}\" width=\"{wide}\" height=\"10\"/>\
             <text class=\"at-name\" x=\"{}\" y=\"{}\">{now}</text><rect class=\"at-was\" x=\"0\" y=\"{}\" width=\"{was}\" height=\"4\"/>",
            y + 12,
            escape(names.topic(slug)),
            y + 17,
            wide + 6,
            y + 27,
            y + 28,
        );
        let _ = write!(
            rows,
            "<tr><th scope=\"row\"><a href=\"/embed?topic={}\">{}</a></th><td>{before} → {now}</td></tr>",
            escape(slug),
            escape(names.topic(slug)),
        );
    }
    let high = (risen.len() * 40).max(1);
    let picture = format!("<svg class=\"at-bars\" viewBox=\"0 0 400 {high}\" aria-hidden=\"true\">{bars}</svg>");
    let head = format!("{} → {}", words.before, words.now);
    section(words.rising, words.rising_hint, &picture, [words.topic, &head], &rows)
}

/// Column and row of each Land, as in the panel's map.
const PLACES: [(State, usize, usize); 16] = {
    use State::{Bb, Be, Bw, By, Hb, He, Hh, Mv, Ni, Nw, Rp, Sh, Sl, Sn, St, Th};
    [
        (Sh, 1, 0),
        (Hh, 2, 0),
        (Mv, 3, 0),
        (Hb, 0, 1),
        (Ni, 1, 1),
        (St, 2, 1),
        (Be, 3, 1),
        (Bb, 4, 1),
        (Nw, 1, 2),
        (He, 2, 2),
        (Th, 3, 2),
        (Sn, 4, 2),
        (Sl, 0, 3),
        (Rp, 1, 3),
        (Bw, 2, 3),
        (By, 3, 3),
    ]
};

fn heat(lang: Lang, trends: &Trends) -> String {
    let (words, panel) = (pages::of(lang), words::of(lang));
    let count = |state: State| trends.series.get(state.code()).map_or(0, |counts| counts.iter().sum::<u64>());
    let most = PLACES.iter().map(|(state, ..)| count(*state)).max().unwrap_or(0).max(1);
    let (mut tiles, mut rows) = (String::new(), String::new());
    for (state, column, row) in PLACES {
        let level = (count(state) * 4).div_ceil(most);
        let (x, y) = (column * 62, row * 46);
        let _ = write!(
            tiles,
            "<g class=\"at-heat{level}\"><rect x=\"{x}\" y=\"{y}\" width=\"58\" height=\"42\" rx=\"4\"/>\
             <text x=\"{}\" y=\"{}\">{} {}</text></g>",
            x + 29,
            y + 26,
            state.code(),
            count(state),
        );
    }
    for state in State::ALL {
        let _ = write!(
            rows,
            "<tr><th scope=\"row\"><a href=\"/embed?state={}\">{}</a></th><td>{}</td></tr>",
            state.code(),
            panel.state(state),
            panel.number(count(state)),
        );
    }
    let picture =
        format!("<svg class=\"at-bars at-heat\" viewBox=\"-1 -1 312 186\" aria-hidden=\"true\">{tiles}</svg>");
    section(words.map, words.map_hint, &picture, [words.state, words.items], &rows)
}

#[cfg(test)]
mod tests;
