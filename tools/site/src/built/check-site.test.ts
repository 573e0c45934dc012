import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { problemsOf } from './check-site.js'

const folder = mkdtempSync(join(tmpdir(), 'site-'))

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('finds links to pages, files and anchors that are not there, and what is loaded from elsewhere', () => {
  writeFileSync(join(folder, 'logo.svg'), '')
  writeFileSync(join(folder, 'b.html'), '<h2 id="here">')
  writeFileSync(
    join(folder, 'a.html'),
    `<link href="data:,"><link href="https://fonts.example/x.css"><script src="//cdn.example/y.js"></script>
    <h2 id="top"><a href="#top">1</a><a class="x" href="/b.html#here">2</a><a href="b.html">3</a><a href="/logo.svg">4</a>
    <a href="https://example.org/#x">5</a><a href="#gone">6</a><a href="/b.html#gone">7</a><a href="/c.html">8</a>`,
  )
  expect(problemsOf(folder)).toEqual([
    'a.html: #gone leads nowhere',
    'a.html: /b.html#gone leads nowhere',
    'a.html: /c.html leads nowhere',
    'a.html: //cdn.example/y.js is loaded from elsewhere',
    'a.html: https://fonts.example/x.css is loaded from elsewhere',
  ])
})
