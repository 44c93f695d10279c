//! The streaming walk over XML that GPX and TCX share, and the only module that names the XML crate.
//!
//! Input is the bytes of a document, output calls to a [`Handler`]. The walk bends where files in the wild
//! do: end tags that do not match, a lone `&`, a prefix that is declared nowhere and an encoding other than the
//! stated one are all read over. Invariant: memory is bounded by the input, as entities are never expanded
//! (only the five predefined ones and character numbers are replaced) and nesting is limited.

use super::limits::UNPACKED_LIMIT;
use quick_xml::encoding::{DetectedEncoding, detect_encoding};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// Deeper nesting than this is no recording; real files stay below ten.
pub const MAX_DEPTH: usize = 1000;
/// Room for everything that may stand before the root element.
const HEAD_BYTES: usize = 64 * 1024;
/// Bytes that are decoded at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// What a reader does at each element. Names come without their prefix, and the root has depth 0.
pub trait Handler {
    /// An element begins.
    fn open(&mut self, depth: usize, name: &str, attributes: &Attributes);
    /// An element ends; `text` is what stood in it after its last child.
    fn close(&mut self, depth: usize, name: &str, text: &str);
}

/// The attributes of one element.
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl<'a> Attributes<'a> {
    /// Names without prefix, and values as they stand in the file, references not replaced.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let mut attributes = self.0.html_attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| (attribute.key.local_name().into_inner(), attribute.value))
    }

    /// The value of one attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Where and why a walk ended before the end of the root element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Offset in the decoded text, in bytes.
    pub offset: u64,
    /// What is wrong there.
    pub problem: String,
}

impl Damage {
    /// What to tell of a recording that was cut short.
    pub fn remark(&self, n_points: usize) -> String {
        format!("damaged after {n_points} points: {}", self.problem)
    }
}

/// Walks through a document. What was handled before an error stays handled.
pub fn walk(text: &str, handler: &mut impl Handler) -> Result<(), Damage> {
    let mut reader = lenient_reader(text);
    let mut content = Cow::Borrowed("");
    let mut root = None;
    let mut is_root_closed = false;
    let mut depth = 0;
    loop {
        // White space after a tag only indents; after text or a reference it belongs to the text.
        reader.config_mut().trim_text_start = content.is_empty();
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name().into_inner();
                root.get_or_insert_with(|| name.to_owned());
                handler.open(depth, name, &Attributes(&tag));
                content = Cow::Borrowed("");
                depth += 1;
                if depth > MAX_DEPTH {
                    let problem = format!("its elements are nested more than {MAX_DEPTH} deep");
                    return Err(Damage { offset: reader.buffer_position(), problem });
                }
            }
            Ok(Event::End(tag)) => {
                let name = tag.local_name().into_inner();
                depth = depth.saturating_sub(1);
                handler.close(depth, name, &content);
                content = Cow::Borrowed("");
                is_root_closed |= root.as_deref() == Some(name);
            }
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name().into_inner();
                is_root_closed |= root.get_or_insert_with(|| name.to_owned()) == name;
                handler.open(depth, name, &Attributes(&tag));
                handler.close(depth, name, "");
                content = Cow::Borrowed("");
            }
            Ok(Event::Text(chunk)) => content += chunk.into_inner(),
            Ok(Event::CData(chunk)) => content += chunk.into_inner(),
            Ok(Event::GeneralRef(reference)) => add_reference(&mut content, &reference),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            // Whatever follows the root element is not ours to judge.
            Ok(Event::Eof) | Err(_) if is_root_closed => return Ok(()),
            Ok(Event::Eof) => {
                let problem = "it ends too early".to_owned();
                return Err(Damage { offset: reader.buffer_position(), problem });
            }
            Err(cause) => {
                return Err(Damage { offset: reader.error_position(), problem: cause.to_string() });
            }
        }
    }
}

/// The name of the root element without its prefix, where it begins in the first 64 KiB.
pub fn root_name(bytes: &[u8]) -> Option<String> {
    let head = decode(&bytes[..bytes.len().min(HEAD_BYTES)]);
    let mut reader = lenient_reader(&head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().into_inner().to_owned()),
            Event::Text(text) if text.trim_ascii().is_empty() => {}
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            _ => return None,
        }
    }
}

/// The text of bytes in an encoding, as far as the limit goes: three bytes of text may come of one. It is a macro because
/// the type of an encoding is of a crate that is not ours to name.
macro_rules! decoded {
    ($encoding:expr, $bytes:expr) => {{
        let mut decoder = $encoding.new_decoder_without_bom_handling();
        let mut text = String::new();
        for chunk in $bytes.chunks(CHUNK_BYTES) {
            text.reserve(decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(3 * chunk.len()));
            let _ = decoder.decode_to_string(chunk, &mut text, false);
            if text.len() as u64 >= UNPACKED_LIMIT {
                break;
            }
        }
        text
    }};
}

