/** Numbers that differ between the supported architectures. */
export interface Architecture {
  /** Index in `AllowedCall.numbers`. */
  readonly column: 0 | 1;
  /** AUDIT_ARCH_*, the value of seccomp_data.arch. */
  readonly audit: number;
  /** Number of seccomp(2). */
  readonly seccomp: number;
}

/** Returns undefined for an architecture that is not supported. */
export function architecture(name: string = process.arch): Architecture | undefined {
  if (name === 'x64') return { column: 0, audit: 0xc000_003e, seccomp: 317 };
  if (name === 'arm64') return { column: 1, audit: 0xc000_00b7, seccomp: 277 };
  return undefined;
}
