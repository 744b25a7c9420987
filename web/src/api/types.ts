// The contract as the page names it. The shapes are generated from the OpenAPI document; by hand are only names.
// It is protobuf JSON: 64-bit integers are strings, unset messages are absent.

import type { components } from './schema';

type Schemas = components['schemas'];

export type Language = 'en' | 'ru';

export type Money = Schemas['Money'];
export type Progress = Schemas['Progress'];
export type Stage = Schemas['Stage'];
export type Row = Schemas['Row'];
export type FirstLook = Schemas['FirstLook'];
export type RowBatch = Schemas['RowBatch'];
export type Lineage = Schemas['Lineage'];
export type Period = Schemas['Period'];
export type Fact = Schemas['Fact'];
export type Segment = Schemas['Segment'];
export type Text = Schemas['Text'];
export type Sentence = Schemas['Sentence'];
export type Forecast = Schemas['Forecast'];
export type Finding = Schemas['Finding'];
export type Category = Schemas['Category'];
export type Column = Schemas['Column'];
export type Source = Schemas['Source'];
export type RejectedRow = Schemas['RejectedRow'];
export type Proof = Schemas['Proof'];
export type Quality = Schemas['Quality'];
export type Report = Schemas['Report'];
export type Reading = Schemas['Preview'];
export type Choice = Schemas['Choice'];

/** The file has two readings: the answer goes back as the query parameter `hint`. */
export type Question = Schemas['Question'];

/** An RFC 9457 problem. The page makes some itself, where no server answered: only the reason is sure. */
export type Problem = Partial<Schemas['Problem']> & Pick<Schemas['Problem'], 'reason'>;

export type ServerInfo = Schemas['GetServerResponse'];
export type FileFormat = Schemas['Format'];

/** Answers to questions, by the name of the query parameter. */
export type Hints = Partial<Record<string, string>>;

/** An analysis that the server keeps. */
export type Analysis = Schemas['Analysis'];
export type AnalysisState = Schemas['AnalysisState'];
export type AnalysisList = Schemas['ListAnalysesResponse'];
export type Answers = Schemas['Answers'];
