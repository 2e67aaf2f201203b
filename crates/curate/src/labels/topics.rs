//! Which topics a text is about: those with enough evidence, and what they imply.

use std::collections::BTreeMap;

use model::{Genre, Name, Why};

use super::{Case, ENOUGH, Found, Sum, states};
use crate::rules::Label;

/// What a source's prior adds to a topic: half of enough.
const PRIOR: f32 = 0.5;

pub(super) fn judge(
    found: &[Found],
    strongest: &[(usize, f32)],
    genre: Genre,
    case: &Case<'_>,
) -> (Vec<String>, Vec<Why>) {
    let mut sums: BTreeMap<usize, Sum<'_>> = BTreeMap::new();
    for &(rule, weight) in strongest {
        let rule = &case.rules.rules[rule];
        if let Label::Topic(topic) = rule.label {
            sums.entry(topic).or_default().add(rule.aspect.as_deref(), weight);
        }
    }
    let municipal = states::municipal(found, case);
    let (mut slugs, mut why) = (Vec::new(), Vec::new());
    for (topic, rule) in case.rules.topics.iter().enumerate() {
        let mut total = sums.get(&topic).map_or(0.0, |sum| sum.total(case.rules.aspects(Label::Topic(topic))));
        let prior = case.source.is_some_and(|source| source.topics.contains(&rule.slug));
        if prior {
            total += PRIOR;
        }
        let town = municipal.as_ref().filter(|_| rule.slug == states::MUNICIPAL);
        total += town.map_or(0.0, |why| why.weight);
        if total < ENOUGH {
            continue;
        }
        let label = &rule.label;
        let hits = found.iter().filter(|found| case.rules.rules[found.hit.rule].label == Label::Topic(topic));
        why.extend(hits.map(|found| case.because(label, found)));
        why.extend(prior.then(|| case.prior(label, "source/topics", PRIOR)));
        why.extend(town.cloned());
        slugs.push(rule.slug.clone());
        for (label, slug) in &rule.implies {
            why.push(implied(label, rule.by.clone(), case));
            slugs.push(slug.clone());
        }
    }
    for slug in case.rules.implied_by(genre) {
        why.push(implied(&format!("topic:{slug}").into(), format!("kind:{}/implies", genre.word()), case));
        slugs.push(slug.to_owned());
    }
    slugs.sort();
    slugs.dedup();
    (slugs, why)
}

/// A topic that comes with another label.
fn implied(label: &Name, by: impl Into<Name>, case: &Case<'_>) -> Why {
    Why { text: String::new(), ..case.prior(label, by, ENOUGH) }
}
