// Generated from docs/reference/openapi.json by `make gen`: the API as types.

export interface paths {
    "/analyze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyses one file, or several as one ledger, and keeps nothing of it.
         * @description Send a form with a field `file` for each file, or the bytes of one as the body. What several files have in common is counted once. A form may start with a field `corrections`: a JSON list of what the user says of categories (Correction). With `Accept: text/event-stream` the answer streams events: `progress` (Progress), `first_look` (FirstLook, once), `rows` (RowBatch, if asked for), and one of `report` (Report), `question` (Question) and `error` (Problem) at the end. Closing the connection stops the work.
         */
        post: operations["Analyze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forecasts one series and keeps nothing of it.
         * @description Forecasts one series and keeps nothing of it.
         */
        post: operations["ForecastSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/formats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the file formats that can be read.
         * @description Lists the file formats that can be read.
         */
        get: operations["ListFormats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives the bytes of the file that a link opens.
         * @description Gives the bytes of the file that a link opens. Whoever has the link may read the file until the link ends. The media type is the one that the file's bytes speak for.
         */
        get: operations["DownloadLinkedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells the version, the targets that this process runs, and the limits of the edge.
         * @description Tells the version, the targets that this process runs, and the limits of the edge.
         */
        get: operations["GetServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the analyses of a workspace, newest first.
         * @description Lists the analyses of a workspace, newest first.
         */
        get: operations["ListAnalyses"];
        put?: never;
        /**
         * Begins an analysis of files of a workspace, in the background; it is kept until it is deleted.
         * @description Begins an analysis of files of a workspace, in the background; it is kept until it is deleted. An upload that asks for it begins one by itself.
         */
        post: operations["StartAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses/{analysis_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells where an analysis stands.
         * @description Tells where an analysis stands.
         */
        get: operations["GetAnalysis"];
        put?: never;
        post?: never;
        /**
         * Deletes an analysis with its reports and rows.
         * @description Deletes an analysis with its reports and rows.
         */
        delete: operations["DeleteAnalysis"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses/{analysis_id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops an analysis that waits or runs.
         * @description Stops an analysis that waits or runs.
         */
        post: operations["CancelAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses/{analysis_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives the report of an analysis, of any of its revisions.
         * @description Gives the report of an analysis, of any of its revisions.
         */
        get: operations["GetReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses/{analysis_id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Works an analysis out again with other answers: to its question, or with corrections.
         * @description Works an analysis out again with other answers: to its question, or with corrections. The reports that it has stay.
         */
        post: operations["ReviseAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/analyses/{analysis_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the rows of a report by number; of a long file the first `analysis.max_rows` are kept.
         * @description Lists the rows of a report by number; of a long file the first `analysis.max_rows` are kept.
         */
        get: operations["ListRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the files of a workspace, newest first.
         * @description Lists the files of a workspace, newest first.
         */
        get: operations["ListFiles"];
        put?: never;
        /**
         * Keeps one file.
         * @description Send a form with one field `file`, or the bytes of the file as the body. What does not arrive to its end is not kept.
         */
        post: operations["UploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells what is known of a file.
         * @description Tells what is known of a file.
         */
        get: operations["GetFile"];
        put?: never;
        post?: never;
        /**
         * Deletes a file: it is gone for everyone at once, its bytes are removed soon after.
         * @description Deletes a file: it is gone for everyone at once, its bytes are removed soon after.
         */
        delete: operations["DeleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/files/{file_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives the bytes of a file, or a part of them.
         * @description Gives the bytes of a file, or a part of them. The file's SHA-256 is its ETag: `If-None-Match` and `If-Range` are understood. The media type is the one that the file's bytes speak for.
         */
        get: operations["DownloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace_id}/files/{file_id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a link that opens one file for a few minutes, for programs that cannot sign in, such as a browser's download.
         * @description Makes a link that opens one file for a few minutes, for programs that cannot sign in, such as a browser's download.
         */
        post: operations["CreateDownloadLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A file of an analysis. */
        AnalysedFile: {
            /** @description `fil_…`. */
            fileId: string;
            /** @description As the user calls it. */
            name: string;
        };
        /** @description One analysis with what is known of it now. */
        Analysis: {
            /**
             * Format: date-time
             * @description When it was begun.
             */
            createdAt?: string;
            /** @description Who began it, such as `usr_…`. */
            createdBy: string;
            /** @description What the newest report says in short. */
            digest?: components["schemas"]["Digest"];
            /**
             * Format: date-time
             * @description When its last revision ended.
             */
            endedAt?: string;
            /** @description Why there is no report, where the state is `failed`. */
            failure?: components["schemas"]["Failure"];
            /** @description Its files, in the order in which they are read. */
            files: components["schemas"]["AnalysedFile"][];
            /** @description `ana_…`. Of an analysis that an upload began, the same letters and digits as behind `fil_`. */
            id: string;
            /** @description How far the work is, while it is queued or runs. */
            progress?: components["schemas"]["Progress"];
            /** @description What to answer by ReviseAnalysis, where the state is `asking`. */
            question?: components["schemas"]["Question"];
            /** @description The revision of the newest report; 0 where there is none yet. */
            reportRevision: number;
            /** @description How often it was worked out with other answers, from 1. A report belongs to one revision. */
            revision: number;
            /** @description Where it stands. */
            state: components["schemas"]["AnalysisState"];
            /** @description What people call it: the name of its first file, until it is given another. */
            title: string;
            /** @description Its workspace. */
            workspaceId: string;
        };
        /** @enum {string} */
        AnalysisState: "ANALYSIS_STATE_UNSPECIFIED" | "ANALYSIS_STATE_QUEUED" | "ANALYSIS_STATE_RUNNING" | "ANALYSIS_STATE_ASKING" | "ANALYSIS_STATE_DONE" | "ANALYSIS_STATE_FAILED" | "ANALYSIS_STATE_CANCELLED";
        /** @description What the user says of the files of an analysis. */
        Answers: {
            /** @description What the user says of categories; of two corrections of one text the later one holds. */
            corrections?: components["schemas"]["Correction"][];
            /** @description Answers to questions, or corrections of what would be detected. */
            hints?: components["schemas"]["Hints"];
            /** @description Languages of the texts, `en` and `ru`; none means all. */
            languages?: ("en" | "ru")[];
        };
        /** @description What would have been forecast when fewer months were known. */
        BackTest: {
            /** @description The forecasts from that month on. */
            means: components["schemas"]["Money"][];
            /** @description The first month that was not known then, such as `2024-10`. */
            month: string;
        };
        /** @description Asks to stop an analysis. */
        CancelAnalysisRequest: {
            /** @description The analysis. */
            analysisId: string;
            /** @description Its workspace. */
            workspaceId?: string;
        };
        /** @description It stops soon, unless it has ended meanwhile. */
        CancelAnalysisResponse: {
            /** @description The analysis. */
            analysis?: components["schemas"]["Analysis"];
        };
        /** @description A category. */
        Category: {
            /** @description Stable, such as `groceries`; of a category of the user's own its name, as a file or a correction writes it. */
            key: string;
            /** @description The name by language; of a category of the user's own the same in each. */
            names: {
                [key: string]: string;
            };
        };
        /** @description One reading of an ambiguous file. */
        Choice: {
            /** @description Some values of the file under this reading. */
            preview: components["schemas"]["Preview"][];
            /** @description The hint's value, such as `dmy`. */
            value: string;
        };
        /** @description What was decided for one column. */
        Column: {
            /** @description Why: `header` (its words say so) or `values` (its values say so). */
            evidence: string;
            /** @description The header's words; empty where there is no header. */
            header: string;
            /** @description From 1. */
            number: number;
            /** @description What the column is: `date`, `value_date`, `amount`, `debit`, `credit`, `direction`, `balance`, `currency`, `counterparty`, `description`, `account`, `category`, `reference`, `status`, `quantity`, `price`, `tax`, `due_date`, `product` or `ignored`. */
            role: string;
        };
        /** @description The category that a text has. */
        Correction: {
            /** @description A category of the report by its key or name, or any name of the user's own; `uncategorized` takes the category away. */
            category: string;
            /** @description A counterparty as the report names it, or a counterparty or description as the file writes it. Only letters and digits count, in either case; every row with this text is meant. */
            text: string;
        };
        /** @description Asks for a link. */
        CreateDownloadLinkRequest: {
            /** @description Which. */
            fileId: string;
            /** @description Show it in the browser where nothing of its type runs there; it is saved otherwise. */
            inline?: boolean;
            /** @description Where the file belongs. */
            workspaceId?: string;
        };
        /** @description The link. */
        CreateDownloadLinkResponse: {
            /**
             * Format: date-time
             * @description When the link ends.
             */
            expiresAt?: string;
            /** @description A path below the server's address. */
            path: string;
        };
        /** @description It is gone; its files are not. */
        DeleteAnalysisResponse: Record<string, never>;
        /** @description It is deleted. */
        DeleteFileResponse: Record<string, never>;
        /** @description A report in short. */
        Digest: {
            /** @description The days that the transactions cover. */
            period?: components["schemas"]["Period"];
            /** @description For each currency, the largest first. */
            totals: components["schemas"]["Totals"][];
            /** @description How many there are. */
            transactions: string;
        };
        /** @description One figure. */
        Fact: {
            /** @description A number of things. */
            count?: string;
            /** @description A day, `2019-01-07`. */
            date?: string;
            /** @description Where it is measured: `currency`, `month` (2019-01), `category`, `counterparty`, `account`, `row`, `recurring` (a series of payments, by its counterparty). */
            dimensions: {
                [key: string]: string;
            };
            /** @description Stable within the report, such as `money_in/EUR/month/2019-01`. */
            id: string;
            /** @description What it is computed from. */
            lineage?: components["schemas"]["Lineage"];
            /** @description What is measured, such as `money_in`. */
            metric: string;
            money?: components["schemas"]["Money"];
            /** @description A month, `2019-01`. */
            month?: string;
            /** @description A name, such as a counterparty's. */
            name?: string;
            /** @description Any other decimal number, in the unit that the metric names, such as `6.2` of `runway_months`. */
            number?: string;
            /** @description The days it covers. */
            period?: components["schemas"]["Period"];
            /** @description A part of a whole or a relative change, such as `0.1834`. */
            ratio?: string;
        };
        /** @description Why something failed, as the error of a call would say it. */
        Failure: {
            /** @description What to do. */
            hint: string;
            /** @description One plain sentence. */
            message: string;
            /** @description The stable reason, such as `FILE_EMPTY`. */
            reason: string;
        };
        /** @description One file and what it gave. */
        File: {
            /** @description Its rows by their fate, and what its own balances prove. Its rejected rows stand in the quality of the report. */
            quality?: components["schemas"]["Quality"];
            /** @description Its rows in the report, coded as those of a Lineage: those that no file before it has. */
            rows: string;
            /** @description How it was understood. */
            source?: components["schemas"]["Source"];
        };
        /** @description Something unusual. */
        Finding: {
            /** @description Stable within the report. */
            id: string;
            /** @description What it is: `duplicate`, `unusual_amount`, `misplaced_decimal`, `new_counterparty`, `category_spike`, `missing_recurring` or `missing_amount`. */
            kind: string;
            /** @description The rows it is about, coded as those of a Lineage. */
            rows: string;
            /** @description How unusual, from 0 to 1. */
            score: number;
            /** @description One line that says why, in each language. */
            texts: components["schemas"]["Text"][];
        };
        /** @description How a file is understood, and its first transactions as they are read. */
        FirstLook: {
            /** @description The first rows, at most 50; counterparties as written, no categories yet. */
            rows: components["schemas"]["Row"][];
            /** @description What is known before all rows are read. */
            source?: components["schemas"]["Source"];
        };
        /** @description A figure by month, continued. */
        Forecast: {
            /** @description What the method would have said before, oldest first. */
            backTests: components["schemas"]["BackTest"][];
            /** @description ISO 4217; empty where the file does not state one. */
            currency: string;
            /** @description The facts that it goes on from, by id: one for each full month, oldest first. */
            history: string[];
            /** @description How: `ets`, `theta`, `seasonal_naive`, or `median` of these. docs/how-forecasts-are-made.md tells more. */
            method: string;
            /** @description The metric that is continued: `net`, `money_in` or `money_out`. */
            metric: string;
            /** @description The months after them; none where there is no forecast. */
            months: components["schemas"]["ForecastMonth"][];
            /** @description Where it is too short: how many full months are needed. */
            needed: number;
            /** @description Why there is no forecast: `SERIES_TOO_SHORT`, or `FORECAST_UNAVAILABLE` where the forecast service did not answer. */
            reason: string;
            /** @description How far off each method was then, the best first. */
            scores: components["schemas"]["ForecastScore"][];
        };
        /** @description A month to come. The middle and the 80 % interval are facts as well: `forecast_net`, `forecast_net_low` and `forecast_net_high` of the month, and so for the other metrics. */
        ForecastMonth: {
            /** @description Its upper end. */
            high80?: components["schemas"]["Money"];
            /** @description Its upper end. */
            high95?: components["schemas"]["Money"];
            /** @description The lower end of the interval that holds the true amount in 80 of 100 cases. */
            low80?: components["schemas"]["Money"];
            /** @description The lower end of the interval that holds it in 95 of 100 cases. */
            low95?: components["schemas"]["Money"];
            /** @description The middle. */
            mean?: components["schemas"]["Money"];
            /** @description Such as `2025-02`. */
            month: string;
        };
        /** @description One point that is forecast, with the intervals that hold the true value in 80 and in 95 of 100 cases. */
        ForecastPoint: {
            /** @description Its upper end. */
            high80: number;
            /** @description Its upper end. */
            high95: number;
            /** @description The lower end of the 80 % interval. */
            low80: number;
            /** @description The lower end of the 95 % interval. */
            low95: number;
            /** @description The middle. */
            mean: number;
        };
        /** @description How far off a method was in the back-test. */
        ForecastScore: {
            /** @description The mean absolute error over that of a naive forecast; absent where the figure never changes. */
            mase?: number;
            /** @description As the method of a forecast. */
            method: string;
            /** @description The mean symmetric absolute error, in percent, from 0 to 200. */
            smape: number;
        };
        /** @description One series and how far to look. */
        ForecastSeriesRequest: {
            /** @description How many points to forecast. */
            horizon: number;
            /** @description Points of one season, such as 12 for months in a year; 0 or 1 where there is none. */
            season?: number;
            /** @description Evenly spaced in time, oldest first, all finite. Fewer than 8 are refused as `SERIES_TOO_SHORT`. */
            values?: number[];
        };
        /** @description What comes next. */
        ForecastSeriesResponse: {
            /** @description The method of the points: `ets`, `theta`, `seasonal_naive`, or `median` of these. */
            method: string;
            /** @description What the method would have said before, oldest first. */
            past: components["schemas"]["PastForecast"][];
            /** @description One for each point asked for. */
            points: components["schemas"]["ForecastPoint"][];
            /** @description How far off each method was then, the best first. */
            scores: components["schemas"]["MethodScore"][];
        };
        /** @description One file format. */
        Format: {
            /** @description File name endings, without the dot. */
            extensions: string[];
            /** @description The stable name, such as `csv`. */
            name: string;
            /** @description What people call it. */
            title: string;
        };
        /** @description The analysis. */
        GetAnalysisResponse: {
            /** @description As it stands now. */
            analysis?: components["schemas"]["Analysis"];
        };
        /** @description The file. */
        GetFileResponse: {
            /** @description It. */
            file?: components["schemas"]["StoredFile"];
        };
        /** @description The report. */
        GetReportResponse: {
            /** @description As it was worked out. */
            report?: components["schemas"]["Report"];
            /** @description Of which revision it is. */
            revision: number;
        };
        /** @description The server's facts. */
        GetServerResponse: {
            /** @description What the edge accepts. */
            limits?: components["schemas"]["Limits"];
            /** @description The targets that run in the answering process. */
            targets: string[];
            /** @description The release, such as `0.1.0`. */
            version: string;
            /** @description Where the caller works: the workspace whose files and analyses they may name. Empty where nobody is known: nothing that they send is kept. */
            workspaceId: string;
        };
        /** @description Answers to what a file leaves open. The names are those of the command line's flags. */
        Hints: {
            /** @description The currency of a file that does not state one, ISO 4217. */
            currency?: string;
            /**
             * @description The order of day, month and year in dates that leave it open.
             * @enum {string}
             */
            dateOrder?: "dmy" | "mdy" | "ymd";
            /**
             * @description The decimal separator of amounts that leave it open.
             * @enum {string}
             */
            decimal?: "." | ",";
            /**
             * @description What a positive amount is where one column holds all amounts: money in (`plus_in`), or money out (`plus_out`), as on statements of cards.
             * @enum {string}
             */
            sign?: "plus_in" | "plus_out";
        };
        /** @description What the edge accepts. */
        Limits: {
            /** @description The largest file, in bytes. */
            maxUploadBytes: string;
        };
        /** @description What a figure is computed from. */
        Lineage: {
            /** @description Other facts, by id. */
            facts: string[];
            /** @description How, such as `money_in - money_out`; empty for a plain sum or count of the rows. */
            formula: string;
            /** @description The rows, by their number from 1, as a set of ranges. For each range, ascending: how many rows are skipped since the range before (since the start, for the first), then how many rows it has, minus one; both as unsigned LEB128 (7 bits a byte, low bits first, the high bit says that more follow). Rows 1 to 3, 5 and 300 are the bytes `00 02 01 00 a6 02 00`. docs/reference/rows.md decodes them in a few lines. */
            rows: string;
        };
        /** @description A page of analyses. */
        ListAnalysesResponse: {
            /** @description Newest first. */
            analyses: components["schemas"]["Analysis"][];
            /** @description For the next page; empty where this is the last. */
            nextPageToken: string;
        };
        /** @description Some files. */
        ListFilesResponse: {
            /** @description Newest first. */
            files: components["schemas"]["StoredFile"][];
            /** @description Asks for the page that follows; empty on the last one. */
            nextPageToken: string;
        };
        /** @description The formats. */
        ListFormatsResponse: {
            /** @description Sorted by name. */
            formats: components["schemas"]["Format"][];
        };
        /** @description Some rows. */
        ListRowsResponse: {
            /** @description The number of the row behind the last of these; 0 where no more are kept. */
            next: number;
            /** @description By number. */
            rows: components["schemas"]["Row"][];
        };
        /** @description How far off a method was in the back-test. */
        MethodScore: {
            /** @description The mean absolute error over that of a naive forecast; absent where the series never changes. */
            mase?: number;
            /** @description As the method of a forecast. */
            method: string;
            /** @description The mean symmetric absolute error, in percent, from 0 to 200. */
            smape: number;
        };
        /** @description An exact amount. */
        Money: {
            /** @description A decimal number with the file's own number of decimals, such as `-1284530.17`. */
            amount: string;
            /** @description ISO 4217; empty where the file does not state one. */
            currency: string;
        };
        /** @description What would have been forecast when fewer points were known. */
        PastForecast: {
            /** @description How many points were known. */
            known: number;
            /** @description The forecasts of the points behind them. */
            means: number[];
        };
        /** @description Days, both included. */
        Period: {
            /** @description The first day, `2019-01-01`. */
            from: string;
            /** @description The last day. */
            to: string;
        };
        /** @description A value as the file writes it and as it would be read. */
        Preview: {
            /** @description Such as `2025-04-03`. */
            read: string;
            /** @description Such as `03/04/2025`. */
            written: string;
        };
        /** @description A failure (RFC 9457). */
        Problem: {
            /** @description One sentence for a person. */
            detail: string;
            /** @description The part that failed. */
            domain: string;
            /** @description What to do next. */
            hint: string;
            /** @description Values of the message for programs. */
            metadata: {
                [key: string]: string;
            };
            question?: components["schemas"]["Question"];
            /** @description The stable cause; match on this. */
            reason: string;
            /** @description The HTTP status. */
            status: number;
            /** @description The HTTP status in words. */
            title: string;
            /** @description Names this request in the logs and traces. */
            traceId: string;
            /** @description Always about:blank; the reason tells the cause. */
            type: string;
            violations: {
                /** @description What its rule asks for. */
                description: string;
                /** @description The field. */
                field: string;
            }[];
        };
        /** @description Where the work stands. */
        Progress: {
            /** @description While it is queued: the analyses that wait too and came first. 0: the next turn is this one's. */
            ahead: number;
            /** @description Work done in this stage, in its own unit (bytes or rows). */
            done: string;
            /** @description The stage that runs now. */
            stage: components["schemas"]["Stage"];
            /** @description All work of this stage; 0 if unknown. */
            total: string;
        };
        /** @description What the file's own balances prove. */
        Proof: {
            /** @description The first line where it does not hold, from 1; 0 where no line can be named. */
            line: string;
            /** @description How it was proved: `running_balance`, `opening_and_closing`, of books `double_entry` (debits = credits) or `account_balances` (opening + debits - credits = closing for every account), or of invoices and sales `line_sums` (quantity x price = amount, net + tax = gross). */
            method: string;
            /** @description What is missing: stated balance minus computed balance. */
            missing?: components["schemas"]["Money"];
            /** @description Which balances the file states: `opening` or `closing` where it is that alone, `several`, empty where there is none. */
            stated: string;
            status: components["schemas"]["ProofStatus"];
        };
        /** @enum {string} */
        ProofStatus: "STATUS_UNSPECIFIED" | "STATUS_RECONCILED" | "STATUS_NOT_RECONCILED";
        /** @description What was read, left out and proved. rows_read = transactions + recognized + rejected + in_other_files. */
        Quality: {
            /** @description Transactions that a file before has as well, and that are counted there. Real twins within a file are not among them. */
            inOtherFiles: string;
            /** @description What the file's own balances prove; of several files the first proof that failed, else that of all. */
            proof?: components["schemas"]["Proof"];
            /** @description Rows known not to be transactions: balances, totals, pending and zero rows. */
            recognized: string;
            /** @description Rows that could not be read. */
            rejected: string;
            /** @description The first rejected rows, at most 1,000. */
            rejectedRows: components["schemas"]["RejectedRow"][];
            /** @description Rows that hold anything, without the header. */
            rowsRead: string;
            /** @description Rows that became transactions. */
            transactions: string;
        };
        /** @description One question with all that is needed to answer it. */
        Question: {
            /** @description The readings, most likely first. */
            choices: components["schemas"]["Choice"][];
            /** @description The header of the column it is about. */
            column: string;
            /** @description The file it is about, as the user knows it. */
            fileName: string;
            /** @description The field of Hints that answers it. */
            hint: string;
            /** @description Stable, such as `DATE_ORDER_AMBIGUOUS`. */
            reason: string;
        };
        /** @description A row that could not be read. */
        RejectedRow: {
            /** @description The header of the column at fault. */
            column: string;
            /** @description Its file by its place in the report, from 1. */
            file: number;
            /** @description The line in the file, from 1. */
            line: string;
            /** @description A stable reason, such as `DATE_NOT_READ`. */
            reason: string;
            /** @description The value at fault, shortened. */
            value: string;
        };
        /** @description The whole analysis of one file, or of several as one ledger. */
        Report: {
            /** @description Names of the categories that the facts and rows use. */
            categories: components["schemas"]["Category"][];
            /** @description Every figure. Ids are unique. */
            facts: components["schemas"]["Fact"][];
            /** @description The files, as they were given. */
            files: components["schemas"]["File"][];
            /** @description What is unusual, most unusual first. */
            findings: components["schemas"]["Finding"][];
            /** @description What comes next: for each currency, by month, the net, money in and money out, each by itself. */
            forecasts: components["schemas"]["Forecast"][];
            /** @description What was read, left out and proved; of several files together. */
            quality?: components["schemas"]["Quality"];
            /** @description The sentences that matter, most important first. */
            sentences: components["schemas"]["Sentence"][];
            /** @description What was read, and how it was understood; of several files the first. */
            source?: components["schemas"]["Source"];
            /** @description The texts of corrections that no row has, as they were given: these corrections changed nothing. */
            unmatchedCorrections: string[];
            /** @description The version of this message's meaning; it grows when a field changes its meaning. */
            version: number;
        };
        /** @description Asks to work an analysis out again. */
        ReviseAnalysisRequest: {
            /** @description The analysis. */
            analysisId: string;
            /** @description All that the user says of the files; what was said before holds no more. */
            answers?: components["schemas"]["Answers"];
            /** @description Its workspace. */
            workspaceId?: string;
        };
        /** @description It is worked out again. */
        ReviseAnalysisResponse: {
            /** @description The analysis with its new revision; reports of earlier ones are kept. */
            analysis?: components["schemas"]["Analysis"];
        };
        /** @description One transaction as it was read. */
        Row: {
            /** @description The account, where stated. */
            account: string;
            /** @description Positive for money in, negative for money out. */
            amount?: components["schemas"]["Money"];
            /** @description The running balance after this row, where stated. */
            balance?: components["schemas"]["Money"];
            /** @description The category's key. */
            category: string;
            /** @description How often a category that was learnt like this one is right, from 0 to 1; 0 where it was not learnt. */
            categoryConfidence: number;
            /** @description Why this category: `corrected` (the user says so), `file` (the file says so), `rule`, `transfer` (half of one between two accounts of the file), `learned` (rows like it have it), or `none`. */
            categoryReason: string;
            /** @description The other side, as normalised. */
            counterparty: string;
            /** @description Booking date, `2019-01-07`. */
            date: string;
            /** @description The text of the row. */
            description: string;
            /** @description Its file by its place in the report, from 1. */
            file: number;
            /** @description The line in the file, from 1. */
            line: string;
            /** @description From 1, in file order. */
            number: number;
        };
        /** @description Some rows. */
        RowBatch: {
            /** @description In file order. */
            rows: components["schemas"]["Row"][];
        };
        /** @description A piece of a text. */
        Segment: {
            /** @description The fact shown; empty for words. */
            fact: string;
            /** @description The words, or the fact's value as the language writes it. */
            text: string;
        };
        /** @description One sentence of the narrative. */
        Sentence: {
            /** @description The sentence in each language. */
            texts: components["schemas"]["Text"][];
            /** @description What it speaks of: `overview`, `cash_flow`, `categories`, `counterparties`, `recurring`, `forecast`, `quality`. */
            topic: string;
        };
        /** @description What was read, and how it was understood. */
        Source: {
            /** @description What the transactions are: `movements`, the rows of the file; of books `money_accounts`, the entries of cash and bank accounts with debits as money in, or `income_and_expenses`, or `accounts`, where there are sums by account only. */
            basis: string;
            /** @description The columns of a table, in file order. */
            columns: components["schemas"]["Column"][];
            /** @description The order of day, month and year: `dmy`, `mdy`, `ymd`. */
            dateOrder: string;
            /** @description The decimal separator of the amounts. */
            decimal: string;
            /** @description The delimiter of a delimited table. */
            delimiter: string;
            /** @description The encoding by content, such as `windows-1251`. */
            encoding: string;
            /** @description As the user calls it. */
            fileName: string;
            /** @description The format's stable name, such as `csv` or `ofx`. */
            format: string;
            /** @description The line of the header, from 1; 0 where there is none. */
            headerLine: string;
            /** @description What kind of document it is: `statement`, `ledger`, `trial_balance`, `invoices` or `sales`. */
            kind: string;
            /** @description Headers that tell the kind; none for a statement. */
            kindEvidence: string[];
            /** @description SHA-256 of the bytes, in hexadecimal. */
            sha256: string;
            /** @description What a positive amount is where one column holds all amounts: money in (`plus_in`) or money out (`plus_out`: every sign was turned). Empty where columns, marks or the format tell the direction. */
            sign: string;
            /** @description Size in bytes. */
            sizeBytes: string;
        };
        /** @enum {string} */
        Stage: "STAGE_UNSPECIFIED" | "STAGE_UPLOADING" | "STAGE_DETECTING" | "STAGE_READING" | "STAGE_ENRICHING" | "STAGE_COMPUTING" | "STAGE_WRITING" | "STAGE_QUEUED";
        /** @description Begins an analysis. */
        StartAnalysisRequest: {
            /** @description What the user says of the files. */
            answers?: components["schemas"]["Answers"];
            /** @description The files, in the order in which they are read; what several have in common is counted once. */
            fileIds: string[];
            /** @description What people call it; empty means the name of the first file. */
            title?: string;
            /** @description The workspace of the files. */
            workspaceId?: string;
        };
        /** @description It was begun. */
        StartAnalysisResponse: {
            /** @description The analysis. */
            analysis?: components["schemas"]["Analysis"];
        };
        /** @description A file that is kept. */
        StoredFile: {
            /** @description The media type that its bytes speak for. */
            contentType: string;
            /**
             * Format: date-time
             * @description When it was complete.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When it will be deleted by itself; never if absent.
             */
            expiresAt?: string;
            /** @description Such as `fil_0198c2f4e7d27a5b9c3d1e6f8a0b2c4d`. */
            id: string;
            /** @description Its name as it was given; never trusted. */
            name: string;
            /** @description SHA-256 of its bytes, in hexadecimal digits. */
            sha256: string;
            /** @description Its length. */
            sizeBytes: string;
            /** @description Who uploaded it; empty where no person did. */
            uploadedBy: string;
            /** @description Where it belongs. */
            workspaceId: string;
        };
        /** @description A text whose numbers are all facts. */
        Text: {
            /** @description `en` or `ru`. */
            language: string;
            /** @description Words and facts in reading order. */
            segments: components["schemas"]["Segment"][];
        };
        /** @description What moved in one currency. */
        Totals: {
            /** @description All that came in. */
            moneyIn?: components["schemas"]["Money"];
            /** @description All that went out, positive. */
            moneyOut?: components["schemas"]["Money"];
            /** @description The one minus the other. */
            net?: components["schemas"]["Money"];
        };
        /** @description The file as it is kept now. */
        UploadFileResponse: {
            /** @description With its id. */
            file?: components["schemas"]["StoredFile"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Analyze: {
        parameters: {
            query?: {
                /** @description The name of a raw body; a form brings its own. */
                file_name?: string;
                /** @description Languages of the texts with a comma between; all if absent. */
                languages?: string;
                /** @description Send the rows behind the figures; only with the event stream. */
                rows?: boolean;
                /** @description The order of day, month and year in dates that leave it open. */
                date_order?: "dmy" | "mdy" | "ymd";
                /** @description The decimal separator of amounts that leave it open. */
                decimal?: "." | ",";
                /** @description The currency of a file that does not state one, ISO 4217. */
                currency?: string;
                /** @description What a positive amount is where one column holds all amounts: money in (`plus_in`), or money out (`plus_out`), as on statements of cards. */
                sign?: "plus_in" | "plus_out";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "multipart/form-data": {
                    corrections?: components["schemas"]["Correction"][];
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "text/event-stream": string;
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `QUERY_INVALID`, `FORM_INVALID`, `CORRECTIONS_INVALID`, `CORRECTION_INVALID`, `TOO_MANY_FILES`, `CURRENCY_UNKNOWN`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`, `FILE_TOO_LARGE`, `LINE_TOO_LONG`, `TOO_MANY_COLUMNS`, `TOO_MANY_ROWS`, `ARCHIVE_TOO_LARGE`, `WORKBOOK_TOO_LARGE`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `FILE_EMPTY`, `FILE_IS_IMAGE`, `FILE_IS_PDF`, `FILE_IS_BINARY`, `FORMAT_NOT_SUPPORTED`, `NOT_A_TABLE`, `NO_STATEMENT`, `NO_DATE_COLUMN`, `NO_AMOUNT_COLUMN`, `ACCOUNT_OF_NO_MONEY`, `FILE_CUT_OFF`, `FILE_DAMAGED`, `AMOUNT_OVERFLOW`, `ARCHIVE_HOLDS_SEVERAL_FILES`, `ARCHIVE_ENCRYPTED`, `ARCHIVE_DAMAGED`, `ARCHIVE_NESTED`, `WORKBOOK_ENCRYPTED`, `WORKBOOK_DAMAGED`, `WORKBOOK_HOLDS_SEVERAL_TABLES`, `DATE_ORDER_AMBIGUOUS`, `DECIMAL_AMBIGUOUS`, `DIRECTION_UNKNOWN`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`, `ANALYSIS_CANCELLED`, `ANSWER_NOT_READ`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `SERVER_BUSY`, `SPOOL_FULL`, `SPOOL_NOT_WRITABLE`, `SCRATCH_NOT_WRITABLE`, `SCRATCH_NOT_READABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ANALYSIS_TIMED_OUT`, `FORECAST_TIMED_OUT`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ForecastSeries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ForecastSeriesRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastSeriesResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `SERIES_TOO_SHORT`, `SERIES_OUT_OF_RANGE`, `VALUE_NOT_FINITE`, `HORIZON_INVALID`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListFormats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFormatsResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DownloadLinkedFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes, such as bytes=0-1023. */
                Range?: string;
            };
            path: {
                /** @description The last part of the path of a link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The file is the one that the caller has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetServerResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListAnalyses: {
        parameters: {
            query?: {
                /** @description How many at most; 0 means 50. */
                pageSize?: number;
                /** @description Where to go on: `next_page_token` of the page before, with the same search. */
                pageToken?: string;
                /** @description Only those whose title or file names hold these words, in either case; empty means all. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description The workspace. */
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAnalysesResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    StartAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workspace of the files. */
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartAnalysisRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartAnalysisResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description `ana_…`. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetAnalysisResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeleteAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description The analysis. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteAnalysisResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CancelAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description The analysis. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelAnalysisRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelAnalysisResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetReport: {
        parameters: {
            query?: {
                /** @description Which revision; 0 means the newest that has a report. */
                revision?: number;
            };
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description The analysis. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetReportResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ReviseAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description The analysis. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseAnalysisRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviseAnalysisResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListRows: {
        parameters: {
            query?: {
                /** @description Which revision; 0 means the newest that has a report. */
                revision?: number;
                /** @description The number of the first row; 0 means 1. */
                first?: number;
                /** @description How many at most; 0 means 1,000. */
                pageSize?: number;
            };
            header?: never;
            path: {
                /** @description Its workspace. */
                workspace_id: string;
                /** @description The analysis. */
                analysis_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRowsResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListFiles: {
        parameters: {
            query?: {
                /** @description At most this many; 0 means 50. */
                pageSize?: number;
                /** @description `next_page_token` of the page before; empty for the first page. */
                pageToken?: string;
                /** @description Only files whose name holds this text, in either case. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description Where the files belong. */
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFilesResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    UploadFile: {
        parameters: {
            query?: {
                /** @description The name of a raw body; a form brings its own. */
                file_name?: string;
                /** @description Begin an analysis of it, in the background. Its id has the same letters and digits behind `ana_` as the file's behind `fil_`. */
                analyze?: boolean;
            };
            header?: never;
            path: {
                /** @description Where the file belongs. */
                workspace_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
                "multipart/form-data": {
                    file: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadFileResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`, `QUERY_INVALID`, `FORM_INVALID`, `CORRECTIONS_INVALID`, `CORRECTION_INVALID`, `TOO_MANY_FILES`, `CURRENCY_UNKNOWN`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`, `FILE_TOO_LARGE`, `LINE_TOO_LONG`, `TOO_MANY_COLUMNS`, `TOO_MANY_ROWS`, `ARCHIVE_TOO_LARGE`, `WORKBOOK_TOO_LARGE`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `FILE_EMPTY`, `FILE_IS_IMAGE`, `FILE_IS_PDF`, `FILE_IS_BINARY`, `FORMAT_NOT_SUPPORTED`, `NOT_A_TABLE`, `NO_STATEMENT`, `NO_DATE_COLUMN`, `NO_AMOUNT_COLUMN`, `ACCOUNT_OF_NO_MONEY`, `FILE_CUT_OFF`, `FILE_DAMAGED`, `AMOUNT_OVERFLOW`, `ARCHIVE_HOLDS_SEVERAL_FILES`, `ARCHIVE_ENCRYPTED`, `ARCHIVE_DAMAGED`, `ARCHIVE_NESTED`, `WORKBOOK_ENCRYPTED`, `WORKBOOK_DAMAGED`, `WORKBOOK_HOLDS_SEVERAL_TABLES`, `DATE_ORDER_AMBIGUOUS`, `DECIMAL_AMBIGUOUS`, `DIRECTION_UNKNOWN`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`, `ANALYSIS_CANCELLED`, `ANSWER_NOT_READ`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `SERVER_BUSY`, `SPOOL_FULL`, `SPOOL_NOT_WRITABLE`, `SCRATCH_NOT_WRITABLE`, `SCRATCH_NOT_READABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ANALYSIS_TIMED_OUT`, `FORECAST_TIMED_OUT`, `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Where the file belongs. */
                workspace_id: string;
                /** @description Which. */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetFileResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeleteFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Where the file belongs. */
                workspace_id: string;
                /** @description Which. */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteFileResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DownloadFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes, such as bytes=0-1023. */
                Range?: string;
            };
            path: {
                /** @description Where the file belongs. */
                workspace_id: string;
                /** @description Which. */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The file is the one that the caller has. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateDownloadLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Where the file belongs. */
                workspace_id: string;
                /** @description Which. */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateDownloadLinkRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateDownloadLinkResponse"];
                };
            };
            /** @description Not done: `REQUEST_INVALID`, `BODY_NOT_READ`, `UPLOAD_BROKEN_OFF`, `ENCODING_INVALID`, `PAGE_TOKEN_INVALID`, `IDEMPOTENCY_KEY_REUSED`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SIGN_IN_REQUIRED`, `TOKEN_INVALID`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_INTERNAL`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SCOPE_NOT_FOUND`, `PATH_UNKNOWN`, `ANALYSIS_NOT_FOUND`, `REPORT_NOT_FOUND`, `FILE_NOT_FOUND`, `LINK_INVALID`, `LINK_EXPIRED`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `METHOD_NOT_ALLOWED`, `METHOD_UNKNOWN`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `REQUEST_STALLED`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `LEASE_LOST`, `QUOTA_EXCEEDED`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `BODY_TOO_LARGE`, `ANALYSIS_TOO_LONG`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `ENCODING_NOT_ACCEPTED`, `CONTENT_TYPE_NOT_ACCEPTED`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RANGE_INVALID`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `RATE_LIMITED`. */
            429: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `CANCELLED`. */
            499: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `INTERNAL`, `JOB_ABANDONED`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `SERVICE_UNAVAILABLE`, `SHUTTING_DOWN`, `DATABASE_UNAVAILABLE`, `STORAGE_UNAVAILABLE`, `TRANSFERS_BUSY`. */
            503: {
                headers: {
                    /** @description Seconds to wait, where they are known. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not done: `UPLOAD_TOO_SLOW`. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
