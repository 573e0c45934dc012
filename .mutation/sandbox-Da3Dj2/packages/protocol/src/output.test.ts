// @ts-nocheck
import { expect, it } from 'vitest'
import { Output } from './output.js'

it('datagrams and events are taken once, in order', () => {
  const output = new Output<string>()
  output.send(Uint8Array.of(1))
  output.send(Uint8Array.of(2))
  output.emit('first')
  output.emit('second')
  expect(output.takeDatagrams()).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
  expect(output.takeEvents()).toEqual(['first', 'second'])
  expect(output.takeDatagrams()).toEqual([])
  expect(output.takeEvents()).toEqual([])
})

it('taken arrays do not change when more is added', () => {
  const output = new Output<string>()
  output.emit('first')
  const taken = output.takeEvents()
  output.emit('second')
  expect(taken).toEqual(['first'])
  expect(output.takeEvents()).toEqual(['second'])
})
