//! Short ones stay as they are, long ones come out as they were written.

use http_body_util::BodyExt as _;

use super::*;

fn written(lines: usize) -> (Vec<u8>, Text) {
    let (mut plain, mut writing) = (Vec::new(), Writing::default());
    for line in 0..lines {
        let line = format!("Quelle {line}: {}\n", line * 7919 % 10_007);
        plain.extend(line.as_bytes());
        writing.write_all(line.as_bytes()).unwrap();
    }
    (plain, writing.done().unwrap())
}

#[tokio::test]
async fn a_text_is_sent_as_it_was_written_however_long() {
    for lines in [0, 3, 100_000] {
        let (plain, text) = written(lines);
        assert_eq!(matches!(text, Text::Wound { .. }), plain.len() > LONG, "{lines} lines");
        let sent = text.body().collect().await.unwrap().to_bytes();
        assert!(sent == plain, "{lines} lines: {} bytes, and {} sent", plain.len(), sent.len());
    }
}

#[tokio::test]
async fn what_is_wound_up_is_small_and_knows_its_length() {
    let (plain, text) = written(100_000);
    let Text::Wound { gzip, length } = &text else { panic!("{} bytes are not long", plain.len()) };
    assert_eq!(*length, plain.len() as u64);
    assert!(gzip.len() * 3 < plain.len(), "{} of {}", gzip.len(), plain.len());
    assert_ne!(text.digest(), Text::Whole(gzip.clone()).digest(), "another text than that of its coding");
}
