//! The OpenAPI 3.1 document, made from the contract: paths from the HTTP rules, schemas from the messages, texts from
//! the comments. By hand is only what a proto cannot say: `POST /analyze`, and the bytes of files (`openapi_files.rs`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::{Router, body::Bytes, http::header, routing::get};
use prost_reflect::{Cardinality, DescriptorPool, FieldDescriptor, Kind, MessageDescriptor, MethodDescriptor};
use saldo_kernel::reasons::{self, Met};
use saldo_proto::options_of;
use serde_json::{Map, Value, json};

use super::{Edge, openapi_files, reference, rules};

pub(crate) fn router(pool: &DescriptorPool) -> Router<Arc<Edge>> {
    let document = document(pool);
    let reference = reference::router(&document);
    // Every connection has a router of its own: what it holds is shared.
    let text = Bytes::from(document.to_string());
    let answer = move || async move { ([(header::CONTENT_TYPE, "application/json")], text) };
    Router::new().route("/openapi.json", get(answer)).merge(reference)
}

/// The document for the services of `pool`.
pub fn document(pool: &DescriptorPool) -> Value {
    let mut document = Document { schemas: Map::new(), waiting: BTreeSet::new(), asked: asked(pool), pool };
    let mut paths = Map::new();
    for method in pool.services().flat_map(|service| service.methods().collect::<Vec<_>>()) {
        let options = options_of(&method);
        let Some((verb, template)) = options.http.filter(|_| !options.internal) else { continue };
        let operation = document.operation(&method, &options.body, &template);
        if let Some(path) = paths.entry(template).or_insert_with(|| json!({})).as_object_mut() {
            path.insert(verb.to_lowercase(), operation);
        }
    }
    paths.insert("/analyze".to_owned(), document.analyze());
    openapi_files::add(&mut document, &mut paths);
    document.schemas.insert("Problem".to_owned(), problem());
    document.finish();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Saldo",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Financial analysis of statements: bytes in, a report out whose every figure is traceable. \
                            64-bit integers are strings; money is an exact decimal string with its currency.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": document.schemas},
    })
}

pub(super) struct Document<'a> {
    schemas: Map<String, Value>,
    /// Messages and enums that are referred to and not yet described.
    waiting: BTreeSet<String>,
    /// Messages that a client sends.
    asked: BTreeSet<String>,
    pool: &'a DescriptorPool,
}

