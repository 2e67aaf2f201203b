//! The Länder and the towns that a text names: read once from the rules' hits, for labels and for stories alike.

use german::fold::fold;
use model::{Role, State};

use crate::field::{self, Field};
use crate::rules::{Hit, Label, Rules};

/// What stands before the name of a place, folded.
const KINDS: [&str; 7] =
    ["landkreis ", "kreis ", "region ", "stadt ", "landeshauptstadt ", "hansestadt ", "staedteregion "];

/// What an item names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// In its title and what stands over it.
    pub(crate) head: Places,
    /// In its summary.
    pub(crate) body: Places,
}

/// Where something is: the Länder, and the towns as the first letters of their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub(crate) states: Vec<State>,
    pub(crate) towns: Vec<String>,
}

impl Named {
    /// What these texts name. `note` is told each town and the text's own words for it.
    pub(crate) fn of(
        title: &str,
        kicker: &str,
        summary: &str,
        rules: &Rules,
        note: &mut dyn FnMut(&str, &str),
    ) -> Self {
        let mut named = Named::default();
        for (name, text) in [("title", title), (field::KICKER, kicker), (field::SUMMARY, summary)] {
            let field = Field::new(name, text, 1.0);
            named.add(&field, &rules.hits(&field), rules, note);
        }
        named
    }

    /// Adds what a field names. Bodies are left out: everybody quotes the same ones; so are the federation and the
    /// Union, which half of all items name beside a Land.
    pub(crate) fn add(&mut self, field: &Field<'_>, hits: &[Hit], rules: &Rules, note: &mut dyn FnMut(&str, &str)) {
        let places = match field.name {
            field::ADDRESS => return,
            field::SUMMARY => &mut self.body,
            _ => &mut self.head,
        };
        for hit in hits {
            let rule = &rules.rules[hit.rule];
            let Label::State(state) = rule.label else { continue };
            let federal = matches!(state, State::Bund | State::Eu);
            if rule.role == Some(Role::Body) || rule.cue || rule.weight <= 0.0 || federal {
                continue;
            }
            places.states.push(state);
            if rule.role == Some(Role::Town) {
                // "München" and "Münchner" are two rules of one town.
                let name = fold(&rule.text);
                // "Region Hannover" and "Hannover" are one place; each district is another.
                let name = KINDS.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(&name);
                let town = name.get(..5).unwrap_or(name);
                note(town, field.source(hit.start..hit.end));
                places.towns.push(town.to_owned());
            }
        }
    }
}
