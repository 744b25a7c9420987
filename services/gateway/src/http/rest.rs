//! REST from the contract: every unary method with an HTTP rule, transcoded by its descriptors. Path and query become
//! fields, the body becomes the field that the rule names.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Query, RawPathParams, State, rejection::BytesRejection},
    http::{Method, StatusCode, header, uri::PathAndQuery},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MethodDescriptor, ReflectMessage, Value};
use saldo_kernel::{Caller, Error, Violation, reasons};
use saldo_proto::{dynamic_to_json, from_status, options_of};

use super::{Edge, Problem, analyze::MAX_MESSAGE_BYTES, arrival, body, native::target_of_package};
use crate::DOMAIN;

/// One method at its path.
#[derive(Clone)]
struct Route {
    method: MethodDescriptor,
    /// The body's field: `*` for all, empty for none.
    body: String,
    target: &'static str,
    path: PathAndQuery,
}

/// A route for each method of `pool` that has an HTTP rule.
pub(crate) fn router(pool: &DescriptorPool, edge: &Arc<Edge>) -> Result<Router<Arc<Edge>>, Error> {
    let mut router = Router::new();
    for method in pool.services().flat_map(|service| service.methods().collect::<Vec<_>>()) {
        let options = options_of(&method);
        let Some((verb, template)) = options.http.filter(|_| !options.internal) else { continue };
        let broken = |text: &str| Error::internal(DOMAIN, format!("{}: {text}", method.full_name()));
        if method.is_client_streaming() || method.is_server_streaming() {
            return Err(broken("a streaming method cannot be transcoded"));
        }
        let target = target_of_package(method.parent_service().package_name())
            .ok_or_else(|| broken("its target is not one that the gateway calls"))?;
        edge.channels.to(target)?;
        let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
        let path = path.parse().map_err(|_| broken("its path is not one"))?;
        let verb = verb.parse::<Method>().ok().and_then(|verb| MethodFilter::try_from(verb).ok());
        let verb = verb.ok_or_else(|| broken("its HTTP method is not one"))?;
        let route = Route { method, body: options.body, target, path };
        let answer = move |state, caller, path, query, body| answer(route, state, caller, path, query, body);
        router = router.route(&template, on(verb, answer));
    }
    Ok(router)
}

async fn answer(
    route: Route,
    State(edge): State<Arc<Edge>>,
    Extension(caller): Extension<Caller>,
    path: RawPathParams,
    Query(query): Query<Vec<(String, String)>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejection| body_refused(&rejection))?;
    let path: Vec<_> = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let request = request_message(&route.method, &route.body, &path, &query, &body)?;
    let mut client = tonic::client::Grpc::new(edge.channels.on_behalf_of(&caller, route.target)?)
        .max_decoding_message_size(MAX_MESSAGE_BYTES);
    client.ready().await.map_err(|cause| {
        let message = format!("{} does not answer.", route.target);
        Error::known(&reasons::SERVICE_UNAVAILABLE, DOMAIN, message).caused_by(cause)
    })?;
    let request = tonic::Request::new(Bytes::from(request.encode_to_vec()));
    let reply = client.unary(request, route.path, raw::Codec).await.map_err(|status| from_status(&status))?;
    let reply = DynamicMessage::decode(route.method.output(), reply.into_inner())
        .map_err(|cause| Error::internal(DOMAIN, "an answer does not fit the contract").caused_by(cause))?;
    let json = dynamic_to_json(&reply)?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// The request that path, query and body make. Tells every wrong field at once.
