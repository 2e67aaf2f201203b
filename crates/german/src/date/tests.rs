//! What each form of date gives: one table per family, and what must never be read.

mod shapes;

use shapes::SHAPES;

use super::{Parsed, find, parse};

fn said(parsed: Option<Parsed>) -> String {
    match parsed {
        Some(Parsed::Day(day)) => day.to_string(),
        Some(Parsed::At(at)) => at.to_string(),
        None => "-".into(),
    }
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, want)| (*text, *want, said(parse(text))))
        .filter(|(_, want, got)| want != got)
        .collect();
    assert!(wrong.is_empty(), "text, wanted, got: {wrong:#?}");
}

#[test]
fn rfc_822_as_feeds_mangle_it() {
    check(&[
        ("Sat, 22 Aug 2009 14:03:11 +0200", "2009-08-22T12:03:11Z"),
        ("Thu,  6 Dec 2007 13:43:46 +0100", "2007-12-06T12:43:46Z"),
        ("Wed,17 Oct 2007 14:43:00 CET", "2007-10-17T13:43:00Z"),
        ("Tue, 30 Aug 2011 19:20 GMT", "2011-08-30T19:20:00Z"),
        ("Wed, 25 Aug 2010 0:10:00 GMT", "2010-08-25T00:10:00Z"),
        ("28 Jun 2009 14:53:59 GMT", "2009-06-28T14:53:59Z"),
        ("Thu, 22 Dec 11 13:06:13 +0200", "2011-12-22T11:06:13Z"),
        ("Tue, 17 Oct 2006, 09:30:00 +0100", "2006-10-17T08:30:00Z"),
        (", 07 Nov 2007, 14:30:00 +0100", "2007-11-07T13:30:00Z"),
        ("Fri, 16th June 2006 12:30:00 +0100", "2006-06-16T11:30:00Z"),
        ("Mon, 16 Jul 2012 00:54:59                 GMT", "2012-07-16T00:54:59Z"),
        ("Fri 3 June 2011 10:00:00 -0100", "2011-06-03T11:00:00Z"),
        ("Sat, 15 Oct 2011 08:45:00 EST", "2011-10-15T13:45:00Z"),
        ("Sat, 29 Mar 2008 12:10:00 PDT", "2008-03-29T19:10:00Z"),
        ("Mon, 15 Feb 2010", "2010-02-15"),
        // The weekday is wrong; the date counts.
        ("Sat, 25 Dec 2024 10:00:00 +0100", "2024-12-25T09:00:00Z"),
        ("Mon Oct 11 14:57:21 CEST 2021", "2021-10-11T12:57:21Z"),
        ("Thu Jan 01 19:48:21 2004", "2004-01-01T18:48:21Z"),
        ("Wed, 24 Apr 2019 10:00:00 +0200 (CEST)", "2019-04-24T08:00:00Z"),
        ("Fri, 01 Mar 2013 24:00:00 +0100", "2013-03-01T23:00:00Z"),
        ("Wed, 19 Apr 2006 13:55:52 0100", "2006-04-19T12:55:52Z"),
        ("Fri, 01 Mar 2013 10:00:00 GMT+1", "2013-03-01T09:00:00Z"),
    ]);
}

#[test]
fn rfc_3339_as_feeds_mangle_it() {
    check(&[
        ("2011-01-08T14:08:30+09:00", "2011-01-08T05:08:30Z"),
        ("2012-05-19T18:00:00Z", "2012-05-19T18:00:00Z"),
        ("2024-03-01T10:00:00.123456789+01:00", "2024-03-01T09:00:00Z"),
        ("2005-08-23 00:19:00", "2005-08-22T22:19:00Z"),
        ("2019-06-20T07:30:00", "2019-06-20T05:30:00Z"),
        ("2019-06-20T07:30:00+0200", "2019-06-20T05:30:00Z"),
        ("2021-11-04T23:00Z", "2021-11-04T23:00:00Z"),
        ("2009-05-01T07:00+00:00", "2009-05-01T07:00:00Z"),
        ("2009-11-22", "2009-11-22"),
        ("2012-Jun-07", "2012-06-07"),
        ("20241201T093000Z", "2024-12-01T09:30:00Z"),
        ("20241201", "2024-12-01"),
        ("2024/12/01 09:30", "2024-12-01T08:30:00Z"),
    ]);
}

