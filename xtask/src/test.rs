//! The door `test`: everything CI checks, cheapest first, so that a slip is told in seconds.
//! It stops at the first step that fails.

use crate::{
    debian, e2e, postgres,
    run::{self, Done, cargo, finish, say, step},
    tools, widget,
};

/// All packages but the widget, which compiles for the browser only.
const NATIVE: &str = "--workspace --exclude widget";

/// Runs every step, then prints how long each took.
pub(crate) fn run() -> Done {
    type Step = (&'static str, fn() -> Done);
    let steps: [Step; 7] = [
        ("install", install),
        ("format", || finish(&mut cargo("fmt --all --check"))),
        ("clippy", || finish(&mut cargo(&format!("clippy {NATIVE} --all-targets -- -D warnings")))),
        ("clippy of the widget", || {
            finish(&mut cargo("clippy --package widget --target wasm32-unknown-unknown -- -D warnings"))
        }),
        ("widget", widget::build),
        ("tests", || postgres::beside(&mut cargo(&format!("test {NATIVE} --exclude e2e --no-fail-fast")))),
        ("documentation", documentation),
    ];
    let mut times = Vec::new();
    for (name, work) in steps {
        let ((), seconds) = step(name, work)?;
        times.push((name, seconds));
    }
    let (tally, seconds) = step("end to end", e2e::run)?;
    times.push(("end to end", seconds));

    for (name, seconds) in &times {
        say(&format!("{name:<20} {seconds:>5.0} s"));
    }
    let all: f64 = times.iter().map(|(_, seconds)| seconds).sum();
    say(&format!("{:<20} {all:>5.0} s", "everything holds"));
    // Last, because those who read a log for a result look at its end.
    run::result(&tally);
    Ok(())
}

fn install() -> Done {
    debian::make()?;
    tools::components()?;
    tools::wasm_target()?;
    tools::trunk()?;
    tools::wasm_bindgen()?;
    e2e::install().map(drop)
}

fn documentation() -> Done {
    let mut doc = cargo(&format!("doc {NATIVE} --no-deps --document-private-items"));
    finish(doc.env("RUSTDOCFLAGS", "-D warnings"))
}
