// Loaded before the program that is looked at: answers each message with what the process holds after a collection.
process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ rss, heapUsed })
})
// Being asked is no reason to run on.
process.channel?.unref()
