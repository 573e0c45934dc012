import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { ROOT } from './workspace.js'

// At a start, a library's file costs a millisecond, a CommonJS one more, and a Node module up to three.
it.each([
  ['protocol', 'packages/protocol/dist/index.js', []],
  ['client', 'packages/client/dist/index.js', ['node:diagnostics_channel']],
  ['sync', 'packages/sync/dist/index.js', ['node:worker_threads']],
  [
    'the worker of sync',
    'packages/sync/dist/worker/worker.cjs',
    ['node:diagnostics_channel', 'node:worker_threads'],
  ],
])('%s loads no library and no socket until it is used', async (_, file, modules) => {
  const { outside, files } = await loadedFrom(file)
  expect(files.filter((path) => !/^packages\/\w+\/dist\//.test(path))).toEqual([])
  expect(outside).toEqual(modules)
})

it.each(['client', 'sync'])(
  '%s loads no Unicode class in a regular expression until it is used',
  async (name) => {
    const { files } = await loadedFrom(`packages/${name}/dist/index.js`)
    // V8 compiles the classes of a literal even in a function that nobody calls. In a string they have two backslashes.
    const literal = /(?<!\\)\\p\{/
    expect(files.filter((path) => literal.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([])
  },
)

/** What a file loads at once, both files and modules of the runtime, without its late imports. */
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
  // The loop over a set includes entries added during it.
  for (const file of files)
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import') (external === true ? outside : files).add(path)
  return { files: [...files], outside: [...outside].sort() }
}
