//! Places in a text as editors count them.

/// From bytes of a text to UTF-16 code units. Making it takes time with the text, a look-up does not.
#[derive(Debug, Clone)]
pub struct Utf16<'a> {
    text: &'a str,
    /// Code units before the character at or after each multiple of [`STEP`]; empty where all is ASCII.
    steps: Vec<(usize, usize)>,
}

const STEP: usize = 128;

impl<'a> Utf16<'a> {
    /// Measures the text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let (mut units, mut next) = (0, 0);
            for (at, c) in text.char_indices() {
                while at >= next {
                    steps.push((at, units));
                    next += STEP;
                }
                units += c.len_utf16();
            }
        }
        Self { text, steps }
    }

    /// How many code units stand before this byte, which is to be the beginning of a character or the end.
    #[must_use]
    pub fn at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let mut nth = byte / STEP;
        nth = nth.min(self.steps.len().saturating_sub(1));
        // A character may begin behind the step it is counted for.
        while nth > 0 && self.steps[nth].0 > byte {
            nth -= 1;
        }
        let (from, before) = self.steps.get(nth).copied().unwrap_or((byte, byte));
        let units: usize = self.text.get(from..byte).unwrap_or_default().chars().map(char::len_utf16).sum();
        u32::try_from(before + units).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_where_an_editor_counts_it() {
        let long = "aé😀\u{1f469}\u{200d}\u{1f680} ".repeat(200);
        for text in ["", "plain text", "é", "😀", &long] {
            let measured = Utf16::new(text);
            let mut units = 0_usize;
            for (at, c) in text.char_indices() {
                assert_eq!(measured.at(at) as usize, units, "byte {at} of {text:?}");
                units += c.len_utf16();
            }
            assert_eq!(measured.at(text.len()) as usize, units);
        }
    }
}
