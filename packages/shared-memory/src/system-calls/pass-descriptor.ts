import type { Address } from '../posix/libc.ts';
import { addressOf, checked, lazily, waited } from './bind.ts';

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_CMSG_CLOEXEC = 0x4000_0000;

const calls = {
  sendmsg: lazily<[number, Address, number]>('intptr_t sendmsg(int fd, intptr_t message, int flags)'),
  recvmsg: lazily<[number, Address, number]>('intptr_t recvmsg(int fd, intptr_t message, int flags)'),
};

/**
 * Offsets of a message of one byte with one descriptor: struct msghdr (56 bytes on 64-bit Linux), struct iovec, the
 * byte, and struct cmsghdr followed by the descriptor.
 */
const at = { vector: 56, byte: 72, control: 80, descriptor: 96 };
const controlBytes = 24;
const controlLength = 20;

function message(): { bytes: Uint8Array<SharedArrayBuffer>; view: DataView<SharedArrayBuffer>; address: bigint } {
  const bytes = new Uint8Array(new SharedArrayBuffer(at.control + controlBytes));
  const view = new DataView(bytes.buffer);
  const address = addressOf(bytes);
  view.setBigUint64(16, address + BigInt(at.vector), true);
  view.setBigUint64(24, 1n, true);
  view.setBigUint64(32, address + BigInt(at.control), true);
  view.setBigUint64(40, BigInt(controlBytes), true);
  view.setBigUint64(at.vector, address + BigInt(at.byte), true);
  view.setBigUint64(at.vector + 8, 1n, true);
  return { bytes, view, address };
}

/**
 * Sends an open descriptor over a Unix socket. The receiver gets its own descriptor for the same object.
 * @param socket connected Unix socket
 * @param fd descriptor to send
 * @see unix(7), SCM_RIGHTS
 */
export function sendDescriptor(socket: number, fd: number): void {
  const { view, address } = message();
  view.setBigUint64(at.control, BigInt(controlLength), true);
  view.setInt32(at.control + 8, SOL_SOCKET, true);
  view.setInt32(at.control + 12, SCM_RIGHTS, true);
  view.setInt32(at.descriptor, fd, true);
  checked('sendmsg', `fd ${socket}, SCM_RIGHTS`, calls.sendmsg()(socket, address, 0));
}

/**
 * Waits for a descriptor over a Unix socket.
 * @param socket connected Unix socket
 * @returns the descriptor in this process
 * @throws if another message or the end of the stream comes
 * @see unix(7), SCM_RIGHTS
 */
export async function receiveDescriptor(socket: number): Promise<number> {
  const { bytes, view, address } = message();
  await waited('recvmsg', `fd ${socket}`, calls.recvmsg(), [socket, address, MSG_CMSG_CLOEXEC], [bytes]);
  if (view.getInt32(at.control + 12, true) !== SCM_RIGHTS) throw new Error(`fd ${socket} brought no descriptor`);
  return view.getInt32(at.descriptor, true);
}
