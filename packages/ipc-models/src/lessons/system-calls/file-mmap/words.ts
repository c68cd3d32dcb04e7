export const words = {
  en: {
    title: 'mmap() of a file',
    idea: 'mmap() puts a file into a process’s memory: a load reads it, a store writes it, and no call is made for either. Two processes that map the same file with MAP_SHARED have the same memory, and what they store outlives them both.',
    question:
      'The writer has mapped the file as {{sharing}}, stores "STORED" and is killed at once. Where is it to be found?',
    'answer.everyone': 'in the other process and in the file',
    'answer.reader': 'in the other process only',
    'answer.nobody': 'nowhere',
    'outcome.everyone':
      'The reader, which has the file at {{readerAddress}} (the writer at {{writerAddress}}), saw "{{seen}}" without a call. The writer was killed, and the file had "{{inFile}}": the memory was the file’s own ({{object}}), not the writer’s.',
    'outcome.reader': 'The reader saw "{{seen}}", the file had "{{inFile}}".',
    'outcome.nobody':
      'The reader saw "{{seen}}" and the file had "{{inFile}}". With MAP_PRIVATE the first store gives the writer a copy of the page, which died with it.',
    'role.writer': 'Writer',
    'role.reader': 'Reader',
    'parameter.sharing': 'How the writer maps it',
    'choice.sharing.shared': 'shared (MAP_SHARED)',
    'choice.sharing.private': 'private (MAP_PRIVATE)',
    'figure.memory': 'The file’s first bytes, as each process sees them',
    'note.in-file': 'the writer was killed; the file has "{{inFile}}"',
  },
  ko: {
    title: '파일의 mmap()',
    idea: 'mmap()은 파일을 프로세스의 메모리에 놓는다. 읽으면 파일을 읽고 저장하면 파일에 쓰며, 그때 시스템 콜은 없다. 같은 파일을 MAP_SHARED로 매핑한 두 프로세스는 같은 메모리를 가지며, 거기 저장한 것은 둘보다 오래 남는다.',
    question: '쓰는 쪽이 파일을 {{sharing}} 방식으로 매핑해 "STORED"를 저장하고 곧바로 죽는다. 그것은 어디에 있을까?',
    'answer.everyone': '다른 프로세스와 파일에',
    'answer.reader': '다른 프로세스에만',
    'answer.nobody': '어디에도 없다',
    'outcome.everyone':
      '파일을 {{readerAddress}}에 둔 읽는 쪽(쓰는 쪽은 {{writerAddress}})이 시스템 콜 없이 "{{seen}}"을(를) 보았다. 쓰는 쪽이 죽은 뒤에도 파일에는 "{{inFile}}"이(가) 있었다. 그 메모리는 쓰는 쪽이 아니라 파일의 것({{object}})이었다.',
    'outcome.reader': '읽는 쪽은 "{{seen}}"을(를) 보았고, 파일에는 "{{inFile}}"이(가) 있었다.',
    'outcome.nobody':
      '읽는 쪽은 "{{seen}}"을(를) 보았고, 파일에는 "{{inFile}}"이(가) 있었다. MAP_PRIVATE이면 첫 저장 때 쓰는 쪽만의 페이지 사본이 생기고, 그 사본은 함께 사라졌다.',
    'role.writer': '쓰는 쪽',
    'role.reader': '읽는 쪽',
    'parameter.sharing': '쓰는 쪽의 매핑 방식',
    'choice.sharing.shared': '공유 (MAP_SHARED)',
    'choice.sharing.private': '전용 (MAP_PRIVATE)',
    'figure.memory': '각 프로세스에서 보이는 파일의 첫 바이트들',
    'note.in-file': '쓰는 쪽이 죽었다. 파일에는 "{{inFile}}"이(가) 있다',
  },
} as const;
