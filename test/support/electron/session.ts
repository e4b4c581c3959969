import type { CdpConnection } from './cdp.ts';

type CheckHandler = (contents: null, permission: string) => boolean;
type RequestHandler = (
  contents: null,
  permission: string,
  answer: (granted: boolean) => void,
) => void;

/** Permissions that Chromium can be told about, by the names that both use. */
const PERMISSIONS = ['geolocation', 'notifications', 'midi', 'clipboard-read', 'camera'];

let checkHandler: CheckHandler | undefined;
let requestHandler: RequestHandler | undefined;

const defaultSession = {
  setPermissionCheckHandler(handler: CheckHandler): void {
    checkHandler = handler;
  },
  setPermissionRequestHandler(handler: RequestHandler): void {
    requestHandler = handler;
  },
  setDevicePermissionHandler: (): void => undefined,
};

export const session = { defaultSession };

/** Asks the handlers once for each permission, and makes Chromium answer the same from now on. */
export async function applyPermissions(connection: CdpConnection): Promise<void> {
  for (const name of PERMISSIONS) {
    const setting = isGranted(name) ? 'granted' : 'denied';
    await connection.send('Browser.setPermission', { permission: { name }, setting });
  }
}

/** Electron grants what no handler was set for. */
function isGranted(permission: string): boolean {
  const answers: boolean[] = [];
  requestHandler?.(null, permission, (granted) => answers.push(granted));
  if (checkHandler !== undefined) answers.push(checkHandler(null, permission));
  return answers.every((granted) => granted);
}
