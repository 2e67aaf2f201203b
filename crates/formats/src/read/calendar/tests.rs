//! What calendars in the shapes of real ones give: the events and occurrences of each written down.

use model::{Reading, Status, When};

use super::read;

/// A calendar of these lines, `|` between properties.
fn calendar(events: &[&str]) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Muster//DE\r\n");
    for event in events {
        text.push_str("BEGIN:VEVENT\r\nDTSTAMP:20260301T080000Z\r\n");
        text.push_str(&event.replace('|', "\r\n"));
        text.push_str("\r\nEND:VEVENT\r\n");
    }
    text + "END:VCALENDAR\r\n"
}

fn of(events: &[&str]) -> Reading {
    read(&calendar(events), None).unwrap()
}

/// The starts, in Berlin's time, and an `x` after what is cancelled.
fn starts(reading: &Reading) -> Vec<String> {
    let events = reading.entries.iter().filter_map(|entry| entry.event.as_ref());
    let start = |when: &When| match when {
        When::Day(day) => day.to_string(),
        When::At(at) => at.to_string()[..16].to_owned(),
    };
    events.map(|event| start(&event.start) + if event.status == Status::Cancelled { " x" } else { "" }).collect()
}

fn ends(reading: &Reading) -> Vec<String> {
    let events = reading.entries.iter().filter_map(|entry| entry.event.as_ref());
    events
        .map(|event| match event.end {
            Some(When::Day(day)) => day.to_string(),
            Some(When::At(at)) => at.to_string()[..16].to_owned(),
            None => "-".into(),
        })
        .collect()
}

