// Sends one file to be kept, and hears how much of it is sent.
import { problemFrom, unreachable } from './problem';
import { filesAt, Refused } from './workspace';

/** The id of the file. Fails as `Refused`, or as an `AbortError` where the caller breaks it off. */
export function upload(
  workspace: string,
  file: File,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const brokenOff = () => {
      request.abort();
      reject(new DOMException('broken off', 'AbortError'));
    };
    if (signal.aborted) {
      brokenOff();
      return;
    }
    signal.addEventListener('abort', brokenOff);
    request.upload.onprogress = ({ loaded }) => sent(Math.min(loaded, file.size));
    request.onloadend = () => signal.removeEventListener('abort', brokenOff);
    request.onerror = () => reject(new Refused(unreachable));
    request.onload = () => {
      const id = request.status < 300 ? idIn(request.responseText) : undefined;
      if (id) resolve(id);
      else reject(new Refused(problemFrom(request.responseText, request.status)));
    };
    const body = new FormData();
    body.append('file', file, file.name);
    request.open('POST', filesAt(workspace));
    request.setRequestHeader('Accept', 'application/json');
    request.send(body);
  });
}

function idIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { file?: { id?: string } }).file?.id;
  } catch {
    return undefined;
  }
}
