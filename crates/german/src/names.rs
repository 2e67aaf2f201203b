//! Given names, as they stand before surnames in German news: "Martin Hagen" is a person, not a town.
//!
//! The names are common ones of people in office and of those who write; a name that is missing costs one wrong
//! label, a word too many as well, so words that are also nouns ("Mark", "Ernst") stay out.

/// Whether a folded word is a given name.
#[must_use]
pub fn is_given(folded: &str) -> bool {
    GIVEN.binary_search(&folded).is_ok()
}

/// Whether a folded word announces a person's name: "Frau Bremen", "Dr. Essen".
#[must_use]
pub fn is_address(folded: &str) -> bool {
    matches!(folded, "herr" | "herrn" | "frau" | "dr" | "prof" | "professor" | "professorin" | "familie")
}

/// Sorted, folded.
const GIVEN: &[&str] = &[
    "achim", "adelheid", "adrian", "agnes", "albert", "alexander", "alexandra", "alfred", "alina", "amelie", "andre",
    "andrea", "andreas", "angela", "angelika", "anja", "anke", "anna", "anne", "annegret", "annette", "annika",
    "antje", "anton", "armin", "arndt", "arne", "astrid", "axel", "barbara", "bastian", "beate", "beatrice", "ben",
    "benedikt", "benjamin", "bernd", "bernhard", "bettina", "bianca", "birgit", "birgitta", "bjoern", "boris",
    "brigitte", "bruno", "carina", "carl", "carla", "carolin", "caroline", "carsten", "cathrin", "charlotte",
    "christel", "christian", "christiane", "christin", "christina", "christine", "christof", "christoph", "claudia",
    "claus", "clemens", "constanze", "cornelia", "dagmar", "daniel", "daniela", "david", "denis", "dennis", "detlef",
    "diana", "dieter", "dietmar", "dirk", "dominik", "dominique", "doreen", "doris", "eberhard", "eckart", "eckhard",
    "edith", "edmund", "elena", "elisabeth", "elke", "ellen", "emil", "emma", "enrico", "erhard", "eric", "erich",
    "erik", "erika", "erwin", "eugen", "eva", "evelyn", "fabian", "fatma", "felix", "ferdinand", "florian", "franz",
    "franziska", "frederik", "frieder", "friederike", "friedrich", "gabi", "gabriel", "gabriele", "georg", "gerald",
    "gerd", "gerda", "gerhard", "gernot", "gero", "gertrud", "gisela", "gitta", "gudrun", "guenter", "guenther",
    "guido", "gunter", "gunther", "hanna", "hannah", "hannelore", "hannes", "hans", "harald", "hartmut", "heidi",
    "heidrun", "heike", "heiko", "heiner", "heinrich", "heinz", "helena", "helga", "helge", "helmut", "hendrik",
    "henning", "henriette", "henry", "herbert", "heribert", "hermann", "hilde", "holger", "horst", "hubert", "ilona",
    "ilse", "ina", "ines", "inga", "inge", "ingeborg", "ingo", "ingrid", "irene", "irmgard", "isabel", "isabell",
    "isabelle", "ivo", "jaana", "jakob", "jan", "jana", "janina", "janine", "jasmin", "jennifer", "jens", "joachim",
    "jochen", "joerg", "joern", "johann", "johanna", "johannes", "john", "jonas", "jonathan", "josef", "judith",
    "juergen", "julia", "julian", "juliane", "jutta", "kai", "karin", "karina", "karl", "karola", "karolin",
    "karsten", "katarina", "katharina", "kathleen", "kathrin", "katja", "katrin", "kerstin", "kevin", "kirsten",
    "klara", "klaus", "konrad", "konstantin", "kristin", "kristina", "kurt", "lars", "laura", "lea", "lena", "leon",
    "leonhard", "leonie", "lisa", "lothar", "louisa", "luca", "ludwig", "luisa", "lukas", "lutz", "lydia",
    "magdalena", "maike", "maja", "malte", "malu", "manfred", "manuel", "manuela", "marc", "marcel", "marcus",
    "margarete", "margit", "margot", "margret", "maria", "marie", "marina", "mario", "marion", "marius", "markus",
    "marlene", "marlies", "martin", "martina", "mathias", "matthias", "max", "maximilian", "mehmet", "meike",
    "melanie", "merle", "michael", "michaela", "milen", "miriam", "mirjam", "monika", "moritz", "nadine", "nadja",
    "nancy", "natalie", "nico", "nicola", "nicole", "niels", "niklas", "nikolas", "nils", "nina", "nora", "norbert",
    "olaf", "olga", "oliver", "oskar", "otto", "pascal", "patricia", "patrick", "paul", "paula", "peer", "peggy",
    "peter", "petra", "philipp", "pia", "rainer", "ralf", "ralph", "ramona", "raphael", "rebecca", "regina", "regine",
    "reiner", "reinhard", "reinhold", "renate", "rene", "richard", "robert", "robin", "roland", "rolf", "roman",
    "ronald", "ronny", "rosemarie", "rudolf", "ruediger", "ruth", "sabine", "sabrina", "samuel", "sandra", "sarah",
    "sascha", "saskia", "sebastian", "siegfried", "sigrid", "silke", "silvia", "simon", "simone", "soeren", "sofia",
    "sonja", "sophia", "sophie", "stefan", "stefanie", "steffen", "stella", "stephan", "stephanie", "steven", "susan",
    "susanne", "sven", "svenja", "swantje", "sybille", "sylvia", "tanja", "tatjana", "thea", "theo", "theodor",
    "theresa", "theresia", "thilo", "thomas", "thorben", "thorsten", "till", "tilo", "tim", "timo", "tina", "tobias",
    "tom", "torben", "torsten", "udo", "ulf", "ulrich", "ulrike", "ursula", "uta", "ute", "uwe", "valentin",
    "vanessa", "vera", "verena", "veronika", "viktor", "viktoria", "vincent", "volker", "volkmar", "waldemar",
    "walter", "wenke", "werner", "wilfried", "wilhelm", "wilma", "winfried", "wolfgang", "yasmin", "yvonne", "zeynep",
];

#[cfg(test)]
mod tests;
