//! Two publishers in, a page out; and a page that is behind is found.

use std::path::PathBuf;

use super::*;
use crate::repo::File;

const B: &str = "id = \"b\"\nname = \"Beispielamt\"\nhome = \"https://b.example/\"\nstates = [\"HH\"]\ntopics = [\"kommunal\"]\nlicence = \"DL-DE/BY-2.0\"\n\
    [[source]]\nid = \"b-news\"\nurl = \"https://b.example/rss\"\nformat = \"feed\"\nenabled = true\nstatus = \"V\"\nevidence = \"gesehen | geprüft\"\nevery = \"1h\"\ntopics = [\"noots\", \"ozg\"]\n";
const A: &str = "id = \"a\"\nname = \"amt A\"\nhome = \"https://a.example/\"\n[[source]]\nid = \"a-liste\"\nurl = \"https://a.example/\"\n\
    format = \"html\"\nplatform = \"gsb\"\nenabled = false\nstatus = \"P\"\n";

#[test]
fn the_page_lists_publishers_by_name_and_their_sources() {
    let page = render(&[B, A, "not toml ["]);
    assert!(page.contains("2 sources of 2 publishers, 1 of them polled."), "{page}");
    assert!(page.find("## amt A") < page.find("## Beispielamt"), "{page}");
    assert!(page.contains("<https://b.example/> · HH · DL-DE/BY-2.0\n"), "{page}");
    assert!(
        page.contains(
            "| [b-news](<https://b.example/rss>) | yes | V | feed | 1h | HH, noots, ozg | gesehen \\| geprüft |"
        ),
        "{page}"
    );
    assert!(page.contains("| [a-liste](<https://a.example/>) | no | P | html gsb |  |  |  |"), "{page}");
}

#[test]
fn a_page_that_is_behind_is_found() {
    let file = |path: &str, text: &str| File { path: path.into(), bytes: 0, text: Some(text.into()) };
    let repo = |page: &str| Repo {
        root: PathBuf::from("/nonexistent"),
        files: vec![file("catalogue/sources/b.toml", B), file(PAGE, page)],
    };
    assert!(check(&repo(&render(&[B]))).is_empty());
    assert_eq!(check(&repo(&render(&[A]))).len(), 1);
}