/// Events in the calendar, and entries that come of them in the two months before and thirteen after 1 March 2026.
#[test]
fn how_often_rules_occur() {
    let mut wrong = Vec::new();
    for (event, want, first, last) in [
        ("DTSTART:20260302T090000Z|RRULE:FREQ=DAILY;COUNT=5", 5, "2026-03-02T10:00", "2026-03-06T10:00"),
        // UTC by the rule: an hour later on Berlin's clock in summer.
        ("DTSTART:20260323T090000Z|RRULE:FREQ=WEEKLY;COUNT=3", 3, "2026-03-23T10:00", "2026-04-06T11:00"),
        // Berlin by the rule: the same hour in winter and summer.
        (
            "DTSTART;TZID=Europe/Berlin:20260323T090000|RRULE:FREQ=WEEKLY;COUNT=3",
            3,
            "2026-03-23T09:00",
            "2026-04-06T09:00",
        ),
        ("DTSTART:20260323T090000|RRULE:FREQ=WEEKLY;COUNT=3", 3, "2026-03-23T09:00", "2026-04-06T09:00"),
        // Open rules from long ago end at the horizon, and cost nothing on the way there.
        ("DTSTART:19950105T100000|RRULE:FREQ=WEEKLY;BYDAY=TH", 66, "2026-01-01T10:00", "2027-04-01T10:00"),
        ("DTSTART:20000101T100000|RRULE:FREQ=DAILY", 460, "2025-12-31T10:00", "2027-04-04T10:00"),
        ("DTSTART:20000131T100000|RRULE:FREQ=MONTHLY", 10, "2025-12-31T10:00", "2027-03-31T10:00"),
        ("DTSTART:20000101T100000|RRULE:FREQ=HOURLY;INTERVAL=24", 460, "2025-12-31T10:00", "2027-04-04T10:00"),
        ("DTSTART;VALUE=DATE:20000229|RRULE:FREQ=YEARLY", 0, "", ""),
        ("DTSTART;VALUE=DATE:20000501|RRULE:FREQ=YEARLY", 1, "2026-05-01", "2026-05-01"),
        // The second Tuesday, the last working day, the day before the last of the month.
        ("DTSTART:20260113T190000|RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3", 3, "2026-01-13T19:00", "2026-03-10T19:00"),
        (
            "DTSTART:20260130T150000|RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4",
            4,
            "2026-01-30T15:00",
            "2026-04-30T15:00",
        ),
        ("DTSTART:20260130T150000|RRULE:FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=3", 3, "2026-01-30T15:00", "2026-03-30T15:00"),
        ("DTSTART:20260325T150000|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1WE", 2, "2026-03-25T15:00", "2027-03-31T15:00"),
        ("DTSTART:20260511T090000|RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 2, "2026-05-11T09:00", "2027-05-17T09:00"),
        ("DTSTART:20260410T090000|RRULE:FREQ=YEARLY;BYYEARDAY=100", 2, "2026-04-10T09:00", "2027-04-10T09:00"),
        // Every other week, which begins on Monday or on Sunday.
        (
            "DTSTART:20260303T090000|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            4,
            "2026-03-03T09:00",
            "2026-03-22T09:00",
        ),
        (
            "DTSTART:20260303T090000|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            4,
            "2026-03-03T09:00",
            "2026-03-29T09:00",
        ),
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;BYHOUR=9,14;COUNT=5", 5, "2026-03-02T09:00", "2026-03-04T09:00"),
        ("DTSTART:20260302T090000|RRULE:FREQ=HOURLY;BYHOUR=9,10;COUNT=3", 3, "2026-03-02T09:00", "2026-03-03T09:00"),
        // UNTIL counts itself, as a day the whole of it, and in UTC the moment.
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;UNTIL=20260304", 3, "2026-03-02T09:00", "2026-03-04T09:00"),
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;UNTIL=20260304T080000Z", 3, "2026-03-02T09:00", "2026-03-04T09:00"),
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;UNTIL=20260304T075959Z", 2, "2026-03-02T09:00", "2026-03-03T09:00"),
        ("DTSTART;VALUE=DATE:20260302|RRULE:FREQ=DAILY;UNTIL=20260303T230000Z", 3, "2026-03-02", "2026-03-04"),
        // The start counts, whatever the rule says.
        ("DTSTART;VALUE=DATE:20260302|RRULE:FREQ=WEEKLY;UNTIL=20260301", 1, "2026-03-02", "2026-03-02"),
        // Two rules, dates beside them, periods.
        (
            "DTSTART:20260302T090000|RRULE:FREQ=DAILY;COUNT=2|RRULE:FREQ=WEEKLY;COUNT=2",
            3,
            "2026-03-02T09:00",
            "2026-03-09T09:00",
        ),
        ("DTSTART:20260302T090000|RDATE:20260305T090000,20260306T100000", 3, "2026-03-02T09:00", "2026-03-06T10:00"),
        (
            "DTSTART:20260302T090000|RDATE;VALUE=PERIOD:20260305T090000/PT3H,20260306T090000Z/20260306T110000Z",
            3,
            "2026-03-02T09:00",
            "2026-03-06T10:00",
        ),
        // Excluded: in another zone, as a day, as a list.
        (
            "DTSTART:20260302T090000|RRULE:FREQ=DAILY;COUNT=5|EXDATE:20260303T080000Z|EXDATE;VALUE=DATE:20260304",
            3,
            "2026-03-02T09:00",
            "2026-03-06T09:00",
        ),
        (
            "DTSTART;VALUE=DATE:20260302|RRULE:FREQ=DAILY;COUNT=5|EXDATE;VALUE=DATE:20260302,20260306",
            3,
            "2026-03-03",
            "2026-03-05",
        ),
        // What cannot be; a count or an interval of nothing says nothing.
        (
            "DTSTART:20260302T090000|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            1,
            "2026-03-02T09:00",
            "2026-03-02T09:00",
        ),
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;INTERVAL=0", 401, "2026-03-02T09:00", "2027-04-06T09:00"),
        ("DTSTART:20260302T090000|RRULE:FREQ=DAILY;COUNT=0", 401, "2026-03-02T09:00", "2027-04-06T09:00"),
        ("DTSTART:20260302T090000|RRULE:FREQ=NIE", 1, "2026-03-02T09:00", "2026-03-02T09:00"),
    ] {
        let starts = starts(&of(&[event]));
        let told = (starts.len(), starts.first().map_or("", |s| s), starts.last().map_or("", |s| s));
        if told != (want, first, last) {
            wrong.push(format!("{event}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn moved_and_cancelled_occurrences() {
    let master =
        "UID:a|DTSTART;TZID=Europe/Berlin:20260302T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=5|SUMMARY:Kurs";
    for (others, want) in [
        (
            &[][..],
            &["2026-03-02T09:00", "2026-03-09T09:00", "2026-03-16T09:00", "2026-03-23T09:00", "2026-03-30T09:00"][..],
        ),
        // Told in UTC, with another SEQUENCE: still the same slot.
        (
            &["UID:a|RECURRENCE-ID:20260309T080000Z|DTSTART:20260310T080000Z|SEQUENCE:3|SUMMARY:Kurs (verlegt)"],
            &["2026-03-02T09:00", "2026-03-10T09:00", "2026-03-16T09:00", "2026-03-23T09:00", "2026-03-30T09:00"],
        ),
        (
            &["UID:a|RECURRENCE-ID;VALUE=DATE:20260309|DTSTART;TZID=Europe/Berlin:20260309T100000|STATUS:CANCELLED"],
            &["2026-03-02T09:00", "2026-03-09T10:00 x", "2026-03-16T09:00", "2026-03-23T09:00", "2026-03-30T09:00"],
        ),
        // Of two versions the later counts.
        (
            &[
                "UID:a|RECURRENCE-ID:20260309T080000Z|DTSTART:20260309T120000Z|SEQUENCE:2",
                "UID:a|RECURRENCE-ID:20260309T080000Z|DTSTART:20260309T100000Z|SEQUENCE:1",
            ],
            &["2026-03-02T09:00", "2026-03-09T13:00", "2026-03-16T09:00", "2026-03-23T09:00", "2026-03-30T09:00"],
        ),
        // From here on at ten, and one of those at noon; the clock changes on the way.
        (
            &[
                "UID:a|RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T090000|DTSTART;TZID=Europe/Berlin:20260316T100000",
                "UID:a|RECURRENCE-ID;TZID=Europe/Berlin:20260323T090000|DTSTART;TZID=Europe/Berlin:20260323T120000",
            ],
            &["2026-03-02T09:00", "2026-03-09T09:00", "2026-03-16T10:00", "2026-03-23T12:00", "2026-03-30T10:00"],
        ),
        // An occurrence that the rule does not have is one more.
        (
            &["UID:a|RECURRENCE-ID:20260311T080000Z|DTSTART:20260311T080000Z"],
            &[
                "2026-03-02T09:00",
                "2026-03-09T09:00",
                "2026-03-11T09:00",
                "2026-03-16T09:00",
                "2026-03-23T09:00",
                "2026-03-30T09:00",
            ],
        ),
        // Another's occurrence stands by itself.
        (
            &["UID:b|RECURRENCE-ID:20260309T080000Z|DTSTART:20260310T080000Z"],
            &[
                "2026-03-02T09:00",
                "2026-03-09T09:00",
                "2026-03-16T09:00",
                "2026-03-23T09:00",
                "2026-03-30T09:00",
                "2026-03-10T09:00",
            ],
        ),
    ] {
        let events: Vec<_> = [master].into_iter().chain(others.iter().copied()).collect();
        let reading = of(&events);
        assert_eq!(starts(&reading), want, "{others:?}");
        let mut guids: Vec<_> = reading.entries.iter().map(|entry| entry.guid.clone()).collect();
        guids.sort();
        guids.dedup();
        assert_eq!(guids.len(), want.len(), "each has an identity of its own: {guids:?}");
    }
}

/// Seven Mondays, less one, and a Thursday; from the fifth on in the afternoon, the sixth called off.
#[test]
fn a_calendar_with_series() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/calendar/serien.ics");
    let reading = read(&std::fs::read_to_string(path).unwrap(), None).unwrap();
    let told: Vec<_> = starts(&reading).into_iter().zip(ends(&reading)).collect();
    let want = [
        ("2026-03-02T09:00", "2026-03-02T10:00"),
        ("2026-03-12T14:00", "2026-03-12T16:00"),
        ("2026-03-16T09:00", "2026-03-16T10:00"),
        ("2026-03-23T09:00", "2026-03-23T10:00"),
        ("2026-03-30T14:00", "2026-03-30T14:30"),
        ("2026-04-06T14:00 x", "-"),
        ("2026-04-13T14:00", "2026-04-13T14:30"),
        ("2026-05-18", "2026-05-19"),
        ("2027-05-18", "2027-05-19"),
    ];
    assert_eq!(told, want.map(|(start, end)| (start.to_owned(), end.to_owned())));
    assert_eq!(reading.entries[0].summary.as_deref(), Some("Tagesordnung wird\nnachgereicht."));
    assert_eq!(reading.entries[5].title.as_deref(), Some("Jour fixe Digitalisierung"));
}

#[test]
fn an_occurrence_keeps_its_identity_when_it_is_moved() {
    let master = "UID:a|DTSTART;TZID=Europe/Berlin:20260302T090000|RRULE:FREQ=DAILY;COUNT=2";
    let moved = "UID:a|RECURRENCE-ID:20260303T080000Z|DTSTART:20260303T150000Z";
    let guid = |reading: Reading| reading.entries[1].guid.clone();
    assert_eq!(guid(of(&[master])), guid(of(&[master, moved])));
}

#[test]
fn zones_by_all_their_names() {
    let defined = |id: &str, winter: &str, summer: &str| {
        format!(
            "BEGIN:VTIMEZONE\r\nTZID:{id}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:{summer}\r\n\
             TZOFFSETTO:{winter}\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
             DTSTART:16010101T020000\r\nTZOFFSETFROM:{winter}\r\nTZOFFSETTO:{summer}\r\n\
             RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
        )
    };
    let own = defined("Eigene Zone", "+0200", "+0300");
    let fixed = "BEGIN:VTIMEZONE\r\nTZID:Fest\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\n\
                 TZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let located = "BEGIN:VTIMEZONE\r\nTZID:Irgendwo\r\nX-LIC-LOCATION:America/New_York\r\nEND:VTIMEZONE\r\n";
    // At noon in winter and in summer there, in Berlin.
    for (zones, id, winter, summer) in [
        ("", "Europe/Berlin", "12:00", "12:00"),
        ("", "\"Europe/Berlin\"", "12:00", "12:00"),
        ("", "Europe/Lisbon", "13:00", "13:00"),
        ("", "W. Europe Standard Time", "12:00", "12:00"),
        ("", "Central European Standard Time", "12:00", "12:00"),
        ("", "Eastern Standard Time", "18:00", "18:00"),
        ("", "\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"", "12:00", "12:00"),
        ("", "GMT +0100 (Standard) / GMT +0200 (Daylight)", "12:00", "12:00"),
        ("", "UTC+11", "02:00", "03:00"),
        ("", "/freeassociation.sourceforge.net/Europe/Berlin", "12:00", "12:00"),
        ("", "/freeassociation.sourceforge.net/Tzfile/Europe/Athens", "11:00", "11:00"),
        ("", "/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", "16:00", "17:00"),
        (own.as_str(), "Eigene Zone", "11:00", "11:00"),
        (fixed, "Fest", "08:00", "09:00"),
        (located, "Irgendwo", "18:00", "18:00"),
        ("", "Nirgendwo", "12:00", "12:00"),
        ("", "", "12:00", "12:00"),
    ] {
        let event = |day: &str| format!("DTSTART;TZID={id}:{day}T120000");
        let text = calendar(&[&event("20260115"), &event("20260715")]);
        let text = text.replacen("BEGIN:VEVENT", &format!("{zones}BEGIN:VEVENT"), 1);
        let reading = read(&text, None).unwrap();
        let told: Vec<_> = starts(&reading).iter().map(|start| start[11..].to_owned()).collect();
        assert_eq!(told, [winter, summer], "{id}");
        let complaints = reading.complaints.iter().filter(|complaint| complaint.what == "zone").count();
        assert_eq!(complaints, usize::from(id == "Nirgendwo"), "{id}: {:?}", reading.complaints);
    }
}

#[test]
fn ends_and_lengths() {
    for (event, want) in [
        ("DTSTART;VALUE=DATE:20260302|DTEND;VALUE=DATE:20260305", "2026-03-04"),
        ("DTSTART;VALUE=DATE:20260302|DTEND;VALUE=DATE:20260303", "-"),
        ("DTSTART;VALUE=DATE:20260302|DTEND;VALUE=DATE:20260302", "-"),
        ("DTSTART;VALUE=DATE:20260302|DURATION:P3D", "2026-03-04"),
        ("DTSTART;VALUE=DATE:20260302|DTEND:20260304T230000Z", "2026-03-04"),
        ("DTSTART:20260302T090000|DTEND;VALUE=DATE:20260303", "2026-03-03T00:00"),
        ("DTSTART:20260302T090000|DTEND:20260302T100000", "2026-03-02T10:00"),
        ("DTSTART:20260302T090000|DTEND:20260302T080000", "-"),
        ("DTSTART:20260302T090000|DURATION:PT90M", "2026-03-02T10:30"),
        ("DTSTART:20260302T090000|DURATION:-PT90M", "-"),
        // A day of the calendar, 23 hours of the clock.
        ("DTSTART:20260328T120000|DURATION:P1D", "2026-03-29T12:00"),
        ("DTSTART:20260328T120000|DURATION:PT24H", "2026-03-29T13:00"),
        ("DTSTART:20260302T090000", "-"),
        ("DTSTART;VALUE=DATE:20260302|DTEND;VALUE=DATE:20260304|RRULE:FREQ=WEEKLY;COUNT=1", "2026-03-03"),
        ("DTSTART:20260302T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=1", "2026-03-02T10:00"),
    ] {
        assert_eq!(ends(&of(&[event])), [want], "{event}");
    }
}

#[test]
fn what_is_called_off() {
    for (event, status, title) in [
        ("SUMMARY:Sitzung", Status::Confirmed, "Sitzung"),
        ("SUMMARY:ENTFÄLLT: Sitzung", Status::Cancelled, "Sitzung"),
        ("SUMMARY:Sitzung - ABGESAGT", Status::Cancelled, "Sitzung"),
        ("SUMMARY:Sitzung|STATUS:CANCELLED", Status::Cancelled, "Sitzung"),
        ("SUMMARY:Sitzung|STATUS:TENTATIVE", Status::Tentative, "Sitzung"),
        ("SUMMARY:Was entfällt?", Status::Confirmed, "Was entfällt?"),
    ] {
        let reading = of(&[&format!("DTSTART:20260302T090000|{event}")]);
        let entry = &reading.entries[0];
        assert_eq!((entry.event.as_ref().unwrap().status, entry.title.as_deref()), (status, Some(title)), "{event}");
    }
    let all = calendar(&["DTSTART:20260302T090000|SUMMARY:Sitzung"]).replacen("VERSION", "METHOD:CANCEL\r\nVERSION", 1);
    assert_eq!(starts(&read(&all, None).unwrap()), ["2026-03-02T09:00 x"]);
}

#[test]
fn lines_as_they_should_not_be() {
    let whole = calendar(&["UID:a|DTSTART:20260302T090000|SUMMARY:Sitzung des Ausschusses|DESCRIPTION:Eins"]);
    let broken = whole.replace("DESCRIPTION:Eins", "DESCRIPTION:Eins\r\n\r\nZwei: mehr\r\nOrt\\, Zeit");
    for (name, text, summary) in [
        ("plain", whole.clone(), "Eins"),
        ("LF", whole.replace("\r\n", "\n"), "Eins"),
        ("CR", whole.replace("\r\n", "\r"), "Eins"),
        ("CR CR LF", whole.replace("\r\n", "\r\r\n"), "Eins"),
        ("BOM", format!("\u{feff}{whole}"), "Eins"),
        ("folded", whole.replace("Sitzung des ", "Sitz\r\n ung des\r\n  "), "Eins"),
        ("folded name", whole.replace("SUMMARY:", "SUMMARY\r\n :"), "Eins"),
        ("folded apart", whole.replace("SUMMARY:", "SUMMARY\r\n\r\n :"), "Eins"),
        ("lower case", whole.replace("SUMMARY", "summary").replace("BEGIN:VEVENT", "begin:vevent"), "Eins"),
        ("no end", whole.replace("END:VCALENDAR\r\n", ""), "Eins"),
        ("no ends", whole.replace("END:VEVENT\r\nEND:VCALENDAR\r\n", ""), "Eins"),
        ("unfolded", broken, "Eins\nZwei: mehr\nOrt, Zeit"),
    ] {
        let reading = read(&text, None).unwrap();
        let entry = &reading.entries[0];
        assert_eq!(reading.entries.len(), 1, "{name}");
        assert_eq!(entry.title.as_deref(), Some("Sitzung des Ausschusses"), "{name}");
        assert_eq!(entry.summary.as_deref(), Some(summary), "{name}");
        assert_eq!(starts(&reading), ["2026-03-02T09:00"], "{name}");
    }
}

#[test]
fn without_stamps_the_events_tell_the_time() {
    let rule = "DTSTART:20100104T090000|RRULE:FREQ=WEEKLY";
    let text = calendar(&[rule, "DTSTART:20110301T090000"]).replace("DTSTAMP:20260301T080000Z\r\n", "");
    let starts = starts(&read(&text, None).unwrap());
    assert_eq!((starts.first().unwrap().as_str(), starts.len()), ("2011-01-03T09:00", 67));
}

/// Nothing here may take long or much: a test that runs into a wall takes minutes, not milliseconds.
#[test]
fn hostile_calendars_are_read_in_bounds() {
    let rule = |n: usize, rule: &str| format!("UID:u{n}|DTSTART:20260101T000000Z|SUMMARY:x|RRULE:{rule}");
    let many = |times: usize, said: &str| {
        let events: Vec<_> = (0..times).map(|n| rule(n, said)).collect();
        calendar(&events.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let every = "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,10,20,30,40,50;BYSECOND=0,1,2,3";
    let exdates: Vec<_> =
        (0..200_000).map(|n| format!("20260101T{:02}{:02}{:02}Z", n / 3600 % 24, n / 60 % 60, n % 60)).collect();
    let long = "wort ".repeat(1_000_000);
    let heavy = format!("UID:a|DTSTART:20260101T000000Z|RRULE:FREQ=DAILY|DESCRIPTION:{}", "x".repeat(1_000_000));
    for (name, text, most) in [
        ("every second for 100 years", many(1, "FREQ=SECONDLY;UNTIL=21260101T000000Z"), 500),
        ("every second of no day", many(50, "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), 50),
        ("each second by name", many(50, &format!("FREQ=YEARLY;{every}")), 50),
        ("10,000 rules", many(10_000, "FREQ=WEEKLY"), 20_000),
        ("10,000 days that never come", many(10_000, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), 10_000),
        ("10,000 far counts", many(10_000, "FREQ=DAILY;COUNT=4000000000"), 20_000),
        ("200,000 exclusions", calendar(&[&format!("{}|EXDATE:{}", rule(1, "FREQ=DAILY"), exdates.join(","))]), 500),
        ("5 MB in one line", calendar(&[&format!("DTSTART:20260101T000000Z|DESCRIPTION:{long}")]), 1),
        (
            "5 MB of broken lines",
            calendar(&[&format!("DTSTART:20260101T000000Z|DESCRIPTION:{}", long.replace(' ', "\n"))]),
            1,
        ),
        ("a heavy rule", calendar(&[&heavy]), 25),
        (
            "20,000 moved",
            {
                let moved: Vec<_> = (0..20_000)
                .map(|n| format!("UID:u0|RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T{:02}{:02}{:02}Z|DTSTART:20260101T100000Z", n / 3600, n / 60 % 60, n % 60))
                .collect();
                let first = rule(0, "FREQ=SECONDLY");
                calendar(&[first.as_str()].into_iter().chain(moved.iter().map(String::as_str)).collect::<Vec<_>>())
            },
            500,
        ),
    ] {
        let begun = std::time::Instant::now();
        let reading = read(&text, None).unwrap();
        eprintln!("{name}: {} entries, {:?}", reading.entries.len(), begun.elapsed());
        assert!(reading.entries.len() <= most, "{name}: {}", reading.entries.len());
        assert!(!reading.entries.is_empty(), "{name}");
    }
}

/// Real calendars lie beside the project, not in it: entries, of these occurrences of rules.
const CORPUS: &[(&str, usize, usize)] = &[
    ("big_bad_calendar.ics", 20, 0),
    ("bom_calendar.ics", 0, 0),
    ("broken_dtstart.ics", 1, 0),
    ("broken_ical.ics", 1, 0),
    ("empty.ics", 0, 0),
    ("fuzz_testcase_0_char_in_component_name.ics", 0, 0),
    ("fuzz_testcase_invalid_month.ics", 0, 0),
    ("issue_101_icalendar_chokes_on_umlauts_in_organizer.ics", 1, 0),
    ("issue_127_categories_with_commas.ics", 1, 0),
    ("issue_1549_binary_attachment.ics", 1, 0),
    ("issue_237_fail_to_parse_timezone_with_non_ascii_tzid.ics", 1, 0),
    ("issue_313_globally_unique_tzid.ics", 3, 0),
    ("issue_321_assert_dst_offset_is_not_false.ics", 1, 0),
    ("issue_350.ics", 1, 0),
    ("issue_53_description_parsed_properly.ics", 1, 0),
    ("issue_55_parse_error_on_utc_offset_with_seconds.ics", 0, 0),
    ("issue_64_event_with_non_ascii_summary.ics", 1, 0),
    ("issue_722_missing_VTIMEZONE_custom.ics", 1, 0),
    ("issue_722_missing_timezones.ics", 3, 0),
    ("multiple_calendar_components.ics", 3, 0),
    ("parsing_error.ics", 42, 0),
    ("parsing_error_in_UTC_offset.ics", 0, 0),
    ("rfc_7986_conferences.ics", 1, 0),
    ("rfc_7986_properties.ics", 0, 0),
    ("small_bad_calendar.ics", 1, 0),
    ("Germany.ics", 159, 0),
    ("daylight_saving_time.ics", 420, 386),
    ("discourse_no_dtend.ics", 4, 0),
    ("end_before_start_event.ics", 1, 0),
    ("fablab_cottbus.ics", 43, 16),
    ("issue_117_until_before_dtstart.ics", 1, 0),
    ("issue_132_swapped_start_and_end.ics", 1, 0),
    ("issue_18_cancel_status.ics", 3, 3),
    ("issue_201_mixed_datetime_and_date.ics", 1, 0),
    ("issue_20_exdate_ignored.ics", 7, 7),
    ("issue_28_rrule_with_UTC_endinginZ.ics", 26, 26),
    ("issue_48_dst.ics", 876, 875),
    ("issue_4_weidenrinde.ics", 2, 2),
    ("issue_61_time_zone_error.ics", 1, 0),
    ("issue_75_range_parameter.ics", 194, 194),
    ("multiple_rrule.ics", 22, 22),
    ("one_day_event.ics", 1, 0),
    ("rdate_hackerpublicradio.ics", 12, 0),
    ("recurring_events_moved.ics", 7, 7),
    ("x_wr_timezone_simple_events_issue_59.ics", 2, 0),
    ("zero_size_event.ics", 1, 0),
];

#[test]
fn real_calendars_count_as_they_should() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/ics");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let mut counted = 0;
    for group in std::fs::read_dir(&folder).unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(group.path()).unwrap().filter_map(Result::ok) {
            let name = file.file_name().to_string_lossy().into_owned();
            if !name.ends_with(".ics") {
                continue;
            }
            let bytes = std::fs::read(file.path()).unwrap();
            let document = model::Document { bytes, media_type: None, url: "https://quelle.example/k.ics".into() };
            let reading = crate::read(&document, &model::Source::default());
            assert!(reading.complaints.iter().all(|complaint| complaint.what != "panic"), "{name}");
            let Some((_, entries, occurrences)) = CORPUS.iter().find(|(known, ..)| *known == name) else { continue };
            let ruled =
                reading.entries.iter().filter(|entry| entry.guid.as_ref().is_some_and(|guid| guid.contains('#')));
            assert_eq!((reading.entries.len(), ruled.count()), (*entries, *occurrences), "{name}");
            counted += 1;
        }
    }
    assert!(counted >= 20, "only {counted} calendars were counted");
}
