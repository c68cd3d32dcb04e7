import type { LessonCode } from '../../lab/index.ts';

/** Code of this statement's lessons, by lesson id. */
export const code: Readonly<Record<string, LessonCode>> = {
  pipe: {
    direct: () => import('./pipe/direct.ts'),
    roles: { writer: () => import('./pipe/writer.ts'), reader: () => import('./pipe/reader.ts') },
  },
  fifo: {
    direct: () => import('./fifo/direct.ts'),
    roles: { writer: () => import('./fifo/writer.ts'), reader: () => import('./fifo/reader.ts') },
  },
  'message-queue': {
    direct: () => import('./message-queue/direct.ts'),
    roles: {
      sender: () => import('./message-queue/sender.ts'),
      receiver: () => import('./message-queue/receiver.ts'),
    },
  },
  'socket-pair': {
    direct: () => import('./socket-pair/direct.ts'),
    roles: { parent: () => import('./socket-pair/parent.ts'), child: () => import('./socket-pair/child.ts') },
  },
  'unix-socket': {
    direct: () => import('./unix-socket/direct.ts'),
    roles: { server: () => import('./unix-socket/server.ts'), client: () => import('./unix-socket/client.ts') },
  },
  tcp: {
    direct: () => import('./tcp/direct.ts'),
    roles: { server: () => import('./tcp/server.ts'), client: () => import('./tcp/client.ts') },
  },
  'file-mmap': {
    direct: () => import('./file-mmap/direct.ts'),
    roles: { writer: () => import('./file-mmap/writer.ts'), reader: () => import('./file-mmap/reader.ts') },
  },
  signals: {
    direct: () => import('./signals/direct.ts'),
    roles: { sender: () => import('./signals/sender.ts'), receiver: () => import('./signals/receiver.ts') },
  },
  'system-calls': {
    direct: () => import('./system-calls/direct.ts'),
    roles: { caller: () => import('./system-calls/caller.ts') },
  },
};
