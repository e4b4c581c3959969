/** Loaded first in a utility process: it must not outlive the app that started it. */
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
