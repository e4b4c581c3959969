import type { ShellStatus } from '../server/contract/ipc-schemas.ts';
import { SHELL_ORIGIN } from './origin.ts';

/** Where the managers' screens begin on the server. */
const SCREENS_PATH = '/manage/';

/**
 * The address that the window shows in this status. A set-up code is shown once, on a page of the
 * shell, because the screens ask for it.
 */
export function pageFor(status: ShellStatus, seenSetupCode: string | null): string {
  switch (status.phase) {
    case 'settings-broken':
      return `${SHELL_ORIGIN}/settings-broken.html`;
    case 'unconfigured':
      return `${SHELL_ORIGIN}/first-run.html`;
    case 'running':
      if (status.setupCode !== null && status.setupCode !== seenSetupCode) break;
      return `${status.origin}${SCREENS_PATH}`;
    case 'starting':
    case 'waiting':
    case 'stopping':
      break;
  }
  return `${SHELL_ORIGIN}/status.html`;
}
