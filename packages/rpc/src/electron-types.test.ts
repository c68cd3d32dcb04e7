import type { ParentPort as ElectronParentPort, MessagePortMain, UtilityProcess } from 'electron';
import { expectTypeOf, it } from 'vitest';
import type { MainPort, UtilityProcessHandle } from './electron-main.ts';
import type { ParentPort } from './utility.ts';

it('takes what Electron gives', () => {
  expectTypeOf<MessagePortMain>().toExtend<MainPort>();
  expectTypeOf<UtilityProcess>().toExtend<UtilityProcessHandle>();
  expectTypeOf<ElectronParentPort>().toExtend<ParentPort>();
});
