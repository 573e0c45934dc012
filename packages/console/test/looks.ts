import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe has against the page, one line for each fault. */
export async function accessibility(page: Page): Promise<readonly string[]> {
  // As the developer tools do, past the page's Content-Security-Policy.
  await page.evaluate(AXE)
  return await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}

interface Axe {
  run(
    place: Document,
    options: unknown,
  ): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly target: readonly string[] }[]
    }[]
  }>
}

/** What reaches over the right edge of the page, or over what contains it. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const found: string[] = []
    if (document.documentElement.scrollWidth > width)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`)
    for (const element of document.querySelectorAll('button, a, input, select, h1, h2, td, th, label, p')) {
      const { left, right, width: own } = element.getBoundingClientRect()
      if (own > 1 && (right > width + 1 || left < -1))
        found.push(`${element.tagName} "${element.textContent?.slice(0, 30)}" from ${left} to ${right}`)
    }
    for (const element of document.querySelectorAll('nav, header, form, .tools'))
      if (element.scrollHeight > element.clientHeight + 1)
        found.push(`${element.className} is cut at ${element.clientHeight}`)
    return found
  })
}

/** Texts whose contrast with what is behind them is below 4.5 (WCAG AA). */
export function contrasts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    if (canvas === null) return ['no canvas to measure colors with']
    const rgba = (color: string) => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = color
      canvas.fillRect(0, 0, 1, 1)
      return [...canvas.getImageData(0, 0, 1, 1).data]
    }
    const luminance = (color: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = color
        .slice(0, 3)
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const ground = (element: Element | null): readonly number[] => {
      for (let each = element; each !== null; each = each.parentElement) {
        const color = rgba(getComputedStyle(each).backgroundColor)
        if (color[3] === 255) return color
      }
      return [255, 255, 255, 255]
    }
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || node.textContent?.trim() === '') continue
      if (!element.checkVisibility() || element.closest('.hidden, :disabled') !== null) continue
      const text = luminance(rgba(getComputedStyle(element).color))
      const behind = luminance(ground(element))
      const contrast = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)
      if (contrast < 4.5) found.push(`${contrast.toFixed(2)}: "${node.textContent?.slice(0, 30)}"`)
    }
    return found
  })
}
