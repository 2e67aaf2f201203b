//! What clients write into `Accept-Encoding`, and what they get.

use std::io::Read as _;

use super::super::text::Writing;
use super::*;

#[test]
fn a_client_gets_what_it_likes_best() {
    for (accepted, want) in [
        ("gzip, deflate, br, zstd", Coding::Brotli),
        ("gzip, deflate", Coding::Gzip),
        ("br;q=0.8, gzip", Coding::Gzip),
        ("br;q=0, gzip;q=0.5", Coding::Gzip),
        ("br;q=0.000", Coding::Identity),
        ("*", Coding::Brotli),
        ("*;q=0", Coding::Identity),
        ("gzip;q=0.5, identity;q=0.9", Coding::Identity),
        ("BR ; Q=0.5, x-gzip;q=0.1", Coding::Brotli),
        ("gzip;q=often", Coding::Gzip),
        ("gzip;q=7", Coding::Gzip),
        ("deflate", Coding::Identity),
        ("", Coding::Identity),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        assert_eq!(Coding::best(&headers), want, "{accepted}");
    }
    assert_eq!(Coding::best(&HeaderMap::new()), Coding::Identity);
    let mut twice = HeaderMap::new();
    twice.append(header::ACCEPT_ENCODING, "gzip".parse().unwrap());
    twice.append(header::ACCEPT_ENCODING, "br".parse().unwrap());
    assert_eq!(Coding::best(&twice), Coding::Brotli, "a list may come in several lines");
}

#[tokio::test]
async fn a_coded_body_is_the_body() {
    for length in [WORTH, 5_000, LARGE + 1] {
        let body = Bytes::from("Registermodernisierung ".repeat(length / 23 + 1));
        let packed = Coding::Gzip.apply(&Text::Whole(body.clone())).await.unwrap();
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, body);
        let packed = Coding::Brotli.apply(&Text::Whole(body.clone())).await.unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).unwrap();
        assert_eq!(plain, body);
    }
    assert_eq!(Coding::Brotli.apply(&Text::Whole(Bytes::from_static(b"ok\n"))).await, None, "not worth it");
}

#[tokio::test]
async fn a_long_text_is_the_same_in_each_coding() {
    let (mut plain, mut writing) = (Vec::<u8>::new(), Writing::default());
    for line in 0..60_000 {
        let line = format!("Quelle {line} antwortet seit {} Tagen\n", line * 7919 % 1009);
        plain.extend(line.as_bytes());
        writing.write_all(line.as_bytes()).unwrap();
    }
    let text = writing.done().unwrap();
    assert!(matches!(text, Text::Wound { .. }), "{} bytes are long", plain.len());
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &Coding::Brotli.apply(&text).await.unwrap()[..], &mut unpacked).unwrap();
    assert!(unpacked == plain, "br");
    unpacked.clear();
    let packed = Coding::Gzip.apply(&text).await.unwrap();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == plain, "gzip");
    assert_eq!(Coding::Identity.apply(&text).await, None, "that is how it is sent");
}
