import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Backlog } from './backlog.ts';

let pings: number[];
let backlog: Backlog;
beforeEach(() => {
  vi.useFakeTimers();
  pings = [];
  backlog = new Backlog(1000, (sequence) => pings.push(sequence));
});
afterEach(() => void vi.useRealTimers());

it('pings when it is half full, with one ping at a time', () => {
  backlog.add(400);
  expect(pings).toEqual([]);
  backlog.add(200);
  backlog.add(200);
  expect(pings).toEqual([-1]);
  backlog.answered(-1);
  expect(backlog.unreadBytes).toBe(200);
});

it('is full above its limit, and is emptied by answers', () => {
  backlog.add(1001);
  expect(backlog.isFull).toBe(true);
  expect(backlog.isHopeless(true)).toBe(false);
  backlog.answered(-7);
  expect(backlog.isFull).toBe(true);
  backlog.answered(-1);
  expect(backlog.isFull).toBe(false);
});

it('is hopeless at twice its limit, or when a peer that sends has not read for ten seconds', () => {
  backlog.add(1001);
  vi.advanceTimersByTime(10_001);
  expect(backlog.isHopeless(false)).toBe(false);
  expect(backlog.isHopeless(true)).toBe(true);
  backlog.answered(-1);
  expect(backlog.isHopeless(true)).toBe(false);
  backlog.add(2001);
  expect(backlog.isHopeless(false)).toBe(true);
});
