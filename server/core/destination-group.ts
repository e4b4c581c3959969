/**
 * A destination is named by the key of its main, or, where one of several mains is enough, by their
 * keys in the order in which they are tried. A Mobile Server Key has no spaces, so the two are never
 * taken for each other.
 */
const BETWEEN = ' > ';

/** The name of the destination that one of these mains confirms; the keys are in order. */
export function destinationOf(keys: readonly string[]): string {
  return keys.join(BETWEEN);
}

/** The mains behind a destination's name, in the order in which they are tried. */
export function membersOf(destination: string): string[] {
  return destination.split(BETWEEN);
}

/** Whether any one of several mains confirms it. */
export function isGroup(destination: string): boolean {
  return destination.includes(BETWEEN);
}

/**
 * The member that begins what no member has tried yet: the first that is not passed over, because it
 * has been declared offline, or because another still has to pass on to it what came before.
 * Undefined where all are. What a member has tried stays with it until it answers or is declared offline.
 */
export function leaderOf(destination: string, passedOver: ReadonlySet<string>): string | undefined {
  return membersOf(destination).find((key) => !passedOver.has(key));
}
