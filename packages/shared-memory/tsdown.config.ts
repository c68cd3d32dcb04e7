import { defineConfig } from 'tsdown';
import manifest from './package.json' with { type: 'json' };

const published = Object.keys(manifest.publishConfig.exports) as (keyof typeof manifest.publishConfig.exports)[];

export default defineConfig({
  entry: published.map((name) => manifest.exports[name]),
  outDir: 'out',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  deps: { onlyBundle: [] },
  failOnWarn: true,
});
