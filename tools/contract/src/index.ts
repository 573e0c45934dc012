export { describeContract } from './contract.js'
export type { ClientOptions, Flavour } from './scene/flavour.js'
