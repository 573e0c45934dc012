export { checkNumber, checkOptions, type OptionRange } from './check-options.js'
export { InvalidArgumentError, RconError, type RconErrorCode } from './errors.js'