#[test]
fn german_forms() {
    check(&[
        ("Freitag, 20. März 2020 - 14:30", "2020-03-20T13:30:00Z"),
        ("Freitag, 20. März 2020 – 14:30 Uhr", "2020-03-20T13:30:00Z"),
        ("26. Jan 2022", "2022-01-26"),
        ("26. Januar 2022", "2022-01-26"),
        ("06.06.2012 13:05", "2012-06-06T11:05:00Z"),
        ("04.12.2006, 12:12", "2006-12-04T11:12:00Z"),
        ("07.06.2012 03:06:30", "2012-06-07T01:06:30Z"),
        ("20.12.2024", "2024-12-20"),
        ("[20.12.2024]", "2024-12-20"),
        ("02.07.07", "2007-07-02"),
        ("2.11.07", "2007-11-02"),
        ("Don, 01 Okt 2009", "2009-10-01"),
        ("So, 05 Sept. 2010", "2010-09-05"),
        ("Sa, 14 Juli 2012", "2012-07-14"),
        ("Mon, 24. Aug 2009", "2009-08-24"),
        ("Don, 18 Mär 2010 20:30:00 +0100", "2010-03-18T19:30:00Z"),
        ("Fri, 30 Mrz 2012 02:00:00 GMT", "2012-03-30T02:00:00Z"),
        ("mon, 13 dez 2010 11:40:28 +0100", "2010-12-13T10:40:28Z"),
        ("Wed, 15 Jul 2009 11:10:28 MEZ", "2009-07-15T10:10:28Z"),
        ("Wed, 15 Jul 2009 11:10:28 MESZ", "2009-07-15T09:10:28Z"),
        ("Wen, 05 Jan 2011 15:40:00 +0200", "2011-01-05T13:40:00Z"),
        ("Lübeck, 31. März 2003", "2003-03-31"),
        ("Bonn,\u{a0}11.10.2021", "2021-10-11"),
        ("Datum: 01.02.2024", "2024-02-01"),
        ("20.12.2024, 14 Uhr", "2024-12-20T13:00:00Z"),
        ("20.12.2024 um 14.30 Uhr", "2024-12-20T13:30:00Z"),
        ("3. Ja\u{ad}nu\u{ad}ar 2023", "2023-01-03"),
        ("1. Jänner 2023", "2023-01-01"),
    ]);
}

#[test]
fn nonsense_is_no_date() {
    for text in [
        "",
        ",    :: +0200",
        "Klicken Sie auf den Button rechts!",
        "[Date_Format: (Date_Add: (Date), -Day=5), -Format='%a, %d %b %Y 12:00:00 GMT']",
        "0000-00-00 00:00:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "31.02.2024",
        "2024-13-01",
        "20.12.2024 25:00",
        "20.12.2024 10:61",
        "03/04/2012",
        "Dezember 2024",
        "20. Dezember",
        "Mon, 01 Jan 2024 10:00:00 +9999",
        "Mon, 01 Jan 2024 10:00:00 XYZ",
        "2024-01-01T10:00:00Z und mehr",
        "12345678901234567890",
        "20.12.2024 - 22.12.2024",
        "heute",
        "Wed, 07 Mar 18:00:00 +0200",
    ] {
        assert_eq!(said(parse(text)), "-", "{text:?}");
    }
}

#[test]
fn finds_the_date_in_prose() {
    for (text, want) in [
        ("Pressemitteilung vom 25. Januar 2022 | Berlin", "2022-01-25"),
        ("Datum: 01.02.2024, Format: Meldung", "2024-02-01"),
        ("Musterstadt, 3. Mai 2026, 14 Uhr", "2026-05-03T12:00:00Z"),
        ("Meldung 17/2024 vom 05.03.2024", "2024-03-05"),
        ("vom 12.05.2025 bis 14.05.2025", "2025-05-12"),
        ("Ein Titel ohne Tag", "-"),
    ] {
        assert_eq!(said(find(text)), want, "{text:?}");
    }
}

#[test]
fn the_hours_of_the_clock_change() {
    check(&[
        // Skipped: the later clock. Repeated: the first of the two.
        ("30.03.2025 02:30", "2025-03-30T01:30:00Z"),
        ("26.10.2025 02:30", "2025-10-26T00:30:00Z"),
    ]);
}

#[test]
fn shapes_of_real_feeds() {
    assert!(SHAPES.len() > 200);
    check(SHAPES);
}

