//! A calendar whose events are ahead of whoever runs the test.

use std::time::SystemTime;

/// A day, counted from today (UTC).
#[derive(Clone, Copy, Debug)]
pub struct Day(
    /// Days from today.
    pub u64,
);

impl Day {
    /// `YYYYMMDD`, by Howard Hinnant's algorithm: tests know no crate of the house.
    ///
    /// # Panics
    /// On a machine whose clock says it is before 1970.
    #[must_use]
    pub fn basic(self) -> String {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock that is set");
        let days = now.as_secs() / 86_400 + self.0 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let of_era_year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let (month, day) =
            (if shifted < 10 { shifted + 3 } else { shifted - 9 }, of_year - (153 * shifted + 2) / 5 + 1);
        let year = of_era_year + era * 400 + u64::from(month <= 2);
        format!("{year:04}{month:02}{day:02}")
    }
}

/// A calendar with one event per `(title, day)`, from ten to twelve.
#[must_use]
pub fn calendar(name: &str, events: &[(&str, Day)]) -> String {
    let mut text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//{name}//DE\r\n");
    for (nth, (title, day)) in events.iter().enumerate() {
        let day = day.basic();
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{name}-{nth}@{name}.example\r\nDTSTAMP:20260301T080000Z\r\nSUMMARY:{title}\r\n\
             DTSTART:{day}T090000Z\r\nDTEND:{day}T110000Z\r\nURL:https://{name}.example/termin-{nth}\r\n\
             LOCATION:Rathaus Beispielstadt\r\nEND:VEVENT\r\n"
        ));
    }
    text + "END:VCALENDAR\r\n"
}
