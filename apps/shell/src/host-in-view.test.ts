import { expect, test } from 'vitest';
import { hostEnd } from './host-in-view.ts';

test.each([
  ['http://a.example/path', 'http://a.example'],
  ['https://a.example:8080?q#x', 'https://a.example:8080'],
  ['http://[::1]:80/', 'http://[::1]:80'],
  ['http://한글.localhost/길', 'http://한글.localhost'],
  ['view-source:http://a.example/x', 'view-source:http://a.example'],
  ['blob:https://a.example/1-2', 'blob:https://a.example'],
  ['file:///tmp/a.html', 'file://'],
  ['about:blank', ''],
  ['data:text/html,http://a.example/', ''],
  ['words http://a.example/', ''],
])('the host of %s ends after "%s"', (shown, before) => {
  expect(shown.slice(0, hostEnd(shown))).toBe(before);
});
