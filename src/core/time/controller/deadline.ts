const nanosecondsPerSecond = 1_000_000_000n;
const largest = 9_223_372_036;

/**
 * `startingDeadlineSeconds` in milliseconds. The controller reckons in nanoseconds of 64 bits, so a deadline above 292 years
 * overflows, to a negative one for instance, with which nothing ever starts.
 */
export function deadlineMilliseconds(seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  if (Math.abs(seconds) <= largest || !Number.isInteger(seconds)) return seconds * 1000;
  return Number(BigInt.asIntN(64, BigInt(seconds) * nanosecondsPerSecond)) / 1_000_000;
}
