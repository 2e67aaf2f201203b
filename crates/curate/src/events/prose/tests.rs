//! Announcements in, events out: one line each, `start[..end] title @ place (online) -> registration`.

use super::*;

const TOWNS: [&str; 6] = ["Musterstadt", "Probstadt", "Neuburg", "Altfelden", "Berlin", "Leipzig"];

fn found(text: &str, title: Option<&str>, context: &str) -> String {
    let said = announced(text, title, Date::parse(context), &|word| TOWNS.contains(&word));
    let lines: Vec<String> = said.iter().map(|one| show(&one.title, &one.event)).collect();
    lines.join("\n")
}

fn show(title: &str, event: &Event) -> String {
    let short = |when: When| match when {
        When::Day(day) => day.to_string(),
        When::At(at) => format!("{} {:02}:{:02}", at.date(), at.clock().0, at.clock().1),
    };
    let mut line = short(event.start);
    if let Some(end) = event.end {
        line += &format!("..{}", short(end));
    }
    line += &format!(" {title}");
    if let Some(place) = &event.place {
        line += &format!(" @ {place}");
    }
    if event.online {
        line += " (online)";
    }
    if let Some(address) = &event.registration {
        line += &format!(" -> {address}");
    }
    line
}

#[track_caller]
fn check(context: &str, text: &str, expected: &str) {
    assert_eq!(found(text, None, context), expected, "{text}");
}

#[test]
fn an_announcement_is_an_event() {
    check(
        "2026-03-02",
        "Am 7. & 8. Mai 2026 treffen sich Verwaltung und Wirtschaft zum 19. eVerwaltungsgipfel in Schloss Probe.",
        "2026-05-07..2026-05-08 19. eVerwaltungsgipfel @ Schloss Probe",
    );
}
