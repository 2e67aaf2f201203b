//! Real input: every captured feed that is well-formed, as its site once sent it.
//!
//! The documents belong to their publishers and are not part of the repository; where the folder beside it is
//! missing, this test says so and skips. Python's feedparser counts what is in them, where it is installed.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use e2e::House;
use origin::{Answer, Origin};

/// Directories whose documents are no feeds, or broken ones.
const LEFT_OUT: [&str; 2] = ["broken", "not-a-feed"];
const LONGEST: Duration = Duration::from_secs(60);
/// The least share of entries to be stored.
const SHARE: f64 = 0.95;

const COUNT: &str = "
import feedparser, json, sys
print(json.dumps([len(feedparser.parse(open(path, 'rb').read()).entries) for path in sys.stdin.read().split('\\n')]))
";

/// Directory to its documents: id of the source, path on the origin, file.
type Documents = BTreeMap<String, Vec<(String, String, PathBuf)>>;

fn documents() -> Option<Documents> {
    let captured = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/captured");
    let mut documents = Documents::new();
    for entry in fs::read_dir(captured).ok()? {
        let folder = entry.ok()?.path();
        let name = folder.file_name()?.to_string_lossy().into_owned();
        if !folder.is_dir() || LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let mut files: Vec<_> = fs::read_dir(&folder).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
        // Beside some captures lies what another parser makes of them.
        files.retain(|file| file.is_file() && !file.to_string_lossy().ends_with(".expected.json"));
        files.sort();
        let numbered = files.into_iter().enumerate();
        let listed =
            numbered.map(|(nth, file)| (format!("{name}-{nth}"), format!("/{name}/{nth}.xml"), file)).collect();
        documents.insert(name, listed);
    }
    Some(documents)
}

/// How many entries feedparser finds, per directory; nothing where it is not installed.
fn counted(documents: &Documents) -> Option<BTreeMap<String, u64>> {
    documents
        .iter()
        .map(|(name, listed)| {
            let paths: Vec<_> = listed.iter().map(|(_, _, file)| file.to_string_lossy().into_owned()).collect();
            let input = tempfile::NamedTempFile::new().ok()?;
            fs::write(&input, paths.join("\n")).ok()?;
            let output = Command::new("python3").args(["-c", COUNT]).stdin(input.reopen().ok()?).output().ok()?;
            let counts: Vec<u64> = serde_json::from_slice(&output.stdout).ok().filter(|_| output.status.success())?;
            Some((name.clone(), counts.iter().sum()))
        })
        .collect()
}

fn house(origin: &Origin, documents: &Documents) -> House {
    let house = House::new("host_concurrency = 8");
    for (name, listed) in documents {
        let sources: Vec<_> =
            listed.iter().map(|(id, path, _)| (id.clone(), origin.url(path), "format = \"auto\"")).collect();
        house.publisher(name, &[], &sources);
    }
    house
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_well_formed_capture_is_stored_in_one_poll() {
    let Some(documents) = documents() else {
        println!("skipped: ../shared/corpus/captured is not beside this repository");
        return;
    };
    let origin = Origin::start().await;
    for (_, path, file) in documents.values().flatten() {
        origin.at(path).then(Answer::file(file));
    }
    let number = documents.values().flatten().count() as u64;

    let whole = house(&origin, &documents);
    let first = whole.poll(&[]).await;
    println!("{:?} in {:?}", first.summary, first.took);
    assert_eq!(first.summary.visited, number);
    assert!(first.took < LONGEST, "{:?}", first.took);

    origin.forget_requests();
    let second = whole.poll(&[]).await;
    println!("{:?} in {:?}", second.summary, second.took);
    assert_eq!((second.summary.new, second.summary.changed), (0, 0), "{}", second.log);
    let requests = origin.all_requests();
    let conditional: HashSet<_> =
        requests.iter().filter(|request| request.is_conditional()).map(|request| &request.path).collect();
    assert!(conditional.len() as u64 >= number - first.summary.failed, "{} of {number}", conditional.len());

    let parts = by_directory(&origin, &documents).await;
    assert_eq!(parts.values().sum::<u64>(), first.summary.new, "directory by directory it is as many");
    let Some(expected) = counted(&documents) else {
        println!("not compared: python3 with feedparser is not installed");
        return;
    };
    println!("{:<18} {:>6} {:>10}", "directory", "ours", "feedparser");
    for (name, ours) in &parts {
        println!("{name:<18} {ours:>6} {:>10}", expected[name]);
    }
    let (ours, theirs) = (first.summary.new, expected.values().sum::<u64>());
    println!("{:<18} {ours:>6} {theirs:>10}", "all");
    assert!(ours as f64 >= SHARE * theirs as f64, "{ours} of {theirs} entries are stored");
}

async fn by_directory(origin: &Origin, documents: &Documents) -> BTreeMap<String, u64> {
    let house = house(origin, documents);
    let mut parts = BTreeMap::new();
    for (name, listed) in documents {
        let ids: Vec<_> = listed.iter().map(|(id, _, _)| id.as_str()).collect();
        let poll = house.poll(&ids).await;
        parts.insert(name.clone(), poll.summary.new);
    }
    parts
}
