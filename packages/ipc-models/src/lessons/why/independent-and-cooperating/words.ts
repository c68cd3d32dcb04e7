export const words = {
  en: {
    title: 'Independent and cooperating processes',
    idea: 'An independent process shares no data with another: nothing that happens to the other touches it. A cooperating process affects others or is affected by them, and for that it needs inter-process communication. Here are two pairs: one computes alone, the other exchanges a number in every round.',
    question:
      'Half way through {{rounds}} rounds, process 1 of each pair is killed. Which of the two survivors finishes its work?',
    'answer.both': 'both',
    'answer.independent': 'only the independent one',
    'answer.neither': 'neither',
    'outcome.both':
      'Both finished: {{independentDone}} and {{cooperatingDone}} of {{rounds}} rounds. The pair did not need each other after all.',
    'outcome.independent':
      'The independent process did all {{independentDone}} of {{rounds}} rounds and never noticed. The cooperating one came no further than round {{cooperatingDone}}: it needs what the other would have sent.',
    'outcome.neither':
      'Neither finished: {{independentDone}} and {{cooperatingDone}} of {{rounds}} rounds. Something else has gone wrong.',
    'role.independent': 'Independent process',
    'role.cooperating': 'Cooperating process',
    'parameter.rounds': 'Rounds',
    'parameter.workMs': 'Work in each round, ms',
    'figure.processes': 'The four processes, and what connects them',
    'note.kill': '{{name}} (PID {{pid}}) is killed',
    'note.stuck': 'the other is gone; {{done}} rounds are done, and there is no way on',
  },
  ko: {
    title: '독립 프로세스와 협력 프로세스',
    idea: '독립 프로세스는 다른 프로세스와 데이터를 공유하지 않으므로, 다른 프로세스에 무슨 일이 생겨도 영향을 받지 않는다. 협력 프로세스는 다른 프로세스에 영향을 주거나 받으므로 프로세스 간 통신(IPC)이 필요하다. 여기 두 쌍이 있다. 한 쌍은 각자 계산하고, 다른 쌍은 매번 수를 하나씩 주고받는다.',
    question: '{{rounds}}번의 작업 중 절반에서 각 쌍의 1번 프로세스를 강제로 종료한다. 남은 둘 중 누가 일을 마칠까?',
    'answer.both': '둘 다',
    'answer.independent': '독립 프로세스만',
    'answer.neither': '아무도 마치지 못한다',
    'outcome.both':
      '둘 다 마쳤다. {{rounds}}번 중 {{independentDone}}번과 {{cooperatingDone}}번을 했다. 이 쌍은 서로가 필요하지 않았다.',
    'outcome.independent':
      '독립 프로세스는 {{rounds}}번 중 {{independentDone}}번을 모두 마쳤고 아무것도 알아채지 못했다. 협력 프로세스는 {{cooperatingDone}}번째에서 멈췄다. 상대가 보내 줄 것이 있어야 나아갈 수 있기 때문이다.',
    'outcome.neither':
      '아무도 마치지 못했다. {{rounds}}번 중 {{independentDone}}번과 {{cooperatingDone}}번을 했다. 다른 무언가가 잘못되었다.',
    'role.independent': '독립 프로세스',
    'role.cooperating': '협력 프로세스',
    'parameter.rounds': '작업 횟수',
    'parameter.workMs': '한 번에 일하는 시간 (ms)',
    'figure.processes': '네 프로세스와 그 사이의 연결',
    'note.kill': '{{name}} (PID {{pid}})을(를) 강제로 종료한다',
    'note.stuck': '상대가 사라졌다. {{done}}번을 했고, 더 나아갈 수 없다',
  },
} as const;
