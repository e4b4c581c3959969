import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** Builds the managers' screens into dist/renderer, served by the server under /manage/. */
export default {
  root: import.meta.dirname,
  base: '/manage/',
  plugins: [react()],
  // server/manage/screens.ts puts each answer's own nonce in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2022',
    // Data addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    // One file: the screens come over the shop's own network.
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
} satisfies UserConfig;
