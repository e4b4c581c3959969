import type { UserConfig } from 'vite';

/** Builds the managers' screens into dist/renderer, served by the server under /manage/. */
export default {
  root: import.meta.dirname,
  base: '/manage/',
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
    rolldownOptions: {
      onLog(level, log, show) {
        // "use client" marks parts for server rendering, which there is none of here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
      },
    },
  },
} satisfies UserConfig;
