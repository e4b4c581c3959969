import type { UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const BASE = '/pos/';
/** The largest file that the service worker keeps, bytes: all of the page is kept. */
const LARGEST_KEPT_BYTES = 4_000_000;

/** Builds the Web POS into dist/pos, served by a server under /pos/. */
export default {
  root: import.meta.dirname,
  base: BASE,
  plugins: [
    VitePWA({
      strategies: 'generateSW',
      filename: 'sw.js',
      scope: BASE,
      // service-worker.ts registers it: the policy lets no script of the page's own text run.
      injectRegister: null,
      registerType: 'autoUpdate',
      manifestFilename: 'manifest.webmanifest',
      manifest: {
        id: BASE,
        name: 'Backroom till',
        short_name: 'Till',
        description: 'Sells, whether or not a server answers.',
        lang: 'en',
        start_url: BASE,
        scope: BASE,
        display: 'standalone',
        orientation: 'any',
        background_color: '#f5f7f7',
        theme_color: '#0f766e',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: LARGEST_KEPT_BYTES,
        navigateFallback: `${BASE}index.html`,
        navigateFallbackAllowlist: [/^\/pos(\/|$)/],
        // The till's name is in the address, and the page is the same for all.
        ignoreURLParametersMatching: [/.*/],
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    outDir: '../../dist/pos',
    emptyOutDir: true,
    target: 'es2022',
    // Data addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    // One file: a till must not find half of its page missing while no server answers.
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onLog(level, log, show) {
        // "use client" marks parts for server rendering, which there is none of here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
      },
    },
  },
} satisfies UserConfig;
