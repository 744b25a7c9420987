//! JSON bodies as messages of the contract. What does not fit is told field by field, in plain words.

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor};
use saldo_kernel::{Error, Violation};
use serde_json::Value;

use super::rest::{invalid, violation};

/// Violations that are told at once.
const TOLD: usize = 20;

/// The message that a body holds; an empty body is one without fields.
///
/// # Errors
/// The body is not JSON, or its fields are not those of the message; each is named by its path, such as `values[2]`.
pub(super) fn message(kind: MessageDescriptor, body: &[u8]) -> Result<DynamicMessage, Error> {
    if body.is_empty() {
        return Ok(DynamicMessage::new(kind));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let message = DynamicMessage::deserialize(kind.clone(), &mut reader);
    message.and_then(|message| reader.end().map(|()| message)).map_err(|cause| {
        let mut wrong = Vec::new();
        match serde_json::from_slice(body) {
            Ok(value) => see_message(&kind, &value, "", &mut wrong),
            Err(cause) => {
                let text = format!("the body is not JSON (line {}, column {})", cause.line(), cause.column());
                wrong.push(violation("", &text));
            }
        }
        if wrong.is_empty() {
            wrong.push(violation("", &format!("the body cannot be read: {cause}")));
        }
        invalid(&wrong)
    })
}

fn see_message(kind: &MessageDescriptor, value: &Value, path: &str, wrong: &mut Vec<Violation>) {
    // They have forms of their own in JSON.
    if kind.package_name() == "google.protobuf" {
        return;
    }
    let Some(members) = value.as_object() else {
        return wrong.push(violation(path, "must be an object"));
    };
    for (name, value) in members {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match kind.get_field_by_json_name(name).or_else(|| kind.get_field_by_name(name)) {
            None => wrong.push(violation(&path, "there is no such field")),
            Some(_) if value.is_null() => {}
            Some(field) => see_field(&field, value, &path, wrong),
        }
        if wrong.len() >= TOLD {
            return;
        }
    }
}

fn see_field(field: &FieldDescriptor, value: &Value, path: &str, wrong: &mut Vec<Violation>) {
    if field.is_map() {
        if !value.is_object() {
            wrong.push(violation(path, "must be an object"));
        }
        return;
    }
    if !field.is_list() {
        return see_one(&field.kind(), value, path, wrong);
    }
    let Some(items) = value.as_array() else { return wrong.push(violation(path, "must be a list")) };
    for (place, item) in items.iter().enumerate() {
        see_one(&field.kind(), item, &format!("{path}[{place}]"), wrong);
        if wrong.len() >= TOLD {
            return;
        }
    }
}

/// Without a wildcard: a kind that the library adds is a decision.
fn see_one(kind: &Kind, value: &Value, path: &str, wrong: &mut Vec<Violation>) {
    let whole = |least: i128, most: i128| {
        let fits = whole_number(value).is_some_and(|number| (least..=most).contains(&number));
        (fits, format!("must be a whole number from {least} to {most}"))
    };
    let (fits, text) = match kind {
        Kind::Message(inner) => return see_message(inner, value, path, wrong),
        Kind::String => (value.is_string(), "must be a text".to_owned()),
        Kind::Bytes => (value.is_string(), "must be a text in base64".to_owned()),
        Kind::Bool => (value.is_boolean(), "must be true or false".to_owned()),
        Kind::Enum(names) => {
            let fits = value.as_str().is_none_or(|name| names.get_value_by_name(name).is_some());
            (fits && (value.is_string() || value.is_number()), "must be one of the names of its values".to_owned())
        }
        Kind::Float | Kind::Double => {
            let fits = value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok());
            (fits, "must be a number".to_owned())
        }
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => whole(i32::MIN.into(), i32::MAX.into()),
        Kind::Uint32 | Kind::Fixed32 => whole(0, u32::MAX.into()),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => whole(i64::MIN.into(), i64::MAX.into()),
        Kind::Uint64 | Kind::Fixed64 => whole(0, u64::MAX.into()),
    };
    if !fits {
        wrong.push(violation(path, &text));
    }
}

/// A number without decimals, as a number or a text.
fn whole_number(value: &Value) -> Option<i128> {
    let number = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    let float = || value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e18).map(|one| one as i128);
    number.or_else(float).or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use saldo_testkit::probe;

    use super::*;

    /// Field and words of every violation.
    fn told(body: &str) -> Vec<(String, String)> {
        let kind = probe::method("SearchNotes").input();
        let error = message(kind, body.as_bytes()).expect_err("a refusal");
        assert_eq!(error.reason.as_str(), "REQUEST_INVALID");
        error.violations.iter().map(|one| (one.field.clone(), one.description.clone())).collect()
    }

    fn pair(field: &str, text: &str) -> (String, String) {
        (field.to_owned(), text.to_owned())
    }

    #[test]
    fn every_field_of_a_wrong_type_is_told_with_its_path() {
        let body = r#"{"pageSize": "many", "tags": ["a", 2], "range": {"from": 1.5}, "shelf": null, "colour": 1}"#;
        let mut wrong = told(body);
        wrong.sort();
        let whole = |least: i64, most: i64| format!("must be a whole number from {least} to {most}");
        assert_eq!(
            wrong,
            [
                pair("colour", "there is no such field"),
                pair("pageSize", &whole(i32::MIN.into(), i32::MAX.into())),
                pair("range.from", &whole(i64::MIN, i64::MAX)),
                pair("tags[1]", "must be a text"),
            ]
        );
        assert_eq!(told("[1]"), [pair("", "must be an object")]);
        assert_eq!(told(r#"{"tags": "a"}"#), [pair("tags", "must be a list")]);
    }

    #[test]
    fn what_is_not_json_is_told_with_its_place() {
        assert_eq!(told("{\n\"shelf\": top}"), [pair("", "the body is not JSON (line 2, column 11)")]);
        assert_eq!(told("{} {}"), [pair("", "the body is not JSON (line 1, column 4)")]);
    }

    #[test]
    fn no_more_than_a_few_are_told() {
        assert_eq!(told(&format!(r#"{{"tags": [{}1]}}"#, "1,".repeat(1_000))).len(), TOLD);
    }
}
