//! The plain text of one line's inline Markdown, with the way back to its source.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// In bold.
pub(super) const STRONG: u8 = 1;
/// Code, raw HTML or an address: nothing in it is a topic, a handle, a name or a date.
pub(super) const OPAQUE: u8 = 2;
/// Its first character is escaped by a backslash.
const ESCAPED: u8 = 4;
/// Struck out.
const STRUCK: u8 = 8;

#[derive(Debug, Clone)]
struct Seg {
    at: usize,
    len: usize,
    src: usize,
    src_len: usize,
    flags: u8,
}

/// Plain text of a stretch of source on one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Inline {
    pub text: String,
    segs: Vec<Seg>,
}

impl Inline {
    /// Reads `content`, which stands at `base` in the note. `refs` are the note's link reference labels, lower case.
    pub fn read(content: &str, base: usize, refs: &HashSet<String>) -> Self {
        let mut inline = Self::default();
        if !content.bytes().any(|b| matches!(b, b'*' | b'_' | b'`' | b'[' | b'<' | b'\\' | b'&' | b'~')) {
            inline.push(content, base, content.len(), 0);
            return inline;
        }
        // A full stop before the content keeps it from being read as a block: a list, a heading, a definition.
        let source = format!(".{content}");
        let resolve = |link: BrokenLink| {
            refs.contains(&link.reference.to_lowercase()).then(|| (CowStr::from("x"), CowStr::from("")))
        };
        let parser = Parser::new_with_broken_link_callback(&source, Options::ENABLE_STRIKETHROUGH, Some(resolve));
        let (mut strong, mut struck, mut address) = (0_u32, 0_u32, 0_u32);
        for (event, range) in parser.into_offset_iter() {
            let flags = [(strong, STRONG), (struck, STRUCK), (address, OPAQUE)];
            let flags = flags.iter().filter(|(depth, _)| *depth > 0).fold(0, |all, (_, flag)| all | flag);
            let at = |range: &Range<usize>| base + range.start.max(1) - 1;
            match event {
                Event::Start(Tag::Strong) => strong += 1,
                Event::End(TagEnd::Strong) => strong = strong.saturating_sub(1),
                Event::Start(Tag::Strikethrough) => struck += 1,
                Event::End(TagEnd::Strikethrough) => struck = struck.saturating_sub(1),
                Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => address += 1,
                Event::Start(Tag::Link { .. }) if address > 0 => address += 1,
                Event::End(TagEnd::Link) => address = address.saturating_sub(1),
                Event::Text(text) => {
                    let (text, range) = if range.start == 0 {
                        (text.get(1..).unwrap_or_default().to_owned(), 1..range.end)
                    } else {
                        (text.into_string(), range)
                    };
                    let escaped = range.start > 1 && source.as_bytes().get(range.start - 1) == Some(&b'\\');
                    let escaped = escaped && inline.end() < base + range.start - 1;
                    inline.push(&text, at(&range), range.len(), flags | if escaped { ESCAPED } else { 0 });
                }
                Event::Code(code) => {
                    let lead = range.len().saturating_sub(code.len()) / 2;
                    let inner = range.start + lead;
                    inline.push(&code, at(&(inner..range.end)), range.end - lead - inner, flags | OPAQUE);
                }
                Event::InlineHtml(html) if keeps(&html) => inline.push(&html, at(&range), range.len(), flags | OPAQUE),
                Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => {
                    inline.push(" ", at(&range), range.len(), flags);
                }
                _ => {}
            }
        }
        inline
    }

    fn push(&mut self, text: &str, src: usize, src_len: usize, flags: u8) {
        if text.is_empty() {
            return;
        }
        self.segs.push(Seg { at: self.text.len(), len: text.len(), src, src_len, flags });
        self.text.push_str(text);
    }

    /// The source offset behind the last stretch.
    fn end(&self) -> usize {
        self.segs.last().map_or(0, |seg| seg.src + seg.src_len)
    }

    fn seg(&self, at: usize) -> Option<&Seg> {
        let next = self.segs.partition_point(|seg| seg.at <= at);
        self.segs.get(next.checked_sub(1)?)
    }

    /// Whether the character at `at` has one of these flags.
    pub fn is(&self, at: usize, flags: u8) -> bool {
        self.seg(at).is_some_and(|seg| at < seg.at + seg.len && seg.flags & flags != 0)
    }

    /// What is struck out of the plain text from `from` on; nothing where no word would be left.
    pub fn struck(&self, from: usize) -> Vec<Range<usize>> {
        let mut struck: Vec<Range<usize>> = Vec::new();
        for seg in self.segs.iter().filter(|seg| seg.flags & STRUCK != 0 && seg.at >= from) {
            match struck.last_mut().filter(|last| last.end == seg.at) {
                Some(last) => last.end = seg.at + seg.len,
                None => struck.push(seg.at..seg.at + seg.len),
            }
        }
        let mut at = from;
        let ends = struck.iter().map(|range| (range.start, range.end)).chain([(self.text.len(), self.text.len())]);
        let left = ends.map(|(start, end)| &self.text[std::mem::replace(&mut at, end)..start]);
        let stands = left.into_iter().any(|text| text.contains(char::is_alphanumeric));
        if stands { struck } else { Vec::new() }
    }

    /// Where the source of this stretch of plain text begins and ends.
    pub fn source(&self, plain: Range<usize>) -> Option<Range<usize>> {
        let first = self.seg(plain.start)?;
        let last = self.seg(plain.end.checked_sub(1)?)?;
        let start = if first.len == first.src_len { first.src + (plain.start - first.at) } else { first.src };
        let end = if last.len == last.src_len { last.src + (plain.end - last.at) } else { last.src + last.src_len };
        (start <= end).then_some(start..end)
    }

    /// The plain text with everything opaque, escaped or part of a web address blotted out, byte for byte.
    pub fn masked(&self) -> String {
        let mut bytes = self.text.clone().into_bytes();
        for seg in &self.segs {
            if seg.flags & OPAQUE != 0 {
                bytes[seg.at..seg.at + seg.len].fill(BLOT);
            } else if seg.flags & ESCAPED != 0 {
                let first = self.text[seg.at..].chars().next().map_or(0, char::len_utf8);
                bytes[seg.at..seg.at + first].fill(BLOT);
            }
        }
        for (at, _) in self.text.match_indices("://") {
            let start = self.text[..at]
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |p| p + self.text[p..].chars().next().map_or(1, char::len_utf8));
            let end = self.text[at..].find(|c: char| c.is_whitespace() || c == ')').map_or(self.text.len(), |p| at + p);
            if start < at {
                bytes[start..end].fill(BLOT);
            }
        }
        String::from_utf8(bytes).unwrap_or_else(|_| " ".repeat(self.text.len()))
    }
}

/// Stands in a masked text for what must not be read.
pub(super) const BLOT: u8 = 1;

/// Whether raw HTML stays in the text: formatting and comments go, the rest may be what the line is about.
fn keeps(html: &str) -> bool {
    let name: String =
        html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
    const FORMATTING: [&str; 18] = [
        "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "span", "font", "sub", "sup", "br", "small",
        "kbd", "code",
    ];
    !html.starts_with("<!--") && !FORMATTING.contains(&name.to_ascii_lowercase().as_str())
}
