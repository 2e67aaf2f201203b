//! What is promised next door, held.

use model::State;

use super::*;

fn ask(pairs: &[(&str, &str)]) -> Result<Ask, BadParameter> {
    Ask::from_pairs(pairs.iter().copied())
}

#[test]
fn filter_and_look_come_apart() {
    let ask = ask(&[
        ("state", "HH"),
        ("theme", "dark"),
        ("heading", " Neues "),
        ("heading-level", "3"),
        ("lock", "state,kind,state"),
        ("shell", "json"),
        ("topic", ""),
    ])
    .unwrap();
    assert_eq!(ask.query.states, [State::Hh]);
    assert_eq!(ask.look.theme, Theme::Dark);
    assert_eq!(ask.look.heading.as_deref(), Some("Neues"));
    assert_eq!(ask.look.heading_level, 3);
    assert_eq!(ask.look.lock, [Lock::State, Lock::Kind]);
    assert_eq!(ask.shell, Shell::Json);
}

#[test]
fn untouched_fields_of_a_form_ask_for_nothing() {
    let empty =
        ["heading-level", "theme", "lock", "shell", "q", "kind", "remember", "label", "from"].map(|name| (name, ""));
    assert_eq!(ask(&empty).unwrap(), Ask::default());
}

#[test]
fn what_is_not_understood_is_named() {
    for (name, value, allowed) in [
        ("theme", "blue", "dark"),
        ("heading-level", "7", "6"),
        ("heading-level", "0", "1"),
        ("lock", "q", "topic"),
        ("remember", "yes", "1"),
        ("link-target", "_top", "_blank"),
        ("shell", "xml", "dsd"),
        ("state", "XX", "HH"),
        ("colour", "red", "theme"),
        ("colour", "red", "state"),
    ] {
        let error = ask(&[(name, value)]).unwrap_err();
        assert_eq!((error.parameter.as_str(), error.value.as_str()), (name, value));
        assert!(error.allowed.iter().any(|word| word == allowed), "{name}: {:?}", error.allowed);
    }
}

#[test]
fn a_look_survives_its_own_links() {
    let pairs = [
        ("heading", "Neues & mehr"),
        ("heading-level", "4"),
        ("hide-heading", "1"),
        ("label", "Nur Hamburg"),
        ("theme", "light"),
        ("lock", "topic,source"),
        ("remember", "1"),
        ("share", "1"),
        ("link-target", "_blank"),
    ];
    let look = ask(&pairs).unwrap().look;
    assert!(look.hide_heading && look.remember && look.share && look.new_window, "{look:?}");
    assert_eq!(Ask::from_pairs(look.pairs()).unwrap().look, look);
    assert_eq!(Look::default().pairs(), []);
}
