// In a browser that not every machine has: run by `pnpm test:runtimes chromium`.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly launchOptions: LaunchOptions
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const capture = readFileSync(`${root}/sample.pcap`)

let server: PreviewServer
let browser: Browser
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  await build({ root, logLevel: 'error' })
  server = await preview({ root, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' })
  browser = await chromium.launch(inject('launchOptions'))
})

beforeEach(async () => {
  complaints = []
  page = await browser.newPage({ viewport: { width: 960, height: 720 }, colorScheme: 'light' })
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(server.resolvedUrls?.local[0] ?? '')
})

afterEach(async () => {
  await page.close()
  expect(complaints).toEqual([])
})

afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The rows of the table, each as the texts of its cells. */
async function rows(): Promise<readonly string[][]> {
  const all = await page.locator('tbody tr').all()
  return Promise.all(all.map((row) => row.locator('td').allInnerTexts()))
}

/** Drops a file onto the page. */
async function drop(name: string, content: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(bytes)], fileName))
      return transfer
    },
    [name, [...content]] as const,
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer })
}

const summary = () => page.locator('#summary').textContent()

it('hex that is pasted becomes rows', async () => {
  await page.fill('#hex', '424569ddde36ff0001\n\n42 45 1f 31 df 88 ff 01 ff 70 6c 61 79 65 72 73')
  expect(await rows()).toEqual([
    ['1', '', 'server → client', 'login accepted', '', ''],
    ['2', '', 'either way', 'command or response', '255', 'players'],
  ])
  expect(await summary()).toBe('Datagrams: 2. Malformed: 0.')
})

it('what is no packet is named, and so is what is no hex', async () => {
  await page.fill('#hex', '42 45 69 dd de 37 ff 00 01')
  const problem = 'bad-checksum: the checksum does not match the bytes after it (9 bytes)'
  expect(await rows()).toEqual([['1', '', '', 'malformed', '', problem]])
  expect(await summary()).toBe('Datagrams: 1. Malformed: 1.')
  await page.fill('#hex', '42 45\nhello')
  expect(await rows()).toEqual([])
  expect(await summary()).toBe('Datagram 2: The bytes must be pairs of hexadecimal digits, such as "42 45"')
})

it('a capture that is dropped becomes rows', async () => {
  await drop('sample.pcap', capture)
  await page.locator('table').waitFor()
  const all = await rows()
  expect(await summary()).toBe('Datagrams: 26. Malformed: 1.')
  expect(all).toHaveLength(26)
  expect(all.slice(2, 5)).toEqual([
    [
      '3',
      '17:09:05.289',
      'client → server\n127.0.0.1:49413 → 127.0.0.1:2306',
      'login',
      '',
      'a password of 13 bytes, not shown',
    ],
    ['4', '17:09:05.291', 'server → client\n127.0.0.1:2306 → 127.0.0.1:49413', 'login accepted', '', ''],
    [
      '5',
      '17:09:05.291',
      'server → client\n127.0.0.1:2306 → 127.0.0.1:49413',
      'message',
      '0',
      'RCon admin #0 (127.0.0.1:49413) logged in',
    ],
  ])
  expect(all.map(([, , , kind]) => kind)).toContain('part 2 of 2')
})

it('a file can be opened too, and one that is no capture says so', async () => {
  await page.setInputFiles('#file', { name: 'a.pcap', mimeType: '', buffer: capture })
  await page.locator('table').waitFor()
  await page.setInputFiles('#file', {
    name: 'b.pcap',
    mimeType: '',
    buffer: Buffer.from('no capture at all'),
  })
  await expect
    .poll(summary)
    .toBe('The file is neither pcap nor pcapng; save the capture in one of these formats')
  expect(await rows()).toEqual([])
})

it('what players write stays text', async () => {
  await drop('sample.pcap', capture)
  await page.locator('table').waitFor()
  const texts = await page.locator('td code').allInnerTexts()
  expect(texts).toContain('(Global) <b>Rook</b>: <img src=x onerror=alert(1)> hi')
  expect(await page.locator('td :is(b, img)').count()).toBe(0)
})

it('characters that would hide or turn text are shown as their codes', async () => {
  // A message `a`, RIGHT-TO-LEFT OVERRIDE, `b`, NUL.
  await page.fill('#hex', '42 45 31 82 43 24 ff 02 03 61 e2 80 ae 62 00')
  expect(await page.locator('td code').allInnerTexts()).toEqual(['a\\u{202e}b\\u{0}'])
})

it('the example has something of everything', async () => {
  await page.click('#example')
  const kinds = (await rows()).map(([, , , kind]) => kind)
  expect(kinds).toEqual([
    'login',
    'login accepted',
    'command or response',
    'keep-alive or empty response',
    'part 2 of 3',
    'message',
    'acknowledgement',
    'malformed',
  ])
  await page.locator('main').screenshot({ path: `${root}/dist/screenshot.png` })
  await page.click('#clear')
  expect(await rows()).toEqual([])
  expect(await summary()).toBe('')
})
