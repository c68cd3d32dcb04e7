import { afterEach, expect, it } from 'vitest';
import { newName } from '../segment/backing.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import * as posix from './posix.ts';
import { RawMapping } from './raw-mapping.ts';

const size = 4096;

afterEach(() => expect(leftovers()).toEqual(nothing));

it('shows the same object at two addresses, until it is unmapped, and again when it is mapped again', () => {
  const name = newName();
  const fd = posix.shm_open(name, posix.O_CREAT | posix.O_EXCL | posix.O_RDWR, 0o600);
  posix.ftruncate(fd, size);
  posix.shm_unlink(name);
  const [one, other] = [new RawMapping(size), new RawMapping(size)];
  one.map(fd, posix.PROT_READ | posix.PROT_WRITE);
  other.map(fd, posix.PROT_READ);
  expect(one.address).not.toBe(other.address);
  one.bytes[5] = 42;
  expect(other.bytes[5]).toBe(42);
  one.unmap();
  expect(other.bytes[5]).toBe(42);
  one.map(fd, posix.PROT_READ);
  expect(one.bytes[5]).toBe(42);
  posix.close(fd);
  for (const each of [one, other]) each.unmap();
});

it('cannot write to an object that is sealed against writing', () => {
  const fd = posix.memfd_create('test', posix.MFD_ALLOW_SEALING);
  posix.ftruncate(fd, size);
  const owner = new RawMapping(size);
  owner.map(fd, posix.PROT_READ | posix.PROT_WRITE);
  posix.fcntl(fd, posix.F_ADD_SEALS, posix.F_SEAL_FUTURE_WRITE);
  const other = new RawMapping(size);
  expect(() => other.map(fd, posix.PROT_READ | posix.PROT_WRITE)).toThrow('EPERM');
  other.map(fd, posix.PROT_READ);
  expect(() => other.protect(posix.PROT_READ | posix.PROT_WRITE)).toThrow(/EACCES|EPERM/);
  owner.bytes[0] = 7;
  expect(other.bytes[0]).toBe(7);
  posix.close(fd);
  for (const each of [owner, other]) each.unmap();
});
