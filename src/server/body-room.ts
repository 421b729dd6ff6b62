import { StillwatchError } from "../core/errors.ts";

/** How much of bodies may be in memory, bytes, unpacked. */
export interface BodyLimits {
  readonly bodyBytes: number;
  /** Of all bodies not yet answered. */
  readonly heldBytes: number;
}

/** Counts the bytes of bodies that are held. */
export interface BodyRoom {
  /** Room for one body. */
  open(): {
    take(bytes: number): void;
    /** Counts packed bytes, which are not held, against what one body may have: they may unpack to nothing. */
    pass(bytes: number): void;
    close(): void;
  };
}

const MB = 1_000_000;

/** `take` and `pass` throw SW_BODY_TOO_LARGE, or SW_BUSY where others hold too much. */
export function makeBodyRoom({ bodyBytes, heldBytes }: BodyLimits): BodyRoom {
  let held = 0;
  return {
    open() {
      let [own, passed] = [0, 0];
      return {
        pass(bytes) {
          passed += bytes;
          if (passed > bodyBytes) {
            throw new StillwatchError("SW_BODY_TOO_LARGE", { megabytes: bodyBytes / MB });
          }
        },
        take(bytes) {
          if (own + bytes > bodyBytes) {
            throw new StillwatchError("SW_BODY_TOO_LARGE", { megabytes: bodyBytes / MB });
          }
          if (held + bytes > heldBytes) throw new StillwatchError("SW_BUSY");
          own += bytes;
          held += bytes;
        },
        close() {
          held -= own;
          own = 0;
        },
      };
    },
  };
}
