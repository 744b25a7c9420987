//! Messages as protobuf JSON, the form that REST, event streams and the command line share.

use prost::Message;
use prost_reflect::{DynamicMessage, ReflectMessage, SerializeOptions};
use saldo_kernel::Error;

use crate::descriptors;

/// Any message of the contract, as its JSON text. `name` is its full name, such as `saldo.analysis.v1.Report`.
///
/// # Errors
/// A defect of ours: `name` is not that message.
pub fn to_json(name: &str, message: &impl Message) -> Result<String, Error> {
    encoded_to_json(name, &message.encode_to_vec())
}

/// The same for the bytes of a message.
///
/// # Errors
/// `name` is no message of the contract, or the bytes are not one.
pub fn encoded_to_json(name: &str, bytes: &[u8]) -> Result<String, Error> {
    let broken = |text: &str| Error::internal("saldo.proto", format!("{name} {text}"));
    let descriptor = descriptors().get_message_by_name(name).ok_or_else(|| broken("is not in the contract"))?;
    let dynamic = DynamicMessage::decode(descriptor, bytes).map_err(|cause| broken("does not fit").caused_by(cause))?;
    dynamic_to_json(&dynamic)
}

/// The same for a message known only by its descriptor.
///
/// # Errors
/// A defect of ours: the message cannot be written.
pub fn dynamic_to_json(message: &DynamicMessage) -> Result<String, Error> {
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::new(&mut out);
    // Fields at their default are written too: a client need not know the defaults.
    let options = SerializeOptions::new().skip_default_fields(false);
    let broken = |cause: &dyn std::fmt::Display| {
        Error::internal("saldo.proto", format!("{} cannot be JSON: {cause}", message.descriptor().full_name()))
    };
    message.serialize_with_options(&mut writer, &options).map_err(|cause| broken(&cause))?;
    String::from_utf8(out).map_err(|cause| broken(&cause))
}
