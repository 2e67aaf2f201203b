//! What the store knows in, a diagnosis out.

use super::super::memory::Memory;
use super::*;

fn at(text: &str) -> Moment {
    Moment::parse(&format!("{text}T10:00:00+01:00")).unwrap()
}

fn source() -> Source {
    Source { id: "amt".into(), url: "https://amt.example/rss.xml".into(), enabled: true, ..Source::default() }
}

fn kept(outcome: Option<Outcome>) -> SourceState {
    SourceState {
        id: "amt".into(),
        enabled: true,
        next_due: at("2026-11-24"),
        last_visit: Some(at("2026-11-23")),
        last_good: None,
        last_status: None,
        last_outcome: outcome,
        outcome_since: Some(at("2026-11-20")),
        first_visit: Some(at("2026-01-02")),
        last_new: None,
        memory: None,
        fails: 1,
        items: 0,
    }
}

/// The state of a source that published every so many days for half a year, the last time on this day.
fn silent(every: usize, last: &str, now: &str) -> State {
    let mut memory = Memory::of(&source(), None);
    let end = at(last).ms();
    for ago in (0..180_i32).step_by(every).map(i64::from).collect::<Vec<_>>().into_iter().rev() {
        let day = Moment::from_ms(end - ago * 86_400_000);
        memory.rhythm.learn(&[Some(day)], day);
        memory.newest = Some(day);
    }
    let mut day = end;
    while day < at(now).ms() {
        day += 86_400_000;
        memory.rhythm.learn(&[], Moment::from_ms(day));
    }
    let state = SourceState { memory: Some(memory.text()), ..kept(Some(Outcome::NotModified)) };
    diagnose(&source(), Some(&state), at(now)).state
}

#[test]
fn silence_is_held_against_the_sources_own_rhythm() {
    assert_eq!(silent(1, "2026-05-04", "2026-05-05"), State::Fresh);
    assert_eq!(silent(1, "2026-05-04", "2026-05-10"), State::Quiet);
    assert_eq!(silent(1, "2026-05-04", "2026-06-20"), State::Stale);
    assert_eq!(silent(14, "2026-05-04", "2026-05-30"), State::Fresh);
    assert_eq!(silent(14, "2026-05-04", "2026-07-01"), State::Quiet);
    assert_eq!(silent(14, "2026-05-04", "2026-12-01"), State::Stale);
}

fn check(outcome: Option<Outcome>, state: State, advice: &str) {
    let health = diagnose(&source(), Some(&kept(outcome.clone())), at("2026-11-23"));
    assert_eq!(health.state, state, "{outcome:?}");
    assert!(health.advice.as_deref().unwrap_or_default().contains(advice), "{outcome:?}: {health:?}");
    assert_eq!(health.since.is_some(), outcome.is_some());
    assert_eq!(
        health.why.is_some(),
        health.state.is_bad()
            || outcome.is_some_and(|outcome| !matches!(outcome, Outcome::Fresh | Outcome::NotModified))
            || state == State::Stale
    );
}

#[test]
fn every_outcome_has_a_state_and_advice() {
    let suspect = |trouble, why: &str| Some(Outcome::Suspect(trouble, why.to_owned()));
    check(None, State::New, "");
    check(Some(Outcome::Gone), State::Gone, "new address");
    check(Some(Outcome::Failed("500".into())), State::Failing, "tried again");
    check(suspect(Trouble::Blocked, "robots.txt forbids it (Disallow: /)"), State::Blocked, "robots = \"feed\"");
    check(suspect(Trouble::Blocked, "403: a bot wall"), State::Blocked, "User-Agent");
    check(suspect(Trouble::LayoutChanged, "2 items, where 5 are expected"), State::LayoutChanged, "select");
    check(suspect(Trouble::ErrorPage, "Seite nicht gefunden"), State::Failing, "error page");
    check(suspect(Trouble::Empty, "no items"), State::Quiet, "for a reader");
    check(suspect(Trouble::Stale, "400 days old"), State::Stale, "another page");
    check(Some(Outcome::Fresh), State::Stale, "another address");
    let off = Source { enabled: false, ..source() };
    assert_eq!(diagnose(&off, Some(&kept(Some(Outcome::Gone))), at("2026-11-23")).state, State::Off);
    assert_eq!(diagnose(&source(), None, at("2026-11-23")).state, State::New);
    let one = Health::of(State::Stale);
    let counts = count([one.state, one.state].into_iter());
    assert_eq!((counts.len(), counts[&State::Stale], counts[&State::Fresh]), (9, 2, 0));
}
