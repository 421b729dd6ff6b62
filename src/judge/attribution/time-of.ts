/** Seconds since 1970 as ISO 8601 in UTC. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
