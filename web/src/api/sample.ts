// A statement of our own to try: fourteen months of a small café, in the reader's language and currency.
import type { Language } from './types';

/** Fails where the server does not give it. */
export async function sampleFile(language: Language, name: string): Promise<File> {
  const response = await fetch(`/samples/${language}.csv`);
  if (!response.ok) throw new Error(`the sample was answered with ${response.status}`);
  return new File([await response.blob()], name, { type: 'text/csv' });
}