fn request_message(
    method: &MethodDescriptor,
    body_field: &str,
    path: &[(String, String)],
    query: &[(String, String)],
    body: &[u8],
) -> Result<DynamicMessage, Error> {
    let mut message = DynamicMessage::new(method.input());
    match body_field {
        "" if body.is_empty() => {}
        "" => return Err(invalid(&[violation("", "this method takes no body")])),
        "*" => message = body::message(method.input(), body)?,
        name => {
            let field = message.descriptor().get_field_by_name(name);
            let (field, kind) = field
                .and_then(|field| Some((field.clone(), field.kind().as_message()?.clone())))
                .ok_or_else(|| Error::internal(DOMAIN, format!("{name} is not a message field")))?;
            message.set_field(&field, Value::Message(body::message(kind, body)?));
        }
    }
    let mut violations = Vec::new();
    // A body that is the whole request leaves nothing to the query.
    if body_field == "*" && !query.is_empty() {
        violations.extend(query.iter().map(|(name, _)| violation(name, "belongs in the body")));
    } else {
        for (name, text) in query {
            if let Err(text) = set(&mut message, name, text) {
                violations.push(violation(name, &text));
            }
        }
    }
    for (name, text) in path {
        if let Err(text) = set(&mut message, name, text) {
            violations.push(violation(name, &text));
        }
    }
    if violations.is_empty() { Ok(message) } else { Err(invalid(&violations)) }
}

/// Sets a field by its name in the contract or in JSON, with dots into nested messages, from text.
fn set(message: &mut DynamicMessage, name: &str, text: &str) -> Result<(), String> {
    let (head, rest) = name.split_once('.').map_or((name, None), |(head, rest)| (head, Some(rest)));
    let descriptor = message.descriptor();
    let field = descriptor.get_field_by_name(head).or_else(|| descriptor.get_field_by_json_name(head));
    let field = field.ok_or_else(|| "there is no such field".to_owned())?;
    if let Some(rest) = rest {
        let inner = message.get_field_mut(&field).as_message_mut().ok_or("has no fields of its own")?;
        return set(inner, rest, text);
    }
    if field.is_map() {
        return Err("cannot be given as text".to_owned());
    }
    let value = parse(&field, text)?;
    if field.is_list() {
        message.get_field_mut(&field).as_list_mut().ok_or("is not a list")?.push(value);
    } else {
        message.set_field(&field, value);
    }
    Ok(())
}

fn parse(field: &FieldDescriptor, text: &str) -> Result<Value, String> {
    fn number<T: std::str::FromStr>(text: &str, make: fn(T) -> Value) -> Result<Value, String> {
        text.parse().map(make).map_err(|_| format!("'{text}' is not a number that fits"))
    }
    // Without a wildcard: a kind that the library adds is a decision.
    match field.kind() {
        Kind::String => Ok(Value::String(text.to_owned())),
        Kind::Bool => text.parse().map(Value::Bool).map_err(|_| format!("'{text}' is neither true nor false")),
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => number(text, Value::I32),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => number(text, Value::I64),
        Kind::Uint32 | Kind::Fixed32 => number(text, Value::U32),
        Kind::Uint64 | Kind::Fixed64 => number(text, Value::U64),
        Kind::Float => number(text, Value::F32),
        Kind::Double => number(text, Value::F64),
        Kind::Enum(names) => names
            .get_value_by_name(text)
            .map(|value| Value::EnumNumber(value.number()))
            .ok_or_else(|| format!("'{text}' is not one of its values")),
        Kind::Bytes | Kind::Message(_) => Err("cannot be given as text".to_owned()),
    }
}

pub(super) fn violation(field: &str, description: &str) -> Violation {
    Violation { field: field.to_owned(), description: description.to_owned() }
}

pub(super) fn invalid(violations: &[Violation]) -> Error {
    let text: Vec<_> = violations.iter().map(|one| format!("{} {}", one.field, one.description)).collect();
    let message = format!("Not as the contract asks: {}.", text.join("; ").trim());
    let mut error = Error::known(&reasons::REQUEST_INVALID, DOMAIN, message);
    error.violations = violations.to_vec();
    error
}

