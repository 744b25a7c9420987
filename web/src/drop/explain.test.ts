// What a reader is told about a problem, in both languages.
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemFrom } from '../api/problem';
import type { Problem } from '../api/types';
import { createFormat } from '../format/format';
import { en } from '../i18n/en';
import { ru } from '../i18n/ru';
import { explain, mayPass } from './explain';

beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  });
});

const tell = (problem: Problem, language: 'en' | 'ru') =>
  explain(problem, createFormat(language), i18next.getFixedT(language), (key) => i18next.exists(key));

describe('explain', () => {
  it('has its own words for a known reason, with the place', () => {
    const problem = { reason: 'FILE_CUT_OFF', detail: 'the file ends …', metadata: { line: '214' } };
    expect(tell(problem, 'en').detail).toBe('The file ends in the middle of what starts at line 214.');
    expect(tell(problem, 'ru').detail).toBe('Файл обрывается на середине записи, начатой в строке 214.');
    expect(tell(problem, 'ru').original).toBeUndefined();
  });

  it('writes limits as sizes', () => {
    const problem = { reason: 'FILE_TOO_LARGE', metadata: { limit_bytes: '209715200' } };
    expect(tell(problem, 'en').detail).toContain('200\u00a0MB');
    expect(tell(problem, 'ru').detail).toContain('200\u00a0МБ');
  });

  it('keeps the server’s own sentence where the reason is new', () => {
    const problem = { reason: 'SOMETHING_NEW', detail: 'line 7 is odd' };
    expect(tell(problem, 'ru')).toMatchObject({
      detail: 'Сервер не принял файл по причине SOMETHING_NEW.',
      original: 'Line 7 is odd.',
    });
  });
});

describe('explain without details', () => {
  it('leaves no gap in its own words', () => {
    const problem = { reason: 'FILE_IS_IMAGE', detail: 'the file is a picture' };
    const told = tell(problem, 'en');
    expect(told.original).toBe('The file is a picture.');
    expect(told.detail).not.toContain('()');
    expect(told.hint).toContain('CSV or OFX');
  });
});

describe('mayPass', () => {
  it('tells what is worth another try', () => {
    expect(mayPass({ reason: 'CLIENT_UNREACHABLE' })).toBe(true);
    expect(mayPass({ reason: 'SOMETHING_NEW', status: 503 })).toBe(true);
    expect(mayPass({ reason: 'FILE_EMPTY', status: 422 })).toBe(false);
  });
});

describe('problemFrom', () => {
  it('reads a problem, and makes one of anything else by its status', () => {
    expect(problemFrom('{"reason":"FILE_EMPTY","traceId":"1"}', 422)).toEqual({ reason: 'FILE_EMPTY', traceId: '1' });
    expect(problemFrom('<html>', 413)).toEqual({ reason: 'CLIENT_TOO_LARGE', status: 413 });
    expect(problemFrom('{"title":"Bad"}', 502)).toEqual({ title: 'Bad', reason: 'CLIENT_SERVER', status: 502 });
    expect(problemFrom('null', 429).reason).toBe('CLIENT_TOO_MANY');
  });
});
