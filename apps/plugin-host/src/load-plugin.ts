import type { FrameAnalyser, FrameAnalyserModule } from '@bulkhead/contracts';

/**
 * Evaluates a plugin's module from its text, because the process cannot read files. The module may import built-in
 * modules only. Stack traces name it `bulkhead-plugin:NAME.js`.
 */
export async function loadPlugin(name: string, source: string): Promise<FrameAnalyser> {
  const text = `${source}\n//# sourceURL=bulkhead-plugin:${name}.js\n`;
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const module: Partial<FrameAnalyserModule> = await import(/* @vite-ignore */ address);
  if (typeof module.createFrameAnalyser !== 'function') {
    throw new Error(`plugin ${name} exports no function createFrameAnalyser`);
  }
  return module.createFrameAnalyser();
}
