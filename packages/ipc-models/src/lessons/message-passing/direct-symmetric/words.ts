export const words = {
  en: {
    title: 'Direct naming, symmetric',
    idea: 'Sender and receiver name each other: send(Q, message) in P, receive(P) in Q. The link between the two makes itself when one of them first names the other. It is for exactly two processes, and between two there is exactly one.',
    question:
      'P and Q send each other {{messages}} messages, and name each other at the same moment. R looks on. How many links come into being?',
    'answer.one': 'one, for P and Q',
    'answer.two': 'two, one in each direction',
    'answer.many': 'one for each message',
    'outcome.one':
      'Before there were {{linksBefore}} links, now {{links}}, between P and Q, with a channel for each of its directions ({{channels}}). It carried {{received}} messages straight from process to process. R has none.',
    'outcome.two': '{{links}} links came into being ({{channels}} channels): one more than a pair is to have.',
    'outcome.many': '{{links}} links came into being ({{channels}} channels).',
    'role.p': 'P',
    'role.q': 'Q',
    'role.r': 'R, who names nobody',
    'parameter.messages': 'Messages each way',
    'figure.links': 'Links',
  },
  ko: {
    title: '직접 통신, 대칭',
    idea: '송신자와 수신자가 서로를 명시적으로 지정한다. P에서는 send(Q, message), Q에서는 receive(P)이다. 둘 중 하나가 처음 상대를 지정할 때 링크가 자동으로 설정된다. 링크는 정확히 두 프로세스를 위한 것이고, 두 프로세스 간에는 하나의 링크만 있다.',
    question:
      'P와 Q가 서로 메시지를 {{messages}}개씩 보내며, 같은 순간에 서로를 지정한다. R은 보고만 있다. 링크는 몇 개 생길까?',
    'answer.one': 'P와 Q 사이에 하나',
    'answer.two': '방향마다 하나씩 둘',
    'answer.many': '메시지마다 하나',
    'outcome.one':
      '처음에는 링크가 {{linksBefore}}개였고 지금은 P와 Q 사이에 {{links}}개이다. 방향마다 채널이 하나씩({{channels}}개) 있다. 메시지 {{received}}개가 프로세스에서 프로세스로 곧바로 갔다. R에는 링크가 없다.',
    'outcome.two': '링크 {{links}}개(채널 {{channels}}개)가 생겼다. 한 쌍에 있어야 할 것보다 하나 많다.',
    'outcome.many': '링크 {{links}}개(채널 {{channels}}개)가 생겼다.',
    'role.p': 'P',
    'role.q': 'Q',
    'role.r': '아무도 지정하지 않는 R',
    'parameter.messages': '각 방향의 메시지 수',
    'figure.links': '링크',
  },
} as const;
