//! Rules that every method and message of the contract keeps.

use prost_reflect::{DescriptorPool, FileDescriptor, MethodDescriptor};
use saldo_proto::{descriptors, options_of};

fn comment_at(file: &FileDescriptor, path: &[i32]) -> String {
    let info = file.file_descriptor_proto().source_code_info.clone().unwrap_or_default();
    let found = info.location.iter().find(|location| location.path == path);
    found.map(|location| location.leading_comments().trim().to_owned()).unwrap_or_default()
}

fn methods(pool: &DescriptorPool) -> Vec<MethodDescriptor> {
    pool.services().flat_map(|service| service.methods().collect::<Vec<_>>()).collect()
}

/// What one method breaks.
fn broken_rules(method: &MethodDescriptor) -> Vec<&'static str> {
    let options = options_of(method);
    let access = [!options.permission.is_empty(), options.internal, options.anonymous];
    let streams = method.is_client_streaming() || method.is_server_streaming();
    let reads = ["Get", "List", "Search", "Count", "Explain", "Analyze", "Forecast", "Download", "Watch"]
        .iter()
        .any(|verb| method.name().starts_with(verb));
    let mut broken = Vec::new();
    if comment_at(&method.parent_file(), method.path()).is_empty() {
        broken.push("has no comment");
    }
    if access.iter().filter(|said| **said).count() != 1 {
        broken.push("does not say exactly one of permission, internal and anonymous");
    }
    if options.http.is_none() && !options.internal && !streams {
        broken.push("has no HTTP rule");
    }
    if options.audit.is_empty() && !reads {
        broken.push("changes something and names no audit action");
    }
    broken
}

#[test]
fn every_method_has_a_comment_an_access_an_http_rule_and_an_audit_action() {
    let all = methods(descriptors());
    assert!(!all.is_empty());
    for method in all {
        assert_eq!(broken_rules(&method), Vec::<&str>::new(), "{}", method.full_name());
    }
}

#[test]
fn a_method_that_breaks_a_rule_is_found() {
    let probe = saldo_testkit::probe::method("SendNote");
    assert_eq!(broken_rules(&probe), ["changes something and names no audit action"]);
}

#[test]
fn every_message_field_and_value_of_ours_has_a_comment() {
    let ours = |name: &str| name.starts_with("saldo.");
    for message in descriptors().all_messages().filter(|message| ours(message.full_name()) && !message.is_map_entry()) {
        assert!(!comment_at(&message.parent_file(), message.path()).is_empty(), "{}", message.full_name());
    }
    for names in descriptors().all_enums().filter(|names| ours(names.full_name())) {
        assert!(!comment_at(&names.parent_file(), names.path()).is_empty(), "{}", names.full_name());
    }
}

#[test]
fn a_request_and_a_response_belong_to_one_method() {
    let mut seen = std::collections::BTreeSet::new();
    for method in methods(descriptors()) {
        for message in [method.input(), method.output()] {
            assert!(seen.insert(message.full_name().to_owned()), "{} is used twice", message.full_name());
        }
    }
}

/// The API document and the page's types name a message without its package.
#[test]
fn no_two_messages_or_enums_of_ours_have_one_name() {
    let messages = descriptors().all_messages().map(|one| one.full_name().to_owned());
    let enums = descriptors().all_enums().map(|one| one.full_name().to_owned());
    let mut seen = std::collections::BTreeMap::new();
    for full in messages.chain(enums).filter(|name| name.starts_with("saldo.")) {
        let short: String = full.split('.').filter(|part| part.starts_with(char::is_uppercase)).collect();
        let other = seen.insert(short, full.clone());
        assert_eq!(other, None, "the short name of {full}");
    }
}
