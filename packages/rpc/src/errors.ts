/** Reason why a call or a port failed. The class of the error tells the same by `instanceof`. */
export type RpcErrorCode =
  | 'peer-gone'
  | 'deadline'
  | 'closed'
  | 'mismatch'
  | 'bad-message'
  | 'bad-argument'
  | 'limit'
  | 'remote';

/** Base class of all errors that this package rejects and throws with. */
export abstract class RpcError extends Error {
  abstract readonly code: RpcErrorCode;
}

/** How a peer's process or port ended. */
export interface Death {
  /** Text for logs and errors: 'was killed (signal 9)', 'exited (code 1)', 'closed the port'. */
  how: string;
  signal?: number;
  exitCode?: number;
}

/** The peer is gone; the call may or may not have run. */
export class PeerGoneError extends RpcError {
  override readonly name = 'PeerGoneError';
  readonly code = 'peer-gone';
  readonly contract: string;
  /** Method of the call; undefined if the error is about the port itself. */
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

/** The two sides have different contracts, or different versions of one. */
export class ContractMismatchError extends RpcError {
  override readonly name = 'ContractMismatchError';
  readonly code = 'mismatch';
}

/**
 * The peer sent what its contract does not allow. The error's message names the place, and never has the peer's data.
 */
export class BadMessageError extends RpcError {
  override readonly name = 'BadMessageError';
  readonly code = 'bad-message';
}

/** This side tried to send what the contract does not allow, which is a bug here. Nothing was sent. */
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
 * The other side's handler threw. `name`, `message` and `remoteCode` are those of the thrown error. So is `stack` if
 * that side is fully trusted; otherwise it is this side's own.
 */
export class RemoteError extends RpcError {
  override readonly name: string;
  readonly code = 'remote';
  /** `code` of the thrown error, such as 'ENOENT', if that is a string. */
  readonly remoteCode: string | undefined;

  constructor(name: string, message: string, remoteCode: string | undefined, stack: string | undefined) {
    super(message);
    this.name = name;
    this.remoteCode = remoteCode;
    if (stack !== undefined) this.stack = stack;
  }
}

export const where = (contract: string, method: string | undefined): string =>
  method === undefined ? contract : `${contract}.${method}`;
