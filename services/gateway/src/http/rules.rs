//! The contract's rules (`buf.validate`) as JSON Schema, so that a client knows before it asks.

use prost_reflect::{DynamicMessage, FieldDescriptor, Value as Rule};
use serde_json::{Map, Value, json};

/// What is left out where it is the default of its type.
const IGNORE_IF_ZERO: i32 = 1;

/// Adds the rules of a field to its schema.
pub(super) fn add(schema: &mut Value, field: &FieldDescriptor) {
    if let (Some(rules), Some(schema)) = (of(field), schema.as_object_mut()) {
        add_all(schema, &rules);
    }
}

/// Whether a request must hold the field: its rules refuse the default that stands for one that is left out.
pub(super) fn ask_for(field: &FieldDescriptor) -> bool {
    let Some(rules) = of(field) else { return false };
    let is_left_out = rules.fields().any(|(rule, value)| {
        rule.name() == "ignore" && value.as_enum_number().is_some_and(|number| number == IGNORE_IF_ZERO)
    });
    !is_left_out
        && rules.fields().any(|(rule, value)| match value {
            Rule::Bool(required) => rule.name() == "required" && *required,
            Rule::Message(of_type) => of_type.fields().any(|(rule, bound)| refuses_default(rule.name(), bound)),
            _ => false,
        })
}

fn of(field: &FieldDescriptor) -> Option<DynamicMessage> {
    let options = field.options();
    let mut rules = options.extensions().filter(|(extension, _)| extension.full_name() == "buf.validate.field");
    rules.next().and_then(|(_, value)| value.as_message().cloned())
}

/// A pattern that an empty text fits would ask for nothing.
fn refuses_default(rule: &str, bound: &Rule) -> bool {
    match rule {
        "pattern" | "in" | "const" => true,
        "min_len" | "min_items" | "len" | "gte" => number(bound).is_some_and(|bound| bound > 0.0),
        "gt" => number(bound).is_some_and(|bound| bound >= 0.0),
        _ => false,
    }
}

fn add_all(schema: &mut Map<String, Value>, rules: &DynamicMessage) {
    for (_, value) in rules.fields() {
        let Rule::Message(of_type) = value else { continue };
        for (rule, bound) in of_type.fields() {
            match (rule.name(), bound) {
                ("items", Rule::Message(rules)) => {
                    if let Some(items) = schema.get_mut("items").and_then(Value::as_object_mut) {
                        add_all(items, rules);
                    }
                }
                (name, bound) => add_one(schema, name, bound),
            }
        }
    }
}

fn add_one(schema: &mut Map<String, Value>, rule: &str, bound: &Rule) {
    let is_text = schema.get("type").is_some_and(|name| name == "string");
    // Bytes are written in base64, and numbers of 64 bits as texts: their length says nothing.
    let is_coded = schema.contains_key("contentEncoding") || is_text && schema.contains_key("pattern");
    let keyword = match rule {
        "min_items" => "minItems",
        "max_items" => "maxItems",
        "min_len" if is_text && !is_coded => "minLength",
        "max_len" if is_text && !is_coded => "maxLength",
        "gte" if !is_text => "minimum",
        "gt" if !is_text => "exclusiveMinimum",
        "lte" if !is_text => "maximum",
        "lt" if !is_text => "exclusiveMaximum",
        "in" => "enum",
        "pattern" => return add_pattern(schema, bound),
        _ => return,
    };
    schema.insert(keyword.to_owned(), written(bound));
}

/// Classes of letters are written in other ways by other readers of JSON Schema; that something is there, all can say.
fn add_pattern(schema: &mut Map<String, Value>, pattern: &Rule) {
    let pattern = pattern.as_str().unwrap_or_default();
    if pattern.contains("\\p{") {
        schema.entry("minLength").or_insert(json!(1));
    } else {
        schema.insert("pattern".to_owned(), json!(pattern));
    }
}

fn number(value: &Rule) -> Option<f64> {
    match value {
        Rule::U32(number) => Some(f64::from(*number)),
        Rule::I32(number) => Some(f64::from(*number)),
        Rule::U64(number) => Some(*number as f64),
        Rule::I64(number) => Some(*number as f64),
        Rule::F32(number) => Some(f64::from(*number)),
        Rule::F64(number) => Some(*number),
        _ => None,
    }
}

fn written(value: &Rule) -> Value {
    match value {
        Rule::U32(number) => json!(number),
        Rule::I32(number) => json!(number),
        Rule::U64(number) => json!(number),
        Rule::I64(number) => json!(number),
        Rule::F32(number) => json!(number),
        Rule::F64(number) => json!(number),
        Rule::String(text) => json!(text),
        Rule::List(values) => values.iter().map(written).collect(),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use saldo_testkit::probe;

    use super::*;

    fn ruled(field: &str, mut schema: Value) -> Value {
        let request = probe::method("SearchNotes").input();
        add(&mut schema, &request.get_field_by_name(field).expect("a field"));
        schema
    }

    #[test]
    fn lengths_bounds_and_counts_are_keywords() {
        assert_eq!(
            ruled("shelf", json!({"type": "string"})),
            json!({"type": "string", "minLength": 1, "maxLength": 20})
        );
        assert_eq!(
            ruled("page_size", json!({"type": "integer"})),
            json!({"type": "integer", "minimum": 0, "maximum": 100})
        );
        assert_eq!(ruled("tags", json!({"type": "array"})), json!({"type": "array", "maxItems": 3}));
        assert_eq!(ruled("range", json!({})), json!({}), "a field without rules");
    }

    #[test]
    fn what_the_rules_let_out_is_not_asked_for() {
        let request = probe::method("SearchNotes").input();
        let asked: Vec<_> = request.fields().filter(ask_for).map(|field| field.name().to_owned()).collect();
        assert_eq!(asked, ["shelf"]);
    }
}
