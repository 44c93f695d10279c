//! Lines of at most 75 octets (RFC 5545, 3.1), never parted within a character.

/// Octets of a line without its end, the space in front of a continuation among them.
const LIMIT: usize = 75;
/// What parts a line.
const FOLD: &str = "\r\n ";

/// Folds the lines of a calendar anew. The library that writes them leaves one octet too many in the last part of some.
pub(super) fn folded(text: &str) -> String {
    text.replace(FOLD, "").split_inclusive("\r\n").map(line).collect()
}

fn line(line: &str) -> String {
    let (content, end) = line.strip_suffix("\r\n").map_or((line, ""), |content| (content, "\r\n"));
    let mut folded = String::with_capacity(line.len() + line.len() / LIMIT * FOLD.len());
    let mut room = LIMIT;
    for c in content.chars() {
        if c.len_utf8() > room {
            folded.push_str(FOLD);
            room = LIMIT - 1;
        }
        room -= c.len_utf8();
        folded.push(c);
    }
    folded + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_full_and_no_longer() {
        let octets =
            |n: usize| folded(&("x".repeat(n) + "\r\n")).split("\r\n").map(str::len).collect::<Vec<_>>();
        assert_eq!(octets(75), [75, 0]);
        assert_eq!(octets(76), [75, 2, 0]);
        assert_eq!(octets(149), [75, 75, 0]);
        assert_eq!(octets(150), [75, 75, 2, 0]);
        let wide = "ß".repeat(100) + "\r\n";
        assert!(folded(&wide).split("\r\n").all(|line| line.len() <= LIMIT));
        assert_eq!(folded(&wide).replace(FOLD, ""), wide);
        assert_eq!(folded(&folded(&wide)), folded(&wide));
    }
}
