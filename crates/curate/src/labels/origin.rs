//! Where a text comes from: what the catalogue says of its source, else what the name of its host says.

use model::{Name, Source, State};

use crate::rules::{Home, Rules};

/// The states that a text is about when it does not say itself.
pub(crate) struct Origin {
    pub(crate) states: Vec<State>,
    /// Id of the rule that tells.
    pub(crate) rule: Name,
    /// A public body's own voice; otherwise a paper or a party that lives there.
    pub(crate) official: bool,
    /// Of a town or county.
    pub(crate) municipal: bool,
}

impl Origin {
    pub(crate) fn of(source: Option<&Source>, hosts: &[String], rules: &Rules) -> Option<Self> {
        let told = source.filter(|source| !source.states.is_empty());
        let host = || hosts.iter().find_map(|host| rules.home_of(host));
        match told {
            Some(source) => Some(Origin {
                states: source.states.clone(),
                rule: "source/states".into(),
                official: true,
                municipal: host().is_some_and(|home| home.municipal),
            }),
            None => host().map(|Home { state, name, official, municipal }| Origin {
                states: vec![state],
                rule: format!("state:{state}/{name}").into(),
                official,
                municipal,
            }),
        }
    }

    /// Whether states that a text merely mentions give way to the body that speaks: to a Land those of the federation,
    /// to the federation the Land where one met.
    pub(crate) fn speaks(&self, mentioned: &[State]) -> bool {
        let federal = |states: &[State]| states.iter().all(|state| matches!(state, State::Bund | State::Eu));
        self.official && federal(mentioned) != federal(&self.states)
    }
}
