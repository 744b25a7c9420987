// When a report was made, in the reader's own time.
import { plainYear } from '../format/format';

export function madeAt(at: number, locale: string): string {
  return plainYear(new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(at));
}
