// Loaded before the measured program: answers each message with the process's memory after a collection.
process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ rss, heapUsed })
})
// The channel alone must not keep the process running.
process.channel?.unref()
