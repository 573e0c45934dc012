import { describe, expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { AnswerMemory } from './answer-memory.js'
import { serverSessionOptions } from './server-options.js'

const memory = (maxAnswerBytes = 1_000) =>
  new AnswerMemory(serverSessionOptions({ recognizeRepeats: true, maxAnswerBytes, repeatWindowMs: 30_000 }))
const text = encodeText('players')
const answerOf = (length: number) => [new Uint8Array(length)]

/** Whether all of the 1,000 bytes for answers are free: then two answers that fill them fit. */
function isEmpty(answers: AnswerMemory, sequence: number, now = 0): boolean {
  for (const next of [sequence, sequence + 1])
    answers.keep(answers.remember(next, next, text, now), answerOf(500))
  return [sequence, sequence + 1].every((next) => answers.recall(next, text, now)?.length === 1)
}

describe('AnswerMemory', () => {
  it('does not recall a command that was never received', () => {
    expect(memory().recall(0, text, 0)).toBeUndefined()
  })

  it('recalls no answer while a command is being executed, then its answer', () => {
    const answers = memory()
    const command = answers.remember(1, 0, text, 0)
    expect(answers.recall(0, text, 1)).toEqual([])
    const answer = answerOf(10)
    answers.keep(command, answer)
    expect(answers.recall(0, text, 2)).toBe(answer)
  })

  it('treats other bytes, or another sequence, as another command', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    expect(answers.recall(0, encodeText('bans'), 1)).toBeUndefined()
    expect(answers.recall(1, text, 1)).toBeUndefined()
  })

  it('forgets a command when the window after its receipt ends', () => {
    const answers = memory()
    const command = answers.remember(1, 0, text, 0)
    answers.remember(2, 1, text, 10)
    answers.keep(command, answerOf(10))
    expect(answers.recall(0, text, 29_999)).toHaveLength(1)
    expect(answers.recall(0, text, 30_000)).toBeUndefined()
    expect(answers.recall(1, text, 30_009)).toEqual([])
    expect(isEmpty(answers, 2, 30_009)).toBe(true)
  })

  it('holds one command for each sequence', () => {
    const answers = memory()
    answers.keep(answers.remember(1, 0, text, 0), answerOf(10))
    answers.remember(2, 0, encodeText('bans'), 5)
    expect(answers.recall(0, text, 6)).toBeUndefined()
    expect(answers.recall(0, encodeText('bans'), 6)).toEqual([])
    expect(isEmpty(answers, 3, 6)).toBe(true)
  })

  it('does not answer a command with the answer to an earlier one with the same sequence', () => {
    const answers = memory()
    const earlier = answers.remember(1, 0, text, 0)
    answers.remember(2, 0, encodeText('bans'), 5)
    answers.keep(earlier, answerOf(10))
    expect(answers.recall(0, encodeText('bans'), 6)).toEqual([])
    expect(isEmpty(answers, 3, 6)).toBe(true)
  })

  it('drops the oldest answers if there is no room, but remembers their commands', () => {
    const answers = memory(100)
    for (let sequence = 0; sequence < 4; sequence++)
      answers.keep(answers.remember(sequence + 1, sequence, text, 0), answerOf(40))
    expect([0, 1, 2, 3].map((sequence) => answers.recall(sequence, text, 1)?.length)).toEqual([0, 0, 1, 1])
  })

  it('drops no more answers than it must, the oldest first, also where sequences begin again', () => {
    const answers = memory(100)
    const sequences = [254, 255, 0, 1]
    for (const [index, sequence] of sequences.entries())
      answers.keep(answers.remember(index + 1, sequence, text, 0), answerOf(index === 3 ? 60 : 40))
    expect(sequences.map((sequence) => answers.recall(sequence, text, 1)?.length)).toEqual([0, 0, 1, 1])
  })

  it('keeps no answer that is too large on its own', () => {
    const answers = memory(100)
    answers.keep(answers.remember(1, 0, text, 0), [new Uint8Array(60), new Uint8Array(60)])
    expect(answers.recall(0, text, 1)).toEqual([])
    answers.keep(answers.remember(2, 1, text, 1), answerOf(100))
    expect(answers.recall(1, text, 1)).toHaveLength(1)
  })

  it('forgets an answer after 64 newer commands, at any time', () => {
    const answers = memory()
    answers.keep(answers.remember(1, 250, text, 0), answerOf(10))
    for (let newer = 1; newer < 64; newer++) {
      const sequence = (250 + newer) % 256
      expect(answers.recall(sequence, text, 0)).toBeUndefined()
      answers.keep(answers.remember(1 + newer, sequence, text, 0), answerOf(1))
    }
    expect(answers.recall(250, text, 0)).toHaveLength(1)
    expect(answers.recall((250 + 64) % 256, text, 0)).toBeUndefined()
    expect(answers.recall(250, text, 0)).toBeUndefined()
  })

  it('counts lost commands among the newer ones', () => {
    const answers = memory()
    answers.keep(answers.remember(1, 0, text, 0), answerOf(10))
    expect(answers.recall(100, text, 0)).toBeUndefined()
    expect(answers.recall(0, text, 0)).toBeUndefined()
    expect(isEmpty(answers, 101)).toBe(true)
  })

  it('remembers a command being executed until 128 newer ones arrive', () => {
    const answers = memory()
    answers.remember(1, 0, text, 0)
    answers.recall(127, text, 0)
    expect(answers.recall(0, text, 0)).toEqual([])
    answers.recall(128, text, 0)
    expect(answers.recall(0, text, 0)).toBeUndefined()
  })

  it('without `recognizeRepeats`, remembers a command only until it is answered', () => {
    const answers = new AnswerMemory(serverSessionOptions({}))
    const command = answers.remember(1, 0, text, 0)
    expect(answers.recall(0, text, 1)).toEqual([])
    answers.keep(command, answerOf(10))
    expect(answers.recall(0, text, 2)).toBeUndefined()
  })

  it('holds at most 128 commands, even if none is ever answered', () => {
    const answers = memory()
    for (let id = 1; id <= 1_000; id++) {
      answers.recall(id % 256, text, 0)
      answers.remember(id, id % 256, text, 0)
    }
    const known = Array.from({ length: 256 }, (_, sequence) => answers.recall(sequence, text, 0))
    expect(known.filter((answer) => answer !== undefined).length).toBeLessThanOrEqual(128)
  })
})
