// The event parser against streams cut at every place.
import { describe, expect, it } from 'vitest';
import { EventParser, type ServerEvent } from './sse';

function parse(...pieces: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = new EventParser((event) => events.push(event));
  for (const piece of pieces) parser.push(piece);
  return events;
}

describe('EventParser', () => {
  const stream =
    ': hello\n\nevent: progress\ndata: {"stage":"STAGE_READING"}\n\nid: 7\nevent: report\r\ndata: {"a":\r\ndata: "день"}\r\n\r\n';
  const expected = [
    { event: 'progress', data: '{"stage":"STAGE_READING"}' },
    { event: 'report', data: '{"a":\n"день"}' },
  ];

  it('reads events whole', () => {
    expect(parse(stream)).toEqual(expected);
  });

  it('gives the same events wherever the stream is cut', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      expect(parse(stream.slice(0, cut), stream.slice(cut))).toEqual(expected);
    }
    expect(parse(...stream)).toEqual(expected);
  });

  it('keeps an event without its blank line for itself', () => {
    expect(parse('event: report\ndata: {}\n')).toEqual([]);
  });

  it('names an event without a name "message", ignores comments and a byte order mark', () => {
    expect(parse('\uFEFFdata:x\n\n:keep-alive\n\n')).toEqual([{ event: 'message', data: 'x' }]);
  });

  it('removes one space after the colon and no more', () => {
    expect(parse('data:  x\n\n')).toEqual([{ event: 'message', data: ' x' }]);
  });
});
