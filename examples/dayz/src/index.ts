import { restart } from './main.js'

await restart(console.log)