#[test]
fn months_before_days_and_other_writings() {
    check(&[
        ("January 5, 2024", "2024-01-05"),
        ("Thursday, January 17, 2024", "2024-01-17"),
        ("Thu, Dec 29 2022 21:15:59 -0600", "2022-12-30T03:15:59Z"),
        ("June 6, 2023 6:50:30 PM PDT", "2023-06-07T01:50:30Z"),
        ("Friday, March 24, 2023 12:05:04 AM", "2023-03-23T23:05:04Z"),
        ("Fri Jun  2 12:25:55 2023", "2023-06-02T10:25:55Z"),
        ("Mon Oct 11 2021 14:57:21 GMT+0200 (Mitteleuropäische Sommerzeit)", "2021-10-11T12:57:21Z"),
        ("3/26/2024 2:11:59 PM", "2024-03-26T13:11:59Z"),
        ("29-May-12 21:31", "2012-05-29T19:31:00Z"),
        ("2023-06-05 17:59:02.0", "2023-06-05T15:59:02Z"),
        ("2023-06-05T17:59:02,5+02:00", "2023-06-05T15:59:02Z"),
        ("Tues, 15 Apr 2025 19:00:00 GMT-6", "2025-04-16T01:00:00Z"),
        ("Sun, 21 Oct 2025 17:00:00 -7:00", "2025-10-22T00:00:00Z"),
        ("Fri, 04 Apr 2025 17:30:18 GMT -05:00", "2025-04-04T22:30:18Z"),
        ("Fri, 04 Apr 2025 17:30:18 CEST +0200", "2025-04-04T15:30:18Z"),
        ("Thu, 15 Feb. 2024 -0500", "2024-02-15"),
        ("> Thursday, 29 September 2022 17:57:17 -0800", "2022-09-30T01:57:17Z"),
        ("Sun, 14 Aug 2022 20:00:00 -0500\"", "2022-08-15T01:00:00Z"),
        ("31.12.2024 23:59:60", "2024-12-31T22:59:59Z"),
        ("3. Mai '24", "2024-05-03"),
        ("2024-05-01T10:00:00[Europe/Berlin]", "2024-05-01T08:00:00Z"),
        ("20240501093000", "2024-05-01T07:30:00Z"),
        ("202405010930", "2024-05-01T07:30:00Z"),
        ("1714550400", "2024-05-01T08:00:00Z"),
        ("1714550400000", "2024-05-01T08:00:00Z"),
    ]);
}

#[test]
fn the_bytes_and_the_grammar_agree() {
    let texts = SHAPES.iter().map(|(text, _)| *text).chain([
        "Mon, 29 Feb 2010 10:00:00 +0100",
        "Mon, 01 Jan 2024 24:00:00 +0100",
        "Mon, 01 Jan 2024 10:00:60 +0100",
        "Mon, 01 Jan 2024 10:00:00 +1500",
        "Mon, 01 Jan 1022 10:00:00 +0100",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2024-01-01T10:00:00.Z",
        "2024-01-01T10:00:00.1234567890Z",
        "2024-01-01T10:00:00-14:30",
        "2024-00-01T10:00:00Z",
    ]);
    let mut plain = 0;
    for text in texts {
        if let Some(read) = super::plain::read(text) {
            assert_eq!(Some(read), super::whole(text), "{text:?}");
            plain += 1;
        }
    }
    assert!(plain > 20, "only {plain} plain dates were compared");
}

/// The project's corpus of 10,860 feeds lies beside it, not in it.
#[test]
fn nearly_all_dates_of_german_feeds_are_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/captured/real-dates.tsv");
    let Ok(table) = std::fs::read_to_string(path) else {
        eprintln!("skipped: {path} is not there");
        return;
    };
    let mut unread = Vec::new();
    let mut shapes = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, "de", shape, examples @ ..] = cells.as_slice() else { continue };
        // A template that nobody filled in and a sentence hold no date.
        if !shape.contains("99") || shape.contains("Format") {
            continue;
        }
        shapes += 1;
        if examples.iter().any(|example| !example.is_empty() && parse(example).is_none()) {
            unread.push(row.to_owned());
        }
    }
    assert!(shapes > 900 && unread.len() * 100 <= shapes * 3, "{} of {shapes}: {unread:#?}", unread.len());
}

