import { describe, expect, it } from 'vitest'
import { encodeText } from '../text.js'
import { AnswerMemory } from './answer-memory.js'
import { serverSessionOptions } from './server-options.js'

const memory = (maxAnswerBytes = 1_000) =>
  new AnswerMemory(serverSessionOptions({ maxAnswerBytes, repeatWindowMs: 30_000 }))
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
})
