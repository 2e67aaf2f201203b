//! The same feeds through Python's feedparser, where it is installed. feedparser reads no JSON Feed; those are left
//! out of its time, and what they would have taken is added in proportion to their bytes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use model::Document;

/// Parses each file of a folder and prints how many entries it found and how many seconds that took.
const SCRIPT: &str = "
import pathlib, sys, time
import feedparser
documents = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).iterdir())]
start = time.perf_counter()
found = sum(len(feedparser.parse(document).entries) for document in documents)
print(found, time.perf_counter() - start)
";

/// How long it takes for all documents; the reason, if that cannot be told.
pub(crate) fn feedparser(documents: &[Document], items: usize) -> Result<Duration, String> {
    let folder = std::env::temp_dir().join(format!("amtsticker-bench-feeds-{}", std::process::id()));
    let outcome = measure(&folder, documents, items);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn measure(folder: &Path, documents: &[Document], items: usize) -> Result<Duration, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(told)?;
    let xml: Vec<&Document> = documents.iter().filter(|document| document.bytes.starts_with(b"<")).collect();
    for (at, document) in xml.iter().enumerate() {
        std::fs::write(folder.join(format!("{at:04}.xml")), &document.bytes).map_err(told)?;
    }
    let mut python = Command::new("python3");
    let output = python.arg("-c").arg(SCRIPT).arg(folder).output().map_err(|error| format!("python3: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers = printed
        .trim()
        .split_once(' ')
        .and_then(|(found, seconds)| Some((found.parse::<usize>().ok()?, seconds.parse::<f64>().ok()?)));
    let Some((found, seconds)) = numbers.filter(|_| output.status.success()) else {
        let trouble = String::from_utf8_lossy(&output.stderr);
        return Err(trouble.lines().last().unwrap_or("python3 said nothing").to_owned());
    };
    let expected = items * xml.len() / documents.len().max(1);
    if found != expected {
        return Err(format!("it found {found} entries, not {expected}"));
    }
    let size = |documents: &mut dyn Iterator<Item = &Document>| -> f64 {
        documents.map(|document| document.bytes.len() as f64).sum()
    };
    let share = size(&mut xml.iter().copied()) / size(&mut documents.iter());
    Ok(Duration::from_secs_f64(seconds / share))
}
