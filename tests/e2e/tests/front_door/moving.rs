//! `export`, `import`, `backup`, `restore`: everything that is kept, copied and moved by the operator's own commands.

use std::path::Path;
use std::process::Output;

use e2e::{House, rss};
use origin::Origin;

async fn run(words: &[&str], data: &Path) -> Output {
    let place = if data.to_string_lossy().starts_with("postgres:") { "--database-url" } else { "--data" };
    e2e::command(words).arg(place).arg(data).output().await.expect("the binary starts")
}

#[track_caller]
fn good(output: &Output) -> String {
    let (out, trouble) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{trouble}");
    out.into_owned()
}

#[track_caller]
fn bad(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A house that has polled, and is at rest.
async fn lived_in(origin: &Origin) -> House {
    let items = [
        ("NOOTS: Hamburg bindet Register an", "In Hamburg werden Register an NOOTS angebunden."),
        ("=1+1: E-Akte in Hamburg", "Die Hamburger Bezirke führen die E-Akte ein; \"endlich\", heißt es."),
    ];
    origin.at("/hh.xml").serve(rss("hh", &items), "application/rss+xml");
    let house = House::new("");
    house.publisher("hamburg", &["HH"], &[("hh".to_owned(), origin.url("/hh.xml"), "every = \"1h\"")]);
    assert_eq!(house.poll(&[]).await.summary.new, 2);
    house
}

#[tokio::test]
async fn a_running_house_is_backed_up_and_put_back() {
    let origin = Origin::start().await;
    let house = lived_in(&origin).await;
    let serving = house.serve().await;
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let copy = folder.path().join("copy.db");
    let said = good(&run(&["backup", &copy.to_string_lossy()], &house.data()).await);
    assert!(said.contains("is backed up to"), "{said}");
    let again = bad(&run(&["backup", &copy.to_string_lossy()], &house.data()).await);
    assert!(again.contains("is there already"), "{again}");
    let before = good(&run(&["export", "--format", "csv"], &house.data()).await);
    assert!(serving.stop().await);

    let other = folder.path().join("other");
    let refused = bad(&run(&["restore", &copy.to_string_lossy()], &house.data()).await);
    assert!(refused.contains("is there already"), "{refused}");
    good(&run(&["restore", &copy.to_string_lossy()], &other).await);
    assert_eq!(good(&run(&["export", "--format", "csv"], &other).await), before);
    let nothing = bad(&run(&["export"], &folder.path().join("nirgends")).await);
    assert!(nothing.contains("there is no store"), "{nothing}");
    assert!(!folder.path().join("nirgends").exists(), "and none is made");
}

#[tokio::test]
async fn everything_moves_from_one_house_to_another_and_back() {
    let origin = Origin::start().await;
    let house = lived_in(&origin).await;
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let at = |name: &str| folder.path().join(name);
    let first = good(&run(&["export"], &house.data()).await);
    assert!(first.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    std::fs::write(at("all.jsonl"), &first).expect("a file in our own folder");
    let file = at("all.jsonl").to_string_lossy().into_owned();

    // To a database and back, where there is one; else to another file.
    let there = match std::env::var("AMTSTICKER_TEST_POSTGRES") {
        Ok(url) => {
            let name = format!("moving_{}", std::process::id());
            let made =
                std::process::Command::new("psql").args([&url, "-c", &format!("create database {name}")]).output();
            let made = made.is_ok_and(|output| output.status.success());
            let base = url.rsplit_once('/').map_or(url.as_str(), |(base, _)| base).to_owned();
            if made { format!("{base}/{name}").into() } else { at("there") }
        }
        Err(_) => at("there"),
    };
    good(&run(&["import", &file], &there).await);
    let second = good(&run(&["export"], &there).await);
    assert_eq!(second, first);
    std::fs::write(at("back.jsonl"), &second).expect("a file in our own folder");
    let back = at("back.jsonl").to_string_lossy().into_owned();
    good(&run(&["import", &back], &at("back")).await);
    assert_eq!(good(&run(&["export"], &at("back")).await), first);
    if there.to_string_lossy().starts_with("postgres:") {
        let tool = bad(&run(&["backup", "x.db"], &there).await);
        assert!(tool.contains("pg_dump") && !tool.contains("geheim"), "{tool}");
    }

    let full = bad(&run(&["import", &file], &at("back")).await);
    assert!(full.contains("the store is not empty"), "{full}");
    std::fs::write(at("cut.jsonl"), &first[..first.len() - 30]).expect("a file in our own folder");
    let cut = bad(&run(&["import", &at("cut.jsonl").to_string_lossy()], &at("cut")).await);
    assert!(cut.contains("is not taken over") && cut.contains("line "), "{cut}");
}

#[tokio::test]
async fn what_a_query_finds_is_given_away_in_any_form() {
    let origin = Origin::start().await;
    let house = lived_in(&origin).await;
    let export = async |form: &str, query: &str| good(&run(&["export", "--format", form, query], &house.data()).await);
    let table = export("csv", "state=HH").await;
    assert_eq!(table.matches("\r\n").count(), 3, "{table}");
    assert!(table.starts_with("id,kind,url,title,") && !table.contains(",=1+1"), "{table}");
    assert_eq!(export("csv", "state=BY").await.matches("\r\n").count(), 1);
    assert_eq!(export("csv", "limit=1").await.matches("\r\n").count(), 2);
    for (form, begins, holds) in [
        ("atom", "<?xml", "<entry"),
        ("rss", "<?xml", "<item>"),
        ("json", "{", "NOOTS: Hamburg bindet Register an"),
        ("ics", "BEGIN:VCALENDAR", "END:VCALENDAR"),
        ("opml", "<?xml", "<outline"),
    ] {
        let query = if form == "opml" { "" } else { "topic=noots" };
        let text = export(form, query).await;
        assert!(text.starts_with(begins) && text.contains(holds), "{form}: {text}");
    }
    for (words, says) in [
        (["export", "--format", "csv", "stat=HH"], "stat = \"HH\" is not understood"),
        (["export", "--format", "jsonl", "state=HH"], "takes no query"),
        (["export", "--format", "pdf", ""], "possible values"),
    ] {
        let said = bad(&run(&words, &house.data()).await);
        assert!(said.contains(says), "{said}");
    }
}
