import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from '@bercon/client'
import { problemResponse } from './problem.js'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const PAGE = '/index.html'
// Vite puts a hash of the content into the names of these.
const UNCHANGING = /^\/assets\//

// The page loads what the gateway serves, talks to the gateway, and nobody frames it.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

/** The files of a folder, read once, so that no path of a request ever reaches the disk. */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, StaticFile>

  constructor(folder: string) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const files = names.filter((name) => statSync(join(folder, name)).isFile())
    this.#files = new Map(files.map((name) => [`/${name.split(sep).join('/')}`, fileAt(join(folder, name))]))
  }

  /** The file of that path; the page for a path without one, because the page has places of its own. */
  serve(path: string, seen: string | undefined): Response {
    const name = this.#files.has(path) || extname(path) !== '' ? path : PAGE
    const file = this.#files.get(name)
    if (file === undefined) return problemResponse('not-found', `There is no ${path}`)
    const { bytes, type, etag } = file
    const headers = {
      etag,
      'content-security-policy': POLICY,
      'cache-control': UNCHANGING.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
    }
    if (seen === etag) return new Response(null, { status: 304, headers })
    return new Response(bytes, { headers: { ...headers, 'content-type': type } })
  }
}

/**
 * The files of a page: those of a folder, or of `@bercon/console`, if that is installed and built.
 *
 * @param places - files beside which, and above, the package is looked for, in this order.
 * @throws {@link InvalidArgumentError} for a folder without a page.
 */
export function pageFiles(
  folder: string | undefined,
  places: readonly string[] = usualPlaces(),
): StaticFiles | undefined {
  if (folder !== undefined) {
    checkPage(folder)
    return new StaticFiles(folder)
  }
  const installed = places
    .map(consoleFolder)
    .find((found) => found !== undefined && existsSync(join(found, PAGE)))
  return installed === undefined ? undefined : new StaticFiles(installed)
}

/** @throws {@link InvalidArgumentError} for a folder without a page. */
export function checkPage(folder: string): void {
  if (!existsSync(join(folder, PAGE)))
    throw new InvalidArgumentError('http.page', folder, 'a folder with an index.html')
}

/** Beside this package, and in the working directory. */
function usualPlaces(): readonly string[] {
  return [fileURLToPath(import.meta.url), join(process.cwd(), 'package.json')]
}

/** By hand, because Node's own search also looks where NODE_PATH says, which the starters of package managers set. */
function consoleFolder(place: string): string | undefined {
  const folder = dirname(place)
  const found = join(folder, 'node_modules/@bercon/console/dist')
  if (existsSync(found)) return found
  return folder === place ? undefined : consoleFolder(folder)
}

function fileAt(path: string): StaticFile {
  const bytes = new Uint8Array(readFileSync(path))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, type: TYPES[extname(path)] ?? 'application/octet-stream', etag }
}
