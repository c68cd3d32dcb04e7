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
 * Serves the browser's port: maps the memory, locks the process down, loads the plugin, then has it analyse each new
 * frame and reports the findings. Frames in shared memory are analysed in place.
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
        if (!locked || isConfined) throw new Error('prove: call it once, after confine');
        const confinement = await locked.prove();
        isConfined = true;
        return { ...confinement, trials: [...confinement.trials] };
      },
      load: async (name, source) => {
        if (!isConfined || analyser) throw new Error('load: call it once, after prove');
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
        // Frames no longer come through shared memory: stop what uses it.
        painter?.want(false);
        painter?.show(undefined);
        reader?.close();
        reader = new PortFrameReader(mainPortEndpoint(framePort), {
          label: 'active tab',
          maximumFrameBytes,
          onFrame: lookAtLatest,
          // A fault here is a bug of the browser. No more frames come over this port; a new process gets a new port.
          onFault: ({ detail }) => {
            throw new Error(`the port for frames failed: ${detail}`);
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
    // No more frames can come through this memory, and its writer cannot know. A new process gets new memory.
    if (latest?.state === 'corrupt') throw new Error(`the frame buffer is corrupt: ${latest.fault.detail}`);
    // The doorbell rang twice for one frame, or an earlier ring took this frame.
    if (latest?.state !== 'new' || !analyser) return;
    void report(analyser, latest.frame);
  }

  function takeLatest(): Latest | undefined {
    const latest = reader?.latest();
    // `latest` has given the previous frame back: the painter must let go of it.
    if (latest?.state === 'new') painter?.show(latest.frame);
    return latest;
  }

  async function report(by: FrameAnalyser, frame: Frame): Promise<void> {
    const { sequence, width, height, pixels, strideBytes } = frame;
    const startedAt = performance.now();
    const findings = by.analyse({ pixels, width, height, strideBytes });
    const computeMs = performance.now() - startedAt;
    const dropped = reader?.counts.dropped ?? 0;
    // A tab that has ended, hangs or lies must not delay its statistics for long, nor stop them.
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
