import type { MarkdownRenderer } from 'vitepress'
import type { Picture } from '../pictures/pictures.js'

/**
 * Replaces each fence marked `picture NAME CAPTION` by its picture. The text in the fence is for readers of the file
 * itself.
 */
export function pictureFences(md: MarkdownRenderer, pictures: ReadonlyMap<string, Picture>): void {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const [, name, caption] = /^picture (\S+) (.+)$/.exec(tokens[index]?.info ?? '') ?? []
    if (name === undefined) return fence?.(tokens, index, options, env, self) ?? ''
    const picture = pictures.get(name)
    if (picture === undefined) throw new Error(`There is no picture called ${name}.`)
    const text = md.utils.escapeHtml(caption ?? '')
    const parts = (['wide', 'narrow'] as const).map((width) => {
      const html = picture[width].replace('<svg', `<svg role="img" aria-label="${text}"`)
      return `<div class="${width}">${html}</div>`
    })
    return `<figure class="picture" v-pre>${parts.join('')}<figcaption>${text}</figcaption></figure>\n`
  }
}
