//! The stage `events`: which events a text announces, JSON Lines in and out (DESIGN 5.3).

use std::io::{BufRead as _, BufWriter, Write as _};

use anyhow::Context as _;
use curate::Rules;
use curate::events::{Announced, Reason, announced};
use model::{Catalogue, Date, Moment, When};
use serde::{Deserialize, Serialize};

/// A text as people write it who tune the finding, and the day it was written on.
#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    title: Option<String>,
    context_date: Option<String>,
}

#[derive(Serialize)]
struct Found {
    id: String,
    events: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    title: String,
    start: When,
    end: Option<When>,
    all_day: bool,
    place: Option<String>,
    online: bool,
    registration: Option<String>,
    organiser: Option<String>,
    /// The sentence that announces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Reason>,
}

/// Finds events in texts from standard input.
///
/// # Errors
/// A line that is no such object, with its number.
pub(crate) fn events(catalogue: &Catalogue, explain: bool) -> anyhow::Result<()> {
    let rules = Rules::new(catalogue);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let text: Text = serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
        let context = text.context_date.as_deref().map(|said| {
            day(said).with_context(|| format!("line {}: context_date = {said:?}: allowed is YYYY-MM-DD", number + 1))
        });
        let context = context.transpose()?;
        let found = announced(&text.text, text.title.as_deref(), context, &rules);
        let events = found.into_iter().map(|one| told(one, explain)).collect();
        serde_json::to_writer(&mut out, &Found { id: text.id, events })?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn told(one: Announced, explain: bool) -> Told {
    let Announced { title, event, said, why } = one;
    Told {
        title,
        start: event.start,
        end: event.end,
        all_day: event.all_day,
        place: event.place,
        online: event.online,
        registration: event.registration,
        organiser: event.organiser,
        said: explain.then_some(said),
        why: if explain { why } else { Vec::new() },
    }
}

/// A day, or the day of a point in time.
fn day(text: &str) -> Option<Date> {
    Date::parse(text).or_else(|| Moment::parse(text).map(Moment::date))
}
