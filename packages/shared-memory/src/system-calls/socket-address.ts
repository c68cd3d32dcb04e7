export const AF_UNIX = 1;
export const AF_INET = 2;

/** Address of a socket: a path in the file system, or a host and a port. */
export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Longest path. */
const maximumPathBytes = 107;

/** Encodes struct sockaddr_un or sockaddr_in. Port and host are in network byte order, the family in the machine's. */
export function encodeAddress(address: SocketAddress): Uint8Array {
  if ('path' in address) {
    const path = new TextEncoder().encode(address.path);
    if (path.byteLength > maximumPathBytes)
      throw new RangeError(`a socket's path has ${maximumPathBytes} bytes at most`);
    const bytes = new Uint8Array(2 + path.byteLength + 1);
    new DataView(bytes.buffer).setUint16(0, AF_UNIX, true);
    bytes.set(path, 2);
    return bytes;
  }
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, AF_INET, true);
  view.setUint16(2, address.port, false);
  for (const [index, part] of address.host.split('.').entries()) view.setUint8(4 + index, Number(part));
  return bytes;
}

/** Decodes an address. The path is empty for a Unix socket without one, such as a client's. */
export function decodeAddress(bytes: Uint8Array): SocketAddress {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== AF_INET) {
    const path = bytes.slice(2);
    const end = path.indexOf(0);
    return { path: new TextDecoder().decode(end < 0 ? path : path.subarray(0, end)) };
  }
  return { host: [...bytes.subarray(4, 8)].join('.'), port: view.getUint16(2, false) };
}
