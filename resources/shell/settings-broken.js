import { ask, byId, followStatus } from './page.js';

byId('check').addEventListener('click', () => ask('reloadSettings'));
byId('reset').addEventListener('click', () => ask('resetSettings'));

await followStatus((status) => {
  if (status.phase !== 'settings-broken') return;
  byId('problem').textContent = status.problem;
  byId('path').textContent = status.settingsPath;
  byId('contents').textContent = status.contents;
});
