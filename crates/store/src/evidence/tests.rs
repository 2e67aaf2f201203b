//! What is read is what was written, however it was written.

use model::{Kind, SourceRef, Story};

use super::*;

fn why(label: &str, field: &str, text: &str, start: u32, weight: f32) -> Why {
    let (end, rule) = (start + text.len() as u32, format!("{label}/wort").into());
    Why { label: label.into(), field: field.to_owned().into(), text: text.to_owned(), start, end, rule, weight }
}

fn item(why: Vec<Why>) -> Item {
    Item {
        id: "a".into(),
        kind: Kind::News,
        url: "https://amt.example/e-akte".into(),
        title: "Die E-Akte kommt nach Köln".into(),
        kicker: Some("Digitales".into()),
        summary: "Die E-Akte ist da, die E-Akte bleibt.".into(),
        published: None,
        updated: None,
        lang: "de".into(),
        source: SourceRef { id: "amt-news".into(), name: "Amt".into(), url: String::new(), licence: None },
        states: Vec::new(),
        topics: Vec::new(),
        relevance: 1.0,
        story: Story::default(),
        image: None,
        event: None,
        why,
    }
}

fn check(why: Vec<Why>) -> String {
    let item = item(why);
    let kept = packed(&item);
    assert_eq!(unpack(&kept, &item).unwrap(), item.why, "{kept}");
    kept
}

#[test]
fn evidence_is_read_as_it_was_written() {
    assert_eq!(check(Vec::new()), r#"{"labels":[],"at":[]}"#);
    let topic = |field: &str, start: u32, weight: f32| why("topic:e-akte", field, "E-Akte", start, weight);
    let mut prior = why("state:NW", "source", "amt-news", 0, 0.5);
    prior.end = 0;
    let kept = check(vec![
        topic("title", 4, 1.5),
        topic("summary", 4, 1.0),
        topic("summary", 23, 1.0),
        why("state:NW", "title", "Köln", 22, 1.5),
        why("relevance", "kicker", "Digitales", 0, -0.75),
        why("relevance", "address", "e-akte", 20, 1.0),
        prior,
    ]);
    assert_eq!(kept.matches("topic:e-akte").count(), 1, "a label is said once, and its rules without it: {kept}");
    assert!(!kept.contains("Köln") && !kept.contains("plain"), "{kept}");
}

#[test]
fn what_does_not_stand_there_is_spelled_out() {
    let kept = check(vec![
        why("topic:ozg", "title", "OZG", 0, 1.0),
        why("topic:e-akte", "title", "E-Akte", 4, 1.5),
        why("topic:ozg", "elsewhere", "OZG", 0, 1.0),
        why("state:NW", "title", "Koeln", 23, 1.5),
    ]);
    assert!(kept.contains("Koeln") && kept.contains("elsewhere"), "{kept}");
}

#[test]
fn rules_of_other_names_keep_them() {
    let called = |label: &str, rule: &str| Why { rule: rule.into(), ..why(label, "title", "E-Akte", 4, 1.0) };
    check(vec![
        called("relevance", "topic:e-akte/lends/digital"),
        called("topic:e-akte", "topic:e-akten/wort"),
        called("topic:e-akte", "/topic"),
        called("", "/"),
        called("relevance", "relevance/digital"),
        called("topic:e-akte", ""),
    ]);
}

#[test]
fn what_earlier_layouts_say_is_read_as_well() {
    let item = item(vec![why("topic:e-akte", "title", "E-Akte", 4, 1.5)]);
    assert_eq!(unpack(&json(&item.why), &item).unwrap(), item.why);
    let earlier = r#"{"because":[["topic:e-akte","topic:e-akte/wort",1.5]],"at":[0,0,4,10]}"#;
    assert_eq!(unpack(earlier, &item).unwrap(), item.why);
    assert!(unpack("{", &item).is_err());
    // A number that nothing belongs to is no evidence, and no panic.
    for at in ["[9,0,0,1]", "[0,9,0,1]", "[0,0,900,901]", "[0,0,5,4]", "[0,0,23,24]", "[0]"] {
        let kept = format!(r#"{{"because":[["topic:ozg","r",1.0]],"at":{at}}}"#);
        assert_eq!(unpack(&kept, &item).unwrap(), [], "{at}");
    }
    let least = i64::MIN;
    for at in
        ["9,0,1", "5,0,1", "-1,0,1", "0,900,1", "0,-1,1", "0,5,-1", "0,23,1", "0,4", &format!("0,{least},{least}")]
    {
        let kept = format!(r#"{{"labels":[["topic:ozg",[["r",1.0]]]],"at":[{at}]}}"#);
        assert_eq!(unpack(&kept, &item).unwrap(), [], "{at}");
    }
    let twice = format!(r#"{{"labels":[["topic:ozg",[["r",1.0]]]],"at":[0,{least},0,0,{least},0]}}"#);
    assert_eq!(unpack(&twice, &item).unwrap(), []);
}
