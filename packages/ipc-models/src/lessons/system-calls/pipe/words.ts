export const words = {
  en: {
    title: 'pipe()',
    idea: 'pipe() gives a process two descriptors: what is written into one comes out of the other, in order, through a buffer in the kernel. It carries bytes, not messages; it is one-way; and it has no name: another process gets an end by inheriting it from its parent, as a shell does, or, as here, by opening /proc/PID/fd/N.',
    question:
      'The writer writes {{messages}} messages, one write() each, before the reader reads. What does its first read() give?',
    'answer.one': 'the first message',
    'answer.all': 'all of them, joined',
    'answer.some': 'some of them',
    'outcome.one':
      'The first read() gave one message of {{firstBytes}} bytes. A pipe is said to keep no bounds: here it did.',
    'outcome.all':
      'The first read() gave {{firstBytes}} bytes: all {{messages}} messages, with nothing between them. Whoever wants messages has to mark their ends. Then the writer wrote one byte more than the {{room}} that the pipe holds, and its write() ended only when the reader had made room. When the writer had closed its end, read() gave 0.',
    'outcome.some': 'The first read() gave {{firstBytes}} of {{bytes}} bytes.',
    'role.writer': 'Writer',
    'role.reader': 'Reader',
    'parameter.messages': 'Messages',
    'parameter.readerMs': 'The reader works after its first read(), ms',
    'figure.pipe': 'The pipe, and who has which end',
    'note.end': 'read() gave 0: every writer has closed. Before that {{reads}} reads gave {{rest}} bytes',
  },
  ko: {
    title: 'pipe()',
    idea: 'pipe()는 프로세스에 디스크립터 두 개를 준다. 한쪽에 쓴 것은 커널의 버퍼를 거쳐 다른 쪽에서 순서대로 나온다. 메시지가 아니라 바이트를 나르고, 한 방향이며, 이름이 없다. 다른 프로세스는 셸에서처럼 부모에게서 물려받거나, 여기서처럼 /proc/PID/fd/N을 열어서 끝을 얻는다.',
    question:
      '읽는 쪽이 읽기 전에 쓰는 쪽이 write() 한 번에 하나씩 메시지 {{messages}}개를 쓴다. 첫 read()는 무엇을 줄까?',
    'answer.one': '첫 번째 메시지',
    'answer.all': '모두 이어 붙은 것',
    'answer.some': '그중 일부',
    'outcome.one':
      '첫 read()는 메시지 하나, {{firstBytes}}바이트를 주었다. 파이프는 메시지 경계를 지키지 않는다는데 이번에는 지켰다.',
    'outcome.all':
      '첫 read()는 {{firstBytes}}바이트, 곧 메시지 {{messages}}개 전부를 경계 없이 주었다. 메시지를 원하면 끝을 스스로 표시해야 한다. 이어서 쓰는 쪽이 파이프의 용량 {{room}}바이트보다 한 바이트 더 쓰자, write()는 읽는 쪽이 자리를 만든 뒤에야 끝났다. 쓰는 쪽이 끝을 닫은 뒤 read()는 0을 돌려주었다.',
    'outcome.some': '첫 read()는 {{bytes}}바이트 중 {{firstBytes}}바이트를 주었다.',
    'role.writer': '쓰는 쪽',
    'role.reader': '읽는 쪽',
    'parameter.messages': '메시지 수',
    'parameter.readerMs': '첫 read() 뒤에 읽는 쪽이 일하는 시간 (ms)',
    'figure.pipe': '파이프와 각 끝을 가진 프로세스',
    'note.end': 'read()가 0을 주었다. 쓰는 쪽이 모두 닫았다. 그 전에 {{reads}}번 읽어 {{rest}}바이트를 받았다',
  },
} as const;
