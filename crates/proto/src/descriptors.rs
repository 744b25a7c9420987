//! The contract at run time: every message, method, comment and option, for transcoding, OpenAPI, reflection and the
//! tests that walk it.

use std::sync::LazyLock;

use prost_reflect::{DescriptorPool, ExtensionDescriptor, MethodDescriptor, Value};

const BYTES: &[u8] = include_bytes!("gen/descriptors.bin");

/// The descriptors as they were compiled, for gRPC reflection.
pub fn encoded() -> &'static [u8] {
    BYTES
}

/// All descriptors of the contract.
pub fn descriptors() -> &'static DescriptorPool {
    static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
        // The bytes are written by our generator and read back by its own test.
        DescriptorPool::decode(BYTES).unwrap_or_default()
    });
    &POOL
}

/// `saldo.options.v1.RATE_HEAVY`.
const RATE_HEAVY: i32 = 2;

/// What the contract says of one method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodOptions {
    /// The HTTP method and path template, where it has one.
    pub http: Option<(String, String)>,
    /// The field that is the JSON body: `*` for all, empty for none.
    pub body: String,
    /// The permission it needs.
    pub permission: String,
    /// The audit action it records.
    pub audit: String,
    /// Only for other services.
    pub internal: bool,
    /// Needs no caller.
    pub anonymous: bool,
    /// Works through a whole file: counted as an analysis.
    pub heavy: bool,
}

/// Reads the options of one method.
pub fn options_of(method: &MethodDescriptor) -> MethodOptions {
    let mut out = MethodOptions::default();
    let values = method.options();
    for (extension, value) in values.extensions() {
        match extension.full_name() {
            "google.api.http" => (out.http, out.body) = http_rule(value),
            "saldo.options.v1.permission" => out.permission = text(value),
            "saldo.options.v1.audit" => out.audit = text(value),
            "saldo.options.v1.internal" => out.internal = value.as_bool().unwrap_or_default(),
            "saldo.options.v1.anonymous" => out.anonymous = value.as_bool().unwrap_or_default(),
            "saldo.options.v1.rate" => out.heavy = value.as_enum_number() == Some(RATE_HEAVY),
            _ => known(&extension),
        }
    }
    out
}

/// Options that are of no use here; named so that a new one is not forgotten.
fn known(extension: &ExtensionDescriptor) {
    debug_assert!(
        extension.full_name() == "saldo.options.v1.idempotent",
        "unread method option {}",
        extension.full_name()
    );
}

fn http_rule(rule: &Value) -> (Option<(String, String)>, String) {
    let Some(rule) = rule.as_message() else { return (None, String::new()) };
    let mut http = None;
    let mut body = String::new();
    for (field, value) in rule.fields() {
        match field.name() {
            "body" => body = text(value),
            verb => http = Some((verb.to_uppercase(), text(value))),
        }
    }
    (http, body)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
