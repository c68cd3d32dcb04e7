import { fstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { close, O_RDWR } from '../posix/posix.ts';
import {
  AF_INET,
  AF_UNIX,
  accept,
  bind,
  connect,
  getpeername,
  getsockname,
  listen,
  open,
  peerCredentials,
  read,
  receiveDescriptor,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  sendAtOnce,
  sendDescriptor,
  socket,
  socketpair,
  write,
} from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (from: Uint8Array) => new TextDecoder().decode(from);

it('connects Unix sockets by a path, and names the process at the other end', async () => {
  const address = { path: path.join(folder, 'socket') };
  const [server, client] = [socket(AF_UNIX, SOCK_STREAM), socket(AF_UNIX, SOCK_STREAM)];
  await expect(connect(client, address)).rejects.toMatchObject({ call: 'connect', code: 'ENOENT' });
  bind(server, address);
  await expect(connect(client, address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  listen(server, 1);
  const [accepted] = await Promise.all([accept(server), connect(client, address)]);
  expect(getpeername(client)).toEqual(address);
  expect(getpeername(accepted)).toEqual({ path: '' });
  expect(peerCredentials(accepted)).toEqual({ pid: process.pid, uid: process.getuid?.(), gid: process.getgid?.() });
  await write(client, bytes('hello'));
  expect(text(await read(accepted, 100))).toBe('hello');
  for (const fd of [server, client, accepted]) close(fd);
});

it('connects TCP sockets by host and port, and knows no process at the other end', async () => {
  const [server, client] = [socket(AF_INET, SOCK_STREAM), socket(AF_INET, SOCK_STREAM)];
  bind(server, { host: '127.0.0.1', port: 0 });
  listen(server, 1);
  const address = getsockname(server);
  expect(address).toEqual({ host: '127.0.0.1', port: expect.any(Number) });
  const [accepted] = await Promise.all([accept(server), connect(client, address)]);
  sendAtOnce(client);
  expect(getpeername(client)).toEqual(address);
  expect(getpeername(accepted)).toEqual(getsockname(client));
  expect(peerCredentials(accepted).pid).toBe(0);
  await write(client, bytes('hello'));
  expect(text(await read(accepted, 100))).toBe('hello');
  for (const fd of [server, client, accepted]) close(fd);
});

it('keeps message boundaries if the kind of socket has them', async () => {
  const [one, other] = socketpair(SOCK_SEQPACKET);
  await write(one, bytes('a'));
  await write(one, bytes('b'));
  expect([text(await read(other, 10)), text(await read(other, 10))]).toEqual(['a', 'b']);
  close(one);
  expect(await read(other, 10)).toHaveLength(0);
  close(other);
});

it('passes a descriptor that cannot be opened by a path', async () => {
  const [one, other] = socketpair(SOCK_STREAM);
  const [mine, passed] = socketpair(SOCK_STREAM);
  await expect(open(`/proc/self/fd/${passed}`, O_RDWR)).rejects.toMatchObject({ code: 'ENXIO' });
  sendDescriptor(one, passed);
  const received = await receiveDescriptor(other);
  expect(received).not.toBe(passed);
  expect(fstatSync(received).ino).toBe(fstatSync(passed).ino);
  close(passed);
  await write(mine, bytes('through'));
  expect(text(await read(received, 100))).toBe('through');
  await write(one, bytes('x'));
  await expect(receiveDescriptor(other)).rejects.toThrow('brought no descriptor');
  for (const fd of [one, other, mine, received]) close(fd);
  expect(() => sendDescriptor(999_999, 0)).toThrow(expect.objectContaining({ call: 'sendmsg', code: 'EBADF' }));
});
