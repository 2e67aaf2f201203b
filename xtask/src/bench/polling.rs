//! How fast a round of visits goes, beside two that poll feeds: `reader`, which keeps what it finds in SQLite as we do,
//! and `sfeed`, which keeps lines in files and asks no database. All visit the same feeds at the same nginx, one after
//! the other in one run: once when all is new, once when nothing is.
//!
//! Of ours the whole process is measured, and what it takes to start is taken off and said; of `reader` its update
//! alone. `sfeed` asks for all documents each time.
//! The targets: 200 feeds a second when all is new, 2,500 when nothing is. Refuses: to fail where they are missed.
//! Installs Debian's nginx-light, sfeed and curl, and `reader` from PyPI into a folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use super::feeds;
use crate::{
    debian,
    load::Nginx,
    run::{Done, ask, command, find, finish, say},
    tools,
};

const FEEDS: usize = 300;
const ITEMS: usize = 30;
/// Rounds in which nothing is new; the fastest counts.
const AGAIN: usize = 5;
/// What we should come to, in feeds a second.
const TARGETS: [f64; 2] = [200.0, 2_500.0];

/// What lets us ask a loopback port as fast as it answers.
const CONFIG: &str = r#"[fetch]
allow_private = ["127.0.0.0/8"]
contact = "bench@example.org"
host_gap = "0s"
host_concurrency = 16
"#;

/// Updates all feeds twice and more, and prints how many seconds each round took.
const READER: &str = "
import sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in sys.argv[4:]:
    reader.add_feed(url)
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    reader.update_feeds(workers=4)
    print(time.perf_counter() - start, flush=True)
expected, found = int(sys.argv[3]), reader.get_entry_counts().total
if found != expected:
    sys.exit(f'it found {found} entries, not {expected}')
";

/// Seconds of the first round and of the fastest of the others.
type Rounds = Result<[f64; 2], String>;

/// Measures this binary and the others, and prints feeds a second and how often theirs go into ours.
pub(super) fn measure(binary: &Path) -> Done {
    if ["nginx", "sfeed_update", "curl"].iter().any(|program| find(program).is_none()) {
        debian::install(&["nginx-light", "sfeed", "curl"], "a few seconds")?;
    }
    let folder = std::env::temp_dir().join(format!("amtsticker-polling-{}", std::process::id()));
    let measured = measure_in(binary, &folder);
    let _ = fs::remove_dir_all(&folder);
    measured
}

fn measure_in(binary: &Path, folder: &Path) -> Done {
    for nth in 0..FEEDS {
        write(&folder.join("files").join(feeds::name(nth)), &feeds::feed(nth, ITEMS))?;
    }
    let nginx = Nginx::start(folder)?;
    let urls: Vec<String> = (0..FEEDS).map(|nth| format!("http://{}/{}", nginx.address, feeds::name(nth))).collect();
    let (start, ours) = ours(binary, folder, &urls)?;
    say(&format!("polling {FEEDS} feeds of {ITEMS} items; our start of {:.0} ms is taken off", start * 1e3));
    say("feeds a second                  all new   ours/theirs     unchanged   ours/theirs");
    line("amtsticker", &Ok(ours), &ours);
    line("reader (PyPI)", &reader(folder, &urls), &ours);
    line("sfeed (Debian)", &sfeed(folder, &urls), &ours);
    for (what, seconds, target) in [("all new", ours[0], TARGETS[0]), ("unchanged", ours[1], TARGETS[1])] {
        let rate = FEEDS as f64 / seconds;
        let verdict = if rate >= target { "" } else { ": too slow" };
        say(&format!(
            "{what}: {rate:.0} feeds a second, {:.0} items (target {target:.0} feeds){verdict}",
            rate * ITEMS as f64
        ));
    }
    Ok(())
}

fn line(name: &str, rounds: &Rounds, ours: &[f64; 2]) {
    match rounds {
        Ok([first, again]) => {
            let rate = |seconds: f64| FEEDS as f64 / seconds;
            let (first_ratio, again_ratio) = (first / ours[0], again / ours[1]);
            say(&format!(
                "{name:<28} {:>10.0} {first_ratio:>13.1} {:>13.0} {again_ratio:>13.1}",
                rate(*first),
                rate(*again)
            ));
        }
        Err(reason) => say(&format!("{name:<28} not measured: {reason}")),
    }
}

