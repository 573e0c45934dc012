// @ts-nocheck
export { Link } from './link.js'
export { LINK_DEFAULTS, type LinkOptions } from './link-options.js'
export { createRandom, type Random } from './random.js'
