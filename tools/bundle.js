// Bundles the package that it runs in: of each file of `dist` that the manifest names, or that a worker is started from,
// comes one JavaScript file, and one of them holds what several share; other packages stay outside, but for two. The
// compiler has written the declarations. Whatever else is in `dist` is of an older build, and goes: a package begins clean.
// It is JavaScript because it runs before anything is built.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url))
const DECLARATION = /\.d\.ts(?:\.map)?$/
const OUTPUT = /(?:\.d\.ts|\.c?js)(?:\.map)?$|^licences\.txt$/
// Each file costs every start some half a millisecond, so what several entries need is in one of them: in the first that
// nobody hands on as a whole. (`export * from '@bercon/core'` would hand on what the others need of it as well.)
const HOMES = ['kit/index', 'index']
// An entry that imports nothing is a file without imports, and what else needs it has a copy.
const IMPORTING = /^(?:import|export) [^'=]*from '/m
// Nobody imports a command. Whatever it does at one server needs these files, and they come late but at once.
const LOGIN = {
  name: 'login',
  test: /\/cli\/src\/(?:settings\/|server\/(?:several-servers|connected|battleye-server)\.ts$)/,
}
// Libraries in CommonJS that every start needs: to import one of them costs Node 7 to 14 ms, most of it for the reader of
// CommonJS and for the files; inside a bundle it costs 1 to 6.
const INSIDE = ['crc-32', 'commander']
// Of a whole package of ours, these need next to nothing.
const TREE_SHAKEN = { '@bercon/sync': ['@bercon/client'] }
const WORKSPACE = /^@bercon\/([\w-]+)(\/[\w-]+)?$/
// Their sources are not in the package.
const NO_MAP = { version: 3, sources: [], names: [], mappings: '' }
const CHILD_PROCESS = "const childProcess = require('node:child_process');"
const RUNTIME = '\0rolldown/runtime.js'
const LIBRARY = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\/(?!.*\/node_modules\/)/
const LICENCES = 'licences.txt'
const WORKER = /new URL\('(\.[^']+)\.js', import\.meta\.url\)/g

/** Vitest begins with it, so that no test sees an older build of another package. */
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
  // The compiler goes by its notes, and would not write a declaration again whose source comes back as it was.
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
    ...licencesOf(outputs),
  ])
}

/**
 * A command that the manifest names as CommonJS, with all that it needs: nobody imports it, and Node starts it in half the
 * time without its loader of modules, which it then needs for none of them.
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

/** What rolldown makes of entries that can share. */
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
      // An import by condition is of the package that makes it.
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
 * A worker in one file of CommonJS that holds what it needs of other packages: it starts while its caller waits, and its
 * own copy of them takes a quarter of the time. It comes without a map, because their sources are not in the package.
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
    // A module that one command loads late, and another with itself, is late for the first.
    // What names its own file for a worker's sake is undefined in a command, which has none.
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
    // What is said of names is in the declarations, and everything in the sources.
    comments: { annotation: true, jsdoc: false, legal: true },
    ...output,
  })
  await bundle.close()
  return made.output
}

/** Packages of the workspace from their sources, which are there in whatever order the packages are built. */
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

/** The entry that holds all that it needs; the others import from it what they need of that. */
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
  // A set is walked with what is added to it on the way.
  for (const id of reached) for (const imported of imports.get(id) ?? []) reached.add(imported)
  return reached
}

/** The licences of the libraries that the bundles contain, as these ask for. */
function licencesOf(output) {
  const paths = output.flatMap((file) => file.moduleIds ?? [])
  const libraries = new Map(
    paths
      .flatMap((path) => [LIBRARY.exec(path)?.slice(1)].filter(Boolean))
      .map(([folder, name]) => [name, folder]),
  )
  const texts = [...libraries].sort().map(([name, folder]) => {
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
    const licence = file === undefined ? undefined : readFileSync(join(folder, file), 'utf8')
    return `${name}, of which a copy is in the bundles here:\n\n${licence ?? statedLicence(folder)}`
  })
  return texts.length === 0 ? [] : [[LICENCES, texts.join('\n')]]
}

/** What a library that holds no text of its licence says of it. */
function statedLicence(folder) {
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (license === undefined) throw new Error(`${folder} states no licence`)
  return `${license}, ${typeof author === 'string' ? author : (author?.name ?? 'no author named')}\n`
}

/** The sources of the files that the manifest names, by the names of these files. */
function entriesOf(folder, { exports, imports, bin }) {
  const named = JSON.stringify([exports, imports, bin]).matchAll(/"\.\/dist\/([^"*]+)\.js"/g)
  return Object.fromEntries([...named].map(([, name]) => [name, join(folder, `src/${name}.ts`)]))
}

/** The sources that a file of the package holds besides its own, because the manifest says so of their declarations. */
function guestsOf(folder, { exports }) {
  return Object.values(exports).flatMap(({ types, default: file }) => {
    const [source, own] = [types, file].map((path) => path && sourceOf(folder, path))
    return source === own ? [] : [[own, source]]
  })
}

function sourceOf(folder, path) {
  return join(folder, path.replace('/dist/', '/src/').replace(/(?:\.d\.ts|\.js)$/, '.ts'))
}

/** An entry hands on what its guests export, too. */
function withGuests(guests) {
  return (code, id) => {
    const found = guests.filter(([host]) => host === id).map(([, guest]) => guest)
    return found.length === 0
      ? undefined
      : { code: [code, ...found.map((guest) => `export * from '${guest}'`)].join('\n'), map: null }
  }
}

/** A worker is started from a file, and so has to be one. */
function workersApart(workers) {
  return async function transform(code, path) {
    const [[, name] = []] = code.matchAll(WORKER)
    if (name === undefined) return undefined
    const id = join(dirname(path), `${name}.ts`)
    const [, fileName] = /\/src\/(.*)\.ts$/.exec(id) ?? []
    const worker = await workerOf(id)
    workers.push({ ...worker, type: 'worker', moduleIds: worker.moduleIds })
    const file = this.emitFile({ type: 'asset', fileName: `${fileName}.cjs`, source: worker.code })
    // Lines stay where they are, so that the map of the sources holds.
    return { code: code.replace(WORKER, `new URL(import.meta.ROLLUP_FILE_URL_${file})`), map: null }
  }
}

/**
 * The checksum as one expression that has no effects: bundlers leave it out where nothing needs it. Commander loads the
 * module that starts other commands, which takes Node 3 ms, only for that.
 */
function librariesInside(code, path) {
  if (path.endsWith('/commander/lib/command.js')) {
    if (!code.includes(CHILD_PROCESS)) throw new Error(`${path} has no line "${CHILD_PROCESS}" anymore`)
    const late = code.replace(CHILD_PROCESS, '').replaceAll('childProcess.', "require('node:child_process').")
    return { code: late, map: NO_MAP }
  }
  if (!INSIDE.some((name) => path.includes(`/node_modules/${name}/`))) return undefined
  const module = `export default /* @__PURE__ */ (function (exports) {\n${code}\nreturn exports\n})({})`
  return { code: path.endsWith('/crc32.js') ? module : code, map: NO_MAP }
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

/** Tests are declared by nobody, though their sources are there. */
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
