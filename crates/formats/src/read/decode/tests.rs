//! Which label wins, and what it costs to be wrong.

use encoding_rs::{UTF_16BE, WINDOWS_1251, WINDOWS_1252};

use super::decode;

fn read(bytes: &[u8], media_type: Option<&str>) -> (String, bool) {
    let mut complaints = Vec::new();
    let text = decode(bytes, media_type, &mut complaints);
    (text.into_owned(), !complaints.is_empty())
}

fn latin(text: &str) -> Vec<u8> {
    WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn a_label_that_the_bytes_contradict_loses() {
    for (bytes, media_type, want, complains) in [
        (b"\xef\xbb\xbf<a>Stra\xc3\x9fe</a>".to_vec(), None, "<a>Straße</a>", false),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>Straße</a>".into(), None, "Straße", true),
        (
            latin("<?xml version='1.0' encoding='UTF-8'?><a>Grüße aus der Straße</a>"),
            None,
            "Grüße aus der Straße",
            true,
        ),
        (latin("<?xml version='1.0' encoding='utf-16'?><a>Grüße aus der Straße</a>"), None, "Grüße aus", true),
        (latin("<a>Straße</a>"), Some("text/xml; charset=iso-8859-1"), "Straße", false),
        (latin("<a>Grüße aus der Straße</a>"), Some("text/xml; charset=\"utf-8\""), "Grüße aus", true),
        (latin("<a>Grüße aus der Straße</a>"), None, "Grüße aus der Straße", false),
        (latin("<html><meta http-equiv=c content='text/html; charset=latin1'>Straße"), None, "Straße", false),
        (
            WINDOWS_1251.encode("<?xml version='1.0' encoding='windows-1251'?><a>Москва</a>").0.into(),
            None,
            "Москва",
            false,
        ),
        ("<a>ä</a>".into(), Some("text/xml; charset=nonsense"), "ä", true),
    ] {
        let (text, complained) = read(&bytes, media_type);
        assert!(text.contains(want), "{want:?} in {text:?}");
        assert_eq!(complained, complains, "{want:?}");
    }
}

#[test]
fn utf_16_shows_itself() {
    let bytes: Vec<u8> = "<a>ä</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&bytes, None).0, "<a>ä</a>");
    assert_eq!(read(&bytes, Some("text/xml; charset=utf-8")).0, "<a>ä</a>");
    let with_bom: Vec<u8> = [0xfe, 0xff].into_iter().chain(bytes).collect();
    assert_eq!(read(&with_bom, None).0, UTF_16BE.decode(&with_bom).0);
}

#[test]
fn a_stray_byte_does_not_cost_the_umlauts() {
    let mut bytes = "Grüße, Straße, Bürgerbüro, Prüfung ".as_bytes().to_vec();
    bytes.extend_from_slice(b"f\xfcr alle");
    assert_eq!(read(&bytes, None).0, "Grüße, Straße, Bürgerbüro, Prüfung für alle");
}

#[test]
fn control_characters_go() {
    assert_eq!(read(b"<a>x\x0by\x00z\t\n</a>", None).0, "<a>xyz\t\n</a>");
}
