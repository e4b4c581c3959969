/** Lets the page be opened without a server. Only a secure context has such a worker. */
export async function keepForOffline(): Promise<void> {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (serviceWorker === undefined || !import.meta.env.PROD) return;
  const base = import.meta.env.BASE_URL;
  // A page that cannot be kept still sells; the log-in page says what it cannot do.
  await serviceWorker.register(`${base}sw.js`, { scope: base }).catch(() => undefined);
}
