export { Alarm } from './alarm.js'
export type { Clock } from './clock.js'
export { type Timed, TimerQueue } from './timer-queue.js'
