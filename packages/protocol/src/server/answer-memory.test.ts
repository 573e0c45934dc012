import { describe, expect, it } from 'vitest'
import { encodeText } from '../text.js'
import { AnswerMemory } from './answer-memory.js'
import { serverSessionOptions } from './server-options.js'

const memory = (maxAnswerBytes = 1_000) =>
  new AnswerMemory(serverSessionOptions({ recogniseRepeats: true, maxAnswerBytes, repeatWindowMs: 30_000 }))
const text = encodeText('players')
const answerOf = (length: number) => [new Uint8Array(length)]

describe('AnswerMemory', () => {
  it('does not know a command that never came', () => {
    expect(memory().recall(0, text, 0)).toBeUndefined()
  })

  it('recalls nothing to send while a command is being executed, then its answer', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    expect(answers.recall(0, text, 1)).toEqual([])
    const answer = answerOf(10)
    answers.keep(1, 0, answer)
    expect(answers.recall(0, text, 2)).toBe(answer)
  })

  it('takes other bytes, or another sequence, for another command', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    expect(answers.recall(0, encodeText('bans'), 1)).toBeUndefined()
    expect(answers.recall(1, text, 1)).toBeUndefined()
  })

  it('forgets a command when the window since its receipt is over', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.remember(2, 1, text, 10)
    answers.keep(1, 0, answerOf(10))
    expect(answers.recall(0, text, 29_999)).toHaveLength(1)
    expect(answers.recall(0, text, 30_000)).toBeUndefined()
    expect(answers.answerBytes).toBe(0)
    expect(answers.recall(1, text, 30_009)).toEqual([])
  })

  it('holds one command for each sequence', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.keep(1, 0, answerOf(10))
    answers.remember(2, 0, encodeText('bans'), 5)
    expect(answers.recall(0, text, 6)).toBeUndefined()
    expect(answers.recall(0, encodeText('bans'), 6)).toEqual([])
    expect(answers.answerBytes).toBe(0)
  })

  it('does not give the answer of an earlier command with the same sequence to a later one', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.remember(2, 0, encodeText('bans'), 5)
    answers.keep(1, 0, answerOf(10))
    expect(answers.recall(0, encodeText('bans'), 6)).toEqual([])
    expect(answers.answerBytes).toBe(0)
  })

  it('drops the oldest answers when there is no room, but still knows their commands', () => {
    const answers = memory(100)
    for (let sequence = 0; sequence < 4; sequence++) {
      answers.remember(sequence + 1, sequence, text, 0)
      answers.keep(sequence + 1, sequence, answerOf(40))
    }
    expect(answers.answerBytes).toBe(80)
    expect([0, 1, 2, 3].map((sequence) => answers.recall(sequence, text, 1)?.length)).toEqual([0, 0, 1, 1])
  })

  it('keeps no answer that alone is too large', () => {
    const answers = memory(100)
    answers.remember(1, 0, text, 0)
    answers.keep(1, 0, [new Uint8Array(60), new Uint8Array(60)])
    expect(answers.answerBytes).toBe(0)
    expect(answers.recall(0, text, 1)).toEqual([])
  })

  it('forgets an answer once 64 newer commands have come, whatever the time', () => {
    const answers = memory()
    answers.remember(1, 250, text, 0)
    answers.keep(1, 250, answerOf(10))
    for (let newer = 1; newer < 64; newer++) {
      const sequence = (250 + newer) % 256
      expect(answers.recall(sequence, text, 0)).toBeUndefined()
      answers.remember(1 + newer, sequence, text, 0)
      answers.keep(1 + newer, sequence, answerOf(1))
    }
    expect(answers.recall(250, text, 0)).toHaveLength(1)
    expect(answers.recall((250 + 64) % 256, text, 0)).toBeUndefined()
    expect(answers.recall(250, text, 0)).toBeUndefined()
  })

  it('counts the commands that were lost among the newer ones', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.keep(1, 0, answerOf(10))
    expect(answers.recall(100, text, 0)).toBeUndefined()
    expect(answers.recall(0, text, 0)).toBeUndefined()
    expect(answers.answerBytes).toBe(0)
  })

  it('knows a command that is being executed until 128 newer ones have come', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.recall(127, text, 0)
    expect(answers.recall(0, text, 0)).toEqual([])
    answers.recall(128, text, 0)
    expect(answers.recall(0, text, 0)).toBeUndefined()
  })

  it('without `recogniseRepeats` knows a command only until it is answered', () => {
    const answers = new AnswerMemory(serverSessionOptions({}))
    answers.remember(1, 0, text, 0)
    expect(answers.recall(0, text, 1)).toEqual([])
    answers.keep(1, 0, answerOf(10))
    expect(answers.recall(0, text, 2)).toBeUndefined()
    expect(answers.answerBytes).toBe(0)
  })

  it('holds at most 128 commands, however many are never answered', () => {
    const answers = memory()
    for (let id = 1; id <= 1_000; id++) {
      answers.recall(id % 256, text, 0)
      answers.remember(id, id % 256, text, 0)
    }
    const known = Array.from({ length: 256 }, (_, sequence) => answers.recall(sequence, text, 0))
    expect(known.filter((answer) => answer !== undefined).length).toBeLessThanOrEqual(128)
  })
})
