//! A collector of traces that keeps what it gets, to look at it.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
    common::v1::any_value::Value,
    trace::v1::Span,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, transport::Server};

/// A span and the process that it came from.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The process's service name.
    pub service: String,
    /// The span.
    pub span: Span,
}

/// A running collector; it ends when it is dropped.
pub struct Sink {
    address: SocketAddr,
    spans: Arc<Mutex<Vec<Seen>>>,
    server: JoinHandle<()>,
}

impl Sink {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let spans = Arc::new(Mutex::new(Vec::new()));
        let service = TraceServiceServer::new(Collector(Arc::clone(&spans)));
        let server = tokio::spawn(async move {
            let served = Server::builder().add_service(service).serve_with_incoming(TcpListenerStream::new(listener));
            served.await.expect("the collector serves");
        });
        Self { address, spans, server }
    }

    /// The endpoint for `telemetry.otlp_endpoint`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every span so far.
    pub fn spans(&self) -> Vec<Seen> {
        self.spans.lock().expect("no test panicked while it held the spans").clone()
    }

    /// The spans of one trace as an indented tree, children after their parent: `service: name`.
    pub fn tree(&self, trace_id: &[u8]) -> String {
        let mut children: BTreeMap<Vec<u8>, Vec<Seen>> = BTreeMap::new();
        let spans: Vec<_> = self.spans().into_iter().filter(|seen| seen.span.trace_id == trace_id).collect();
        for seen in &spans {
            let known = spans.iter().any(|other| other.span.span_id == seen.span.parent_span_id);
            let parent = if known { seen.span.parent_span_id.clone() } else { Vec::new() };
            children.entry(parent).or_default().push(seen.clone());
        }
        let mut out = String::new();
        write_children(&children, &[], 0, &mut out);
        out
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn write_children(children: &BTreeMap<Vec<u8>, Vec<Seen>>, parent: &[u8], depth: usize, out: &mut String) {
    let mut here = children.get(parent).cloned().unwrap_or_default();
    here.sort_by_key(|seen| seen.span.start_time_unix_nano);
    for seen in here {
        writeln!(out, "{:indent$}{}: {}", "", seen.service, seen.span.name, indent = depth * 2)
            .expect("a string takes text");
        write_children(children, &seen.span.span_id, depth + 1, out);
    }
}

struct Collector(Arc<Mutex<Vec<Seen>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let mut spans = self.0.lock().expect("no test panicked while it held the spans");
        for resource in request.into_inner().resource_spans {
            let attributes = resource.resource.unwrap_or_default().attributes;
            let name = attributes.into_iter().find(|attribute| attribute.key == "service.name");
            let name = name.and_then(|name| name.value).and_then(|value| value.value);
            let service = if let Some(Value::StringValue(name)) = name { name } else { String::new() };
            for scope in resource.scope_spans {
                spans.extend(scope.spans.into_iter().map(|span| Seen { service: service.clone(), span }));
            }
        }
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}
