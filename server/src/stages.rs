//! One stage alone, JSON Lines in and out, for people who tune it (DESIGN 5.3).

use std::io::{BufRead as _, BufWriter, Write as _};

use anyhow::Context as _;
use curate::Rules;
use model::{Catalogue, Genre, Source, Why};
use serde::{Deserialize, Serialize};

mod events;
mod read;
mod stories;

pub(crate) use events::events;
pub(crate) use read::read;
pub(crate) use stories::stories;

/// An item as people write it who tune the judgement: what it says, and what is known of where it stood.
#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    teaser: Option<String>,
    source: Option<String>,
    url: Option<String>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Label {
    id: String,
    relevant: bool,
    relevance: f32,
    states: Vec<model::State>,
    topics: Vec<String>,
    kind: Genre,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Why>,
}

/// Labels items from standard input.
///
/// # Errors
/// A line that is no such object, with its number.
pub(crate) fn classify(catalogue: &Catalogue, explain: bool) -> anyhow::Result<()> {
    let rules = Rules::new(catalogue);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in texts() {
        let text = text?;
        let source = text.source(catalogue);
        let (kicker, title) = curate::kicker::split(&text.title, &rules);
        let summary = text.teaser.as_deref().unwrap_or_default();
        let (url, dated) = (text.url.as_deref(), text.published.is_some());
        let judged = curate::classify(&curate::Text { title, kicker, summary, url, dated }, Some(&source), &rules);
        let threshold = if source.threshold > 0.0 { source.threshold } else { curate::THRESHOLD };
        let label = Label {
            id: text.id,
            relevant: judged.relevance >= threshold,
            relevance: judged.relevance,
            states: judged.states,
            topics: judged.topics,
            kind: judged.genre,
            why: if explain { judged.why } else { Vec::new() },
        };
        serde_json::to_writer(&mut out, &label)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn texts() -> impl Iterator<Item = anyhow::Result<Text>> {
    let lines = std::io::stdin().lock().lines().enumerate();
    let filled = lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
    filled.map(|(number, line)| serde_json::from_str(&line?).with_context(|| format!("line {}", number + 1)))
}

impl Text {
    /// The catalogue's source of this id; else one that is known by its host alone.
    fn source(&self, catalogue: &Catalogue) -> Source {
        let id = self.source.clone().unwrap_or_default();
        if let Some(known) = catalogue.source(&id) {
            return known.clone();
        }
        let url = if id.contains('.') { format!("https://{id}/") } else { String::new() };
        Source { url, id, ..Source::default() }
    }
}
