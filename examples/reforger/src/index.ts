import { visibleText } from '@bercon/client'
import { administer } from './main.js'

await administer((line) => console.log(visibleText(line)))
