'use strict';
/** Gives any page the bare IPC, as a page would have it that got around the shell's own preload. */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('rawIpc', {
  invoke: (channel, payload) => ipcRenderer.invoke(channel, payload),
});
