/** A requested lesson and the given parameters, as unchecked texts. */
export interface LessonRequest {
  readonly lesson: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parses `bounded-buffer?n=10&items=40`: the part of the lesson's address after bulkhead://ipc-lab/. */
export function lessonRequest(text: string): LessonRequest {
  const [lesson = '', query = ''] = text.split('?', 2);
  return { lesson, parameters: Object.fromEntries(new URLSearchParams(query)) };
}
