//! The stage `stories`: which items tell the same, JSON Lines in and out (DESIGN 5.3).

use std::io::{BufWriter, Write as _};

use curate::Rules;
use curate::stories::{Group, Join, articles, group, shared};
use model::{Catalogue, Date, Moment, Told};
use serde::Serialize;

use super::{Text, texts};

#[derive(Serialize)]
struct Answer<'a> {
    ids: Vec<&'a str>,
    /// These are one article under several addresses of its source.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    article: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<Why<'a>>,
}

/// What joined two of them, and what they share.
#[derive(Serialize)]
struct Why<'a> {
    ids: [&'a str; 2],
    rule: &'static str,
    score: f32,
    words: Vec<String>,
}

/// Groups items from standard input that tell the same story; prints the groups of two or more. An article that its
/// source gives under several addresses is a group of its own, and stands in its story's by the first of them.
///
/// # Errors
/// A line that is no such object, with its number.
pub(crate) fn stories(catalogue: &Catalogue, explain: bool) -> anyhow::Result<()> {
    let rules = Rules::new(catalogue);
    let items = texts().map(|text| text.map(|text| told(text, &rules))).collect::<anyhow::Result<Vec<_>>>()?;
    let (told, until): (Vec<Told>, Vec<i64>) = items.into_iter().unzip();
    let id = |at: usize| told[at].id.as_str();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for Group { members, why } in group(&told, &until, &rules).into_iter().filter(|group| group.members.len() > 1) {
        let articles = articles(&told, &members);
        let story = articles.iter().filter_map(|addresses| addresses.first().copied()).collect();
        let groups = std::iter::once((false, story)).chain(articles.into_iter().map(|addresses| (true, addresses)));
        for (article, members) in groups.filter(|(_, members): &(bool, Vec<usize>)| members.len() > 1) {
            let among = |join: &&Join| explain && [join.items.0, join.items.1].iter().all(|at| members.contains(at));
            let why = why.iter().filter(among).map(|join| Why {
                ids: [id(join.items.0), id(join.items.1)],
                rule: join.likeness.rule.word(),
                score: join.likeness.score,
                words: shared(&told[join.items.0], &told[join.items.1], &rules),
            });
            let answer = Answer { ids: members.iter().map(|at| id(*at)).collect(), article, why: why.collect() };
            serde_json::to_writer(&mut out, &answer)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(out.flush()?)
}

/// The item, and the last moment at which it may have appeared: "2024" and "2024-02" stand for all of their days, and
/// nothing at all for any.
fn told(text: Text, rules: &Rules) -> (Told, i64) {
    let published = text.published.unwrap_or_default();
    let day = format!("{published}{}", "0000-01-01".get(published.len()..).unwrap_or_default());
    let at = Moment::parse(&published).or_else(|| Date::parse(&day).map(Date::start));
    let days = match published.len() {
        4 => 365,
        7 => 30,
        _ => 0,
    };
    let until = at.map_or(i64::MAX, |at| at.ms() + days * 86_400_000);
    let (kicker, title) = curate::kicker::split(&text.title, rules);
    let told = Told {
        story: text.id.clone(),
        matter: text.id.clone(),
        url: text.url.as_deref().and_then(curate::url::canonical).unwrap_or_else(|| text.id.clone()),
        source: text.source.unwrap_or_default(),
        title: title.to_owned(),
        kicker: kicker.map(str::to_owned),
        summary: text.teaser.unwrap_or_default(),
        at: at.unwrap_or(Moment::from_ms(0)),
        event: false,
        id: text.id,
    };
    (told, until)
}
