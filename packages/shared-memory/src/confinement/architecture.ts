/** What differs between the architectures that this program knows. */
export interface Architecture {
  /** Index in `AllowedCall.numbers`. */
  readonly column: 0 | 1;
  /** AUDIT_ARCH_*, as seccomp_data.arch holds it. */
  readonly audit: number;
  /** The number of seccomp(2). */
  readonly seccomp: number;
}

/** Undefined on an architecture whose system calls are not known here. */
export function architecture(name: string = process.arch): Architecture | undefined {
  if (name === 'x64') return { column: 0, audit: 0xc000_003e, seccomp: 317 };
  if (name === 'arm64') return { column: 1, audit: 0xc000_00b7, seccomp: 277 };
  return undefined;
}
