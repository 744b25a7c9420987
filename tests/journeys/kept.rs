//! Analyses that are kept: of uploads and of files, through questions, corrections, failures, restarts and crashes.

use reqwest::{
    Client, Response,
    multipart::{Form, Part},
};
use saldo_testkit::Program;
use serde_json::{Value, json as object};

use crate::{
    forecasts::statement,
    support::{bytes, events, fact, json, post, problem, table},
};

/// The one workspace of a server without accounts.
pub(crate) struct Workspace {
    pub(crate) url: String,
}

impl Workspace {
    pub(crate) async fn of(saldo: &Program) -> Self {
        Self::at(&saldo.url()).await
    }

    pub(crate) async fn at(url: &str) -> Self {
        let server = json(reqwest::get(format!("{url}/v1/server")).await.expect("an answer")).await;
        let id = server["workspaceId"].as_str().expect("a workspace");
        Self { url: format!("{url}/v1/workspaces/{id}") }
    }

    /// Uploads a file; gives its id.
    pub(crate) async fn upload(&self, name: &str, content: Vec<u8>, analyze: bool) -> String {
        let form = Form::new().part("file", Part::bytes(content).file_name(name.to_owned()));
        let response = Client::new().post(format!("{}/files?analyze={analyze}", self.url)).multipart(form).send().await;
        let response = response.expect("an answer");
        assert_eq!(response.status(), 201);
        json(response).await["file"]["id"].as_str().expect("an id").to_owned()
    }

    /// The address of the analysis that an upload began.
    pub(crate) fn analysis_of(&self, file: &str) -> String {
        format!("{}/analyses/{}", self.url, file.replace("fil_", "ana_"))
    }

    pub(crate) async fn upload_and_analyze(&self, name: &str, content: Vec<u8>) -> String {
        self.analysis_of(&self.upload(name, content, true).await)
    }

    async fn list(&self, query: &str) -> Value {
        json(get(&format!("{}/analyses{query}", self.url)).await).await
    }
}

pub(crate) async fn get(url: &str) -> Response {
    reqwest::get(url).await.expect("an answer")
}

async fn call(url: &str, body: Value) -> Response {
    Client::new().post(url).json(&body).send().await.expect("an answer")
}

/// Watches an analysis to its end; gives its states in the order in which they were told.
pub(crate) async fn ended(analysis: &str) -> (Vec<String>, Value) {
    // An upload is answered before the event of it is handled: until then there is nothing to watch.
    saldo_testkit::wait_until("the analysis begins", || async { (get(analysis).await.status() == 200).then_some(()) })
        .await;
    let told = events(Client::new().get(format!("{analysis}/events"))).await;
    assert!(told.iter().all(|event| event.name == "analysis"), "{told:?}");
    let mut states: Vec<String> = told
        .iter()
        .map(|event| event.data["state"].as_str().expect("a state").replace("ANALYSIS_STATE_", ""))
        .collect();
    states.dedup();
    (states, told.last().expect("a state").data.clone())
}

pub(crate) async fn report_of(analysis: &str) -> Value {
    let response = get(&format!("{analysis}/report")).await;
    assert_eq!(response.status(), 200);
    json(response).await
}

#[tokio::test]
async fn an_upload_becomes_a_report_that_outlives_the_process() {
    let saldo = Program::serve(&[]);
    let workspace = Workspace::of(&saldo).await;
    let analysis = workspace.upload_and_analyze("salary.csv", statement(12)).await;
    let (states, last) = ended(&analysis).await;
    assert_eq!(states.last().expect("a state"), "DONE", "{last}");
    assert_eq!((&last["title"], &last["reportRevision"]), (&object!("salary.csv"), &object!(1)));
    assert_eq!(last["digest"]["period"], object!({"from": "2022-01-01", "to": "2022-12-28"}));
    assert_eq!(last["digest"]["totals"][0]["moneyOut"], object!({"amount": "10800.00", "currency": "EUR"}));

    let kept = report_of(&analysis).await;
    let asked = json(post(&saldo.url(), "", "salary.csv", statement(12)).send().await.expect("an answer")).await;
    assert_eq!(kept["report"], asked, "what is kept is what a call of its own gives");
    let rows = json(get(&format!("{analysis}/rows")).await).await;
    assert_eq!((rows["rows"].as_array().map(Vec::len), &rows["next"]), (Some(24), &object!(0)));

    let saldo = saldo.again();
    let workspace = Workspace::of(&saldo).await;
    let list = workspace.list("").await;
    assert_eq!(list["analyses"][0]["id"], last["id"]);
    let analysis = format!("{}/analyses/{}", workspace.url, last["id"].as_str().expect("an id"));
    assert_eq!(report_of(&analysis).await, kept);
    assert_eq!(ended(&analysis).await.0, ["DONE"]);
}

#[tokio::test]
async fn a_question_is_answered_and_corrections_make_further_revisions() {
    questions_and_corrections(&Program::serve(&[]).url()).await;
}

