/** A lesson that somebody asks for, and what they set of its parameters: texts, to be checked against its declaration. */
export interface LessonRequest {
  readonly lesson: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads `bounded-buffer?n=10&items=40`, which is what stands behind bulkhead://ipc-lab/ in the lesson's address. */
export function lessonRequest(text: string): LessonRequest {
  const [lesson = '', query = ''] = text.split('?', 2);
  return { lesson, parameters: Object.fromEntries(new URLSearchParams(query)) };
}
