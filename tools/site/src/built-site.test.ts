import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadedFromElsewhere } from './built-site.js'

it('finds what a page would load from another host, and ignores links', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'a.html'),
    `<link href="data:,"><link href="https://fonts.example/x.css"><script src="//cdn.example/y.js"></script>
    <img src="/logo.svg"><a class="x" href="https://example.org/#x">5</a><script type="module" src="/app.js"></script>`,
  )
  expect(loadedFromElsewhere(folder)).toEqual([
    'a.html: https://fonts.example/x.css is loaded from elsewhere',
    'a.html: //cdn.example/y.js is loaded from elsewhere',
  ])
})
