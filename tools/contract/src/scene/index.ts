export type { ClientOptions, Flavour } from './flavour.js'
export { NERVOUS } from './nervous-options.js'
export { Scene } from './scene.js'
export { MISSIONS } from './simulated-server.js'
