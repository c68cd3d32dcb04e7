import type { SadFrameWords } from '@bulkhead/contracts';
import type { Language } from '../../runtime/languages.ts';

/** Text in place of a subframe whose process has ended. */
export const sadFrameWords: Readonly<Record<Language, SadFrameWords>> = {
  en: { gone: 'The process of this frame has ended.', reload: 'Reload the frame' },
  ko: { gone: '이 프레임의 프로세스가 종료되었습니다.', reload: '프레임 다시 불러오기' },
};
