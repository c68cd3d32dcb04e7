import { open } from 'node:fs/promises';
import type { Fuses } from '@bulkhead/contracts';

/** In Electron's order (`FuseV1Options` of @electron/fuses, which would read the whole executable at once). */
const names = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
];
/** Marker before the fuses. Then come their version, their number, and a character for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const [version, on, off] = [1, '1', '0'];
/** Number of bytes read at a time, because they are searched on the browser's thread. */
const pieceBytes = 1024 * 1024;
/** Size of the sentinel and more fuses than exist. */
const overlapBytes = 256;

/** Returns the fuses of an executable, without removed ones. Null when none are found, as on macOS. */
export async function readFuses(executable: string): Promise<Fuses | null> {
  const file = await open(executable).catch(() => undefined);
  if (!file) return null;
  try {
    const piece = Buffer.alloc(pieceBytes + overlapBytes);
    for (let at = 0; ; at += pieceBytes) {
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      const isLast = bytesRead < piece.length;
      const found = piece.subarray(0, bytesRead).indexOf(sentinel);
      // A sentinel further on is also in the next piece, completely.
      if (found >= 0 && (found < pieceBytes || isLast))
        return fusesIn(piece.subarray(found + sentinel.length, bytesRead));
      if (isLast) return null;
    }
  } finally {
    await file.close();
  }
}

function fusesIn(wire: Buffer): Fuses | null {
  const count = wire[1] ?? 0;
  if (wire[0] !== version || wire.length < 2 + count) return null;
  return [...wire.toString('latin1', 2, 2 + count)].flatMap((state, index) =>
    state === on || state === off ? [{ name: names[index] ?? `fuse ${index}`, isOn: state === on }] : [],
  );
}
