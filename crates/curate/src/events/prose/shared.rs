//! What holds for all dates of a text: "Alle Treffen finden von 15 bis 16.30 Uhr als Videokonferenz statt", "Beginn ist
//! jeweils um 18 Uhr", "Veranstaltungsort ist das Studieninstitut".
//!
//! Promises: looks only at sentences without a date of their own, once for a text.

use super::contact;
use super::scene::Reading;

/// Hours, place and form of all events of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub(super) hours: Option<(u16, Option<u16>)>,
    pub(super) place: Option<String>,
    pub(super) online: bool,
}

impl Reading<'_> {
    /// What sentences say that speak of all.
    pub(super) fn shared(&self) -> Shared {
        let mut shared = Shared::default();
        for one in &self.sentences {
            let (from, to) = (one.from, one.to);
            if self.items[one.line].is_some() || self.inside(from, to).next().is_some() {
                continue;
            }
            let clock = self.clocks.iter().find(|clock| clock.from >= from && clock.to <= to);
            if self.of_all(from, to) {
                shared.hours = shared.hours.or(clock.map(|clock| (clock.start, clock.end)));
                shared.online |= contact::online(self.prose, from, to);
                shared.place = shared.place.take().or_else(|| {
                    let phrase = self.places().phrases(from, to).into_iter().find(|found| found.sure >= 3);
                    // "jeweils 17.30 Uhr, Stadtwerke Neuburg, Raum 2".
                    let behind =
                        clock.map(|clock| clock.to).filter(|at| *at + 1 < to && self.prose.tokens[*at].is(','));
                    let town = |at: usize| (self.town)(self.prose.words(at, at + 1));
                    let segment = || {
                        let from = behind? + 1;
                        (from..to.min(from + 8)).any(town).then(|| self.segment(from, to))?
                    };
                    phrase.map(|found| found.words).or_else(segment)
                });
            } else if (from..to)
                .any(|at| matches!(self.word(at), Some("teilnahme" | "teilnehmen" | "zugang" | "einwahl")))
            {
                shared.online |= contact::online(self.prose, from, to);
            } else if let Some(at) = (from..to.min(from + 8)).find(|at| self.places().tells(*at)) {
                let found = self.places().phrases(at, to).into_iter().next();
                shared.place = shared.place.take().or(found.map(|found| found.words));
            }
        }
        shared
    }

    /// "jeweils", "alle Treffen", "beide": whoever it is said of, it is more than one.
    fn of_all(&self, from: usize, to: usize) -> bool {
        let names = |at: usize| {
            self.prose.tokens.get(at).is_some_and(|token| token.gathering)
                || self.word(at).is_some_and(|word| {
                    matches!(
                        word,
                        "termine" | "veranstaltungen" | "module" | "bausteine" | "finden" | "beginnen" | "starten"
                    )
                })
        };
        (from..to).any(|at| match self.word(at) {
            Some("jeweils" | "beide" | "immer" | "stets") => true,
            Some("alle" | "saemtliche" | "die" | "allen" | "unsere") => names(at + 1) || names(at + 2),
            _ => false,
        })
    }
}
