/**
 * Made by `createFrameAnalyser`, which a plugin that reads frames exports. The plugin host loads the plugin, maps the
 * memory and handles the ports; the plugin sees only pixels.
 */
export interface FrameAnalyser {
  /**
   * Looks at one frame, in place: `pixels` is shared memory, 4 bytes a pixel in the order blue, green, red, alpha,
   * `strideBytes` from one row to the next. It must not be kept or written to.
   */
  analyse(frame: AnalysedFrame): FrameFindings;
  /** Forgets earlier frames: the next one shows another page. */
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
  /** Share of the pixels that differ from the previous frame, 0 to 1; 0 for the first and after a change of size. */
  changed: number;
}

export interface FrameAnalyserModule {
  createFrameAnalyser(): FrameAnalyser;
}
