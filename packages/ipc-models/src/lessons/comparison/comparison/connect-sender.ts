import {
  Arena,
  allocateSignal,
  FrameWriter,
  futexSleeper,
  RecordWriter,
  type Region,
  Signal,
} from '@bulkhead/shared-memory';
import {
  AF_INET,
  AF_UNIX,
  close,
  connect,
  mq_open,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  pipe,
  SOCK_STREAM,
  sendAtOnce,
  socket,
} from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Actor } from '../../../lab/index.ts';
import type { comparison } from './lesson.ts';
import { listening, type Offer, queueMessageBytes, queueMessages, ringBytes, sharedWordsBytes } from './offer.ts';
import type { Way } from './plan.ts';
import { portSender, queueSender, type SenderEnd, sharedSender, streamSender } from './sender-ends.ts';

const names = v.object({ queue: v.string(), queueBack: v.string() });

export interface SenderSide {
  readonly ends: Readonly<Record<Exclude<Way, 'memcpy'>, SenderEnd>>;
  readonly pipe: { readonly there: number; readonly back: number };
  readonly words: Uint32Array<SharedArrayBuffer>;
}

/** Makes the objects of all ways, tells the receiver, and connects. `largest`: size of the largest block, bytes. */
export async function connectSender(actor: Actor<typeof comparison>, largest: number): Promise<SenderSide> {
  const port = await actor.endpoint('port');
  const { queue, queueBack } = v.parse(names, await actor.told('names'));
  const [there, back] = [pipe(), pipe()];
  const flags = O_CREAT | O_EXCL | O_RDWR;
  const attributes = { maximumMessages: queueMessages, messageBytes: queueMessageBytes };
  const [queueThere, queueHere] = [queue, queueBack].map((name) => mq_open(name, flags, 0o600, attributes));

  const arena = await Arena.create({
    label: 'comparison',
    readWriteBytes: 2 * ringBytes,
    readOnlyBytes: 3 * largest + 65_536,
  });
  const ring = RecordWriter.create(arena, { label: 'blocks', capacity: ringBytes });
  const frames = FrameWriter.create(arena, { label: 'large blocks', maximumFrameBytes: largest });
  const region: Region = arena.allocate('read-write', sharedWordsBytes, 64);
  region.bytes().fill(0);
  const [toReceiver, toSender] = [allocateSignal(arena), allocateSignal(arena)];

  const own = (fd: number) => `/proc/${process.pid}/fd/${fd}`;
  const offered: Offer = {
    pipe: own(there[0]),
    pipeBack: own(back[1]),
    queue,
    queueBack,
    arena: arena.descriptor(),
    ring: ring.peerDescriptor(),
    frames: frames.readerDescriptor(),
    words: region.descriptor,
    toReceiver: toReceiver.descriptor,
    toSender: toSender.descriptor,
  };
  actor.tell('offer', offered);
  const { path, host, port: tcpPort } = v.parse(listening, await actor.told('listening'));
  close(there[0]);
  close(back[1]);
  const [unix, tcp] = [socket(AF_UNIX, SOCK_STREAM), socket(AF_INET, SOCK_STREAM)];
  await actor.call(`connect(${unix}, "${path}")`, () => connect(unix, { path }));
  await actor.call(`connect(${tcp}, ${host}:${tcpPort})`, () => connect(tcp, { host, port: tcpPort }));
  sendAtOnce(tcp);
  arena.close();

  const words = region.words();
  const sides = { ring, frames, words, seen: { count: 0 } };
  const signals = {
    toReceiver: new Signal(toReceiver.region, futexSleeper),
    toSender: new Signal(toSender.region, futexSleeper),
  };
  return {
    pipe: { there: there[1], back: back[0] },
    words,
    ends: {
      port: portSender(port),
      pipe: streamSender(there[1], back[0]),
      unix: streamSender(unix, unix),
      tcp: streamSender(tcp, tcp),
      mq: queueSender(queueThere ?? -1, queueHere ?? -1),
      'shared-spin': sharedSender(sides),
      'shared-asleep': sharedSender(sides, signals),
    },
  };
}
