import { app, session } from 'electron';
import { callerOf, originOfUrl } from './origin.ts';

/**
 * Holds every page of the app to the two origins it is made for: no navigation elsewhere, no new
 * windows, no embedded web contents, no permissions. To be called once, when the app is ready.
 */
export function guardContents(serverOrigin: () => string | null): void {
  const isForeign = (url: string): boolean =>
    callerOf(originOfUrl(url), serverOrigin()) === 'foreign';

  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (isForeign(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (isForeign(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
}
