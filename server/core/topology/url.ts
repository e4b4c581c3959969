/** The URL as the parser reads it; undefined where it is none, or no http address. */
export function parsedUrl(url: string): URL | undefined {
  const parsed = URL.parse(url.trim());
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed : undefined;
}

/**
 * An address in a form in which two spellings of it are equal: host in lower case, no default port, no
 * slash at the end, no user, query or fragment. Undefined where it is no http address.
 */
export function comparableUrl(url: string): string | undefined {
  const parsed = parsedUrl(url);
  if (parsed === undefined) return undefined;
  const host = parsed.host.replace(/\.(?=$|:)/, '');
  return `${parsed.protocol}//${host}${parsed.pathname.replace(/\/+$/, '')}`;
}

/** Whether an address means the machine that asks. */
export function isLoopback(url: string): boolean {
  const host = parsedUrl(url)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(host);
}
