import type { Address } from '../posix/libc.ts';
import { addressOf, checked, fixed, lazily, waited } from './bind.ts';
import { type AF_INET, AF_UNIX, decodeAddress, encodeAddress, type SocketAddress } from './socket-address.ts';

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_SEQPACKET = 5;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;

const calls = {
  socket: lazily<[number, number, number]>('int socket(int domain, int type, int protocol)'),
  socketpair: lazily<[number, number, number, Address]>(
    'int socketpair(int domain, int type, int protocol, intptr_t ends)',
  ),
  bind: lazily<[number, Address, number]>('int bind(int fd, intptr_t address, uint32_t bytes)'),
  listen: lazily<[number, number]>('int listen(int fd, int backlog)'),
  accept4: lazily<[number, Address, Address, number]>(
    'int accept4(int fd, intptr_t address, intptr_t bytes, int flags)',
  ),
  connect: lazily<[number, Address, number]>('int connect(int fd, intptr_t address, uint32_t bytes)'),
  getsockname: lazily<[number, Address, Address]>('int getsockname(int fd, intptr_t address, intptr_t bytes)'),
  getpeername: lazily<[number, Address, Address]>('int getpeername(int fd, intptr_t address, intptr_t bytes)'),
  getsockopt: lazily<[number, number, number, Address, Address]>(
    'int getsockopt(int fd, int level, int option, intptr_t value, intptr_t bytes)',
  ),
  setsockopt: lazily<[number, number, number, Address, number]>(
    'int setsockopt(int fd, int level, int option, intptr_t value, uint32_t bytes)',
  ),
};

/**
 * Opens a Unix or TCP socket.
 * @param domain `AF_UNIX` or `AF_INET`
 * @param type `SOCK_STREAM`, `SOCK_DGRAM` or `SOCK_SEQPACKET`
 * @returns its descriptor
 * @see socket(2)
 */
export function socket(domain: typeof AF_UNIX | typeof AF_INET, type: number): number {
  return checked('socket', `domain ${domain}, type ${type}`, calls.socket()(domain, type | SOCK_CLOEXEC, 0));
}

/**
 * @param type `SOCK_STREAM`, `SOCK_DGRAM` or `SOCK_SEQPACKET`
 * @returns two Unix sockets that are connected to each other. Both can read and write.
 * @see socketpair(2)
 */
export function socketpair(type: number): [number, number] {
  const ends = new Int32Array(new SharedArrayBuffer(8));
  const address = addressOf(new Uint8Array(ends.buffer));
  checked('socketpair', `type ${type}`, calls.socketpair()(AF_UNIX, type | SOCK_CLOEXEC, 0, address));
  return [ends[0] ?? -1, ends[1] ?? -1];
}

/**
 * Gives the socket its address. Port 0: the system chooses a port, which `getsockname` returns.
 * @param fd the socket
 * @param address a path, or a host and a port
 * @see bind(2)
 */
export function bind(fd: number, address: SocketAddress): void {
  const bytes = fixed(encodeAddress(address));
  checked('bind', describe(address), calls.bind()(fd, addressOf(bytes), bytes.byteLength));
}

/**
 * Lets other sockets connect. At most `backlog` connections wait to be accepted.
 * @param fd a socket with an address
 * @param backlog number of connections
 * @see listen(2)
 */
export function listen(fd: number, backlog: number): void {
  checked('listen', `fd ${fd}`, calls.listen()(fd, backlog));
}

/**
 * Waits for the next connection, and returns its socket.
 * @param fd a socket that listens
 * @returns the descriptor of the connection's socket
 * @see accept(2)
 */
export function accept(fd: number): Promise<number> {
  return waited('accept', `fd ${fd}`, calls.accept4(), [fd, 0, 0, SOCK_CLOEXEC]);
}

/**
 * Connects to the socket that listens at `address`. Waits until its backlog has room.
 * @param fd the socket
 * @param address of the socket that listens
 * @see connect(2)
 */
export async function connect(fd: number, address: SocketAddress): Promise<void> {
  const bytes = fixed(encodeAddress(address));
  await waited('connect', describe(address), calls.connect(), [fd, addressOf(bytes), bytes.byteLength], [bytes]);
}

/** Returns the socket's own address. */
export const getsockname = (fd: number): SocketAddress => named('getsockname', fd);

/** Returns the address of the socket at the other end. */
export const getpeername = (fd: number): SocketAddress => named('getpeername', fd);

/**
 * @param fd a connected socket
 * @returns the process that made the other end, as the kernel recorded it. For TCP there is none: pid 0, invalid uid.
 * @see unix(7), SO_PEERCRED
 */
export function peerCredentials(fd: number): { pid: number; uid: number; gid: number } {
  const value = new Uint32Array(new SharedArrayBuffer(16));
  value[3] = 12;
  const at = addressOf(new Uint8Array(value.buffer));
  const result = calls.getsockopt()(fd, SOL_SOCKET, SO_PEERCRED, at, at + 12n);
  checked('getsockopt', `fd ${fd}, SO_PEERCRED`, result);
  const [pid = 0, uid = 0, gid = 0] = value;
  return { pid, uid, gid };
}

/**
 * Makes a TCP socket send small data at once instead of collecting it (TCP_NODELAY).
 * @param fd a TCP socket
 * @see tcp(7), TCP_NODELAY
 */
export function sendAtOnce(fd: number): void {
  const on = fixed(Uint8Array.of(1, 0, 0, 0));
  checked('setsockopt', `fd ${fd}, TCP_NODELAY`, calls.setsockopt()(fd, IPPROTO_TCP, TCP_NODELAY, addressOf(on), 4));
}

function named(call: 'getsockname' | 'getpeername', fd: number): SocketAddress {
  const value = new Uint8Array(new SharedArrayBuffer(136));
  const length = new Uint32Array(value.buffer, 128, 1);
  length[0] = 128;
  const at = addressOf(value);
  checked(call, `fd ${fd}`, calls[call]()(fd, at, at + 128n));
  return decodeAddress(value.slice(0, length[0]));
}

const describe = (address: SocketAddress) =>
  'path' in address ? `"${address.path}"` : `${address.host}:${address.port}`;
