/** What happened to a call or a port, for a program to tell apart; the class says the same to `instanceof`. */
export type RpcErrorCode =
  | 'peer-gone'
  | 'deadline'
  | 'closed'
  | 'mismatch'
  | 'bad-message'
  | 'bad-argument'
  | 'limit'
  | 'remote';

export abstract class RpcError extends Error {
  abstract readonly code: string;
}

/** How a peer's process or port ended. */
export interface Death {
  /** For people: 'was killed (signal 9)', 'exited (code 1)', 'closed the port'. */
  how: string;
  signal?: number;
  exitCode?: number;
}

/** The peer is gone; the call may or may not have run. */
export class PeerGoneError extends RpcError {
  override readonly name = 'PeerGoneError';
  readonly code = 'peer-gone';
  readonly contract: string;
  /** Undefined when it was no call but the port itself. */
  readonly method: string | undefined;
  readonly peer: string;
  readonly pid: number | undefined;
  readonly death: Death;

  constructor(contract: string, method: string | undefined, peer: string, pid: number | undefined, death: Death) {
    super(`${where(contract, method)}: ${peer}${pid === undefined ? '' : ` (pid ${pid})`} ${death.how}`);
    this.contract = contract;
    this.method = method;
    this.peer = peer;
    this.pid = pid;
    this.death = death;
  }
}

/** No reply within the deadline. The other side has been told to stop. */
export class DeadlineError extends RpcError {
  override readonly name = 'DeadlineError';
  readonly code = 'deadline';
  readonly deadlineMs: number;

  constructor(contract: string, method: string, peer: string, deadlineMs: number, waitingFor: string) {
    super(`${where(contract, method)}: no ${waitingFor} from ${peer} within ${deadlineMs} ms`);
    this.deadlineMs = deadlineMs;
  }
}

/** This side closed the port. */
export class ClosedError extends RpcError {
  override readonly name = 'ClosedError';
  readonly code = 'closed';

  constructor(contract: string, method: string | undefined) {
    super(`${where(contract, method)}: this side closed the port`);
  }
}

/** The two sides do not speak the same contract, or not the same version of it. */
export class ContractMismatchError extends RpcError {
  override readonly name = 'ContractMismatchError';
  readonly code = 'mismatch';
}

/** The peer sent what its contract does not allow. The message names the place; it never repeats the peer's data. */
export class BadMessageError extends RpcError {
  override readonly name = 'BadMessageError';
  readonly code = 'bad-message';
}

/** This side was about to send what the contract does not allow: a bug here, so nothing was sent. */
export class BadArgumentError extends RpcError {
  override readonly name = 'BadArgumentError';
  readonly code = 'bad-argument';
}

/** A bound of the contract would have been exceeded. */
export class LimitError extends RpcError {
  override readonly name = 'LimitError';
  readonly code = 'limit';
}

/**
 * The other side's handler threw. `name`, `message` and `code` are the thrown error's; `stack` is too when that side
 * is fully trusted, otherwise it is this side's own.
 */
export class RemoteError extends RpcError {
  override readonly name: string;
  readonly code: string;

  constructor(name: string, message: string, code: string | undefined, stack: string | undefined) {
    super(message);
    this.name = name;
    this.code = code ?? 'remote';
    if (stack !== undefined) this.stack = stack;
  }
}

export const where = (contract: string, method: string | undefined): string =>
  method === undefined ? contract : `${contract}.${method}`;
