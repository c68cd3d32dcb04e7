import type { KoffiFunc } from 'koffi';
import { koffi, libc } from '../posix/libc.ts';
import { POLLHUP, POLLIN, waitForAny } from './readiness.ts';
import { refusalOf } from './seccomp-filter.ts';

/** The request numbers contain the sizes of the two structures below. */
const SECCOMP_IOCTL_NOTIF_RECV = 0xc050_2100;
const SECCOMP_IOCTL_NOTIF_SEND = 0xc018_2101;
/** struct seccomp_notif { u64 id; u32 pid; u32 flags; struct seccomp_data { i32 number; … } } */
const questionBytes = 80;
const numberOffset = 16;
/** struct seccomp_notif_resp { u64 id; i64 value; i32 error; u32 flags } */
const answerBytes = 24;
const errorOffset = 16;

type Ioctl = KoffiFunc<(fd: number, request: number, bytes: Uint8Array) => number>;

let bound: Ioctl | undefined;

function ioctl(): Ioctl {
  bound ??= koffi().load('libc.so.6').func('int ioctl(int fd, unsigned long request, uint8_t *bytes)') as Ioctl;
  return bound;
}

/**
 * Answers the refused calls of another process whose filter asks (see seccompFilter). Each call gets the errno of a
 * filter that does not ask; no call is ever allowed. It reads only the number of a call, and no arguments or memory of
 * that process. It owns the descriptor.
 */
export class RefusedCalls {
  readonly #fd: number;
  readonly #question = new Uint8Array(questionBytes);
  readonly #answer = new Uint8Array(answerBytes);
  #closed = false;

  /**
   * Takes over the descriptor.
   * @param fd from `takeListener`
   * @see seccomp_unotify(2)
   */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /**
   * Answers waiting calls until none has come for `quietMs`, or for `mostMs` in total.
   * @param count called with the number of each call, before that call is answered
   * @param quietMs longest wait for the next call, ms
   * @param mostMs longest time in total, ms
   * @returns false once no process is left under the filter, or when closed
   */
  answer(quietMs: number, mostMs: number, count: (number: number) => void): boolean {
    const until = performance.now() + mostMs;
    // The first poll does not wait: without a waiting call this costs almost nothing.
    for (let waitMs = 0; performance.now() < until; waitMs = quietMs) {
      const ready = this.#poll(waitMs);
      // Any other event without data to read means that no call can come any more.
      if ((ready & POLLIN) === 0) return ready === 0;
      this.#answerOne(count);
    }
    return true;
  }

  /** Ends answering. From now on the kernel answers ENOSYS, also to waiting calls. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    libc().close(this.#fd);
  }

  #poll(waitMs: number): number {
    // POLLHUP: no process is under the filter any more.
    return this.#closed ? POLLHUP : (waitForAny([this.#fd], waitMs)[0] ?? 0);
  }

  #answerOne(count: (number: number) => void): void {
    this.#question.fill(0); // the kernel requires zeros
    // The process that made the call may have ended meanwhile.
    if (ioctl()(this.#fd, SECCOMP_IOCTL_NOTIF_RECV, this.#question) !== 0) return;
    const number = new DataView(this.#question.buffer).getInt32(numberOffset, true);
    count(number);
    this.#answer.set(this.#question.subarray(0, 8));
    new DataView(this.#answer.buffer).setInt32(errorOffset, -refusalOf(number), true);
    ioctl()(this.#fd, SECCOMP_IOCTL_NOTIF_SEND, this.#answer);
  }
}
