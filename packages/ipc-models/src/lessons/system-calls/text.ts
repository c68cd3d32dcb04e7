const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
