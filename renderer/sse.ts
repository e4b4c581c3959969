/** One message of a server-sent event stream. */
export interface SseMessage {
  event: string;
  data: string;
}

/**
 * Reads a stream of server-sent events piece by piece; a piece may end anywhere. We read it through
 * fetch rather than EventSource to see the status of a refusal and the heartbeats.
 */
export function createSseReader(): (piece: string) => SseMessage[] {
  let rest = '';
  let event = '';
  let data: string[] = [];
  const readLine = (line: string): SseMessage | undefined => {
    if (line === '') {
      const message =
        data.length === 0 ? undefined : { event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      return message;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
    return undefined;
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    return lines.map(readLine).filter((message) => message !== undefined);
  };
}
