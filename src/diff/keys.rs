//! Settings: two JSON values side by side, whatever keys they have.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// One key before and after; null is "not said" or "not there".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The path of the key, such as `conventions.form`.
    pub key: String,
    /// The value in A.
    pub old: Value,
    /// The value in B.
    pub new: Value,
}

/// Every key that differs, in order of key.
pub(super) fn changes(a: &Value, b: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    walk("", [a, b], &mut found);
    found
}

fn walk(key: &str, values: [&Value; 2], found: &mut Vec<Change>) {
    let [a, b] = values;
    match values {
        _ if is_same(a, b) => {}
        [Value::Object(_), Value::Object(_) | Value::Null] | [Value::Null, Value::Object(_)] => {
            let names: BTreeSet<&String> =
                values.iter().filter_map(|v| v.as_object()).flat_map(|v| v.keys()).collect();
            for name in names {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                walk(&key, values.map(|value| &value[name.as_str()]), found);
            }
        }
        // Two numbers, such as the constants of the training impulse, are one value.
        [Value::Array(_), Value::Array(_) | Value::Null] | [Value::Null, Value::Array(_)]
            if !values.iter().any(|value| has_numbers(value)) =>
        {
            let [old, new] = [only_in(a, b), only_in(b, a)];
            let n = old.len().min(new.len());
            for (old, new) in old.iter().zip(&new) {
                walk(key, [old, new], found);
            }
            // An entry without a counterpart is one change, not one for each of its keys.
            let lone = |old: &Value, new: &Value| change(key, [old, new]);
            found.extend(old[n..].iter().map(|entry| lone(entry, &Value::Null)));
            found.extend(new[n..].iter().map(|entry| lone(&Value::Null, entry)));
        }
        _ => found.push(change(key, values)),
    }
}

fn change(key: &str, [old, new]: [&Value; 2]) -> Change {
    Change { key: key.to_owned(), old: old.clone(), new: new.clone() }
}

fn has_numbers(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| entries.iter().any(Value::is_number))
}

/// The entries of a list that another does not have.
fn only_in<'a>(list: &'a Value, other: &Value) -> Vec<&'a Value> {
    let others: &[Value] = other.as_array().map_or(&[], Vec::as_slice);
    let entries = list.as_array().into_iter().flatten();
    entries.filter(|entry| !others.iter().any(|other| is_same(entry, other))).collect()
}

/// `5` and `5.0` are the same setting.
fn is_same(a: &Value, b: &Value) -> bool {
    a == b || a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(a: &Value, b: &Value, expected: &[(&str, Value, Value)]) {
        let of = |a: &Value, b: &Value| -> Vec<(String, Value, Value)> {
            changes(a, b).into_iter().map(|change| (change.key, change.old, change.new)).collect()
        };
        let expected: Vec<_> =
            expected.iter().map(|(key, old, new)| ((*key).to_owned(), old.clone(), new.clone())).collect();
        assert_eq!(of(a, b), expected);
        let mirrored: Vec<_> = of(b, a).into_iter().map(|(key, old, new)| (key, new, old)).collect();
        assert_eq!(mirrored, expected);
    }

    #[test]
    fn keys_are_named_by_their_path() {
        check(&json!({"a": 5, "b": null}), &json!({"a": 5.0, "b": null}), &[]);
        check(
            &json!({"hr": {"value": 188, "origin": "config"}, "x": true}),
            &json!({"hr": {"value": 190, "origin": "config"}, "x": true}),
            &[("hr.value", json!(188), json!(190))],
        );
        check(&json!({"hr": null}), &json!({"hr": {"value": 1}}), &[("hr.value", json!(null), json!(1))]);
        check(&json!({}), &json!({"new": "x"}), &[("new", json!(null), json!("x"))]);
        check(&json!({"a": {"b": 1}}), &json!({"a": 3}), &[("a", json!({"b": 1}), json!(3))]);
    }

    #[test]
    fn entries_of_lists_are_matched_by_what_they_say() {
        let (one, two) = (json!({"date": 1, "value": 188}), json!({"date": 2, "value": 190}));
        check(&json!({"l": [one]}), &json!({"l": [two, one]}), &[("l", json!(null), two.clone())]);
        check(&json!({"l": null}), &json!({"l": [one]}), &[("l", json!(null), one.clone())]);
        let later = json!({"date": 2, "value": 191});
        check(&json!({"l": [one, two]}), &json!({"l": [later, one]}), &[("l.value", json!(190), json!(191))]);
    }

    #[test]
    fn a_pair_of_numbers_is_one_value() {
        let pair = json!([0.7, 2.0]);
        check(&json!({"t": null}), &json!({"t": pair}), &[("t", json!(null), pair.clone())]);
        check(&json!({"t": [0.7, 1.9]}), &json!({"t": pair}), &[("t", json!([0.7, 1.9]), pair.clone())]);
    }
}