pub(crate) async fn questions_and_corrections(url: &str) {
    let workspace = Workspace::at(url).await;
    let analysis = workspace.upload_and_analyze("ambiguous.csv", bytes("ambiguous.csv")).await;
    let (_, asking) = ended(&analysis).await;
    assert_eq!(asking["state"], "ANALYSIS_STATE_ASKING");
    assert_eq!(asking["question"]["reason"], "DATE_ORDER_AMBIGUOUS");
    let none = problem(get(&format!("{analysis}/report")).await).await;
    assert_eq!((&none["reason"], &none["metadata"]["state"]), (&object!("REPORT_NOT_FOUND"), &object!("asking")));

    let answers = object!({"hints": {"dateOrder": "dmy"}});
    let revised = json(call(&format!("{analysis}/revisions"), object!({"answers": answers})).await).await;
    assert_eq!(revised["analysis"]["revision"], 2);
    let (_, done) = ended(&analysis).await;
    assert_eq!((&done["state"], &done["question"]), (&object!("ANALYSIS_STATE_DONE"), &Value::Null));

    let rows = json(get(&format!("{analysis}/rows?page_size=1")).await).await;
    let name = rows["rows"][0]["counterparty"].as_str().expect("a name").to_owned();
    let corrections = object!([{"text": name, "category": "My own"}]);
    let answers = object!({"hints": {"dateOrder": "dmy"}, "corrections": corrections});
    call(&format!("{analysis}/revisions"), object!({"answers": answers})).await;
    assert_eq!(ended(&analysis).await.1["reportRevision"], 3);
    let rows = json(get(&format!("{analysis}/rows?page_size=1")).await).await;
    assert_eq!(rows["rows"][0]["category"], "My own");
    // The report before is still there.
    assert_eq!(json(get(&format!("{analysis}/report?revision=2")).await).await["revision"], 2);
    assert_eq!(problem(get(&format!("{analysis}/report?revision=1")).await).await["reason"], "REPORT_NOT_FOUND");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_fails_once_and_says_why() {
    unreadable_file(&Program::serve(&[]).url()).await;
}

pub(crate) async fn unreadable_file(url: &str) {
    let workspace = Workspace::at(url).await;
    let analysis = workspace.upload_and_analyze("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00".to_vec()).await;
    let (_, failed) = ended(&analysis).await;
    assert_eq!(failed["state"], "ANALYSIS_STATE_FAILED");
    let direct =
        problem(post(url, "", "photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00".to_vec()).send().await.expect("an answer"))
            .await;
    assert_eq!(failed["failure"]["reason"], direct["reason"]);
    assert!(failed["failure"]["hint"].as_str().is_some_and(|hint| hint.len() > 10), "{failed}");
}

#[tokio::test]
async fn several_files_are_one_ledger_and_what_they_share_is_counted_once() {
    several_files(&Program::serve(&[]).url()).await;
}

pub(crate) async fn several_files(url: &str) {
    let workspace = Workspace::at(url).await;
    let (one, two) = (statement(12), statement(14));
    let files = [workspace.upload("year.csv", one, false).await, workspace.upload("more.csv", two, false).await];
    let began = call(&format!("{}/analyses", workspace.url), object!({"fileIds": files, "title": "All of it"})).await;
    assert_eq!(began.status(), 200);
    let began = json(began).await["analysis"].clone();
    let analysis = format!("{}/analyses/{}", workspace.url, began["id"].as_str().expect("an id"));
    let (_, done) = ended(&analysis).await;
    assert_eq!((&done["state"], &done["title"]), (&object!("ANALYSIS_STATE_DONE"), &object!("All of it")));
    let report = report_of(&analysis).await["report"].clone();
    assert_eq!(
        (&report["quality"]["transactions"], &report["quality"]["inOtherFiles"]),
        (&object!("28"), &object!("24"))
    );
    assert_eq!(fact(&report, "money_out/EUR")["money"]["amount"], "12600.00");

    let unknown = object!({"fileIds": [format!("fil_{}", "0".repeat(32))]});
    let refused = problem(call(&format!("{}/analyses", workspace.url), unknown).await).await;
    assert_eq!(refused["reason"], "FILE_NOT_FOUND");
}

#[tokio::test]
async fn the_list_is_searched_read_in_pages_and_deleted_from() {
    list(&Program::serve(&[]).url()).await;
}

pub(crate) async fn list(url: &str) {
    let workspace = Workspace::at(url).await;
    let mut analyses = Vec::new();
    for name in ["January salary.csv", "February salary.csv", "Выписка.csv"] {
        analyses.push(workspace.upload_and_analyze(name, statement(1)).await);
    }
    for analysis in &analyses {
        ended(analysis).await;
    }
    let titles = |list: &Value| {
        let all = list["analyses"].as_array().expect("analyses").clone();
        all.iter().map(|one| one["title"].as_str().expect("a title").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&workspace.list("").await), ["Выписка.csv", "February salary.csv", "January salary.csv"]);
    assert_eq!(titles(&workspace.list("?search=SALARY").await), ["February salary.csv", "January salary.csv"]);
    assert_eq!(titles(&workspace.list("?search=выписка").await), ["Выписка.csv"]);
    assert_eq!(titles(&workspace.list("?search=salary%20jan").await), ["January salary.csv"]);
    let first = workspace.list("?page_size=2").await;
    let token = first["nextPageToken"].as_str().expect("a token");
    let second = workspace.list(&format!("?page_size=2&page_token={token}")).await;
    assert_eq!((titles(&first).len(), titles(&second)), (2, vec!["January salary.csv".to_owned()]));
    let other = format!("{}/analyses?search=x&page_token={token}", workspace.url);
    assert_eq!(problem(get(&other).await).await["reason"], "PAGE_TOKEN_INVALID");

    let deleted = Client::new().delete(&analyses[0]).send().await.expect("an answer");
    assert_eq!(deleted.status(), 200);
    assert_eq!(problem(get(&analyses[0]).await).await["reason"], "ANALYSIS_NOT_FOUND");
    assert_eq!(problem(get(&format!("{}/report", analyses[0])).await).await["reason"], "ANALYSIS_NOT_FOUND");
    assert_eq!(workspace.list("").await["analyses"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_analysis_that_waits_or_runs_is_cancelled_and_begun_again() {
    let saldo = Program::serve(&["--set", "analysis.concurrency=1"]);
    let workspace = Workspace::of(&saldo).await;
    // Seconds of work, so that the wish comes long before its end.
    let running = workspace.upload_and_analyze("long.csv", table(400_000)).await;
    let waiting = workspace.upload_and_analyze("short.csv", statement(1)).await;
    for analysis in [&running, &waiting] {
        saldo_testkit::wait_until("it begins", || async { (get(analysis).await.status() == 200).then_some(()) }).await;
        call(&format!("{analysis}/cancellation"), object!({})).await;
    }
    for analysis in [&waiting, &running] {
        let (states, last) = ended(analysis).await;
        // The short one may have been done before the wish came.
        assert!(["CANCELLED", "DONE"].contains(&states.last().expect("a state").as_str()), "{last}");
    }
    assert_eq!(ended(&running).await.1["failure"]["reason"], "CANCELLED");
    call(&format!("{running}/revisions"), object!({})).await;
    assert_eq!(ended(&running).await.1["state"], "ANALYSIS_STATE_DONE");
}

#[tokio::test]
async fn a_process_that_is_killed_at_work_ends_each_analysis_in_one_report() {
    let saldo = Program::serve(&[]);
    let workspace = Workspace::of(&saldo).await;
    let mut files = Vec::new();
    for number in 0..6 {
        files.push(workspace.upload(&format!("{number}.csv"), table(20_000), true).await);
    }
    // Each upload was acknowledged; the first is being worked on, or is done.
    let saldo = saldo.crashed();
    let workspace = Workspace::of(&saldo).await;
    for file in &files {
        let (_, last) = ended(&workspace.analysis_of(file)).await;
        assert_eq!(last["state"], "ANALYSIS_STATE_DONE", "{last}");
        let report = report_of(&workspace.analysis_of(file)).await;
        assert_eq!(
            (&report["revision"], &report["report"]["quality"]["transactions"]),
            (&object!(1), &object!("20000"))
        );
    }
    assert_eq!(workspace.list("").await["analyses"].as_array().map(Vec::len), Some(files.len()));
}

#[tokio::test]
async fn where_nobody_is_known_nothing_is_kept() {
    let saldo = Program::serve(&["--set", "identity.mode=none"]);
    let server = json(get(&format!("{}/v1/server", saldo.url())).await).await;
    assert_eq!(server["workspaceId"], "");
    let url = format!("{}/v1/workspaces/wsp_00000000000070008000000000000001", saldo.url());
    let refused = problem(get(&format!("{url}/analyses")).await).await;
    assert_eq!((&refused["status"], &refused["reason"]), (&object!(401), &object!("SIGN_IN_REQUIRED")));
    let form = Form::new().part("file", Part::bytes(statement(1)).file_name("a.csv"));
    let refused = Client::new().post(format!("{url}/files")).multipart(form).send().await.expect("an answer");
    assert_eq!(problem(refused).await["reason"], "SIGN_IN_REQUIRED");
    assert_eq!(post(&saldo.url(), "", "a.csv", statement(1)).send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_page_of_another_site_is_nobody() {
    let saldo = Program::serve(&[]);
    let workspace = Workspace::of(&saldo).await;
    for (name, value) in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("host", "evil.example")]
    {
        let response = Client::new().get(format!("{}/analyses", workspace.url)).header(name, value).send().await;
        assert_eq!(problem(response.expect("an answer")).await["reason"], "SIGN_IN_REQUIRED", "{name}");
    }
}
