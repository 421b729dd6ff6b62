/** One step of a long job. `total` is absent where it is not known; `unit` is a plural noun, such as `exchanges`. */
export interface ProgressEvent {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
}

/** Where a stage reports its progress; called often, so it must be cheap. */
export type Progress = (event: ProgressEvent) => void;

/** For callers who do not watch. */
export const silent: Progress = () => {};
