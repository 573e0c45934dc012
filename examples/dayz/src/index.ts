import { visibleText } from '@bercon/client'
import { restart } from './main.js'

await restart((line) => console.log(visibleText(line)))
