import type { CdpObject } from './cdp.ts';
import type { PageSession } from './page.ts';
import { answerCustomScheme } from './protocol.ts';

interface PausedRequest {
  requestId: string;
  request: { url: string; method: string };
  resourceType: string;
  /** The request that was redirected to this one. */
  redirectedRequestId?: string;
}

/** Lets a paused request of a page go on, answers it, or refuses the navigation that it would be. */
export async function answerRequest(
  session: PageSession,
  paused: CdpObject,
  mayNavigate: (url: string, why: 'navigation' | 'redirect') => boolean,
): Promise<void> {
  const { requestId, request, resourceType, redirectedRequestId } =
    paused as unknown as PausedRequest;
  const why = redirectedRequestId === undefined ? 'navigation' : 'redirect';
  try {
    if (resourceType === 'Document' && !mayNavigate(request.url, why)) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const response = await answerCustomScheme(request.url, request.method);
    if (response === undefined) await session.send('Fetch.continueRequest', { requestId });
    else await session.send('Fetch.fulfillRequest', { requestId, ...(await asCdp(response)) });
  } catch (error) {
    // A page that has gone takes its requests along.
    if (!/Invalid InterceptionId|Chromium has ended|Session with/.test(String(error))) throw error;
  }
}

async function asCdp(response: Response): Promise<CdpObject> {
  return {
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  };
}
