import type { ParentPort as ElectronParentPort, MessagePortMain, UtilityProcess } from 'electron';
import { expectTypeOf, it } from 'vitest';
import type { TransferablePort } from './contract.ts';
import type { UtilityProcessHandle } from './electron-main.ts';
import type { ParentPort } from './utility.ts';

it('accepts the types of Electron', () => {
  expectTypeOf<MessagePortMain>().toExtend<TransferablePort>();
  expectTypeOf<UtilityProcess>().toExtend<UtilityProcessHandle>();
  expectTypeOf<ElectronParentPort>().toExtend<ParentPort>();
});
