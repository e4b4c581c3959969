import { ask, byId, say } from './page.js';

const LARGEST_PORT = 65_535;
const SERVER_KEY = /^[A-Za-z0-9_.-]{1,32}$/;
const FIELDS = ['mainUrl', 'serverKey', 'joinCode', 'dataDirectory', 'port'];

const form = byId('form');
form.addEventListener('change', showRole);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
byId('choose').addEventListener('click', async () => {
  const folder = await ask('chooseFolder', byId('dataDirectory').value);
  if (folder) byId('dataDirectory').value = folder;
});
// Shown when it is filled in, so that nothing overwrites what a person types.
await fillIn();
form.hidden = false;

/** What is set already, else what the shell proposes. */
async function fillIn() {
  const server = await ask('readSettings');
  const status = await ask('readStatus');
  const values = server ?? status.suggestion ?? {};
  for (const name of FIELDS) byId(name).value = values[name] ?? '';
  if (server) {
    form.elements.role.value = server.role;
    byId('openToNetwork').checked = server.openToNetwork;
  }
  showRole();
}

function role() {
  return form.elements.role.value;
}

function showRole() {
  for (const element of document.querySelectorAll('.store-only')) {
    element.hidden = role() !== 'store';
  }
  byId('serverKey-hint').textContent = say(
    role() === 'store' ? 'first.serverKeyHintStore' : 'first.serverKeyHintMain',
  );
}

async function submit() {
  const values = Object.fromEntries(FIELDS.map((name) => [name, byId(name).value.trim()]));
  if (!showErrors(errorsIn(values))) return;
  const isStore = role() === 'store';
  await ask('applySettings', {
    role: role(),
    dataDirectory: values.dataDirectory,
    port: Number(values.port),
    openToNetwork: byId('openToNetwork').checked,
    ...given('serverKey', values.serverKey),
    ...(isStore ? given('mainUrl', values.mainUrl) : {}),
    ...(isStore ? given('joinCode', values.joinCode) : {}),
  });
  if (byId('refusal').textContent === '') window.location.assign('status.html');
}

/** An empty field is a setting that is left out. */
function given(name, value) {
  return value === '' ? {} : { [name]: value };
}

/** The text key of what is wrong, by field. The shell checks again with the contract's own schema. */
function errorsIn({ mainUrl, serverKey, dataDirectory, port }) {
  const isStore = role() === 'store';
  const errors = {};
  if (isStore && !/^https?:\/\/\S+$/.test(mainUrl)) errors.mainUrl = 'error.url';
  if (isStore && serverKey === '') errors.serverKey = 'error.required';
  else if (serverKey !== '' && !SERVER_KEY.test(serverKey)) errors.serverKey = 'error.serverKey';
  if (dataDirectory === '') errors.dataDirectory = 'error.required';
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > LARGEST_PORT) {
    errors.port = 'error.port';
  }
  return errors;
}

/** Marks the fields and goes to the first that is wrong; true where none is. */
function showErrors(errors) {
  for (const name of FIELDS) {
    const key = errors[name];
    byId(`${name}-error`).textContent = key === undefined ? '' : say(key);
    if (key === undefined) byId(name).removeAttribute('aria-invalid');
    else byId(name).setAttribute('aria-invalid', 'true');
  }
  const first = FIELDS.find((name) => name in errors);
  if (first === undefined) return true;
  byId('refusal').textContent = say('error.form');
  byId(first).focus();
  return false;
}
