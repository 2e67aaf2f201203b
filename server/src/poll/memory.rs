//! What we remember of a source from one visit to the next. Pure; the store keeps it as text and does not look inside.
//!
//! A moved address is believed after three visits over a day that all led to the same place by permanent redirects:
//! maintenance pages redirect permanently, too. A source is gone for good when it said so twice, a day apart.

use model::{Hints, Moment, Outcome, Source};
use serde::{Deserialize, Serialize};

use super::rhythm::Rhythm;

const DAY_MS: i64 = 24 * 3600 * 1000;
/// So many visits must have led to the same new address.
const AGREED: u32 = 3;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    /// The catalogue's address to which the rest belongs.
    pub(crate) url: String,
    /// Where it seems to have moved for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<Moved>,
    /// When it first said that it is gone, if it has not come back since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gone_since: Option<Moment>,
    /// What the document asks of those who poll it; a 304 does not say it again.
    pub(crate) hints: Hints,
    pub(crate) rhythm: Rhythm,
    /// When the newest item was published that it ever brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) newest: Option<Moment>,
    /// `ETag` and `Last-Modified` are not sent: the server sent the same ones with another document.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) validators_lie: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Moved {
    pub(crate) to: String,
    pub(crate) since: Moment,
    pub(crate) visits: u32,
    /// Believed: visits go there at once.
    pub(crate) settled: bool,
}

impl Memory {
    /// What was kept, if it is about this address. What cannot be read is as good as nothing.
    pub(crate) fn of(source: &Source, kept: Option<&str>) -> Self {
        let memory: Option<Memory> = kept.and_then(|text| serde_json::from_str(text).ok());
        match memory {
            Some(memory) if memory.url == source.url => memory,
            // The rhythm is the publisher's, whatever the address.
            other => {
                let (rhythm, newest) = other.map(|memory| (memory.rhythm, memory.newest)).unwrap_or_default();
                Memory { url: source.url.clone(), rhythm, newest, ..Memory::default() }
            }
        }
    }

    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).expect("numbers and strings always become JSON")
    }

    /// The address to visit.
    pub(crate) fn address(&self) -> &str {
        self.moved.as_ref().filter(|moved| moved.settled).map_or(&self.url, |moved| &moved.to)
    }

    /// Whether it said twice, a day apart, that it is gone.
    pub(crate) fn is_gone(&self, at: Moment) -> bool {
        self.gone_since.is_some_and(|since| at.ms() - since.ms() >= DAY_MS)
    }

    /// Notes how a visit to [`Memory::address`] ended, and where its permanent redirects led. An answer of any kind
    /// counts; where there was none, nothing is learnt. A new address that was believed and fails is doubted: the
    /// next visit goes to the old one again.
    pub(crate) fn note(&mut self, outcome: &Outcome, led_to: Option<String>, answered: bool, at: Moment) {
        if !answered {
            return;
        }
        self.gone_since = match outcome {
            Outcome::Gone => self.gone_since.or(Some(at)),
            _ => None,
        };
        let here = self.address().to_owned();
        let settled = self.moved.as_ref().is_some_and(|moved| moved.settled);
        if !outcome.went_well() {
            self.moved = None;
            return;
        }
        match led_to {
            None if settled => {}
            None => self.moved = None,
            Some(to) if to == here => {}
            Some(to) => {
                let same = self.moved.take().filter(|moved| moved.to == to);
                let mut moved = same.unwrap_or(Moved { to, since: at, visits: 0, settled: false });
                moved.visits += 1;
                moved.settled = moved.visits >= AGREED && at.ms() - moved.since.ms() >= DAY_MS;
                self.moved = Some(moved);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! Visits in, addresses out.

    use super::*;

    fn source(url: &str) -> Source {
        Source { url: url.to_owned(), ..Source::default() }
    }

    fn hours(n: i64) -> Moment {
        Moment::from_ms(1_790_000_000_000 + n * 3_600_000)
    }

    /// Visits at these hours; where each led for good, `!` for a failure, `-` for no answer. The addresses visited.
    fn check(visits: &[(i64, &str)], expected: &[&str]) {
        let mut memory = Memory::of(&source("old"), None);
        let mut visited = Vec::new();
        for (hour, led) in visits {
            visited.push(memory.address().to_owned());
            let failed = Outcome::Failed("404".into());
            match *led {
                "!" => memory.note(&failed, None, true, hours(*hour)),
                "-" => memory.note(&failed, None, false, hours(*hour)),
                "" => memory.note(&Outcome::Fresh, None, true, hours(*hour)),
                to => memory.note(&Outcome::NotModified, Some(to.to_owned()), true, hours(*hour)),
            }
            memory = Memory::of(&source("old"), Some(&memory.text()));
        }
        assert_eq!(visited, expected, "{visits:?}");
    }

    #[test]
    fn a_move_is_believed_after_three_visits_over_a_day() {
        check(&[(0, "new"), (1, "new"), (2, "new"), (3, "")], &["old"; 4]);
        check(&[(0, "new"), (12, "new"), (24, "new"), (25, ""), (26, "")], &["old", "old", "old", "new", "new"]);
        check(&[(0, "new"), (12, "other"), (24, "new"), (25, "")], &["old"; 4]);
        check(&[(0, "new"), (12, "!"), (24, "new"), (25, "")], &["old"; 4]);
        check(&[(0, "new"), (12, "new"), (13, "-"), (24, "new"), (25, "")], &["old", "old", "old", "old", "new"]);
        check(&[(0, "new"), (12, "new"), (24, "new"), (25, "!"), (26, "")], &["old", "old", "old", "new", "old"]);
        check(&[(0, "new"), (12, "new"), (24, "new"), (25, "-"), (26, "")], &["old", "old", "old", "new", "new"]);
    }

    #[test]
    fn gone_is_said_twice_a_day_apart() {
        let mut memory = Memory::of(&source("old"), None);
        memory.note(&Outcome::Gone, None, true, hours(0));
        assert!(!memory.is_gone(hours(1)));
        memory.note(&Outcome::Gone, None, true, hours(25));
        assert!(memory.is_gone(hours(25)));
        memory.note(&Outcome::Fresh, None, true, hours(50));
        assert!(!memory.is_gone(hours(80)));
    }

    #[test]
    fn another_address_in_the_catalogue_begins_anew() {
        let mut memory = Memory::of(&source("old"), None);
        memory.note(&Outcome::Gone, None, true, hours(0));
        assert_eq!(Memory::of(&source("neu"), Some(&memory.text())).gone_since, None);
        assert_eq!(Memory::of(&source("old"), Some(&memory.text())), memory);
        assert_eq!(Memory::of(&source("old"), Some("kein JSON")).address(), "old");
    }
}
