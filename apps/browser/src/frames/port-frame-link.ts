import { type FrameBufferReport, maximumPictureBytes, type WhyCopied } from '@bulkhead/contracts';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { type FrameFault, PortFrameReader, PortFrameWriter } from '@bulkhead/shared-memory';
import { MessageChannelMain } from 'electron';
import type { FrameLink, FrameLinkOptions } from './frame-transport.ts';

/**
 * Pause between a small frame and the request for the next one, ms. Shorter than an honest plugin takes to draw one,
 * and long enough to catch a plugin that sends without a request by its second frame.
 */
const pictureRestMs = 100;

/** Carries frames to one plugin process without shared memory: copied, over two ports of their own. */
export function carryFrames(options: FrameLinkOptions, why: WhyCopied | null): FrameLink {
  const { connection, maximumFrameBytes } = options;
  const [framePorts, picturePorts] = [new MessageChannelMain(), new MessageChannelMain()];
  const onFault = ({ detail }: FrameFault) => options.onFault(detail);
  const frames = new PortFrameWriter(mainPortEndpoint(framePorts.port1), {
    label: 'active tab',
    maximumFrameBytes,
    onFault,
  });
  let onPicture = () => {};
  const pictures = new PortFrameReader(mainPortEndpoint(picturePorts.port1), {
    label: 'small pictures',
    maximumFrameBytes: maximumPictureBytes,
    restMs: pictureRestMs,
    onFrame: () => onPicture(),
    onFault,
  });
  const close = () => {
    frames.close();
    pictures.close();
  };
  const link: FrameLink = {
    frames,
    pictures,
    copied: why,
    begin: () => connection.call.carryFrames(framePorts.port2, picturePorts.port2, { maximumFrameBytes }),
    take: async () => link,
    ring: () => undefined, // an arriving frame is its own signal
    onPicture: (listener) => {
      onPicture = listener;
    },
    report: () => [reportFrames(frames, options), reportPictures(pictures, options)],
    close,
  };
  return link;
}

const browserSide = { pid: process.pid, name: 'browser', generation: 1, slot: null };
const pluginSide = ({ connection, name }: FrameLinkOptions) => ({
  pid: connection.peer.pid ?? 0,
  name,
  generation: 1,
  slot: null,
});

function reportFrames(frames: PortFrameWriter, options: FrameLinkOptions): FrameBufferReport {
  const { taken, overwritten } = frames.counts;
  return {
    ...sameOfBoth(frames, options),
    writer: browserSide,
    reader: pluginSide(options),
    published: frames.sequence >>> 0,
    taken: taken >>> 0,
    dropped: overwritten >>> 0, // the reader misses only what was overwritten on this side
    overwritten: overwritten >>> 0,
    frame: sizeOf(frames.last()),
  };
}

function reportPictures(pictures: PortFrameReader, options: FrameLinkOptions): FrameBufferReport {
  const { dropped } = pictures.counts;
  return {
    ...sameOfBoth(pictures, options),
    writer: pluginSide(options),
    reader: browserSide,
    published: pictures.sequence >>> 0,
    taken: pictures.sequence >>> 0,
    dropped: dropped >>> 0,
    overwritten: dropped >>> 0,
    frame: sizeOf(pictures.last()),
  };
}

const sizeOf = (frame: { width: number; height: number; strideBytes: number } | undefined) =>
  frame ? { width: frame.width, height: frame.height, strideBytes: frame.strideBytes } : null;

function sameOfBoth(
  { label, maximumFrameBytes, fault }: PortFrameWriter | PortFrameReader,
  { name }: FrameLinkOptions,
): Pick<
  FrameBufferReport,
  'key' | 'kind' | 'label' | 'arena' | 'backend' | 'bytes' | 'slots' | 'slotBytes' | 'torn' | 'fault' | 'lines'
> {
  return {
    key: `port/${label}`,
    kind: 'frame-buffer',
    label,
    arena: `plugin ${name}`,
    backend: 'port',
    bytes: maximumFrameBytes,
    slots: 1,
    slotBytes: maximumFrameBytes,
    torn: 0,
    fault: fault ? `${fault.reason}: ${fault.detail}`.slice(0, 500) : null,
    lines: [],
  };
}
