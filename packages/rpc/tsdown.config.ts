import { defineConfig } from 'tsdown';
import manifest from './package.json' with { type: 'json' };

const published = Object.keys(manifest.publishConfig.exports) as (keyof typeof manifest.publishConfig.exports)[];

export default defineConfig({
  entry: published.map((name) => manifest.exports[name]),
  outDir: 'out',
  platform: 'neutral',
  target: ['node20', 'chrome130'],
  dts: true,
  sourcemap: true,
  deps: { neverBundle: /^node:/, onlyBundle: [] },
  failOnWarn: true,
});
