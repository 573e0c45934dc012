// @ts-nocheck
export { Alarm, type Clock } from './alarm.js'
export { type Timed, TimerQueue } from './timer-queue.js'
