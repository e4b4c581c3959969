import { app, powerMonitor } from 'electron';

/**
 * Makes quitting ask first and stop what the shell hosts. The system's own end (log-off, shutdown, a
 * signal) does not ask: nobody may be there to answer.
 */
export function installQuit(parts: {
  /** Whether the person agrees; asked only where something would stop. */
  confirm: () => Promise<boolean>;
  stop: () => Promise<void>;
}): void {
  let phase: 'open' | 'asking' | 'stopping' | 'stopped' = 'open';
  let asks = true;

  const leave = async (): Promise<void> => {
    if (asks) {
      phase = 'asking';
      const agreed = await parts.confirm();
      // The system may have ended the session while the question was open.
      if (!isAsking()) return;
      if (!agreed) {
        phase = 'open';
        return;
      }
    }
    phase = 'stopping';
    await parts.stop();
    phase = 'stopped';
    app.quit();
  };
  const isAsking = (): boolean => phase === 'asking';
  const leaveUnasked = (): void => {
    asks = false;
    if (phase === 'open' || phase === 'asking') void leave();
  };

  app.on('before-quit', (event) => {
    if (phase === 'stopped') return;
    event.preventDefault();
    if (phase === 'open') void leave();
  });
  powerMonitor.on('shutdown', leaveUnasked);
  process.on('SIGTERM', leaveUnasked);
  process.on('SIGINT', leaveUnasked);
  process.on('SIGHUP', leaveUnasked);
}
