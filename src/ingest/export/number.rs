//! Numbers and durations as spreadsheets and platforms write them.

/// What a comma between digits is, where only the file as a whole can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    /// The decimal mark.
    Decimal,
    /// What parts thousands.
    Thousands,
}

/// A finite number; spaces and apostrophes part thousands. With both marks in it, the last one is the decimal mark.
pub(super) fn number(text: &str, comma: Comma) -> Option<f64> {
    let text: String =
        text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\'' | '’')).collect();
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',')) {
        return None;
    }
    let is_decimal_comma = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(dot)) => comma > dot,
        _ => comma == Comma::Decimal,
    };
    let plain =
        if is_decimal_comma { text.replace('.', "").replace(',', ".") } else { text.replace(',', "") };
    // Without a comma in it, a dot is the decimal mark.
    let plain = if is_decimal_comma && !text.contains(',') { text } else { plain };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The number that a text such as `182 bpm` begins with.
pub(super) fn leading(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    number(&text[..end], Comma::Decimal)
}

/// A number above zero: zero is what platforms write where they know nothing.
pub(super) fn positive(text: &str, comma: Comma) -> Option<f64> {
    number(text, comma).filter(|value| *value > 0.0)
}

/// A duration in s, above zero: `1:02:03`, `31:24,5`, `PT31M24S` or seconds.
pub(super) fn duration(text: &str) -> Option<f64> {
    let text = text.trim();
    let seconds = if text.starts_with(['P', 'p']) {
        iso_duration(text)?
    } else {
        let parts: Vec<&str> = text.split(':').collect();
        if parts.len() > 3 {
            return None;
        }
        let last = parts.len() - 1;
        parts.iter().enumerate().try_fold(0.0, |sum, (at, part)| {
            let is_whole = at == last || part.bytes().all(|byte| byte.is_ascii_digit());
            let value = number(part, Comma::Decimal).filter(|value| is_whole && *value >= 0.0)?;
            // Only what stands first may be more than a minute or an hour.
            (at == 0 || value < 60.0).then_some(sum * 60.0 + value)
        })?
    };
    (seconds > 0.0).then_some(seconds)
}

/// ISO 8601: `PT1H2M3.5S`, `P0DT31M`.
fn iso_duration(text: &str) -> Option<f64> {
    let (days, time) = text.get(1..)?.split_once(['T', 't']).unwrap_or((text.get(1..)?, ""));
    let sum = |text: &str, units: &[(char, f64)]| {
        let mut rest = text;
        let mut seconds = 0.0;
        while !rest.is_empty() {
            let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let unit = rest[at..].chars().next()?.to_ascii_uppercase();
            let (_, scale) = units.iter().find(|(name, _)| *name == unit)?;
            seconds += number(&rest[..at], Comma::Decimal)? * scale;
            rest = &rest[at + 1..];
        }
        Some(seconds)
    };
    Some(sum(days, &[('D', 86_400.0)])? + sum(time, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_with_either_decimal_mark() {
        let decimal = |text| number(text, Comma::Decimal);
        let thousands = |text| number(text, Comma::Thousands);
        assert_eq!(
            [decimal("9,44"), decimal("9.44"), decimal(" 8068.60009 ")],
            [Some(9.44), Some(9.44), Some(8068.60009)]
        );
        assert_eq!(
            [thousands("4,808"), decimal("4,808"), decimal("1.234,5")],
            [Some(4808.0), Some(4.808), Some(1234.5)]
        );
        assert_eq!([thousands("1,234.5"), decimal("1,234.5"), decimal("1 234,5")], [Some(1234.5); 3]);
        assert_eq!(
            [decimal("--"), decimal(""), decimal("inf"), decimal("12 km"), decimal("1e999")],
            [None; 5]
        );
        assert_eq!((leading("182 bpm"), leading("none")), (Some(182.0), None));
        assert_eq!(positive("0.0", Comma::Decimal), None);
    }

    #[test]
    fn durations_are_read_in_every_form() {
        for text in
            ["00:31:24", "31:24", "31:24.0", "1884", "1884,0", "PT31M24S", "PT1884S", "P0DT0H31M24.0S"]
        {
            assert_eq!(duration(text), Some(1884.0), "{text}");
        }
        for text in ["", "--", "1:60", "0", "1:2:3:4", "PT", "PTS", "P1M", "1:-5", "ten"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in 0.0..1e9_f64) {
            let text = format!("{value:.2}");
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(number(&text, Comma::Thousands), Some(expected));
            prop_assert_eq!(number(&text.replace('.', ","), Comma::Decimal), Some(expected));
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            let _ = (number(&text, Comma::Decimal), leading(&text), duration(&text));
        }
    }
}
