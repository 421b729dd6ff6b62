/** One of several nodes may do something at a time. */
export interface Lease {
  /** True where `holder` has the name now, for `ttlMs` from now on. A holder may acquire again. */
  acquire(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Prolongs; false where it was lost. */
  renew(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** The lease of a server with a data folder of its own: the folder's lock lets nobody else in. */
export const OWN_FOLDER: Lease = {
  acquire: () => Promise.resolve(true),
  renew: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};
