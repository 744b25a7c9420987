// The contract with the server as protobuf JSON: 64-bit integers are strings, unset messages are absent.

export type Language = 'en' | 'ru';

/** An exact decimal string with its currency; the currency is empty where the file states none. */
export interface Money {
  amount: string;
  currency: string;
}

export type Stage =
  | 'STAGE_UNSPECIFIED'
  | 'STAGE_UPLOADING'
  | 'STAGE_DETECTING'
  | 'STAGE_READING'
  | 'STAGE_ENRICHING'
  | 'STAGE_COMPUTING'
  | 'STAGE_WRITING';

export interface Progress {
  stage: Stage;
  done: string;
  total: string;
}

export interface Row {
  number: number;
  line: string;
  date: string;
  amount?: Money;
  counterparty: string;
  description: string;
  category: string;
  categoryReason: string;
  balance?: Money;
  account: string;
}

export interface RowBatch {
  rows: Row[];
}

export interface RowRange {
  first: number;
  last: number;
}

export interface Lineage {
  rows: RowRange[];
  facts: string[];
  formula: string;
}

export interface Period {
  from: string;
  to: string;
}

export interface Fact {
  id: string;
  metric: string;
  dimensions: Record<string, string>;
  money?: Money;
  count?: string;
  ratio?: string;
  date?: string;
  name?: string;
  month?: string;
  period?: Period;
  lineage?: Lineage;
}

export interface Segment {
  text: string;
  fact: string;
}

export interface Text {
  language: string;
  segments: Segment[];
}

export interface Sentence {
  topic: string;
  texts: Text[];
}

export interface Finding {
  id: string;
  kind: string;
  score: number;
  rows: RowRange[];
  texts: Text[];
}

export interface Category {
  key: string;
  names: Record<string, string>;
}

export interface Column {
  number: number;
  header: string;
  role: string;
  evidence: string;
}

export interface Source {
  fileName: string;
  sizeBytes: string;
  sha256: string;
  format: string;
  encoding: string;
  delimiter: string;
  headerLine: string;
  columns: Column[];
  dateOrder: string;
  decimal: string;
}

export interface RejectedRow {
  line: string;
  reason: string;
  column: string;
  value: string;
}

export interface Proof {
  status: 'STATUS_UNSPECIFIED' | 'STATUS_RECONCILED' | 'STATUS_NOT_RECONCILED';
  method: string;
  missing?: Money;
  line: string;
}

export interface Quality {
  rowsRead: string;
  transactions: string;
  recognized: string;
  rejected: string;
  rejectedRows: RejectedRow[];
  proof?: Proof;
}

export interface Report {
  version: number;
  source?: Source;
  quality?: Quality;
  facts: Fact[];
  findings: Finding[];
  sentences: Sentence[];
  categories: Category[];
}

export interface Reading {
  written: string;
  read: string;
}

export interface Choice {
  value: string;
  preview: Reading[];
}

/** The file has two readings: the answer goes back as the query parameter `hint`. */
export interface Question {
  reason: string;
  hint: string;
  column: string;
  choices: Choice[];
}

/** An RFC 9457 problem. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  reason: string;
  hint?: string;
  traceId?: string;
  violations?: { field: string; description: string }[];
  metadata?: Record<string, string>;
}

export interface ServerInfo {
  version: string;
  targets: string[];
  limits?: { maxUploadBytes: string; maxRows: string };
}

export interface FileFormat {
  name: string;
  title: string;
  extensions: string[];
}

/** Answers to questions, by the name of the query parameter. */
export type Hints = Partial<Record<string, string>>;
