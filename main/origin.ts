/** The scheme and host of the shell's own pages. */
export const SHELL_SCHEME = 'app';
export const SHELL_HOST = 'backroom';
export const SHELL_ORIGIN = `${SHELL_SCHEME}://${SHELL_HOST}`;

/** The switch by which the preload learns the server's origin. */
export const SERVER_ORIGIN_SWITCH = '--backroom-server-origin=';

/** Whose page this is: the shell's own, the managers' screens of the server, or a foreign one's. */
export type Caller = 'shell' | 'screens' | 'foreign';

export function callerOf(origin: string, serverOrigin: string | null): Caller {
  if (origin === SHELL_ORIGIN) return 'shell';
  if (serverOrigin !== null && origin === serverOrigin) return 'screens';
  return 'foreign';
}

/** The origin of an address. `URL.origin` is "null" for schemes that Node does not know. */
export function originOfUrl(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
