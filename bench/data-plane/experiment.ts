/** Request of the bench to the application in this folder. */
export interface Experiment {
  readonly name:
    | 'frames-vs-memcpy'
    | 'frames-over-port'
    | 'spin-vs-atomic'
    | 'doorbell-vs-port'
    | 'handover'
    | 'ring-between-processes';
  /** Size of a frame, pixels. */
  readonly width?: number;
  readonly height?: number;
}

export interface Measured {
  ours: number[];
  floor: number[];
}
