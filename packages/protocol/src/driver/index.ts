export { Alarm, type Clock } from './alarm.js'
export { systemClock } from './system-clock.js'
export { type Timed, TimerQueue } from './timer-queue.js'
