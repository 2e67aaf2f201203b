//! What speaks for one label. A rule counts once, where it counts most: a word said ten times is one reason.
//! Rules with aspects count together, only as far as the weakest aspect that the label's rules name.

use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Sum<'a> {
    plain: BTreeMap<usize, f32>,
    aspects: BTreeMap<&'a str, BTreeMap<usize, f32>>,
}

impl<'a> Sum<'a> {
    pub(crate) fn add(&mut self, rule: usize, aspect: Option<&'a str>, weight: f32) {
        let list = match aspect {
            Some(aspect) => self.aspects.entry(aspect).or_default(),
            None => &mut self.plain,
        };
        let best = list.entry(rule).or_insert(weight);
        if weight.abs() > best.abs() {
            *best = weight;
        }
    }

    /// `aspects` is how many the catalogue's rules for the label name.
    pub(crate) fn total(&self, aspects: usize) -> f32 {
        let plain: f32 = self.plain.values().sum();
        let weakest = self.aspects.values().map(|list| list.values().sum::<f32>()).fold(f32::INFINITY, f32::min);
        if aspects > 0 && self.aspects.len() == aspects { plain + weakest } else { plain }
    }
}
