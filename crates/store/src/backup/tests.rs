//! Copies: of a store in use, of what is none, and over what is there.

use model::{Moment, Source};

use super::*;
use crate::Store;

async fn store(file: &Path) -> Store {
    let store = Store::open(file).await.unwrap();
    let source = Source { id: "amt".to_owned(), enabled: true, ..Source::default() };
    store.sync(&[source], Moment::from_ms(0)).await.unwrap();
    store
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_store_in_use_is_copied_and_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let running = store(&at("a.db")).await;
    // What is kept last is still in the companion file: a copy of the file alone would lack it.
    running.keep_robots("https://amt.example", Moment::from_ms(1), Some("Disallow:")).await.unwrap();
    back_up(&at("a.db"), &at("copy.db")).await.unwrap();
    running.keep_robots("https://amt.example", Moment::from_ms(2), None).await.unwrap();
    restore(&at("copy.db"), &at("new/folder/b.db")).await.unwrap();

    let back = Store::open(&at("new/folder/b.db")).await.unwrap();
    let robots = back.robots("https://amt.example").await.unwrap();
    assert_eq!(robots, Some((Moment::from_ms(1), Some("Disallow:".to_owned()))), "as it was at that moment");
    assert_eq!(back.sources().await.unwrap(), running.sources().await.unwrap());
    back.close().await;
    running.close().await;
    assert_eq!(names(folder.path()), ["a.db", "copy.db", "new"], "nothing is left of the way");
}

#[tokio::test]
async fn what_is_there_is_not_written_over_and_what_is_no_store_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    store(&at("a.db")).await.close().await;
    std::fs::write(at("text.db"), "kein Bestand").unwrap();
    let whole = std::fs::read(at("a.db")).unwrap();
    std::fs::write(at("cut.db"), &whole[..whole.len() / 2]).unwrap();
    let mut torn = whole.clone();
    torn[4096 * 3..4096 * 4].fill(0xa5);
    std::fs::write(at("torn.db"), &torn).unwrap();
    std::fs::write(at("left.db-wal"), "von einem anderen").unwrap();
    let before = names(folder.path());

    let said = |outcome: Result<(), StoreError>| outcome.unwrap_err().to_string();
    assert!(said(back_up(&at("a.db"), &at("cut.db")).await).contains("cut.db is there already"));
    assert!(said(back_up(&at("none.db"), &at("b.db")).await).contains("none.db: No such file"));
    assert!(said(restore(&at("none.db"), &at("b.db")).await).contains("none.db: No such file"));
    assert!(said(restore(&at("a.db"), &at("cut.db")).await).contains("cut.db is there already"));
    assert!(said(restore(&at("a.db"), &at("left.db")).await).contains("left.db-wal is there already"));
    for bad in ["text.db", "cut.db", "torn.db"] {
        let said = said(restore(&at(bad), &at("b.db")).await);
        assert!(said.contains("not whole") || said.contains("damaged"), "{bad}: {said}");
    }
    assert_eq!(names(folder.path()), before, "nothing is left behind");
}

#[tokio::test]
async fn a_copy_of_a_later_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.db");
    store(&file).await.close().await;
    let mut later = SqliteConnectOptions::new().filename(&file).connect().await.unwrap();
    sqlx::query("insert into layout (version) values (?)").bind(KNOWN + 1).execute(&mut later).await.unwrap();
    later.close().await.unwrap();
    let said = restore(&file, &folder.path().join("b.db")).await.unwrap_err().to_string();
    assert!(said.contains(&format!("layout {}", KNOWN + 1)), "{said}");
}
