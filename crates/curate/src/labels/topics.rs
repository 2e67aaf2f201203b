//! Which topics a text is about: those with enough evidence, and what they imply.

use std::collections::BTreeMap;

use model::Why;

use super::{Case, ENOUGH, Found, Sum, states};
use crate::rules::Label;

/// What a source's prior adds to a topic: half of enough.
const PRIOR: f32 = 0.5;

pub(super) fn judge(found: &[Found], strongest: &[(usize, f32)], case: &Case<'_>) -> (Vec<String>, Vec<Why>) {
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
        let label = format!("topic:{}", rule.slug);
        let hits = found.iter().filter(|found| case.rules.rules[found.hit.rule].label == Label::Topic(topic));
        why.extend(hits.map(|found| case.because(&label, found)));
        why.extend(prior.then(|| case.prior(&label, "source/topics", PRIOR)));
        why.extend(town.cloned());
        slugs.push(rule.slug.clone());
        for implied in &rule.implies {
            let why_implied = case.prior(&format!("topic:{implied}"), &format!("{label}/implies"), ENOUGH);
            why.push(Why { text: String::new(), ..why_implied });
            slugs.push(implied.clone());
        }
    }
    slugs.sort();
    slugs.dedup();
    (slugs, why)
}
