import { endOfEvening } from './main.js'

const { answered } = await endOfEvening(console.log)
console.log(answered ? 'It answered, and went' : 'It went without an answer')
