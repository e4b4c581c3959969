/** What every page of the shell does: fill in the texts, and ask the shell. */

/** The shell's API; see server/contract/ipc.ts. */
const shell = window.backroomShell;
const texts = await textsOfThisLanguage();

document.title = `Backroom: ${say(document.documentElement.dataset.title)}`;
for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = say(element.dataset.text);
}
document.body.hidden = false;

/** A text of the shell with its placeholders filled in. */
export function say(key, values = {}) {
  return texts[key].replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** The element with this id; every page knows its own ids. */
export function byId(id) {
  return document.getElementById(id);
}

/** Asks the shell. A refusal is shown to the person, and is answered with undefined. */
export async function ask(name, payload) {
  const result = await shell[name](payload);
  byId('refusal').textContent = result.ok
    ? ''
    : say('error.shell', { message: result.error.message });
  return result.ok ? result.value : undefined;
}

/** Calls back with the status now and whenever it changes. */
export async function followStatus(onStatus) {
  shell.on('statusChanged', onStatus);
  const status = await ask('readStatus');
  if (status !== undefined) onStatus(status);
}

async function textsOfThisLanguage() {
  const byLanguage = await (await fetch('texts.json')).json();
  const language = window.navigator.language.split('-')[0];
  const chosen = language in byLanguage ? language : 'en';
  document.documentElement.lang = chosen;
  return byLanguage[chosen];
}
