import { join } from 'node:path';
import type { BrowserContext, LaunchOptions, PlaywrightWorkerArgs } from '@playwright/test';

/** A browser with a profile folder of its own: what is kept there outlives it. */
export interface Profile extends AsyncDisposable {
  /** Opens the browser on the profile; one that is open is closed first. */
  open(): Promise<BrowserContext>;
}

/** A profile in the folder. It trusts certificates that sign themselves, as a till with the shop's root does. */
export function createProfile(
  {
    playwright,
    launchOptions,
  }: Pick<PlaywrightWorkerArgs, 'playwright'> & { launchOptions: LaunchOptions },
  folder: string,
  name: string,
): Profile {
  let context: BrowserContext | undefined;
  const close = async (): Promise<void> => {
    await context?.close();
    context = undefined;
  };
  return {
    async open() {
      await close();
      context = await playwright.chromium.launchPersistentContext(join(folder, name), {
        ...launchOptions,
        args: [...(launchOptions.args ?? []), '--ignore-certificate-errors'],
        locale: 'en-GB',
        ignoreHTTPSErrors: true,
      });
      return context;
    },
    [Symbol.asyncDispose]: close,
  };
}
