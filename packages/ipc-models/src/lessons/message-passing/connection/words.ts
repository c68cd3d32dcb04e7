export const words = {
  en: {
    title: 'The life of a connection',
    idea: 'Two processes that exchange messages identify each other (get_hostid, get_processid), open a connection (open_connection) that the receiver accepts (accept_connection), exchange messages (read_message, write_message) and close it (close_connection). Each of these functions is shown with the system calls that it makes here.',
    question:
      'The server works for {{acceptMs}} ms before it accepts. When does the client’s open_connection() return?',
    'answer.before': 'before the server accepts',
    'answer.after': 'when the server has accepted',
    'outcome.before':
      'It returned {{earlyMs}} ms before the server called accept_connection(): the kernel had put the connection into the queue of the listening socket. Only the reply had to wait. Host {{host}}, server PID {{found}}; {{echoed}} of {{messages}} requests were answered, and both ends were closed.',
    'outcome.after':
      'The server called accept_connection() {{earlyMs}} ms before the client had connected. Host {{host}}, server PID {{found}}; {{echoed}} of {{messages}} requests were answered.',
    'role.client': 'Client',
    'role.server': 'Server',
    'parameter.over': 'Over',
    'choice.over.unix': 'a Unix socket',
    'choice.over.tcp': 'TCP on this host',
    'parameter.messages': 'Requests',
    'parameter.acceptMs': 'The server works before it accepts, ms',
    'figure.processes': 'The two processes and their socket',
    'note.opened': 'descriptor {{fd}} is {{socket}}; at its other end is process {{server}}',
  },
  ko: {
    title: '연결의 일생',
    idea: '메시지를 교환하는 두 프로세스는 서로를 식별하고(get_hostid, get_processid), 연결을 열고(open_connection), 수신 쪽이 허용하고(accept_connection), 메시지를 주고받고(read_message, write_message), 연결을 닫는다(close_connection). 각 함수가 여기서 실제로 부르는 시스템 콜을 함께 보여 준다.',
    question:
      '서버는 {{acceptMs}} ms 동안 다른 일을 한 뒤에 연결을 허용한다. 클라이언트의 open_connection()은 언제 반환될까?',
    'answer.before': '서버가 허용하기 전에',
    'answer.after': '서버가 허용한 뒤에',
    'outcome.before':
      '서버가 accept_connection()을 부르기 {{earlyMs}} ms 전에 반환되었다. 커널이 연결을 리스닝 소켓의 큐에 넣어 두었기 때문이다. 기다려야 했던 것은 응답뿐이다. 호스트 {{host}}, 서버 PID {{found}}. 요청 {{messages}}개 중 {{echoed}}개에 응답이 왔고 양쪽 모두 닫혔다.',
    'outcome.after':
      '클라이언트가 연결하기 {{earlyMs}} ms 전에 서버가 accept_connection()을 불렀다. 호스트 {{host}}, 서버 PID {{found}}. 요청 {{messages}}개 중 {{echoed}}개에 응답이 왔다.',
    'role.client': '클라이언트',
    'role.server': '서버',
    'parameter.over': '연결 수단',
    'choice.over.unix': 'UNIX 소켓',
    'choice.over.tcp': '이 호스트 안의 TCP',
    'parameter.messages': '요청 수',
    'parameter.acceptMs': '서버가 허용하기 전에 일하는 시간 (ms)',
    'figure.processes': '두 프로세스와 그 소켓',
    'note.opened': '디스크립터 {{fd}}은(는) {{socket}}이다. 반대쪽 끝에는 프로세스 {{server}}이(가) 있다',
  },
} as const;
