import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright'
import { TOKENS } from './scene.js'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PICTURES = fileURLToPath(new URL('../dist-pictures', import.meta.url))

/** For what is to be shown: a bound for a busy machine, and no measure. */
const LONGEST_WAIT_MS = 120_000

/** The system's browser. @throws when there is none, and says where it was looked for. */
export function launchChromium(): Promise<Browser> {
  const { CHROMIUM } = process.env
  const executablePath = CHROMIUM ?? PLACES.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error(`Chromium is not installed (${PLACES.join(', ')}); set CHROMIUM to its path`)
  // In a container there is no sandbox for it.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A page with what went wrong on it: errors, warnings, violations of the Content-Security-Policy. */
export interface WatchedPage {
  readonly page: Page
  readonly complaints: readonly string[]
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(LONGEST_WAIT_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.addInitScript(watchLayout)
  await page.goto(url)
  return { page, complaints }
}

/** Signs in by the form. */
export async function signIn(page: Page, user: keyof typeof TOKENS): Promise<void> {
  await page.getByLabel('Token').fill(TOKENS[user])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Servers', exact: true }).waitFor()
}

/** Sums up how far things moved by themselves (CLS). */
function watchLayout(): void {
  Object.assign(window, { layoutShift: 0 })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
      if (!hadRecentInput) Object.assign(window, { layoutShift: layoutShiftOf(window) + value })
    }
  }).observe({ type: 'layout-shift', buffered: true })
  function layoutShiftOf(place: object): number {
    return 'layoutShift' in place ? Number(place.layoutShift) : 0
  }
}

export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => Number((window as unknown as { layoutShift: number }).layoutShift))
}

/** Keeps a picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

/** Closes the page with all that belongs to it. */
export async function closePage({ page }: WatchedPage): Promise<void> {
  const context: BrowserContext = page.context()
  await context.close()
}