/// What a start takes, and our rounds without it.
fn ours(binary: &Path, folder: &Path, urls: &[String]) -> Result<(f64, [f64; 2]), String> {
    let entry = |(nth, url): (usize, &String)| {
        format!("\n[[source]]\nid = \"bench-{nth}\"\nurl = \"{url}\"\nstatus = \"V\"\nevidence = \"a benchmark\"\n")
    };
    let head = "id = \"bench\"\nname = \"Bench\"\nhome = \"http://127.0.0.1/\"\n";
    let all: String = urls.iter().enumerate().map(entry).collect();
    let none = format!("{head}{}enabled = false\n", entry((0, &urls[0])));
    write(
        &folder.join("all/sources/bench.toml"),
        &format!("{head}{}", all.replace("status", "enabled = true\nstatus")),
    )?;
    write(&folder.join("none/sources/bench.toml"), &none)?;
    write(&folder.join("amtsticker.toml"), CONFIG)?;
    let poll = |catalogue: &str, data: &str| -> Result<(f64, String), String> {
        let mut poll = command(&binary.display().to_string());
        poll.args(["poll", "--once", "--json", "--config"]).arg(folder.join("amtsticker.toml"));
        poll.arg("--catalogue").arg(folder.join(catalogue)).arg("--data").arg(folder.join(data));
        let begin = Instant::now();
        let printed = ask(&mut poll).ok_or("amtsticker poll failed")?;
        Ok((seconds(begin), printed))
    };
    // The first start makes the store; a round in which all is new does so, too.
    let first_start = poll("none", "empty")?.0;
    let starts: Result<Vec<f64>, String> = (0..AGAIN).map(|_| Ok(poll("none", "empty")?.0)).collect();
    let start = least(starts?);
    let (first, printed) = poll("all", "data")?;
    let new = FEEDS * ITEMS;
    if !printed.contains(&format!("\"new\":{new},")) {
        return Err(format!("we did not find {new} items: {printed}"));
    }
    let again: Result<Vec<f64>, String> = (0..AGAIN)
        .map(|_| {
            let (took, printed) = poll("all", "data")?;
            if printed.contains(&format!("\"unchanged\":{FEEDS},")) { Ok(took) } else { Err(printed) }
        })
        .collect();
    let without = |took: f64, start: f64| (took - start).max(0.001);
    Ok((start, [without(first, first_start), without(least(again?), start)]))
}

fn reader(folder: &Path, urls: &[String]) -> Rounds {
    let python = installed_reader()?;
    let (rounds, entries) = ((1 + AGAIN).to_string(), (FEEDS * ITEMS).to_string());
    let mut run = command(&python.display().to_string());
    run.arg("-c").arg(READER).arg(folder.join("reader.sqlite")).args([rounds, entries]).args(urls);
    let output = run.output().map_err(|error| format!("python: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let times: Vec<f64> = printed.lines().filter_map(|line| line.trim().parse().ok()).collect();
    match times.split_first() {
        Some((first, again)) if output.status.success() && !again.is_empty() => Ok([*first, least(again.to_vec())]),
        _ => {
            let trouble = String::from_utf8_lossy(&output.stderr).into_owned();
            Err(trouble.lines().last().unwrap_or("it said nothing").to_owned())
        }
    }
}

/// A Python that has `reader`, in a folder of its own beside our tools.
fn installed_reader() -> Result<PathBuf, String> {
    let folder = tools::folder().join("reader");
    let python = folder.join("bin/python");
    let has =
        |python: &Path| ask(command(&python.display().to_string()).args(["-c", "import reader, sgmllib"])).is_some();
    if has(&python) {
        return Ok(python);
    }
    say("installing reader from PyPI, about half a minute");
    let venv = |clear: &[&str]| finish(command("python3").args(["-m", "venv"]).args(clear).arg(&folder));
    if venv(&["--clear"]).is_err() {
        debian::install(&["python3-venv"], "a few seconds")?;
        venv(&["--clear"])?;
    }
    let mut pip = command(&python.display().to_string());
    // What parses the feeds still asks for a module that Python 2 had, and does not name where to get it.
    let packages = ["reader", "sgmllib3k"];
    finish(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages))?;
    if has(&python) { Ok(python) } else { Err("reader is installed and cannot be imported".to_owned()) }
}

fn sfeed(folder: &Path, urls: &[String]) -> Rounds {
    let kept = folder.join("sfeed");
    fs::create_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    let each: String = urls.iter().enumerate().map(|(nth, url)| format!("feed \"bench-{nth}\" \"{url}\"\n")).collect();
    let rc = folder.join("sfeedrc");
    write(&rc, &format!("sfeedpath=\"{}\"\nmaxjobs=16\nfeeds() {{\n{each}}}\n", kept.display()))?;
    let update = || -> Result<f64, String> {
        let begin = Instant::now();
        let mut update = command("sfeed_update");
        finish(update.arg(&rc).stdout(Stdio::null()).stderr(Stdio::null()))?;
        Ok(seconds(begin))
    };
    let first = update()?;
    let found: usize = fs::read_dir(&kept)
        .map_err(|error| error.to_string())?
        .filter_map(|file| fs::read_to_string(file.ok()?.path()).ok())
        .map(|lines| lines.lines().count())
        .sum();
    if found != FEEDS * ITEMS {
        return Err(format!("it found {found} items, not {}", FEEDS * ITEMS));
    }
    // Each round is the same to it, so two are enough.
    Ok([first, least(vec![update()?, update()?])])
}

fn least(times: Vec<f64>) -> f64 {
    times.into_iter().fold(Duration::MAX.as_secs_f64(), f64::min)
}

fn seconds(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64()
}

fn write(path: &Path, text: &str) -> Done {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(told)?;
    fs::write(path, text).map_err(told)
}
