import { expect, test } from 'vitest'
import { endOfEvening } from './main.js'

test('the example for Arma 3 runs', async () => {
  const said: string[] = []
  expect(await endOfEvening((line) => said.push(line))).toEqual({ answered: true, remark: undefined })
  expect(said).toEqual([
    'The game received #lock, #mission Coop_10_Dawn_Patrol.Altis regular, #restart, #shutdown',
  ])
})
