import type { FrameBufferReport, FrameBuffersReport, pageHost } from '@bulkhead/contracts';
import type { Handlers } from '@bulkhead/rpc/contract';
import type { BufferReport, SegmentReport } from '@bulkhead/shared-memory';
import { boundedTitle } from '../bounds/page-facts.ts';
import { whyCopied } from '../frames/frame-link.ts';
import type { FramePath } from '../frames/frame-path.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import { isInternal } from '../tabs/navigation-policy.ts';
import { sampleEvery } from '../timing/streams.ts';
import { type FrameLayout, frameWordLines, newestFrame, plainWordLines } from './frame-word-lines.ts';

/** Most buffers, and most segments, in a report. */
const mostListed = 256;

/** Time between two reports to an open page, ms. */
const reportPeriodMs = 250;

interface FrameParts {
  framePath: FramePath;
  plugin: PluginProcess;
}

/** Streams for `bulkhead://frames`. They run while the page reads them. */
export function frameStreams(parts: FrameParts): Pick<Handlers<typeof pageHost>, 'frameBuffers' | 'framePictures'> {
  return {
    frameBuffers: sampleEvery(reportPeriodMs, () => reportFrameBuffers(parts)),
    framePictures: async ({ sink }) => {
      const stop = parts.framePath.pictures.watch((picture) => sink.latest(picture));
      await sink.closed;
      stop();
    },
  };
}

type NameOf = (pid: number) => string | null;

/**
 * Reports every live buffer and segment of this process, as they are in memory now. Values that peers can write are
 * passed on unchanged and not used.
 */
export async function reportFrameBuffers({ framePath, plugin }: FrameParts): Promise<FrameBuffersReport> {
  // Load this only when a page asks for a report: start-up does not need it.
  const memory = await import('@bulkhead/shared-memory');
  const nameOf = (pid: number) => (pid === process.pid ? 'browser' : pid === plugin.pid ? plugin.name : null);
  const buffers = memory.buffers();
  const { watched } = framePath;
  return {
    at: performance.now(),
    buffers: [
      ...buffers.map((buffer, index) => reportBuffer(buffer, keyOf(buffers, index), nameOf, memory)),
      ...framePath.report(),
    ].slice(0, mostListed),
    segments: memory.segments().slice(0, mostListed).map(reportSegment),
    plugin: plugin.state(),
    copied: framePath.copied ?? whyCopied(memory.capabilities()),
    watched: watched
      ? { tab: watched.id, title: boundedTitle(watched.contents.getTitle()), internal: isInternal(watched.address) }
      : null,
  };
}

/** Returns a key for a buffer. Buffers with equal labels are numbered by their order, which does not change. */
function keyOf(buffers: readonly BufferReport[], index: number): string {
  const name = ({ arena, label, role }: BufferReport) => `${arena}/${label}/${role}`;
  const own = buffers[index] ? name(buffers[index]) : '';
  return `${own}/${buffers.slice(0, index).filter((buffer) => name(buffer) === own).length}`;
}

function reportBuffer(buffer: BufferReport, key: string, nameOf: NameOf, layout: FrameLayout): FrameBufferReport {
  const { kind, label, arena, backend, bytes, slots, slotBytes, sequence, counts, fault, words } = buffer;
  const side = ({ pid, generation, slot = null }: { pid: number; generation: number; slot?: number | null }) => ({
    pid,
    name: nameOf(pid),
    generation,
    slot,
  });
  const holdsFrames = kind === 'frame-buffer';
  return {
    key,
    kind,
    label,
    arena,
    backend,
    bytes,
    slots,
    slotBytes,
    writer: side(buffer.writer),
    reader: side(buffer.reader),
    published: sequence.published,
    taken: sequence.taken,
    dropped: counts.dropped,
    torn: counts.torn,
    overwritten: counts.overwritten,
    frame: holdsFrames ? newestFrame(words, layout) : null,
    fault: fault ? `${fault.reason}: ${fault.detail}`.slice(0, 500) : null,
    lines: holdsFrames ? frameWordLines(words, layout) : plainWordLines(words),
  };
}

function reportSegment({ id, label, backend, bytes, generation, attachable, header }: SegmentReport) {
  return { id, label, backend, bytes, generation, ownerPid: header.owner.pid, attachable };
}
