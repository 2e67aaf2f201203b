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

/// One authored announcement, in the shape of the labelled sets.
#[derive(serde::Deserialize)]
struct Announcement {
    id: String,
    text: String,
    title: Option<String>,
    context_date: Option<String>,
    expected: Vec<Expected>,
}

#[derive(serde::Deserialize)]
struct Expected {
    title: String,
    start: String,
    end: Option<String>,
    place: Option<String>,
    online: bool,
    registration: Option<String>,
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase).collect()
}

/// `2026-05-05` or `2026-05-05T10:00`, as the set writes it.
fn stamp(when: When) -> String {
    match when {
        When::Day(day) => day.to_string(),
        When::At(at) => format!("{}T{:02}:{:02}", at.date(), at.clock().0, at.clock().1),
    }
}

#[derive(Default)]
struct Share {
    right: u32,
    all: u32,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }

    fn at_least(&self, floor: f64, what: &str) {
        let share = f64::from(self.right) / f64::from(self.all.max(1));
        assert!(share >= floor, "{what}: {}/{} is below {floor}", self.right, self.all);
    }
}

#[test]
fn the_authored_set_keeps_its_floors() {
    let mut kinds: BTreeMap<&str, Share> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in include_str!("announcements.jsonl").lines() {
        let one: Announcement = serde_json::from_str(line).unwrap();
        let context = one.context_date.as_deref().and_then(Date::parse);
        let mut said = announced(&one.text, one.title.as_deref(), context, &|word| TOWNS.contains(&word));
        let mut count = |kind, right| kinds.entry(kind).or_default().count(right);
        if one.expected.is_empty() {
            count("negatives", said.is_empty());
        }
        for want in &one.expected {
            let at = said.iter().position(|got| stamp(got.event.start) == want.start);
            count("recall", at.is_some());
            let Some(got) = at.map(|at| said.remove(at)) else {
                wrong.push(format!("{}: missed {}", one.id, want.start));
                continue;
            };
            count("precision", true);
            let (named, wanted) = (words(&got.title), words(&want.title));
            count("title", 2 * wanted.iter().filter(|word| named.contains(word)).count() >= wanted.len());
            if let Some(end) = &want.end {
                count("end", got.event.end.is_some_and(|got| stamp(got).starts_with(end.as_str())));
            }
            if let Some(place) = &want.place {
                let there = words(got.event.place.as_deref().unwrap_or_default());
                count("place", words(place).iter().any(|word| there.contains(word)));
            }
            count("online", got.event.online == want.online);
            if want.registration.is_some() {
                count("registration", got.event.registration == want.registration);
            }
        }
        for more in said {
            wrong.push(format!("{}: false {}", one.id, show(&more.title, &more.event)));
            count("precision", false);
        }
    }
    let floors = [
        ("precision", 0.97),
        ("recall", 0.95),
        ("negatives", 0.97),
        ("title", 0.9),
        ("end", 0.95),
        ("place", 0.85),
        ("online", 0.95),
        ("registration", 0.95),
    ];
    for (kind, floor) in floors {
        kinds[kind].at_least(floor, &format!("{kind} ({wrong:?})"));
    }
}

#[test]
fn an_announcement_is_an_event() {
    check(
        "2026-03-02",
        "Am 7. & 8. Mai 2026 treffen sich Verwaltung und Wirtschaft zum 19. eVerwaltungsgipfel in Schloss Probe.",
        "2026-05-07..2026-05-08 19. eVerwaltungsgipfel @ Schloss Probe",
    );
}
