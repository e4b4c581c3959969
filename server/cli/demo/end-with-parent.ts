/**
 * Loaded before a server of the demonstration (`node --import`): when the demonstration itself is
 * killed, its channel closes and the server stops as for SIGTERM, so that no process stays behind.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep a server alive that has stopped for another reason.
process.channel?.unref();
