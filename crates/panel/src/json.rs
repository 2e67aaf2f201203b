//! The least JSON reader (RFC 8259) that the widget can do with: text in, tree out.
//!
//! serde_json and the derived readers of our nouns weigh 75 KB in wasm, a quarter of the widget, most of it
//! for errors nobody would see there: what is read here was written by our own server. Numbers are whole and
//! not negative; others, of which the panel shows none, are read as 0. Nesting is bounded.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

const DEEPEST: u8 = 16;

/// Reads one value that fills the whole text.
pub(crate) fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    let value = reader.value(0)?;
    reader.space();
    (reader.at == reader.bytes.len()).then_some(value)
}

impl Json {
    /// The member of this name; `Null` where there is none.
    pub(crate) fn get(&self, name: &str) -> &Json {
        match self {
            Json::Object(members) => {
                members.iter().find(|(key, _)| key == name).map_or(&Json::Null, |(_, value)| value)
            }
            _ => &Json::Null,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// The text, or an empty one.
    pub(crate) fn owned(&self) -> String {
        self.text().unwrap_or_default().to_owned()
    }

    pub(crate) fn number(&self) -> u64 {
        if let Json::Number(number) = self { *number } else { 0 }
    }

    pub(crate) fn truth(&self) -> bool {
        matches!(self, Json::Bool(true))
    }

    pub(crate) fn list(&self) -> &[Json] {
        if let Json::List(list) = self { list } else { &[] }
    }

    pub(crate) fn members(&self) -> &[(String, Json)] {
        if let Json::Object(members) = self { members } else { &[] }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: u8) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match *self.bytes.get(self.at)? {
            b'{' => {
                let mut members = Vec::new();
                self.sequence(b'}', |reader| {
                    reader.space();
                    let name = reader.string()?;
                    reader.space();
                    reader.expect(b':')?;
                    members.push((name, reader.value(depth + 1)?));
                    Some(())
                })?;
                Some(Json::Object(members))
            }
            b'[' => {
                let mut list = Vec::new();
                self.sequence(b']', |reader| {
                    list.push(reader.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::List(list))
            }
            b'"' => self.string().map(Json::Text),
            b't' => self.word(b"true", Json::Bool(true)),
            b'f' => self.word(b"false", Json::Bool(false)),
            b'n' => self.word(b"null", Json::Null),
            b'-' | b'0'..=b'9' => Some(self.number()),
            _ => None,
        }
    }

    /// What stands between an opening bracket and its closing one, separated by commas.
    fn sequence(&mut self, close: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.space();
        if self.expect(close).is_some() {
            return Some(());
        }
        loop {
            one(self)?;
            self.space();
            if self.expect(close).is_some() {
                return Some(());
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.expect(b'"')?;
        let mut out = Vec::new();
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(out).ok(),
                b'\\' => {
                    let c = self.escaped()?;
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                byte => out.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let high = self.hex()?;
                // Characters beyond the basic plane come as two escapes, a surrogate pair.
                if (0xd800..0xdc00).contains(&high) && self.bytes.get(self.at..self.at + 2) == Some(b"\\u") {
                    self.at += 2;
                    let low = self.hex()?;
                    let joined = 0x1_0000 + ((high - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
                    char::from_u32(joined).unwrap_or('\u{fffd}')
                } else {
                    char::from_u32(high).unwrap_or('\u{fffd}')
                }
            }
            byte => char::from(byte),
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut value = 0;
        for byte in self.bytes.get(self.at..self.at + 4)? {
            value = value * 16 + char::from(*byte).to_digit(16)?;
        }
        self.at += 4;
        Some(value)
    }

    fn number(&mut self) -> Json {
        let mut value = Some(0_u64);
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'0'..=b'9' => {
                    let digit = u64::from(byte - b'0');
                    value = value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
                }
                b'-' | b'+' | b'.' | b'e' | b'E' => value = None,
                _ => break,
            }
            self.at += 1;
        }
        Json::Number(value.unwrap_or(0))
    }

    fn word(&mut self, word: &[u8], value: Json) -> Option<Json> {
        let end = self.at + word.len();
        (self.bytes.get(self.at..end)? == word).then(|| {
            self.at = end;
            value
        })
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests;
