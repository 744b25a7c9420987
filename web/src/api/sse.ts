// Splits a text stream into Server-Sent Events as the WHATWG standard defines them.

export interface ServerEvent {
  event: string;
  data: string;
}

/** Feed it pieces of the stream in order, cut anywhere; it calls back once for each complete event. */
export class EventParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private started = false;

  constructor(private readonly emit: (event: ServerEvent) => void) {}

  push(piece: string): void {
    let text = this.rest + piece;
    if (!this.started && text.length > 0) {
      this.started = true;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    let from = 0;
    for (;;) {
      const end = lineEnd(text, from);
      if (end < 0) break;
      this.line(text.slice(from, end));
      from = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    }
    this.rest = text.slice(from);
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data.length > 0) this.emit({ event: this.event || 'message', data: this.data.join('\n') });
      this.event = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
  }
}

/** Where the next line ends, or -1. A carriage return at the very end may be half of a CRLF, so it waits. */
function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const carriage = text.indexOf('\r', from);
  if (carriage >= 0 && (feed < 0 || carriage < feed)) return carriage === text.length - 1 ? -1 : carriage;
  return feed;
}
