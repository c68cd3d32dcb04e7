/** What the bench asks the application in this folder to measure. */
export interface Experiment {
  readonly name:
    | 'frames-vs-memcpy'
    | 'frames-over-port'
    | 'spin-vs-atomic'
    | 'doorbell-vs-port'
    | 'handover'
    | 'ring-between-processes';
  /** Of a frame, pixels. */
  readonly width?: number;
  readonly height?: number;
}

export interface Measured {
  ours: number[];
  floor: number[];
}
