// What a bundle contains of libraries from elsewhere, and their licenses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// CommonJS libraries that every start needs. Importing one of them costs Node 7 to 14 ms, mostly for its CommonJS
// loader and for the files; inside a bundle it costs 1 to 6.
export const INSIDE = ['crc-32', 'commander']
// Their sources are not in the package.
const NO_MAP = { version: 3, sources: [], names: [], mappings: '' }
const CHILD_PROCESS = "const childProcess = require('node:child_process');"
const LIBRARY = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\/(?!.*\/node_modules\/)/
const LICENSES = 'licenses.txt'
// The checksums of strings, a third of the library, which no package here calls, and the table, which none reads.
const UNUSED_CHECKSUMS = /function crc32_b?str\([\s\S]*?\n\}\n|CRC32\.(?:b?str|table) = \w+;\n/g

/**
 * The checksum of bytes as one expression without effects, so that bundlers can omit it. Commander loads the module that starts
 * other commands, which takes Node 3 ms, only when it starts one.
 */
export function librariesInside(code, path) {
  if (path.endsWith('/commander/lib/command.js')) {
    if (!code.includes(CHILD_PROCESS)) throw new Error(`${path} has no line "${CHILD_PROCESS}" anymore`)
    const late = code.replace(CHILD_PROCESS, '').replaceAll('childProcess.', "require('node:child_process').")
    return { code: late, map: NO_MAP }
  }
  if (!INSIDE.some((name) => path.includes(`/node_modules/${name}/`))) return undefined
  if (!path.endsWith('/crc32.js')) return { code, map: NO_MAP }
  const bytesOnly = code.replaceAll(UNUSED_CHECKSUMS, '')
  return {
    code: `export default /* @__PURE__ */ (function (exports) {\n${bytesOnly}\nreturn exports\n})({})`,
    map: NO_MAP,
  }
}

/** The licenses of the bundled libraries, which require their text. */
export function licensesOf(output) {
  const paths = output.flatMap((file) => file.moduleIds ?? [])
  const libraries = new Map(
    paths
      .flatMap((path) => [LIBRARY.exec(path)?.slice(1)].filter(Boolean))
      .map(([folder, name]) => [name, folder]),
  )
  const texts = [...libraries].sort().map(([name, folder]) => {
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
    const license = file === undefined ? undefined : readFileSync(join(folder, file), 'utf8')
    return `${name}, of which a copy is in the bundles here:\n\n${license ?? statedLicense(folder)}`
  })
  return texts.length === 0 ? [] : [[LICENSES, texts.join('\n')]]
}

/** What a library without a license text says about its license. */
function statedLicense(folder) {
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (license === undefined) throw new Error(`${folder} states no license`)
  return `${license}, ${typeof author === 'string' ? author : (author?.name ?? 'no author named')}\n`
}
