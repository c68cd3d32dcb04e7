import { expect, it } from 'vitest';
import { isFree, loadBytes, loadInt, mapPrivatePage, process_vm_readv, storeInt } from './address-space.ts';

const address = 0x2b_0000_0000n;

it('maps a page at exactly the given address, once, and reads and writes there', () => {
  expect(isFree(address)).toBe(true);
  mapPrivatePage(address);
  expect(isFree(address)).toBe(false);
  expect(loadInt(address)).toBe(0);
  storeInt(address, -2);
  expect(loadInt(address)).toBe(-2);
  expect([...loadBytes(address, 5)]).toEqual([0xfe, 0xff, 0xff, 0xff, 0]);
  expect(() => mapPrivatePage(address)).toThrow(expect.objectContaining({ name: 'PosixError', code: 'EEXIST' }));
});

it('reads memory of a process by its PID, and explains a failure', () => {
  storeInt(address, 77);
  expect(process_vm_readv(process.pid, address)).toBe(77);
  expect(() => process_vm_readv(process.pid, 0x1000n)).toThrow(expect.objectContaining({ code: 'EFAULT' }));
  expect(() => process_vm_readv(0x7fff_fff0, address)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
});
