import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { ROOT } from './workspace.js'

// A start pays a millisecond for a library's file, more for one in CommonJS, and up to three for a module of Node's.
it.each([
  ['protocol', 'packages/protocol/dist/index.js', []],
  ['client', 'packages/client/dist/index.js', ['node:diagnostics_channel']],
  ['sync', 'packages/sync/dist/index.js', ['node:worker_threads']],
  [
    'the worker of sync',
    'packages/sync/dist/worker/worker.cjs',
    ['node:diagnostics_channel', 'node:worker_threads'],
  ],
])('%s loads no library and no socket before it is asked to do something', async (_, file, modules) => {
  const { outside, files } = await loadedFrom(file)
  expect(files.filter((path) => !/^packages\/\w+\/dist\//.test(path))).toEqual([])
  expect(outside).toEqual(modules)
})

/** What a file loads with itself: files, and what is of the runtime; not what it imports when it comes to it. */
async function loadedFrom(entry: string) {
  const { metafile } = await build({
    entryPoints: [join(ROOT, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const { inputs } = metafile
  const files = new Set([entry])
  const outside = new Set<string>()
  // A set is walked with what is added to it on the way.
  for (const file of files)
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import') (external === true ? outside : files).add(path)
  return { files: [...files], outside: [...outside].sort() }
}
