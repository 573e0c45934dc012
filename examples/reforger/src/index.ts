import { administer } from './main.js'

await administer(console.log)
