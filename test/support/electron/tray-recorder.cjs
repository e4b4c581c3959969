'use strict';
/**
 * Loaded with `electron -r`: writes down what the app sets on its tray, because no test can look at a
 * tray. It works on the real Electron and on the stand-in alike.
 */
const { Tray } = require('electron');

const recorded = { toolTip: '', menu: null };
globalThis.recordedTray = recorded;

const { setToolTip, setContextMenu } = Tray.prototype;
Tray.prototype.setToolTip = function (text) {
  recorded.toolTip = text;
  setToolTip.call(this, text);
};
Tray.prototype.setContextMenu = function (menu) {
  recorded.menu = menu;
  setContextMenu.call(this, menu);
};
