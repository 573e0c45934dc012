// @ts-nocheck
// Required before a command: says on standard error what was loaded when it ends.
process.on('exit', () => {
  const modules = process.moduleLoadList.map((name) => name.replace('NativeModule ', ''))
  const files = Object.keys(require.cache).filter((path) => path !== __filename)
  require('node:fs').writeSync(2, JSON.stringify({ files, modules }))
})
