import { visibleText } from '@bercon/client'
import { endOfEvening } from './main.js'

const { answered } = await endOfEvening((line) => console.log(visibleText(line)))
console.log(answered ? 'It answered, and went' : 'It went without an answer')
