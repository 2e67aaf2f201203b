//! Dates of the language to dates of the model.

use german::date::{self, Parsed};
use model::{Date, Moment, When};

use crate::entities;

/// A text that is a date, with or without a time of day.
pub(super) fn when(text: &str) -> Option<When> {
    let parsed = date::parse(text).or_else(|| {
        // Escaped twice, as in "28 M&amp;#228;rz 2010".
        text.contains('&').then(|| date::parse(&entities::decode(text))).flatten()
    });
    of(parsed?)
}

/// A text that is a date, as a point in time: a day alone begins at midnight in Berlin.
pub(super) fn moment(text: &str) -> Option<Moment> {
    when(text).map(When::start)
}

/// The first date in a line of prose.
pub(super) fn found(text: &str) -> Option<When> {
    date::parse(text).or_else(|| date::find(text)).and_then(of)
}

fn of(parsed: Parsed) -> Option<When> {
    match parsed {
        Parsed::Day(day) => {
            Date::new(day.year(), day.month().try_into().ok()?, day.day().try_into().ok()?).map(When::Day)
        }
        Parsed::At(at) => Some(When::At(Moment::from_ms(at.as_millisecond()))),
    }
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn entities_are_no_obstacle() {
        assert_eq!(when("So, 28 M&#228;rz 2010").map(|day| day.date().to_string()).as_deref(), Some("2010-03-28"));
        assert_eq!(when("A&B"), None);
    }
}
