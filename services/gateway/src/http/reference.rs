//! `/reference`: the OpenAPI document as a page that needs no script.

use std::{fmt::Write, sync::Arc};

use axum::{Router, body::Bytes, http::header, routing::get};
use saldo_kernel::reasons::{self, Known, Met};
use serde_json::Value;

use super::{Edge, web};

pub(crate) fn router(document: &Value) -> Router<Arc<Edge>> {
    let page = Bytes::from(page(document));
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let css = Bytes::from(format!("{}{}", web::fonts(), include_str!("reference.css")));
    let css = ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css);
    Router::new()
        .route("/reference", get(move || async move { (html, page) }))
        .route("/reference.css", get(move || async move { css }))
}

/// The whole page.
fn page(document: &Value) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Saldo: reference of the API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/reference.css\"><link rel=\"icon\" href=\"/favicon.svg\"></head><body>\
         <header><p><a href=\"/\">Saldo</a></p><h1>Reference of the API</h1>",
    );
    let version = text(&document["info"], "version");
    let description = marked(text(&document["info"], "description"));
    let operations = operations(document);
    push(&mut out, format_args!("<p>{description}</p><p class=\"faint\">Version {} · ", escape(version)));
    out.push_str("<a href=\"/openapi.json\">OpenAPI document</a></p></header><nav><ul>");
    for (verb, path, operation) in &operations {
        let (id, path) = (escape(text(operation, "operationId")), escape(path));
        let summary = marked(text(operation, "summary"));
        push(
            &mut out,
            format_args!("<li><a href=\"#{id}\">{verb} {path}</a> <span class=\"faint\">{summary}</span></li>"),
        );
    }
    out.push_str("<li><a href=\"#errors\">Errors</a></li><li><a href=\"#schemas\">Schemas</a></li></ul></nav><main>");
    for (verb, path, one) in &operations {
        operation(&mut out, verb, path, one);
    }
    errors(&mut out);
    out.push_str("<h2 id=\"schemas\">Schemas</h2>");
    for (name, one) in document["components"]["schemas"].as_object().into_iter().flatten() {
        schema(&mut out, name, one);
    }
    out.push_str("</main></body></html>");
    out
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let of_path = |(path, verbs)| {
        let verbs: &Value = verbs;
        let path: &String = path;
        verbs.as_object().into_iter().flatten().map(move |(verb, one)| (verb.to_uppercase(), path.as_str(), one))
    };
    paths.flat_map(of_path).collect()
}

fn operation(out: &mut String, verb: &str, path: &str, one: &Value) {
    let id = escape(text(one, "operationId"));
    push(out, format_args!("<h2 id=\"{id}\"><code>{verb} {}</code></h2>", escape(path)));
    push(out, format_args!("<p>{}</p><pre>{}</pre>", marked(text(one, "description")), escape(&example(verb, path))));
    let parameters = list(&one["parameters"]);
    if !parameters.is_empty() {
        out.push_str("<h3>Parameters</h3>");
        table(
            out,
            ["Name", "Where", "What"],
            parameters.iter().map(|one| {
                let what = format!(
                    "{} <span class=\"faint\">{}</span>",
                    marked(text(one, "description")),
                    kind(&one["schema"])
                );
                [code(text(one, "name")), escape(text(one, "in")), what]
            }),
        );
    }
    let bodies = one["requestBody"]["content"].as_object();
    if let Some(bodies) = bodies {
        out.push_str("<h3>Body</h3>");
        table(out, ["Type", "What"], bodies.iter().map(|(name, body)| [code(name), kind(&body["schema"])]));
    }
    out.push_str("<h3>Answers</h3>");
    let answers = one["responses"].as_object().into_iter().flatten();
    table(
        out,
        ["Status", "What", "Body"],
        answers.map(|(status, answer)| {
            let bodies = answer["content"].as_object().into_iter().flatten();
            let bodies: Vec<_> =
                bodies.map(|(name, body)| format!("{} {}", code(name), kind(&body["schema"]))).collect();
            [escape(status), marked(text(answer, "description")), bodies.join("<br>")]
        }),
    );
}

