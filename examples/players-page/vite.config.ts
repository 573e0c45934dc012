import { defineConfig } from 'vite'

// Relative, so that the page can be put into any folder of any server.
export default defineConfig({ base: './', build: { target: 'es2023', modulePreload: { polyfill: false } } })