fn body_refused(rejection: &BytesRejection) -> Error {
    if let Some(cause) = arrival::cause(rejection) {
        return cause;
    }
    let reason = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => &reasons::BODY_TOO_LARGE,
        _ => &reasons::BODY_NOT_READ,
    };
    Error::known(reason, DOMAIN, format!("{}.", rejection.body_text()))
}

/// Messages as bytes: the transcoder has no generated types.
mod raw {
    use axum::body::Bytes;
    use bytes::{Buf, BufMut};
    use tonic::{
        Status,
        codec::{Codec as TonicCodec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    };

    #[derive(Clone, Copy, Default)]
    pub(super) struct Codec;

    impl TonicCodec for Codec {
        type Encode = Bytes;
        type Decode = Bytes;
        type Encoder = Self;
        type Decoder = Self;

        fn encoder(&mut self) -> Self {
            Self
        }

        fn decoder(&mut self) -> Self {
            Self
        }
    }

    impl Encoder for Codec {
        type Item = Bytes;
        type Error = Status;

        fn encode(&mut self, item: Bytes, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
            to.put(item);
            Ok(())
        }
    }

    impl Decoder for Codec {
        type Item = Bytes;
        type Error = Status;

        fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
            Ok(Some(from.copy_to_bytes(from.remaining())))
        }
    }
}

#[cfg(test)]
mod tests {
    use saldo_testkit::probe;

    use super::*;

    fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
        given.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn transcode(method: &str, path: &[(&str, &str)], query: &[(&str, &str)], body: &str) -> Result<String, Error> {
        let method = probe::method(method);
        let rule = options_of(&method).body;
        let message = request_message(&method, &rule, &pairs(path), &pairs(query), body.as_bytes())?;
        dynamic_to_json(&message)
    }

    #[test]
    fn path_and_query_become_fields_of_their_type() {
        let query = [("page_size", "20"), ("tags", "a"), ("tags", "b"), ("range.from", "5")];
        let json = transcode("SearchNotes", &[("shelf", "top")], &query, "").unwrap();
        assert_eq!(json, r#"{"shelf":"top","pageSize":20,"tags":["a","b"],"range":{"from":"5","to":"0"}}"#);
        assert!(transcode("SearchNotes", &[], &[("pageSize", "1")], "").is_ok(), "JSON names too");
    }

    #[test]
    fn every_wrong_parameter_is_told_at_once() {
        let error = transcode("SearchNotes", &[], &[("page_size", "many"), ("colour", "red")], "").unwrap_err();
        let fields: Vec<_> = error.violations.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["page_size", "colour"]);
        assert_eq!(error.reason.as_str(), "REQUEST_INVALID");
    }

    #[test]
    fn the_body_is_the_request_or_one_field_as_the_rule_says() {
        let json = transcode("CreateNote", &[("workspace_id", "wsp_1")], &[], r#"{"text":"hello"}"#).unwrap();
        assert_eq!(json, r#"{"workspaceId":"wsp_1","text":"hello"}"#);
        let json = transcode("SendNote", &[("shelf", "top")], &[], r#"{"text":"hello"}"#).unwrap();
        assert_eq!(json, r#"{"shelf":"top","note":{"text":"hello"}}"#);
    }

    #[test]
    fn a_body_that_is_no_json_or_not_wanted_is_refused() {
        for (method, body) in [("CreateNote", "{"), ("CreateNote", r#"{"colour":1}"#), ("SearchNotes", "{}")] {
            let error = transcode(method, &[], &[], body).unwrap_err();
            assert_eq!(error.reason.as_str(), "REQUEST_INVALID", "{method} {body}");
        }
        assert!(transcode("CreateNote", &[], &[("text", "hello")], "{}").is_err(), "a query beside a whole body");
    }

    #[test]
    fn the_path_wins_over_the_body() {
        let json = transcode("CreateNote", &[("workspace_id", "wsp_1")], &[], r#"{"workspaceId":"wsp_2"}"#).unwrap();
        assert!(json.contains("wsp_1"), "{json}");
    }
}
