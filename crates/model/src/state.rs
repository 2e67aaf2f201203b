//! The sixteen Länder, the federation and the European Union, by the codes of DESIGN 5.1.
//!
//! Codes are those of ISO 3166-2:DE without the country, plus `BUND` and `EU`.
//! What a state is called on screen stands in the panel's words files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! states {
    ($($name:ident = $code:literal, $doc:literal;)*) => {
        /// What an item can be about: a Land, the federation, or the European Union.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum State {
            $(#[doc = $doc] #[serde(rename = $code)] $name,)*
        }

        impl State {
            /// All of them, the Länder by name, then the federation and the Union.
            pub const ALL: [State; 18] = [$(State::$name,)*];

            /// The code used in addresses, in JSON and in the catalogue.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(State::$name => $code,)* }
            }
        }
    };
}

states! {
    Bw = "BW", "Baden-Württemberg";
    By = "BY", "Bayern";
    Be = "BE", "Berlin";
    Bb = "BB", "Brandenburg";
    Hb = "HB", "Bremen";
    Hh = "HH", "Hamburg";
    He = "HE", "Hessen";
    Mv = "MV", "Mecklenburg-Vorpommern";
    Ni = "NI", "Niedersachsen";
    Nw = "NW", "Nordrhein-Westfalen";
    Rp = "RP", "Rheinland-Pfalz";
    Sl = "SL", "Saarland";
    Sn = "SN", "Sachsen";
    St = "ST", "Sachsen-Anhalt";
    Sh = "SH", "Schleswig-Holstein";
    Th = "TH", "Thüringen";
    Bund = "BUND", "the federation";
    Eu = "EU", "the European Union";
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The code is none of [`State::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownState;

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(code: &str) -> Result<Self, UnknownState> {
        State::ALL.into_iter().find(|state| state.code().eq_ignore_ascii_case(code)).ok_or(UnknownState)
    }
}
