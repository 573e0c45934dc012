import { expect, it } from 'vitest'
import { Output } from './output.js'

it('what a session has to send and to tell is taken once, in its order', () => {
  const output = new Output<string>()
  output.send(Uint8Array.of(1))
  output.send(Uint8Array.of(2))
  output.tell('first')
  output.tell('second')
  expect(output.takeDatagrams()).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
  expect(output.takeEvents()).toEqual(['first', 'second'])
  expect(output.takeDatagrams()).toEqual([])
  expect(output.takeEvents()).toEqual([])
})

it('what was taken stays as it was when more comes', () => {
  const output = new Output<string>()
  output.tell('first')
  const taken = output.takeEvents()
  output.tell('second')
  expect(taken).toEqual(['first'])
  expect(output.takeEvents()).toEqual(['second'])
})
