import { z } from 'zod';

/**
 * The address under which tills open their Web POS for good, for example `https://store.example:8443`:
 * scheme, name and port. A browser keeps what a till has under the name that it was opened with, so the
 * name must outlive the computer and its place in the network.
 */
export const publicUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })
  .superRefine((url, context) => {
    const parsed = URL.parse(url);
    const fault = parsed === null ? undefined : publicUrlFault(parsed);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function publicUrlFault(url: URL): string | undefined {
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return `holds more than scheme, name and port; write ${url.origin}`;
  }
  const { hostname } = url;
  const isAddress = IPV4.test(hostname) || hostname.startsWith('[');
  const isLoopback = hostname === '[::1]' || hostname.startsWith('127.');
  if (!isAddress || isLoopback) return undefined;
  return `${hostname} is an address, and an address changes when the network gives out another one: tills would then find none of the sales that they keep. Give this computer a name and write that.`;
}
