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
 * Whether a member may begin what no member has tried yet: everyone before it has been declared
 * offline. What another member has tried stays with that one until it answers or is declared offline.
 */
export function leads(destination: string, member: string, offline: ReadonlySet<string>): boolean {
  const members = membersOf(destination);
  return members.slice(0, members.indexOf(member)).every((key) => offline.has(key));
}
