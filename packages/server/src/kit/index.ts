export {
  checkMethods,
  checkNames,
  checkOptions,
  cutText,
  decodeText,
  encodeText,
  InvalidArgumentError,
  type OptionRange,
} from '@bercon/protocol'
export { Alarm, type Clock, systemClock } from '@bercon/protocol/driver'
export { createRandom, type Random } from '@bercon/protocol/link'
export { LoginThrottle, type LoginThrottleLimits } from '../login-throttle.js'
export { adminLoginLine, endpoint } from '../peer.js'
export { SERVER_OPTION_NAMES } from '../server-options.js'
