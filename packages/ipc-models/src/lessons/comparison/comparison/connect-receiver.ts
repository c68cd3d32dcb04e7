import { Arena, FrameReader, futexSleeper, RecordReader, Signal } from '@bulkhead/shared-memory';
import {
  AF_INET,
  AF_UNIX,
  accept,
  bind,
  close,
  getsockname,
  listen,
  mq_open,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  open,
  SOCK_STREAM,
  sendAtOnce,
  socket,
} from '@bulkhead/shared-memory/system-calls';
import * as v from 'valibot';
import type { Actor } from '../../../lab/index.ts';
import type { comparison } from './lesson.ts';
import { type Listening, offer } from './offer.ts';
import type { Way } from './plan.ts';
import { portReceiver, queueReceiver, type ReceiverEnd, sharedReceiver, streamReceiver } from './receiver-ends.ts';

const host = '127.0.0.1';

export interface ReceiverSide {
  readonly ends: Readonly<Record<Exclude<Way, 'memcpy'>, ReceiverEnd>>;
  readonly pipe: { readonly there: number; readonly back: number };
  readonly words: Uint32Array<SharedArrayBuffer>;
}

/** Opens the sender's objects, listens, and accepts its connections. */
export async function connectReceiver(actor: Actor<typeof comparison>): Promise<ReceiverSide> {
  const port = await actor.endpoint('port');
  const path = v.parse(v.string(), await actor.told('path'));
  const offered = v.parse(offer, await actor.told('offer'));
  const openRead = () => open(offered.pipe, O_RDONLY);
  const there = await actor.call(`open("${offered.pipe}", O_RDONLY)`, openRead);
  const back = await open(offered.pipeBack, O_WRONLY);
  const [queueHere, queueBack] = [offered.queue, offered.queueBack].map((name) => mq_open(name, O_RDWR));

  const arena = Arena.attach(offered.arena);
  const ring = RecordReader.attach(arena, offered.ring);
  const frames = FrameReader.attach(arena, offered.frames);
  const words = arena.region(offered.words).words();
  const signals = {
    toReceiver: new Signal(arena.region(offered.toReceiver), futexSleeper),
    toSender: new Signal(arena.region(offered.toSender), futexSleeper),
  };

  const [unixListening, tcpListening] = [socket(AF_UNIX, SOCK_STREAM), socket(AF_INET, SOCK_STREAM)];
  bind(unixListening, { path });
  bind(tcpListening, { host, port: 0 });
  for (const each of [unixListening, tcpListening]) listen(each, 1);
  const address = getsockname(tcpListening);
  const told: Listening = { path, host, port: 'port' in address ? address.port : 0 };
  actor.tell('listening', told);
  const [unix, tcp] = await Promise.all([accept(unixListening), accept(tcpListening)]);
  sendAtOnce(tcp);
  for (const each of [unixListening, tcpListening]) close(each);
  actor.tell('connected', true);

  const sides = { ring, frames, words };
  return {
    pipe: { there, back },
    words,
    ends: {
      port: portReceiver(port),
      pipe: streamReceiver(there, back),
      unix: streamReceiver(unix, unix),
      tcp: streamReceiver(tcp, tcp),
      mq: queueReceiver(queueHere ?? -1, queueBack ?? -1),
      'shared-spin': sharedReceiver(sides),
      'shared-asleep': sharedReceiver(sides, signals),
    },
  };
}
