import { createRequire } from 'node:module'
import type { Plugin } from 'vitepress'

/** Provides pages with VitePress's Vue: their folders in the repository have none. */
export function vueForPages(): Plugin {
  const vitepress = createRequire(import.meta.url).resolve('vitepress')
  return {
    name: 'vue-for-pages',
    enforce: 'pre',
    resolveId(source, importer, options) {
      const isVue = source === 'vue' || source.startsWith('vue/')
      if (!isVue || importer?.endsWith('.md') !== true) return undefined
      return this.resolve(source, vitepress, { ...options, skipSelf: true })
    },
  }
}
