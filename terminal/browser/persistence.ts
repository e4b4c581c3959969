import type { StorageReport } from '../pos-till.ts';

/** Asks the browser not to clear the till's store by itself. Some browsers ask whoever sits there. */
export async function askToPersist(): Promise<boolean> {
  const storage = storageManager();
  // Over plain http the browser has no storage manager, and promises nothing.
  if (storage === undefined) return false;
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}

/** What the browser promises and says of the store, as it is now. */
export async function readStorage(): Promise<Omit<StorageReport, 'mended'>> {
  const storage = storageManager();
  const [persistent, estimate, startsOffline] = await Promise.all([
    storage?.persisted().catch(() => false) ?? false,
    storage?.estimate().catch(() => undefined),
    hasServiceWorker(),
  ]);
  const { usage = null, quota = null } = estimate ?? {};
  return { persistent, startsOffline, usedBytes: usage, quotaBytes: quota };
}

/** Whether a service worker stands ready to open the page without a server. */
async function hasServiceWorker(): Promise<boolean> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!isSecureContext || serviceWorker === undefined) return false;
  const registration = await serviceWorker.getRegistration().catch(() => undefined);
  return registration?.active != null;
}

function storageManager(): StorageManager | undefined {
  return (navigator as Partial<Navigator>).storage;
}
