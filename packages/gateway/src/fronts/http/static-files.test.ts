import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.js'
import { pageFiles } from './static-files.js'

/** A place beside which `@bercon/console` is installed. */
function installed(): string {
  const place = temporaryFolder()
  const folder = join(place, 'node_modules/@bercon/console')
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'secret.txt'), 'not of the page')
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'dist/assets/app-1a2b.js'), 'let x')
  writeFileSync(join(folder, 'dist/assets/sound.bin'), 'x')
  return place
}

function files() {
  return pageFiles(undefined, [join(installed(), 'x.js')]) ?? expect.unreachable('there is a page')
}

describe('the files of the page', () => {
  it('are served with their type, and with a policy that allows nothing from elsewhere', async () => {
    const page = files().serve('/', undefined)
    expect(await page.text()).toBe('<!doctype html>')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    const script = files().serve('/assets/app-1a2b.js', undefined)
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toContain('immutable')
    const sound = files().serve('/assets/sound.bin', undefined)
    expect(sound.headers.get('content-type')).toBe('application/octet-stream')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })

  it('are the page at each of its own places, and not sent again to who has them', async () => {
    const page = files().serve('/servers/altis', undefined)
    expect(await page.text()).toBe('<!doctype html>')
    const etag = page.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{22}"$/)
    expect(files().serve('/', etag).status).toBe(304)
    expect(files().serve('/assets/app-1a2b.js', etag).status).toBe(200)
  })

  it.each([
    '/missing.js',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '//etc/passwd.txt',
  ])('are nothing at %s', async (path) => {
    const answer = files().serve(path, undefined)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not-found', detail: `There is no ${path}` })
  })

  it('are none where the package is not installed, or not built', () => {
    const empty = temporaryFolder()
    expect(pageFiles(undefined, [join(empty, 'x.js')])).toBeUndefined()
    mkdirSync(join(empty, 'node_modules/@bercon/console'), { recursive: true })
    writeFileSync(join(empty, 'node_modules/@bercon/console/package.json'), '{}')
    expect(pageFiles(undefined, [join(empty, 'x.js')])).toBeUndefined()
    mkdirSync(join(empty, 'node_modules/@bercon/console/dist'))
    expect(pageFiles(undefined, [join(empty, 'x.js')])).toBeUndefined()
    expect(pageFiles(undefined, [])).toBeUndefined()
  })

  it('are those of the first place, or of a folder above it, that has them', async () => {
    const place = installed()
    const [empty, below] = [temporaryFolder(), join(place, 'a/b/x.js')]
    for (const places of [[below], [join(empty, 'x.js'), below]])
      expect(await pageFiles(undefined, places)?.serve('/', undefined).text()).toBe('<!doctype html>')
  })

  it('are those of a folder that is named, which must have a page', async () => {
    const folder = join(installed(), 'node_modules/@bercon/console/dist')
    expect(await pageFiles(folder)?.serve('/', undefined).text()).toBe('<!doctype html>')
    expect(() => pageFiles(temporaryFolder())).toThrow(/http\.page must be a folder with an index\.html/)
  })
})
