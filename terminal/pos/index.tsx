import './strict-policy.ts';
import './ui/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserPlatform } from '../browser/platform.ts';
import type { AppProps } from './app.tsx';
import { App } from './app.tsx';
import { startI18n } from './i18n.ts';
import { openConnection } from './open-connection.ts';
import { keepForOffline } from './service-worker.ts';
import { keepTerminalName, terminalName } from './terminal-name.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');
const root = createRoot(element);
const platform = browserPlatform((fields, message) => console.warn(message, fields));

function show(connection: AppProps['connection']): void {
  root.render(
    <StrictMode>
      <App surroundings={platform} connection={connection} onName={open} />
    </StrictMode>,
  );
}

function open(name: string): void {
  keepTerminalName(name);
  show(openConnection(name, platform));
}

await startI18n();
void keepForOffline();
const name = terminalName();
if (name === null) show(null);
else open(name);
