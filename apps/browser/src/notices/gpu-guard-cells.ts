/** 32-bit words that the browser's thread and the GPU guard's share. */
export const cell = {
  /** The GPU process; 0 while there is none. Written by the guard. */
  pid: 0,
  /** Counts the times that the GPU process was asked for something and answered. Written by the browser. */
  answers: 1,
  /** 1 while the GPU process keeps a core busy, and should be asked. Written by the guard. */
  busy: 2,
  /** PID of the one that was ended because it hung, until the browser has taken note (0). */
  hung: 3,
} as const;

export const cellCount = Object.keys(cell).length;