/// The text of a document without its byte order mark.
///
/// At most as many bytes of text as a recording may have are made; what stands behind them is left out.
/// Text that is valid UTF-8 is borrowed whatever the declaration says, as programs often state an encoding
/// that they do not use. Otherwise UTF-16 is told by its first bytes and the rest by the declaration. Bytes
/// that fit nothing become U+FFFD, so that they cost one value and not the file.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let detected = detect_encoding(bytes);
    let bytes = &bytes[detected.as_ref().map_or(0, DetectedEncoding::bom_len)..];
    match detected {
        None | Some(DetectedEncoding::AsciiCompatible | DetectedEncoding::Utf8Bom) => {
            match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => decode_as_declared(bytes)
                    .unwrap_or_else(|| decoded!(DetectedEncoding::Utf8Bom.encoding(), bytes))
                    .into(),
            }
        }
        Some(utf16) => decoded!(utf16.encoding(), bytes).into(),
    }
}

/// Decodes by the encoding of the declaration, if there is one that can hold this very declaration.
fn decode_as_declared(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().ok()? {
            Event::Text(_) => {}
            Event::Decl(declaration) => {
                let encoding = declaration.encoder().filter(|encoding| encoding.is_ascii_compatible())?;
                return Some(decoded!(encoding, bytes));
            }
            _ => return None,
        }
    }
}

fn lenient_reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Appends what a reference stands for; an entity that XML itself does not define is left out.
fn add_reference(content: &mut Cow<'_, str>, reference: &BytesRef) {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        content.to_mut().push(character);
    } else if let Some(replacement) = resolve_xml_entity(reference) {
        *content += replacement;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes down what a walk calls, one line an element.
    #[derive(Default)]
    struct Log(Vec<String>);

    impl Handler for Log {
        fn open(&mut self, depth: usize, name: &str, attributes: &Attributes) {
            let id = attributes.get("id").unwrap_or_default();
            self.0.push(format!("{depth} {name}{id}"));
        }

        fn close(&mut self, depth: usize, name: &str, text: &str) {
            self.0.push(format!("{depth} /{name} {}", text.trim()));
        }
    }

    fn check(text: &str, expected: &[&str]) -> Result<(), Damage> {
        let mut log = Log::default();
        let result = walk(text, &mut log);
        assert_eq!(log.0, expected);
        result
    }

    #[test]
    fn prefixes_declarations_and_comments_do_not_show() {
        let text = "\u{feff}  <?xml version='1.0'?><!-- no --><x:a x:id=\"7\"><b/>1<!-- -->2</x:a>";
        assert_eq!(check(text, &["0 a7", "1 b", "1 /b ", "0 /a 12"]), Ok(()));
    }

    #[test]
    fn references_are_replaced_once_and_entities_never() {
        let text = "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"boom\">]><a>x &amp;lt; &#65;&b; & <![CDATA[<&]]></a>";
        assert_eq!(check(text, &["0 a", "0 /a x &lt; A & <&"]), Ok(()));
    }

    #[test]
    fn end_tags_that_do_not_match_are_read_over() {
        assert_eq!(check("<a></z><b></c></a> >< junk", &["0 a", "0 /z ", "0 b", "0 /c ", "0 /a "]), Ok(()));
    }

    #[test]
    fn what_comes_before_an_error_stays() {
        let damage = check("<a><b>1</b><c", &["0 a", "1 b", "1 /b 1"]).unwrap_err();
        assert_eq!(damage.offset, 11);
        let damage = check("<a><b>1</b>", &["0 a", "1 b", "1 /b 1"]).unwrap_err();
        assert_eq!(damage, Damage { offset: 11, problem: "it ends too early".into() });
    }

    #[test]
    fn a_million_levels_stop_at_the_limit() {
        let mut log = Log::default();
        let damage = walk(&"<a>".repeat(1_000_000), &mut log).unwrap_err();
        assert_eq!(log.0.len(), MAX_DEPTH + 1);
        assert_eq!(damage.problem, "its elements are nested more than 1000 deep");
    }

    #[test]
    fn the_root_is_found_behind_anything_but_text() {
        let root = |text: &str| root_name(text.as_bytes());
        assert_eq!(root("   <?xml version='1.0'?><!DOCTYPE x><x:gpx/>").as_deref(), Some("gpx"));
        assert_eq!(root("x <gpx>"), None);
        assert_eq!(root("<!-- open"), None);
        assert_eq!(root(""), None);
    }

    #[test]
    fn encodings_are_told_by_content_first() {
        let utf16: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), "<a>é</a>");
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>"), "<a/>");
        assert_eq!(
            decode(b" <?xml version='1.0' encoding='ISO-8859-1'?>\xE9"),
            " <?xml version='1.0' encoding='ISO-8859-1'?>é"
        );
        assert_eq!(
            decode("<?xml version='1.0' encoding='UTF-16'?>é".as_bytes()),
            "<?xml version='1.0' encoding='UTF-16'?>é"
        );
        assert_eq!(decode(b"<a>\xE9</a>"), "<a>\u{fffd}</a>");
    }
}
