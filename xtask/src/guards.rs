//! The guard of every service: per method its options as a constant, a handler trait that only sees guarded calls, and
//! the tonic trait for `Guarded<S>`.

use prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MethodDescriptor, ServiceDescriptor, Value,
};

use crate::Result;

/// The guards of all services of a package, as Rust source. `validation` is the generated validation code, which holds
/// an implementation for the messages that have rules.
pub(crate) fn of_package(pool: &DescriptorPool, package: &str, validation: &str) -> Result<String> {
    let mut code = String::new();
    for service in pool.services().filter(|service| service.package_name() == package) {
        code.push_str(&of_service(pool, &service, validation)?);
    }
    Ok(code)
}

fn of_service(pool: &DescriptorPool, service: &ServiceDescriptor, validation: &str) -> Result<String> {
    let stem = service.name().strip_suffix("Service").ok_or("a service is named …Service")?;
    let module = snake(service.name());
    let (mut methods, mut names, mut handlers, mut guarded) = (String::new(), Vec::new(), String::new(), String::new());
    for method in service.methods() {
        let constant = snake(method.name()).to_uppercase();
        methods.push_str(&constant_of(pool, &method, &constant)?);
        names.push(format!("&{constant}"));
        handlers.push_str(&handler_of(&method));
        guarded.push_str(&guarded_of(&method, &constant, validation));
    }
    let source = format!(
        "/// The methods of `{full}` with their options.\n\
         pub mod {module}_methods {{\n{methods}\n\
         /// Every method of the service.\npub const ALL: &[&::saldo_proto::guard::Method] = &[{names}];\n}}\n\
         /// The handlers of `{full}`: each sees only calls that passed the guard.\n\
         #[tonic::async_trait]\n\
         pub trait {stem}Handlers: Send + Sync + 'static {{\n{handlers}}}\n\
         #[tonic::async_trait]\n\
         impl<S: {stem}Handlers> {module}_server::{name} for ::saldo_proto::guard::Guarded<S> {{\n{guarded}}}\n",
        full = service.full_name(),
        name = service.name(),
        names = names.join(", "),
    );
    Ok(format!("\n{}", prettyplease::unparse(&syn::parse_file(&source)?)))
}

/// The method's options as a constant.
fn constant_of(pool: &DescriptorPool, method: &MethodDescriptor, constant: &str) -> Result<String> {
    let options = Options { pool, values: method.options() };
    let permission = options.text("saldo.options.v1.permission")?;
    let (anonymous, internal) =
        (options.flag("saldo.options.v1.anonymous")?, options.flag("saldo.options.v1.internal")?);
    let access = match (anonymous, internal, permission) {
        (true, false, None) => "Anonymous".to_owned(),
        (false, true, None) => "Internal".to_owned(),
        (false, false, Some(permission)) => format!("Permission({permission:?})"),
        _ => {
            let name = method.full_name();
            return Err(format!("{name}: say exactly one of permission, internal and anonymous").into());
        }
    };
    let rate = if options.number("saldo.options.v1.rate")? == 2 { "Heavy" } else { "Light" };
    Ok(format!(
        "/// `{full}`.\n\
         pub const {constant}: ::saldo_proto::guard::Method = ::saldo_proto::guard::Method {{\n\
         service: {service:?}, name: {name:?}, path: {path:?},\n\
         access: ::saldo_proto::guard::Access::{access}, rate: ::saldo_proto::guard::Rate::{rate},\n\
         audit: {audit:?}, idempotent: {idempotent} }};\n",
        full = method.full_name(),
        service = method.parent_service().full_name(),
        name = method.name(),
        path = format!("/{}/{}", method.parent_service().full_name(), method.name()),
        audit = options.text("saldo.options.v1.audit")?,
        idempotent = options.flag("saldo.options.v1.idempotent")?,
    ))
}

fn handler_of(method: &MethodDescriptor) -> String {
    let (input, output) = (method.input().name().to_owned(), method.output().name().to_owned());
    let input = if method.is_client_streaming() { format!("::saldo_proto::guard::Incoming<{input}>") } else { input };
    let output =
        if method.is_server_streaming() { format!("::saldo_proto::guard::Outgoing<{output}>") } else { output };
    format!(
        "/// Answers `{full}`.\nasync fn {name}(&self, call: ::saldo_proto::guard::Call<{input}>) \
         -> Result<{output}, ::saldo_kernel::Error>;\n",
        full = method.full_name(),
        name = snake(method.name()),
    )
}

fn guarded_of(method: &MethodDescriptor, constant: &str, validation: &str) -> String {
    let (input, output) = (method.input().name().to_owned(), method.output().name().to_owned());
    let name = snake(method.name());
    let module = snake(method.parent_service().name());
    let request = if method.is_client_streaming() { format!("tonic::Streaming<{input}>") } else { input };
    let admit = if method.is_client_streaming() { "admit_stream" } else { "admit" };
    let (associated, reply) = if method.is_server_streaming() {
        (format!("type {}Stream = ::saldo_proto::guard::Replies<{output}>;\n", method.name()), "reply_stream")
    } else {
        (String::new(), "reply")
    };
    let answer = if method.is_server_streaming() { format!("Self::{}Stream", method.name()) } else { output };
    let scope = scope_of(method);
    let message = method.input().full_name().trim_start_matches("saldo.").replace('.', "::");
    let rules = if validation.contains(&format!("for crate::{message} {{")) { "rules_of" } else { "no_rules" };
    format!(
        "{associated}async fn {name}(&self, request: tonic::Request<{request}>) \
         -> Result<tonic::Response<{answer}>, tonic::Status> {{\n\
         let method = &{module}_methods::{constant};\n\
         let answer = async {{\n\
         let call = self.{admit}(method, request, ::saldo_proto::guard::{rules}, |request| {scope}).await?;\n\
         self.handlers().{name}(call).await\n}};\n\
         self.{reply}(method, answer.await)\n}}\n"
    )
}

/// How the scope is found in the request: every workspace-level request names its workspace.
fn scope_of(method: &MethodDescriptor) -> String {
    let text = |name: &str| {
        method.input().get_field_by_name(name).filter(|field: &FieldDescriptor| field.kind() == Kind::String).is_some()
    };
    if text("workspace_id") {
        "::saldo_proto::guard::workspace(&request.workspace_id)".to_owned()
    } else if text("organization_id") {
        "::saldo_proto::guard::organization(&request.organization_id)".to_owned()
    } else {
        "{ let _ = request; Ok(::saldo_kernel::Scope::None) }".to_owned()
    }
}

/// The options of one method, read by name.
struct Options<'a> {
    pool: &'a DescriptorPool,
    values: DynamicMessage,
}

impl Options<'_> {
    fn get(&self, name: &str) -> Result<Option<Value>> {
        let extension = self.pool.get_extension_by_name(name).ok_or_else(|| format!("no option {name}"))?;
        Ok(self.values.has_extension(&extension).then(|| self.values.get_extension(&extension).into_owned()))
    }

    fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.get(name)?.and_then(|value| value.as_bool()).unwrap_or_default())
    }

    fn number(&self, name: &str) -> Result<i32> {
        Ok(self.get(name)?.and_then(|value| value.as_enum_number()).unwrap_or_default())
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        Ok(self.get(name)?.and_then(|value| value.as_str().map(str::to_owned)).filter(|text| !text.is_empty()))
    }
}

/// `ListFormats` is `list_formats`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}