impl Document<'_> {
    fn operation(&mut self, method: &MethodDescriptor, body: &str, template: &str) -> Value {
        let mut operation = json!({
            "operationId": method.name(),
            "tags": [method.parent_service().name().trim_end_matches("Service")],
            "summary": first_sentence(&comment(method)),
            "description": comment(method),
            "responses": responses(json!({"application/json": {"schema": self.refer(method.output().full_name())}}), own_reasons(method)),
        });
        let in_path = |name: &str| template.contains(&format!("{{{name}}}"));
        let mut parameters = Vec::new();
        for field in method.input().fields() {
            let path = in_path(field.name());
            if path || body.is_empty() {
                parameters.push(json!({
                    "name": if path { field.name() } else { field.json_name() },
                    "in": if path { "path" } else { "query" },
                    "required": path,
                    "description": comment_of_field(&field),
                    "schema": self.field(&field),
                }));
            }
        }
        let content = match body {
            "" => None,
            "*" => Some(self.refer(method.input().full_name())),
            name => method.input().get_field_by_name(name).map(|field| self.field(&field)),
        };
        if let (Some(content), Some(object)) = (content, operation.as_object_mut()) {
            object.insert("requestBody".to_owned(), json!({"content": {"application/json": {"schema": content}}}));
        }
        if let (false, Some(object)) = (parameters.is_empty(), operation.as_object_mut()) {
            object.insert("parameters".to_owned(), Value::Array(parameters));
        }
        operation
    }

    /// The upload: no proto can say a multipart form or an event stream.
    fn analyze(&mut self) -> Value {
        for name in ["Progress", "FirstLook", "RowBatch", "Question"] {
            self.refer(&format!("saldo.analysis.v1.{name}"));
        }
        let report = self.refer("saldo.analysis.v1.Report");
        let parameter = |name: &str, text: &str, schema: Value| json!({"name": name, "in": "query", "required": false, "description": text, "schema": schema});
        let fields = |message: &str| {
            self.pool.get_message_by_name(message).into_iter().flat_map(|one| one.fields().collect::<Vec<_>>())
        };
        let corrections = fields("saldo.analysis.v1.AnalyzeOptions").find(|field| field.name() == "corrections");
        let corrections = corrections.map_or(json!({}), |field| self.field(&field));
        let hints = fields("saldo.analysis.v1.Hints").collect::<Vec<_>>();
        let mut parameters = vec![
            parameter("file_name", "The name of a raw body; a form brings its own.", json!({"type": "string"})),
            parameter(
                "languages",
                "Languages of the texts with a comma between; all if absent.",
                json!({"type": "string", "examples": ["en", "ru", "en,ru"]}),
            ),
            parameter(
                "rows",
                "Send the rows behind the figures; only with the event stream.",
                json!({"type": "boolean"}),
            ),
        ];
        parameters
            .extend(hints.iter().map(|field| parameter(field.name(), &comment_of_field(field), self.field(field))));
        json!({"post": {
            "operationId": "Analyze",
            "tags": ["Analysis"],
            "summary": "Analyses one file, or several as one ledger, and keeps nothing of it.",
            "description": "Send a form with a field `file` for each file, or the bytes of one as the body. What several \
                            files have in common is counted once. A form may start with a field `corrections`: a JSON list \
                            of what the user says of categories (Correction). With `Accept: text/event-stream` \
                            the answer streams events: `progress` (Progress), `first_look` (FirstLook, once), `rows` \
                            (RowBatch, if asked for), and one of \
                            `report` (Report), `question` (Question) and `error` (Problem) at the end. Closing the \
                            connection stops the work.",
            "parameters": parameters,
            "requestBody": {"required": true, "content": {
                "multipart/form-data": {"encoding": {"corrections": {"contentType": "application/json"}}, "schema": {"type": "object", "required": ["file"], "properties": {
                    "corrections": corrections,
                    "file": {"type": "string", "contentMediaType": "application/octet-stream"}}}},
                "application/octet-stream": {"schema": {}},
            }},
            "responses": responses(json!({
                "application/json": {"schema": report},
                "text/event-stream": {"schema": {"type": "string"}},
            }), &[Met::Upload]),
        }})
    }

    pub(super) fn refer(&mut self, full_name: &str) -> Value {
        self.waiting.insert(full_name.to_owned());
        json!({"$ref": format!("#/components/schemas/{}", short(full_name))})
    }

    /// Describes what is referred to, until nothing is left.
    fn finish(&mut self) {
        while let Some(name) = self.waiting.pop_first() {
            if self.schemas.contains_key(&short(&name)) {
                continue;
            }
            let schema = if let Some(message) = self.pool.get_message_by_name(&name) {
                self.message(&message)
            } else if let Some(names) = self.pool.get_enum_by_name(&name) {
                let values: Vec<_> = names.values().map(|value| value.name().to_owned()).collect();
                json!({"type": "string", "enum": values})
            } else {
                json!({})
            };
            self.schemas.insert(short(&name), schema);
        }
    }

    fn message(&mut self, message: &MessageDescriptor) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let is_asked = self.asked.contains(message.full_name());
        for field in message.fields() {
            let mut schema = self.field(&field);
            if let Some(object) = schema.as_object_mut() {
                object.insert("description".to_owned(), json!(comment_of_field(&field)));
            }
            // A client may leave out what may have its default; the server writes all that has no presence.
            let is_required = if is_asked { rules::ask_for(&field) } else { !field.supports_presence() };
            if is_required {
                required.push(field.json_name().to_owned());
            }
            properties.insert(field.json_name().to_owned(), schema);
        }
        json!({
            "type": "object",
            "description": comment_at(&message.parent_file(), message.path()),
            "properties": properties,
            "required": required,
        })
    }

    fn field(&mut self, field: &FieldDescriptor) -> Value {
        if field.is_map() {
            let value = field.kind().as_message().map(|entry| entry.map_entry_value_field());
            let value = value.map_or(json!({}), |value| self.kind(&value.kind()));
            return json!({"type": "object", "additionalProperties": value});
        }
        let one = self.kind(&field.kind());
        let is_list = field.cardinality() == Cardinality::Repeated;
        let mut schema = if is_list { json!({"type": "array", "items": one}) } else { one };
        rules::add(&mut schema, field);
        schema
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Double | Kind::Float => json!({"type": "number"}),
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => json!({"type": "integer", "format": "int32"}),
            Kind::Uint32 | Kind::Fixed32 => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => json!({"type": "string", "pattern": "^-?[0-9]+$"}),
            Kind::Uint64 | Kind::Fixed64 => json!({"type": "string", "pattern": "^[0-9]+$"}),
            Kind::Bool => json!({"type": "boolean"}),
            Kind::String => json!({"type": "string"}),
            Kind::Bytes => json!({"type": "string", "contentEncoding": "base64"}),
            // RFC 3339 in JSON.
            Kind::Message(message) if message.full_name() == "google.protobuf.Timestamp" => {
                json!({"type": "string", "format": "date-time"})
            }
            Kind::Message(message) => self.refer(message.full_name()),
            Kind::Enum(names) => self.refer(names.full_name()),
        }
    }
}

