import type { HandlerDetails, LoadURLOptions, PostBody } from 'electron';

/** Returns load options for what a page opens, so that method, body and referrer are the page's. */
export function loadOptions({ referrer, postBody }: Pick<HandlerDetails, 'referrer' | 'postBody'>): LoadURLOptions {
  return {
    httpReferrer: referrer,
    ...(postBody && { postData: postBody.data, extraHeaders: `content-type: ${contentType(postBody)}` }),
  };
}

/**
 * Returns the content type. Electron distinguishes only `multipart/form-data`, and reports `text/plain` as URL-encoded.
 */
function contentType({ contentType, boundary, data }: PostBody): string {
  if (boundary) return `${contentType}; boundary=${boundary}`;
  const last = data.at(-1);
  // URL encoding has no line breaks, and in plain text every field ends with one.
  const isPlain = last?.type === 'rawData' && 'bytes' in last && last.bytes.subarray(-2).toString() === '\r\n';
  return isPlain ? 'text/plain' : contentType;
}
