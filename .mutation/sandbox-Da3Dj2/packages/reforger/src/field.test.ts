// @ts-nocheck
import { expect } from 'vitest'
import { describeFieldRows } from '../../../tools/field-rows.js'
import { players } from './commands.js'
import { parsePlayersOutput } from './players-output.js'

// A row without a list is about a server that accepts only the commands of its whitelist.
describeFieldRows('reforger', ({ text, expect: right }) => {
  if ('players' in right) expect(parsePlayersOutput(text)).toEqual(right)
  else expect(text).toContain(`"${players().text}"`)
})
