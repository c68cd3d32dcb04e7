import {
  type FrameAnalyser,
  type FrameStatistics,
  framePlugin,
  maximumPictureBytes,
  mostPluginPorts,
  tabView,
} from '@bulkhead/contracts';
import { connect, openConnections, type Remote, serve, snapshotPort } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/utility';
import {
  Arena,
  type Frame,
  FrameReader,
  type FrameSource,
  FrameWriter,
  type Latest,
  PortFrameReader,
  PortFrameWriter,
} from '@bulkhead/shared-memory';
import { type LockDown, lockDown } from '@bulkhead/shared-memory/confinement';
import type { ArenaDescriptor, FrameBufferDescriptor } from '@bulkhead/shared-memory/descriptors';
import { breakYourself, truncate } from './break-yourself.ts';
import { loadPlugin } from './load-plugin.ts';
import { PicturePainter } from './picture-painter.ts';
import { startFault } from './start-fault.ts';

/**
 * Serves the browser's port: maps the memory, locks the process down, loads the plugin, and then has it analyse each new
 * frame, in place where there is shared memory, and says what was found.
 */
export function serveFramePlugin(port: Electron.MessagePortMain): void {
  let analyser: FrameAnalyser | undefined;
  let locked: LockDown | undefined;
  let isConfined = false;
  let arena: Arena | undefined;
  let reader: FrameSource | undefined;
  let control: FrameBufferDescriptor['control'] | undefined;
  let tab: Remote<typeof tabView> | undefined;
  let painter: PicturePainter | undefined;

  const served = serve(
    framePlugin,
    mainPortEndpoint(port),
    {
      attach: (descriptor) => {
        arena = Arena.attach(descriptor);
        if (startFault === 'truncate-segment') served.push.log(`truncate: ${truncateAll(descriptor)}`);
      },
      confine: (isListenedTo) => {
        locked ??= lockDown([], isListenedTo);
        return locked.listener ?? null;
      },
      prove: async () => {
        if (!locked || isConfined) throw new Error('a lock-down is proved once, after it');
        const confinement = await locked.prove();
        isConfined = true;
        return { ...confinement, trials: [...confinement.trials] };
      },
      load: async (name, source) => {
        if (!isConfined || analyser) throw new Error('a plugin is loaded once, into a process that is locked down');
        analyser = await loadPlugin(name, source);
      },
      watch: (descriptor) => {
        if (!arena) throw new Error('watch before attach');
        painter?.show(undefined);
        reader?.close();
        reader = FrameReader.attach(arena, descriptor);
        control = descriptor.control;
        analyser?.reset();
      },
      unwatch: () => {
        painter?.show(undefined);
        reader?.close();
        reader = undefined;
      },
      lendPictures: (descriptor) => {
        if (!arena) throw new Error('lendPictures before attach');
        painter = new PicturePainter(FrameWriter.attach(arena, descriptor), () => served.push.pictureReady());
      },
      carryFrames: (framePort, picturePort, { maximumFrameBytes }) => {
        // Frames no longer come through shared memory. What used it stops.
        painter?.want(false);
        painter?.show(undefined);
        reader?.close();
        reader = new PortFrameReader(mainPortEndpoint(framePort), {
          label: 'active tab',
          maximumFrameBytes,
          onFrame: lookAtLatest,
          // The browser's bug: as with memory, nothing comes over this port any more, and a new process gets a new one.
          onFault: ({ detail }) => {
            throw new Error(`the frames' port is no use any more: ${detail}`);
          },
        });
        const pictures = { label: 'small pictures', maximumFrameBytes: maximumPictureBytes };
        painter = new PicturePainter(new PortFrameWriter(mainPortEndpoint(picturePort), pictures), () => undefined);
      },
      wantPictures: (wanted) => painter?.want(wanted),
      checksum: ({ offset, length }) => {
        const latest = takeLatest();
        if (latest?.state === 'corrupt' || !latest?.frame) throw new Error('there is no frame');
        return checksum(latest.frame.pixels.subarray(offset, offset + length));
      },
      frameReady: lookAtLatest,
      ports: () =>
        openConnections()
          .filter(({ contract }) => contract === tabView.name)
          .slice(0, mostPluginPorts)
          .map(snapshotPort),
      tabPort: (tabPort, { id, pid }) => {
        tab?.close();
        const peer = { name: `tab ${id}`, ...(pid !== null && { pid }) };
        tab = connect(tabView, mainPortEndpoint(tabPort), { peer, heartbeat: false });
        analyser?.reset();
      },
      breakYourself: (fault) => breakYourself(fault, { port, arena, control }),
    },
    { heartbeat: false },
  );

  function lookAtLatest(): void {
    const latest = takeLatest();
    // No frame will ever come out of this memory again, and its writer cannot know: a new process gets new memory.
    if (latest?.state === 'corrupt') throw new Error(`the frame buffer is corrupt: ${latest.fault.detail}`);
    // Rung twice for one frame, or the frame was taken by an earlier ring.
    if (latest?.state !== 'new' || !analyser) return;
    void report(analyser, latest.frame);
  }

  function takeLatest(): Latest | undefined {
    const latest = reader?.latest();
    // The frame before is given back by this: whoever held it has to let go.
    if (latest?.state === 'new') painter?.show(latest.frame);
    return latest;
  }

  async function report(by: FrameAnalyser, frame: Frame): Promise<void> {
    const { sequence, width, height, pixels, strideBytes } = frame;
    const startedAt = performance.now();
    const findings = by.analyse({ pixels, width, height, strideBytes });
    const computeMs = performance.now() - startedAt;
    const dropped = reader?.counts.dropped ?? 0;
    // A tab that has gone, hangs or lies must not hold its statistics up for long, nor stop them.
    const scroll: FrameStatistics['scroll'] = (await tab?.call.scrollPosition().catch(() => null)) ?? null;
    served.push.statistics({ sequence, width, height, ...findings, dropped, computeMs, scroll });
  }
}

function truncateAll({ segments }: ArenaDescriptor): string {
  return segments.map((each) => (each.backend === 'sealed' ? truncate(each.pid, each.fd) : 'not sealed')).join(', ');
}

/** FNV-1a, 32 bit. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}
