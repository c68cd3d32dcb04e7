export const words = {
  en: {
    title: 'FIFO: mkfifo()',
    idea: 'A FIFO is a pipe with a name in the file system. Any process that knows the name, and is permitted to, can open it; no parent has to hand over an end. The name is only where they meet: the bytes go through the kernel as in a pipe, never to the disk.',
    question:
      'The writer opens the FIFO first; the reader comes {{readerMs}} ms later. When does the writer’s open() return?',
    'answer.at-once': 'at once',
    'answer.until-opened': 'when the reader has opened it, too',
    'answer.until-read': 'when the reader reads',
    'outcome.at-once': 'open() returned after {{openMs}} ms, before the reader had come.',
    'outcome.until-opened':
      'The writer’s open() took {{openMs}} ms: it returned {{afterMs}} ms after the reader had come to its own open(). Where it would not wait (O_NONBLOCK) it got {{tried}}. Then the name was removed, and the FIFO went on working for those who had it open: "{{text}}".',
    'outcome.until-read': 'open() returned only when the reader had read, after {{openMs}} ms.',
    'role.writer': 'Writer',
    'role.reader': 'Reader',
    'parameter.readerMs': 'The reader comes later, ms',
    'figure.fifo': 'The FIFO, open in both processes; its name is gone already',
    'note.unlinked': 'both have it open: unlink("{{name}}")',
  },
  ko: {
    title: 'FIFO: mkfifo()',
    idea: 'FIFO는 파일 시스템에 이름이 있는 파이프다. 이름을 알고 권한이 있는 프로세스는 누구나 열 수 있어, 부모가 끝을 넘겨줄 필요가 없다. 이름은 만나는 곳일 뿐이고, 바이트는 파이프처럼 커널을 지나며 디스크에는 쓰이지 않는다.',
    question: '쓰는 쪽이 먼저 FIFO를 열고, 읽는 쪽은 {{readerMs}} ms 뒤에 온다. 쓰는 쪽의 open()은 언제 반환될까?',
    'answer.at-once': '곧바로',
    'answer.until-opened': '읽는 쪽도 열었을 때',
    'answer.until-read': '읽는 쪽이 읽을 때',
    'outcome.at-once': 'open()은 읽는 쪽이 오기도 전에, {{openMs}} ms 만에 반환되었다.',
    'outcome.until-opened':
      '쓰는 쪽의 open()은 {{openMs}} ms 걸렸다. 읽는 쪽이 open()에 이른 지 {{afterMs}} ms 뒤에 반환되었다. 기다리지 않겠다고 하면(O_NONBLOCK) {{tried}}을(를) 받는다. 그 뒤 이름을 지웠지만, 열어 둔 프로세스들 사이에서 FIFO는 계속 동작했다: "{{text}}".',
    'outcome.until-read': 'open()은 {{openMs}} ms 뒤, 읽는 쪽이 읽고 나서야 반환되었다.',
    'role.writer': '쓰는 쪽',
    'role.reader': '읽는 쪽',
    'parameter.readerMs': '읽는 쪽이 늦게 오는 시간 (ms)',
    'figure.fifo': '두 프로세스가 열어 둔 FIFO. 이름은 이미 지워졌다',
    'note.unlinked': '둘 다 열었다: unlink("{{name}}")',
  },
} as const;