/// The messages that clients send as JSON: those of requests with an HTTP rule, the corrections of an upload, and what is in
/// them.
fn asked(pool: &DescriptorPool) -> BTreeSet<String> {
    let methods = pool.services().flat_map(|service| service.methods().collect::<Vec<_>>());
    let mut waiting: Vec<_> = methods.filter(|one| options_of(one).http.is_some()).map(|one| one.input()).collect();
    waiting.extend(pool.get_message_by_name("saldo.analysis.v1.Correction"));
    let mut asked = BTreeSet::new();
    while let Some(message) = waiting.pop() {
        if asked.insert(message.full_name().to_owned()) {
            waiting.extend(message.fields().filter_map(|field| field.kind().as_message().cloned()));
        }
    }
    asked
}

/// What an operation answers: `content`, or one of the statuses that the reasons of all calls and its `own` have.
pub(super) fn responses(content: Value, own: &[Met]) -> Value {
    let mut out = Map::new();
    out.insert("200".to_owned(), json!({"description": "Done.", "content": content}));
    let mut names: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for one in reasons::ALL.iter().filter(|one| one.met == Met::Call || own.contains(&one.met)) {
        names.entry(one.kind.row().http).or_default().push(format!("`{}`", one.name));
    }
    for (status, names) in names {
        let mut response = json!({
            "description": format!("Not done: {}.", names.join(", ")),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        });
        if let (429 | 503, Some(response)) = (status, response.as_object_mut()) {
            let seconds =
                json!({"description": "Seconds to wait, where they are known.", "schema": {"type": "integer"}});
            response.insert("headers".to_owned(), json!({"Retry-After": seconds}));
        }
        out.insert(status.to_string(), response);
    }
    Value::Object(out)
}

/// Where the reasons are met that only this method has.
fn own_reasons(method: &MethodDescriptor) -> &'static [Met] {
    match method.parent_service().package_name() {
        "saldo.file.v1" => &[Met::File],
        "saldo.forecast.v1" => &[Met::Forecast],
        _ => &[],
    }
}

/// The problem object of `problem.rs`.
fn problem() -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    json!({
        "type": "object",
        "description": "A failure (RFC 9457).",
        "required": ["type", "title", "status", "detail", "reason", "domain", "hint", "violations", "metadata", "traceId"],
        "properties": {
            "type": text("Always about:blank; the reason tells the cause."),
            "title": text("The HTTP status in words."),
            "status": {"type": "integer", "description": "The HTTP status."},
            "detail": text("One sentence for a person."),
            "reason": text("The stable cause; match on this."),
            "domain": text("The part that failed."),
            "hint": text("What to do next."),
            "violations": {"type": "array", "items": {"type": "object", "required": ["field", "description"],
                "properties": {"field": text("The field."), "description": text("What its rule asks for.")}}},
            "metadata": {"type": "object", "additionalProperties": {"type": "string"},
                "description": "Values of the message for programs."},
            "traceId": text("Names this request in the logs and traces."),
            "question": {"$ref": "#/components/schemas/Question"},
        },
    })
}

/// `saldo.analysis.v1.Report` is `Report`; nested names keep their parent.
fn short(full_name: &str) -> String {
    full_name.split('.').filter(|part| part.starts_with(|letter: char| letter.is_ascii_uppercase())).collect()
}

fn comment(method: &MethodDescriptor) -> String {
    comment_at(&method.parent_file(), method.path())
}

fn comment_of_field(field: &FieldDescriptor) -> String {
    comment_at(&field.parent_file(), field.path())
}

/// The comment before the thing at `path`, as one paragraph.
fn comment_at(file: &prost_reflect::FileDescriptor, path: &[i32]) -> String {
    let info = file.file_descriptor_proto().source_code_info.as_ref();
    let location = info.and_then(|info| info.location.iter().find(|location| location.path == path));
    let text = location.map(|location| location.leading_comments()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_sentence(text: &str) -> String {
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}
