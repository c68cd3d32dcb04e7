import path from 'node:path';
import { type LessonFacts, lessonProcess } from '@bulkhead/contracts';
import { serve } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/utility';
import { confine } from '@bulkhead/shared-memory/confinement';
import { LessonActor } from './lesson-actor.ts';

type Program = (actor: never) => Promise<LessonFacts | undefined>;

/** Serves the browser's port: runs `program` when the browser asks. */
export function serveLessonProcess(port: Electron.MessagePortMain, name: string, program: Program): void {
  const actor = new LessonActor(name, {
    events: (events) => served.push.events(events),
    line: (label, held) => served.push.line(label, held),
    figure: (figureName, figure) => served.push.figure(figureName, figure),
    told: (valueName, value) => served.push.told(valueName, value),
  });
  const served = serve(lessonProcess, mainPortEndpoint(port), {
    confine: async (needs, own) => {
      const program = path.join(import.meta.dirname, '..');
      const confinement = await confine(needs, { program, ...(own !== null && { own }) });
      return { ...confinement, trials: [...confinement.trials] };
    },
    run: async (parameters, pace) => {
      actor.begin(parameters, pace);
      try {
        // The browser has checked the parameters against the lesson's declaration.
        return (await program(actor as never)) ?? {};
      } finally {
        actor.finish();
      }
    },
    flush: () => actor.flush(),
    pace: (pace) => actor.setPace(pace),
    go: () => actor.go(),
    port: (portName, other) => actor.ports.put(portName, other),
    told: (valueName, value) => actor.values.put(valueName, value),
  });
}
