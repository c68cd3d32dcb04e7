/**
 * What a plugin that reads frames exports as `createFrameAnalyser`. The plugin host loads it into its process, maps
 * the memory and speaks on the ports; the plugin sees nothing but pixels.
 */
export interface FrameAnalyser {
  /**
   * Looks at one frame, in place: `pixels` is shared memory, 4 bytes a pixel in the order blue, green, red, alpha,
   * `strideBytes` from one row to the next. It must not be kept or written to.
   */
  analyse(frame: AnalysedFrame): FrameFindings;
  /** Forgets the frames before: the next one is of another page. */
  reset(): void;
}

export interface AnalysedFrame {
  pixels: Uint8Array;
  /** Pixels. */
  width: number;
  height: number;
  strideBytes: number;
}

export interface FrameFindings {
  /** Mean of every pixel, 0 to 255 a channel. */
  averageColour: { red: number; green: number; blue: number };
  /** Share of the pixels that differ from the frame before, 0 to 1; 0 for the first and after a change of size. */
  changed: number;
}

export interface FrameAnalyserModule {
  createFrameAnalyser(): FrameAnalyser;
}
