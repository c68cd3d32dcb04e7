export const words = {
  en: {
    title: 'Computation speed-up',
    idea: 'A task is split into parts that run at the same time, each in a process of its own. It gets faster only where there is more than one core to run them. Here primes are counted: first by one process, then by several that share the work.',
    question: 'The same count on one process and on {{processes}}: which is done sooner?',
    'answer.faster': 'the {{processes}} processes',
    'answer.same': 'both take as long',
    'answer.slower': 'the one process',
    'outcome.faster':
      'One process took {{oneMs}} ms, {{processes}} took {{severalMs}} ms: {{speedUp}} times as fast, on {{cores}} cores ({{processor}}). All counted {{primes}} primes.',
    'outcome.same':
      'One process took {{oneMs}} ms, {{processes}} took {{severalMs}} ms: no gain, on {{cores}} cores ({{processor}}), of which others may have had some. All counted {{primes}} primes.',
    'outcome.slower':
      'One process took {{oneMs}} ms, {{processes}} took {{severalMs}} ms: the split cost more than it gained, on {{cores}} cores ({{processor}}). All counted {{primes}} primes.',
    'role.worker': 'Worker',
    'parameter.processes': 'Processes that share the work',
    'parameter.upTo': 'Count primes up to',
    'parameter.repetitions': 'Repetitions (the best counts; up to three times as many on a busy machine)',
    'figure.runs': 'Each run',
    'column.processes': 'Processes',
    'column.ms': 'Elapsed, ms',
    'column.cpuMs': 'Processor time of all, ms',
  },
  ko: {
    title: '계산 속도 향상',
    idea: '작업을 나누어 각각 다른 프로세스에서 동시에 실행한다. 실행할 코어가 둘 이상일 때만 빨라진다. 여기서는 소수를 센다. 먼저 한 프로세스가 혼자, 다음에는 여럿이 나누어 센다.',
    question: '같은 계산을 한 프로세스와 {{processes}}개 프로세스로 한다. 어느 쪽이 먼저 끝날까?',
    'answer.faster': '{{processes}}개 프로세스',
    'answer.same': '똑같이 걸린다',
    'answer.slower': '한 프로세스',
    'outcome.faster':
      '한 프로세스는 {{oneMs}} ms, {{processes}}개는 {{severalMs}} ms가 걸렸다. 코어 {{cores}}개({{processor}})에서 {{speedUp}}배 빨랐다. 모두 소수 {{primes}}개를 셌다.',
    'outcome.same':
      '한 프로세스는 {{oneMs}} ms, {{processes}}개는 {{severalMs}} ms가 걸렸다. 코어 {{cores}}개({{processor}})에서 이득이 없었다. 코어를 다른 프로그램이 쓰고 있었을 수 있다. 모두 소수 {{primes}}개를 셌다.',
    'outcome.slower':
      '한 프로세스는 {{oneMs}} ms, {{processes}}개는 {{severalMs}} ms가 걸렸다. 코어 {{cores}}개({{processor}})에서 나누는 비용이 이득보다 컸다. 모두 소수 {{primes}}개를 셌다.',
    'role.worker': '작업자',
    'parameter.processes': '작업을 나눌 프로세스 수',
    'parameter.upTo': '소수를 셀 범위의 끝',
    'parameter.repetitions': '반복 횟수 (가장 빠른 것으로 비교, 컴퓨터가 바쁘면 세 배까지)',
    'figure.runs': '매번의 실행',
    'column.processes': '프로세스 수',
    'column.ms': '걸린 시간 (ms)',
    'column.cpuMs': '모두의 프로세서 시간 (ms)',
  },
} as const;
