//! How fast events are found in prose: texts of about 1,000 characters on one core, as a poll reads them. The target is
//! 5,000 texts a second.

use std::hint::black_box;
use std::time::{Duration, Instant};

use curate::Rules;
use curate::events::announced;
use model::{Catalogue, Date};

const TEXTS: usize = 2_000;
const CHARACTERS: usize = 1_000;
const ROUNDS: usize = 5;

/// What press offices write, with dates that announce, dates that do not, and none.
const SENTENCES: [&str; 10] = [
    "Das Landesamt für Muster lädt Kommunen am Dienstag, 17. März, von 9:30 bis 16 Uhr zum Fachtag Register nach Probstadt ein.",
    "Tagungsort ist das Haus der Begegnung, Lindenstraße 4; Anmeldungen sind bis zum 6. März unter fachtag@amt.example möglich.",
    "Die Verordnung über das Nutzerkonto tritt am 1. Juli 2026 in Kraft, nachdem der Landtag sie am 12. Juni beschlossen hat.",
    "Bislang mussten Bürgerinnen und Bürger für jeden Antrag persönlich erscheinen; künftig genügt ein Konto.",
    "Ministerin Erna Muster sagte, die Digitalisierung der Verwaltung sei eine Aufgabe für viele Jahre und viele Hände.",
    "Im vergangenen Jahr gingen 12.345 Anträge online ein, 27 Prozent mehr als im Jahr davor.",
    "Vom 9. bis 11. Juni 2026 öffnet die Kommunalmesse Neuburg ihre Tore in den Messehallen.",
    "Am 25. Februar trafen sich in Altfelden die Verantwortlichen der Länder und sprachen über gemeinsame Rechenzentren.",
    "Die Landesregierung fördert das Vorhaben mit 1,5 Millionen Euro, die Ausschreibung endet am 17. April um 12 Uhr.",
    "Weitere Auskünfte gibt die Pressestelle unter der Nummer 0123 456789 oder auf www.landesamt.example/presse.",
];

/// Measures and prints one line.
#[expect(clippy::print_stdout, reason = "printing is what it is for")]
pub(crate) fn run() {
    let texts: Vec<String> = (0..TEXTS).map(text).collect();
    let rules = Rules::new(&Catalogue::default());
    let context = Date::new(2026, 2, 10);
    let (mut best, mut found) = (Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let (start, before) = (Instant::now(), on_cpu());
        found = texts.iter().map(|text| black_box(announced(text, None, context, &rules)).len()).sum();
        let took = on_cpu().zip(before).map_or_else(|| start.elapsed(), |(after, before)| after.saturating_sub(before));
        best = took.min(best);
    }
    let each = TEXTS as f64 / best.as_secs_f64();
    println!(
        "finding events in {TEXTS} texts of {CHARACTERS} characters: {each:.0} texts/s and core, {found} found (target 5000)"
    );
}

/// The time that this thread had a core, where the system tells: a busy machine is not a slow program.
fn on_cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Sentences in an order of the text's own, up to its length.
fn text(number: usize) -> String {
    let mut text = String::new();
    for step in 0.. {
        let sentence = SENTENCES[(number * 7 + step * 3) % SENTENCES.len()];
        text.push_str(sentence);
        text.push(if step % 4 == 3 { '\n' } else { ' ' });
        if text.chars().count() >= CHARACTERS {
            break;
        }
    }
    text.chars().take(CHARACTERS).collect()
}
