//! What is promised next door, held.

use super::*;

#[test]
fn the_checksum_is_the_usual_one() {
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    assert_eq!(crc32(b""), 0);
}

#[test]
fn the_index_points_to_each_file() {
    let files = [("a.txt".to_owned(), b"eins".to_vec()), ("w/b.txt".to_owned(), b"zwei!".to_vec())];
    let zip = stored(&files);
    let end = zip.len() - 22;
    assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
    let number = |at: usize| u32::from_le_bytes(zip[at..at + 4].try_into().unwrap()) as usize;
    let (size, mut at) = (number(end + 12), number(end + 16));
    assert_eq!(at + size, end);
    for (name, content) in &files {
        assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
        let (long, place) = (name.len(), number(at + 42));
        assert_eq!(&zip[at + 46..at + 46 + long], name.as_bytes());
        assert_eq!(&zip[place..place + 4], b"PK\x03\x04");
        assert_eq!(&zip[place + 30..place + 30 + long], name.as_bytes());
        assert_eq!(&zip[place + 30 + long..place + 30 + long + content.len()], content);
        at += 46 + long;
    }
}
