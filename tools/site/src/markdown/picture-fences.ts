import type { MarkdownRenderer } from 'vitepress'
import type { Picture } from '../pictures/pictures.js'

/**
 * Puts a picture in the place of each fence that is marked `picture NAME CAPTION`. What stands in the fence is for who
 * reads the file as it is.
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
