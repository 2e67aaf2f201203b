//! The door `bench`: the numbers an operator and a web editor feel. Sizes, the time from start to ready, how fast
//! items are labelled, answers go out and documents are read, beside others that do the same, and how soon an item's
//! story is found.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use crate::{
    dist, load, postgres,
    run::{Done, cargo, command, finish, say},
};

mod feeds;
mod labels;
mod month;
mod polling;

const RUNS: usize = 7;

/// What measures a part of it alone, and what that is.
const PROGRAMS: [(&str, &str); 2] = [
    ("bench-reading", "reading, beside feed-rs and feedparser"),
    ("bench-stories", "finding an item's story, however much is kept"),
];

/// What measures a running server of ours, from a store that it fills, and what that is.
const SERVED: [(&str, &str); 2] = [
    ("bench-growth", "answers that nobody remembers, however much is kept"),
    ("bench-memory", "memory, with much to keep and many to visit"),
];

/// What can be measured alone, of a binary that is there.
const PARTS: [(&str, Part); 2] = [("polling", polling::measure), ("load", load::run)];
type Part = fn(&Path) -> Done;

/// A catalogue that visits nobody: a benchmark is no reason to ask public bodies for their feeds eight times.
const NOBODY: &str = r#"id = "nobody"
name = "Nobody"
home = "https://example.org/"

[[source]]
id = "nobody-news"
url = "https://example.org/feed.xml"
enabled = false
"#;

/// Builds what is shipped and measures it, then what it reads with. An argument names a folder whose `items.jsonl` is
/// labelled instead of the project's own set. `polling BINARY` and `load BINARY` measure one part alone, of a binary
/// that is there.
pub(crate) fn run(args: &[String]) -> Done {
    if let [part, binary] = args
        && let Some((_, measure)) = PARTS.iter().find(|(name, _)| name == part)
    {
        return measure(&std::path::absolute(binary).map_err(|error| error.to_string())?);
    }
    let folder = args.first().map(std::path::absolute).transpose().map_err(|error| error.to_string())?;
    let binary = dist::run()?;
    labels::measure(&binary, folder.as_deref())?;
    starts(&binary)?;
    say("answering, beside nginx:");
    load::run(&binary)?;
    say("polling, beside two others:");
    polling::measure(&binary)?;
    for (name, what) in SERVED {
        say(&format!("{what}:"));
        finish(cargo(&format!("run --quiet --release --package bench --bin {name} --")).arg(&binary))?;
    }
    for (name, what) in PROGRAMS {
        say(&format!("{what}:"));
        postgres::beside(&mut cargo(&format!("run --quiet --release --package bench --bin {name}")))?;
    }
    month::measure()
}

/// From the start of the process to the line that says it listens, on an empty folder and on a used one.
fn starts(binary: &Path) -> Done {
    let folder = std::env::temp_dir().join(format!("amtsticker-bench-{}", std::process::id()));
    let sources = folder.join("catalogue/sources");
    std::fs::create_dir_all(&sources)
        .and_then(|()| std::fs::write(sources.join("nobody.toml"), NOBODY))
        .map_err(|error| format!("{}: {error}", sources.display()))?;
    // The first start creates the store; the others find it.
    let first = start(binary, &folder);
    let later: Result<Vec<Duration>, String> = (0..RUNS).map(|_| start(binary, &folder)).collect();
    let _ = std::fs::remove_dir_all(&folder);
    let mut later = later?;
    later.sort();
    say(&format!("start with an empty data folder: {:.0} ms", millis(first?)));
    let (median, worst) = (later[RUNS / 2], later[RUNS - 1]);
    say(&format!(
        "start on an existing store, {RUNS} times: median {:.0} ms, worst {:.0} ms",
        millis(median),
        millis(worst)
    ));
    Ok(())
}

fn start(binary: &Path, folder: &Path) -> Result<Duration, String> {
    let begin = Instant::now();
    let mut server = command(&binary.display().to_string());
    server.args(["serve", "--listen", "127.0.0.1:0"]);
    server.arg("--data").arg(folder.join("data")).arg("--catalogue").arg(folder.join("catalogue"));
    let mut child = server
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    let lines = child.stdout.take().map(|stdout| BufReader::new(stdout).lines());
    let ready = lines.into_iter().flatten().map_while(Result::ok).any(|line| line.contains("listening on"));
    let took = begin.elapsed();
    let _ = child.kill();
    let _ = child.wait();
    if ready { Ok(took) } else { Err(format!("{} serve ended before it listened", binary.display())) }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