#[test]
fn spans_are_no_zones() {
    for (text, want) in [
        ("20.12.2024 10:00 - 12:00", "-"),
        ("20.12.2024 10:00-12:00", "-"),
        ("2024-12-20T10:00-05:00", "2024-12-20T15:00:00Z"),
        ("20.12.2024 10:00 -0500", "2024-12-20T15:00:00Z"),
    ] {
        assert_eq!(said(parse(text)), want, "{text:?}");
    }
    for (text, want) in [
        ("am 20.12.2024 10:00 - 12:00 Uhr", "2024-12-20T09:00:00Z"),
        ("am 20.12.2024, 10 Uhr - 12 Uhr", "2024-12-20T09:00:00Z"),
        ("am 20.12.2024, 14 Uhr, z. B. West", "2024-12-20T13:00:00Z"),
        ("20.12.2024, 120000 Besucher", "2024-12-20"),
        ("20.12.2024, 12:30 am Rathaus", "2024-12-20T11:30:00Z"),
    ] {
        assert_eq!(said(find(text)), want, "{text:?}");
    }
}

#[test]
fn numbers_of_other_things_are_no_dates() {
    for text in [
        "Version 2.3.24",
        "Version 1.2.2024 ist da",
        "v2.3.24",
        "B12.3.2024",
        "§ 3.4.20 der Satzung",
        "§3.4.2020",
        "Kapitel 3.4.20",
        "Abschnitt 12.10.20",
        "Nr. 12.10.2020",
        "Der Server 10.11.12.13 antwortet",
        "1.20.12.2024",
        "12.12.12.12.12",
        "20.12.2024.7",
        "Tel.: 030 18.10.21",
        "Telefon 0228 99.10.11-12",
        "+49 30 12.10.21",
        "3.4.20 m",
        "Az. 12-25-2012",
        "20241201",
        "Raum 12, Mai 2024",
        "am 3. Mai 20 Uhr",
        "am 3. Mai 14.30 Uhr",
        "am 3. Mai 24 Gäste",
        "12.10.20 €",
        "12.10.20€",
        "1.250.000 Euro",
        "03/04/2012",
        "Mai 2024",
    ] {
        assert_eq!(said(find(text)), "-", "{text:?}");
    }
}

#[test]
fn finds_dates_in_the_lines_of_authorities() {
    for (text, want) in [
        ("Lübeck, 31. März 2003", "2003-03-31"),
        ("Bonn, 11.10.2021", "2021-10-11"),
        ("Bonn,11.10.2021", "2021-10-11"),
        ("Stand: 3.5.24", "2024-05-03"),
        ("Stand: Mai, zuletzt geändert am 03.05.2024", "2024-05-03"),
        ("Datum:01.02.2024", "2024-02-01"),
        ("Datum28.01.2022Thema", "2022-01-28"),
        ("Montag/12.05.2025", "2025-05-12"),
        ("Nr. 12 vom 11.10.2021", "2021-10-11"),
        ("Nr. 3 / 11.10.2021", "2021-10-11"),
        ("Pressemitteilung 27/2024 | 5. März 2024", "2024-03-05"),
        ("-12.05.2025: Digitaltag", "2025-05-12"),
        ("§ 5 gilt seit 1.2.2024", "2024-02-01"),
        ("Version 2.3.24 vom 1.2.2024", "2024-02-01"),
        ("12. bis 14. Mai 2025", "2025-05-12"),
        ("12.-14. Mai 2025 in Musterstadt", "2025-05-12"),
        ("vom 12./13.05.2025", "2025-05-12"),
        ("28. Februar bis 2. März 2025", "2025-02-28"),
        ("30.12. – 02.01.2026", "2025-12-30"),
        ("Mo., 12. bis Mi., 14. Mai 2025", "2025-05-12"),
        ("12.05.2025-14.05.2025", "2025-05-12"),
        ("2024-02-01 | Meldung", "2024-02-01"),
        ("Mi, 02.03.22", "2022-03-02"),
        ("Drucksache 20/1234 (11.10.2021)", "2021-10-11"),
        ("Freitag, 20. März 2020 - 14:30 Uhr, Rathaus", "2020-03-20T13:30:00Z"),
    ] {
        assert_eq!(said(find(text)), want, "{text:?}");
    }
}

#[test]
fn long_and_hostile_texts_cost_nothing() {
    for unit in ["1.", "1.1.", "Mai ", "12. bis ", "1-", "\u{ad}", "ä", ","] {
        let text = unit.repeat(200_000);
        assert_eq!(said(parse(&text)), "-");
        assert_eq!(said(find(&text)), "-");
    }
}
