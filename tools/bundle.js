// Bundles the package that it runs in: of each file of `dist` that the manifest names, or that a worker is started from,
// comes one JavaScript file, and what several share is in `dist/chunks`; other packages stay outside, but for two. The
// compiler has written the declarations. Whatever else is in `dist` is of an older build, and goes: a package begins clean.
// It is JavaScript because it runs before anything is built.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url))
const DECLARATION = /\.d\.ts(?:\.map)?$/
const OUTPUT = /(?:\.d\.ts|\.js)(?:\.map)?$|^licences\.txt$/
// Each file costs every start some half a millisecond, so what is shared is one. Apart is what no bundler of a user's can
// leave out of a file that it needs something else of: classes that name themselves as they are defined.
const ERRORS = { name: 'errors', test: /[/-]errors?\.ts$|\/src\/errors\//, priority: 2 }
// Nobody imports a command. Whatever it does at one server needs these files, and they come late but at once.
const LOGIN = {
  name: 'login',
  test: /\/cli\/src\/(?:settings\/|server\/(?:several-servers|connected|battleye-server)\.ts$)/,
}
// Libraries in CommonJS that every start needs: to import one of them costs Node 7 to 14 ms, most of it for the reader of
// CommonJS and for the files; inside a bundle it costs 1 to 6.
const INSIDE = ['crc-32', 'commander']
// Their sources are not in the package.
const NO_MAP = { version: 3, sources: [], names: [], mappings: '' }
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
  const input = entriesOf(folder, manifest)
  const bundle = await rolldown({
    input,
    external: (specifier) => /^[^./]/.test(specifier) && !INSIDE.includes(specifier),
    platform: 'node',
    tsconfig: false,
    // A module that one command loads late, and another with itself, is late for the first.
    checks: { ineffectiveDynamicImport: false },
    optimization: { inlineConst: { mode: 'all', pass: 2 } },
    plugins: [
      { name: 'workers', transform: workersApart },
      { name: 'libraries', transform: librariesInside },
    ],
  })
  const { output } = await bundle.generate({
    dir: join(folder, 'dist'),
    format: 'esm',
    sourcemap: true,
    minify: {
      compress: { target: 'es2023', keepNames: { class: true, function: true } },
      mangle: false,
      codegen: { removeWhitespace: false },
    },
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups: [sharedBy(input), manifest.bin === undefined ? ERRORS : LOGIN] },
    // What is said of names is in the declarations, and everything in the sources.
    comments: { annotation: true, jsdoc: false, legal: true },
  })
  await bundle.close()
  return new Map([
    ...output.map((file) => [
      file.fileName,
      file.type === 'chunk' ? file.code : withoutSources(String(file.source)),
    ]),
    ...licencesOf(output),
  ])
}

/** What several entries share, but for those that are entries themselves: who imports one of these wants no more. */
function sharedBy(input) {
  const entries = Object.values(input)
  return {
    name: 'shared',
    tags: ['$initial'],
    minShareCount: 2,
    priority: 1,
    test: (id) => !entries.includes(id),
  }
}

/** The licences of the libraries that the bundles contain, as these ask for. */
function licencesOf(output) {
  const paths = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  const texts = INSIDE.flatMap((name) => {
    const path = paths.find((id) => id.includes(`/node_modules/${name}/`))
    if (path === undefined) return []
    const [folder] = path.split(new RegExp(`(?<=/node_modules/${name}/)`))
    return [
      `${name}, of which a copy is in the bundles here:\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8')}`,
    ]
  })
  return texts.length === 0 ? [] : [[LICENCES, texts.join('\n')]]
}

/** The sources of the files that the manifest names, by the names of these files. */
function entriesOf(folder, { exports, imports, bin }) {
  const named = JSON.stringify([exports, imports, bin]).matchAll(/"\.\/dist\/([^"*]+)\.js"/g)
  return Object.fromEntries([...named].map(([, name]) => [name, join(folder, `src/${name}.ts`)]))
}

/** A worker is started from a file, and so has to be one. */
function workersApart(code, path) {
  const change = (_, worker) => {
    const id = join(dirname(path), `${worker}.ts`)
    const [, fileName] = /\/src\/(.*)$/.exec(`${id.slice(0, -'.ts'.length)}.js`) ?? []
    return `new URL(import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id, fileName })})`
  }
  // Lines stay where they are, so that the map of the sources holds.
  return code.search(WORKER) < 0 ? undefined : { code: code.replace(WORKER, change), map: null }
}

/** The checksum as one expression that has no effects: bundlers leave it out where nothing needs it. */
function librariesInside(code, path) {
  if (!INSIDE.some((name) => path.includes(`/node_modules/${name}/`))) return undefined
  const module = `export default /* @__PURE__ */ (function (exports) {\n${code}\nreturn exports\n})({})`
  return { code: path.endsWith('/crc32.js') ? module : code, map: NO_MAP }
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