/// How it is called from a terminal.
fn example(verb: &str, path: &str) -> String {
    let origin = "http://127.0.0.1:8080";
    match verb {
        "POST" if path == "/analyze" => format!(
            "curl -F file=@statement.csv {origin}/analyze\n\
             curl -F file=@statement.csv -H 'Accept: text/event-stream' '{origin}/analyze?rows=true'\n\
             gzip -c statement.csv | curl --data-binary @- \\\n  \
             -H 'Content-Type: text/csv' -H 'Content-Encoding: gzip' {origin}/analyze"
        ),
        "POST" if path.ends_with("/files") => format!("curl -F file=@statement.csv {origin}{path}"),
        "GET" if path.ends_with("/content") => format!("curl -OJ {origin}{path}"),
        "GET" => format!("curl {origin}{path}"),
        _ => format!("curl -X {verb} -H 'Content-Type: application/json' -d '{{}}' {origin}{path}"),
    }
}

fn errors(out: &mut String) {
    out.push_str(
        "<h2 id=\"errors\">Errors</h2><p>A failure is a <a href=\"#Problem\">problem object</a> (RFC 9457). Match on its \
         <code>reason</code>: reasons are stable, sentences are not. <code>traceId</code> names the request in the logs.</p>",
    );
    let mut met: Vec<_> = reasons::ALL.iter().filter(|one| one.met != Met::Terminal).collect();
    met.sort_by_key(|one| one.kind.row().http);
    let what = |one: &Known| format!("{}.<br>{}", marked(one.says), marked(one.hint));
    let rows = met.into_iter().map(|one| [one.kind.row().http.to_string(), code(one.name), what(one)]);
    table(out, ["Status", "Reason", "What it means, and what to do"], rows);
}

fn schema(out: &mut String, name: &str, one: &Value) {
    let name = escape(name);
    push(out, format_args!("<h3 id=\"{name}\">{name}</h3><p>{}</p>", marked(text(one, "description"))));
    match one["properties"].as_object() {
        Some(properties) => table(
            out,
            ["Field", "Type", "What"],
            properties.iter().map(|(name, field)| [code(name), kind(field), marked(text(field, "description"))]),
        ),
        None => push(out, format_args!("<p>{}</p>", kind(one))),
    }
}

/// A type in words, with a link where it is described.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        let name = escape(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    if schema["items"].is_object() {
        return format!("list of {}", kind(&schema["items"]));
    }
    if schema["additionalProperties"].is_object() {
        return format!("map of names to {}", kind(&schema["additionalProperties"]));
    }
    let values: Vec<_> = list(&schema["enum"]).iter().filter_map(Value::as_str).map(code).collect();
    if !values.is_empty() {
        return values.join(", ");
    }
    if let Some(fields) = schema["properties"].as_object() {
        let fields: Vec<_> = fields.iter().map(|(name, field)| format!("{}: {}", code(name), kind(field))).collect();
        return fields.join("<br>");
    }
    escape(schema["type"].as_str().unwrap_or("bytes"))
}

/// A table that scrolls by itself where it is wider than the page.
fn table<const COLUMNS: usize>(
    out: &mut String,
    heads: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) {
    out.push_str("<div class=\"table\" tabindex=\"0\"><table><thead><tr>");
    for head in heads {
        push(out, format_args!("<th scope=\"col\">{head}</th>"));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        push(out, format_args!("<tr><td>{}</td></tr>", row.join("</td><td>")));
    }
    out.push_str("</tbody></table></div>");
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A long name may break after an underscore, and nowhere else.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text).replace('_', "_<wbr>"))
}

/// A text in which code stands between backticks.
fn marked(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(place, part)| if place % 2 == 1 { code(part) } else { escape(part) }).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writing to a text does not fail.
fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use saldo_proto::descriptors;

    use super::*;

    #[test]
    fn every_operation_schema_and_link_has_its_place() {
        let document = super::super::openapi::document(descriptors());
        let page = page(&document);
        for (_, path, one) in operations(&document) {
            assert!(
                page.contains(path) && page.contains(&format!("<h2 id=\"{}\"", text(one, "operationId"))),
                "{path}"
            );
        }
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "nothing at #{link}");
        }
        assert!(!page.contains("<script") && !page.contains("style="), "the policy allows none of it");
    }

    #[test]
    fn texts_are_no_markup() {
        assert_eq!(marked("a < b and `c & d`"), "a &lt; b and <code>c &amp; d</code>");
    }
}
