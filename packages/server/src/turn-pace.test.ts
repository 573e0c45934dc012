import { expect, it } from 'vitest'
import { TurnPace } from './turn-pace.js'

const TO = { address: '192.0.2.1', port: 1 }

function scene() {
  const sent: number[] = []
  const pace = new TurnPace((datagram) => sent.push(datagram[0] as number))
  const add = (from: number, count: number) => {
    for (let number = from; number < from + count; number++) pace.add(Uint8Array.of(number), TO)
  }
  return { pace, sent, add }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number)

it('sends 32 datagrams in each turn of the event loop, in their order', async () => {
  const { sent, add } = scene()
  add(0, 80)
  expect(sent).toEqual(upTo(32))
  await turn()
  expect(sent).toEqual(upTo(64))
  await turn()
  expect(sent).toEqual(upTo(80))
})

it('sends at once what fits into the turn, behind all that waits', async () => {
  const { sent, add } = scene()
  add(0, 40)
  await turn()
  expect(sent).toEqual(upTo(40))
  add(40, 30)
  expect(sent).toEqual(upTo(64))
  await turn()
  await turn()
  expect(sent).toEqual(upTo(70))
  add(70, 1)
  expect(sent).toEqual(upTo(71))
})

it('keeps the order when a datagram comes in the turn in which others leave', async () => {
  const { sent, add } = scene()
  add(0, 100)
  await turn()
  add(100, 5)
  for (let turns = 0; turns < 4; turns++) await turn()
  expect(sent).toEqual(upTo(105))
})

it('sends all that waits when it is flushed, once', async () => {
  const { pace, sent, add } = scene()
  add(0, 100)
  pace.flush()
  await turn()
  await turn()
  expect(sent).toEqual(upTo(100))
})
