// Bundles the package in the working directory: each file of `dist` that the manifest names, or that starts a worker,
// becomes one JavaScript file, and one of them contains the code that several share. Other packages stay outside,
// except two. The compiler has written the declarations. All other files in `dist` are from an older build and are
// removed, so that a package starts clean. It is JavaScript because it runs before anything is built.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { INSIDE, librariesInside, licensesOf } from './bundled-libraries.js'

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url))
const DECLARATION = /\.d\.ts(?:\.map)?$/
const OUTPUT = /(?:\.d\.ts|\.c?js)(?:\.map)?$|^licenses\.txt$/
// Each file costs every start about half a millisecond, so the code that several entries need is in one of them: the
// first that nobody re-exports as a whole. (`export * from '@bercon/core'` would re-export what the others need of it
// as well.)
const HOMES = ['kit/index', 'index']
// An entry that imports nothing is a file without imports, and other code that needs it has a copy.
const IMPORTING = /^(?:import|export) [^'=]*from '/m
// Nobody imports a command. Every command needs these files at a server, so they are loaded late but together.
const LOGIN = {
  name: 'login',
  test: /\/cli\/src\/(?:settings\/|server\/(?:several-servers|connected|battleye-server)\.ts$)/,
}
// Of these packages of ours, this one needs very little: a copy starts sooner than another file.
const TREE_SHAKEN = { '@bercon/core': ['@bercon/protocol/driver'], '@bercon/sync': ['@bercon/client'] }
const WORKSPACE = /^@bercon\/([\w-]+)(\/[\w-]+)?$/
const RUNTIME = '\0rolldown/runtime.js'
const WORKER = /new URL\('(\.[^']+)\.js', import\.meta\.url\)/g

/** Vitest runs it first, so that no test uses an older build of another package. */
export async function setup() {
  for (const name of readdirSync(PACKAGES)) await bundlePackage(join(PACKAGES, name))
}

/** Writes the bundles of a package, and removes what is stale. Returns the names of both, relative to `dist`. */
export async function bundlePackage(folder) {
  const dist = join(folder, 'dist')
  const files = await bundlesOf(folder)
  // A package of static files has no module that anybody could import.
  if (files.size === 0) return { written: [], stale: [] }
  const written = [...files].filter(([name, text]) => writeIfNew(join(dist, name), text))
  const stale = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (name) => OUTPUT.test(name) && !files.has(name) && !isDeclared(folder, name),
  )
  for (const name of stale) rmSync(join(dist, name))
  // The compiler trusts its notes, and would not write a declaration again if its source comes back unchanged.
  if (stale.some((name) => DECLARATION.test(name))) rmSync(join(folder, '.tsbuildinfo'), { force: true })
  return { written: written.map(([name]) => name), stale }
}

/** The bundles and their source maps, by their names below `dist`. */
async function bundlesOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = entriesOf(folder, manifest)
  const guests = guestsOf(folder, manifest)
  const isAlone = ([, source]) => !IMPORTING.test(readFileSync(source, 'utf8'))
  const alone = Object.entries(entries).filter(isAlone)
  const together = Object.entries(entries).filter((entry) => !isAlone(entry))
  const outputs = []
  for (const input of [together, ...alone.map((entry) => [entry])])
    if (input.length > 0) outputs.push(...(await outputOf(folder, Object.fromEntries(input), guests)))
  outputs.push(...(await commandOf(folder, manifest)))
  return new Map([
    ...outputs.flatMap((file) => (file.type === 'worker' ? [] : [[file.fileName, textOf(file)]])),
    ...licensesOf(outputs),
  ])
}

/**
 * A command that the manifest names as CommonJS, with all code that it needs. Nobody imports it, and Node starts it in
 * half the time without its module loader, which a self-contained file does not need.
 */
async function commandOf(folder, { bin }) {
  const entries = Object.values(bin ?? {}).flatMap((path) => /^\.\/dist\/(.*)\.cjs$/.exec(path)?.[1] ?? [])
  if (entries.length === 0) return []
  const input = Object.fromEntries(entries.map((name) => [name, join(folder, `src/${name}.ts`)]))
  const imports = new Map()
  return await generated(
    {
      cwd: folder,
      input,
      external: /^node:/,
      plugins: [
        { name: 'graph', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) },
        { name: 'libraries', transform: librariesInside },
        { name: 'workspace', resolveId: sourceOfPackage(folder) },
      ],
    },
    {
      dir: join(folder, 'dist'),
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name].cjs',
      codeSplitting: { groups: [homeOf(input, imports), LOGIN] },
    },
  )
}

/** Runs rolldown on entries that can share code. */
async function outputOf(folder, input, guests) {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const inside = [...INSIDE, ...(TREE_SHAKEN[name] ?? [])]
  const imports = new Map()
  const workers = []
  const output = await generated(
    {
      cwd: folder,
      input,
      preserveEntrySignatures: 'allow-extension',
      // A conditional import belongs to the package that contains it.
      external: (specifier, importer) =>
        /^[^./]/.test(specifier) &&
        !inside.includes(specifier) &&
        !(specifier.startsWith('#') && importer?.startsWith(`${folder}/`) === false),
      plugins: [
        { name: 'guests', transform: withGuests(guests) },
        { name: 'workers', transform: workersApart(workers) },
        { name: 'libraries', transform: librariesInside },
        { name: 'workspace', resolveId: sourceOfPackage(folder) },
        { name: 'graph', moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds) },
      ],
    },
    {
      dir: join(folder, 'dist'),
      format: 'esm',
      sourcemap: true,
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: { groups: [homeOf(input, imports), LOGIN] },
    },
  )
  return [...output, ...workers]
}

