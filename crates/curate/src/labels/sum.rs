//! What speaks for one label. A rule counts once, where it counts most: a word said ten times is one reason.
//! Rules with aspects count together, only as far as the weakest aspect that the label's rules name.

use super::Found;

/// Each rule that was hit, with the most that it weighs; in the order of the rules.
pub(crate) fn strongest(found: &[Found]) -> Vec<(usize, f32)> {
    let mut hits: Vec<(usize, f32)> = found.iter().map(|found| (found.hit.rule, found.weight)).collect();
    hits.sort_by_key(|(rule, _)| *rule);
    hits.dedup_by(|next, best| {
        let same = next.0 == best.0;
        if same && next.1.abs() > best.1.abs() {
            best.1 = next.1;
        }
        same
    });
    hits
}

#[derive(Default)]
pub(crate) struct Sum<'a> {
    plain: f32,
    /// As few as the catalogue names for one label.
    aspects: Vec<(&'a str, f32)>,
}

impl<'a> Sum<'a> {
    /// Adds what a rule weighs. Each rule is added once.
    pub(crate) fn add(&mut self, aspect: Option<&'a str>, weight: f32) {
        match aspect {
            None => self.plain += weight,
            Some(aspect) => match self.aspects.iter_mut().find(|(name, _)| *name == aspect) {
                Some((_, sum)) => *sum += weight,
                None => self.aspects.push((aspect, weight)),
            },
        }
    }

    /// `aspects` is how many the catalogue's rules for the label name.
    pub(crate) fn total(&self, aspects: usize) -> f32 {
        let weakest = self.aspects.iter().map(|(_, sum)| *sum).fold(f32::INFINITY, f32::min);
        if aspects > 0 && self.aspects.len() == aspects { self.plain + weakest } else { self.plain }
    }
}
