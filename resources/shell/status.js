import { ask, byId, followStatus, say } from './page.js';

const ROLE_TEXTS = { store: 'role.store', main: 'role.main' };
const SECOND_MS = 1000;
let retryAtMs = 0;

byId('retry').addEventListener('click', () => ask('retryNow'));
byId('continue').addEventListener('click', () => ask('openScreens'));
const settings = await ask('readSettings');
byId('change').textContent = say(settings ? 'action.mendSettings' : 'action.setUp');
window.setInterval(showCountdown, SECOND_MS / 2);
await followStatus(show);

function show(status) {
  byId('starting').hidden = status.phase !== 'starting' && status.phase !== 'stopping';
  byId('code').hidden = status.phase !== 'running';
  byId('waiting').hidden = status.phase !== 'waiting';
  switch (status.phase) {
    case 'starting':
    case 'stopping':
      write('title', `status.${status.phase}Title`);
      write('intro', `status.${status.phase}Intro`);
      return;
    case 'running':
      write('title', 'status.codeTitle');
      write('intro', 'status.codeIntro');
      byId('setup-code').textContent = status.setupCode;
      return;
    case 'waiting':
      write('title', 'status.waitingTitle');
      byId('intro').textContent = '';
      showTrouble(status);
  }
}

function showTrouble({ trouble, failures, retryAt }) {
  byId('why').textContent = reason(trouble);
  byId('failures').textContent = failures;
  byId('words').hidden = !trouble.lastWords;
  byId('last-words').textContent = trouble.lastWords ?? '';
  retryAtMs = Date.parse(retryAt);
  showCountdown();
}

function showCountdown() {
  const seconds = Math.ceil((retryAtMs - Date.now()) / SECOND_MS);
  byId('next').textContent =
    seconds > 0 ? say('status.nextIn', { seconds }) : say('status.nextNow');
}

function reason(trouble) {
  switch (trouble.code) {
    case 'ended':
      return say('trouble.ended', trouble);
    case 'silent':
      return say('trouble.silent', { seconds: Math.round(trouble.waitedMs / SECOND_MS) });
    case 'gone':
      return say('trouble.gone');
    case 'other-server':
      return say('trouble.otherServer', {
        port: trouble.port,
        foundRole: say(ROLE_TEXTS[trouble.found.role]),
        foundKey: trouble.found.serverKey,
        expectedRole: say(ROLE_TEXTS[trouble.expected.role]),
        expectedKey: trouble.expected.serverKey ?? '',
      });
  }
}

function write(id, key) {
  byId(id).textContent = say(key);
}