/**
 * A worker in one CommonJS file that contains the code it needs of other packages. Its caller waits while it starts,
 * and its own copy takes a quarter of the time. It has no map, because those sources are not in the package.
 */
async function workerOf(id) {
  const folder = id.slice(0, id.indexOf('/src/'))
  const [worker] = await generated(
    {
      cwd: folder,
      input: id,
      external: /^node:/,
      plugins: [
        { name: 'libraries', transform: librariesInside },
        { name: 'workspace', resolveId: sourceOfPackage(folder) },
      ],
    },
    { format: 'cjs', codeSplitting: false },
  )
  return worker
}

async function generated(input, output) {
  const bundle = await rolldown({
    platform: 'node',
    tsconfig: false,
    // A module that one command loads late, and another at once, is late for the first. Code that names its own file
    // for a worker is undefined in a command, which has no worker.
    checks: { ineffectiveDynamicImport: false, emptyImportMeta: false },
    optimization: { inlineConst: { mode: 'all', pass: 2 } },
    ...input,
  })
  const made = await bundle.generate({
    minify: {
      compress: { target: 'es2023', keepNames: { class: true, function: true } },
      mangle: false,
      codegen: { removeWhitespace: false },
    },
    // Docstrings are in the declarations, and all comments in the sources.
    comments: { annotation: true, jsdoc: false, legal: true },
    ...output,
  })
  await bundle.close()
  return made.output
}

/** Resolves packages of the workspace to their sources, which exist in whatever order the packages are built. */
function sourceOfPackage(folder) {
  return (specifier, importer) => {
    if (specifier.startsWith('#') && importer?.startsWith(`${folder}/`) === false) {
      const other = importer.slice(0, importer.indexOf('/src/'))
      return sourceOf(
        other,
        JSON.parse(readFileSync(join(other, 'package.json'), 'utf8')).imports[specifier].node,
      )
    }
    const [, name, entry = ''] = WORKSPACE.exec(specifier) ?? []
    const other = name && join(dirname(folder), name)
    if (other === undefined || !existsSync(join(other, 'package.json'))) return undefined
    const { exports } = JSON.parse(readFileSync(join(other, 'package.json'), 'utf8'))
    return sourceOf(other, exports[`.${entry}`].types)
  }
}

/** The entry that contains the code it needs; the others import from it what they need of that. */
function homeOf(input, imports) {
  const home = HOMES.find((name) => name in input) ?? Object.keys(input)[0]
  const others = Object.values(input).filter((path) => path !== input[home])
  let needed
  const isNeeded = (id) => {
    needed ??= reachedFrom(input[home], imports)
    return (needed.has(id) || id === RUNTIME) && !others.includes(id)
  }
  return { name: home, priority: 1, test: isNeeded }
}

function reachedFrom(entry, imports) {
  const reached = new Set([entry])
  // The loop over a set includes entries added during it.
  for (const id of reached) for (const imported of imports.get(id) ?? []) reached.add(imported)
  return reached
}

/** The sources of the files that the manifest names, by the names of the files. */
function entriesOf(folder, { exports, imports, bin }) {
  const named = JSON.stringify([exports, imports, bin]).matchAll(/"\.\/dist\/([^"*]+)\.js"/g)
  return Object.fromEntries([...named].map(([, name]) => [name, join(folder, `src/${name}.ts`)]))
}

/**
 * The sources that a file of the package contains besides its own, because the manifest points their declarations
 * there.
 */
function guestsOf(folder, { exports }) {
  return Object.values(exports).flatMap(({ types, default: file }) => {
    const [source, own] = [types, file].map((path) => path && sourceOf(folder, path))
    return source === own ? [] : [[own, source]]
  })
}

function sourceOf(folder, path) {
  return join(folder, path.replace('/dist/', '/src/').replace(/(?:\.d\.ts|\.js)$/, '.ts'))
}

/** An entry re-exports its guests, too. */
function withGuests(guests) {
  return (code, id) => {
    const found = guests.filter(([host]) => host === id).map(([, guest]) => guest)
    return found.length === 0
      ? undefined
      : { code: [code, ...found.map((guest) => `export * from '${guest}'`)].join('\n'), map: null }
  }
}

/** A worker is started from a file, so it must be one. */
function workersApart(workers) {
  return async function transform(code, path) {
    const [[, name] = []] = code.matchAll(WORKER)
    if (name === undefined) return undefined
    const id = join(dirname(path), `${name}.ts`)
    const [, fileName] = /\/src\/(.*)\.ts$/.exec(id) ?? []
    const worker = await workerOf(id)
    workers.push({ ...worker, type: 'worker', moduleIds: worker.moduleIds })
    const file = this.emitFile({ type: 'asset', fileName: `${fileName}.cjs`, source: worker.code })
    // Lines stay in place, so that the source map stays valid.
    return { code: code.replace(WORKER, `new URL(import.meta.ROLLUP_FILE_URL_${file})`), map: null }
  }
}

function textOf(file) {
  if (file.type === 'chunk') return file.code
  return file.fileName.endsWith('.map') ? withoutSources(String(file.source)) : String(file.source)
}

/** The sources are in the package. */
function withoutSources(text) {
  const { sourcesContent: _, ...map } = JSON.parse(text)
  return JSON.stringify(map)
}

/** Tests have no declarations, though their sources exist. */
function isDeclared(folder, name) {
  const source = name.replace(DECLARATION, '')
  return DECLARATION.test(name) && !source.endsWith('.test') && existsSync(join(folder, `src/${source}.ts`))
}

function writeIfNew(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { stale } = await bundlePackage(process.cwd())
  for (const name of stale) console.error(`removed dist/${name}, which is of an older build`)
}
