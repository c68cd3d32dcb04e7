import type { HandlerDetails, LoadURLOptions, PostBody } from 'electron';

/** How to load what a page opens, so that method, body and referrer are what the page meant. */
export function loadOptions({ referrer, postBody }: Pick<HandlerDetails, 'referrer' | 'postBody'>): LoadURLOptions {
  return {
    httpReferrer: referrer,
    ...(postBody && { postData: postBody.data, extraHeaders: `content-type: ${contentType(postBody)}` }),
  };
}

/** The runtime tells `multipart/form-data` from the rest, and takes `text/plain` for the usual encoding. */
function contentType({ contentType, boundary, data }: PostBody): string {
  if (boundary) return `${contentType}; boundary=${boundary}`;
  const last = data.at(-1);
  // The usual encoding has no line breaks, and every field of a plain text ends with one.
  const isPlain = last?.type === 'rawData' && 'bytes' in last && last.bytes.subarray(-2).toString() === '\r\n';
  return isPlain ? 'text/plain' : contentType;
}
