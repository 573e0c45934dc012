import { type Observable, of, Subject, throwError, VirtualTimeScheduler } from 'rxjs'
import { expect, it } from 'vitest'
import { type Polled, poll } from './poll.js'

/** Asks every 1,000 ms of virtual time; the questions are answered in turn. */
function scene(...answers: readonly Observable<string>[]) {
  const scheduler = new VirtualTimeScheduler(undefined, 0)
  const states: Polled<string>[] = []
  let asked = 0
  const question = poll(() => answers[asked++] ?? of('later'), 1_000, scheduler)
  const looking = question.state$.subscribe((state) => states.push(state))
  const runTo = (now: number) => {
    scheduler.maxFrames = now
    scheduler.flush()
  }
  return { states, question, runTo, asked: () => asked, leave: () => looking.unsubscribe() }
}

it('keeps an answer while a later question fails, and says why', () => {
  const { states, runTo, leave } = scene(
    of('first'),
    throwError(() => new Error('no reply')),
    of('third'),
  )
  runTo(2_000)
  leave()
  expect(states).toEqual([
    {},
    { value: 'first', failure: undefined },
    { value: 'first', failure: 'no reply.' },
    { value: 'third', failure: undefined },
  ])
})

it('asks at once on request, and shows nothing of the failure meanwhile', () => {
  const answer = new Subject<string>()
  const { states, question, runTo, asked, leave } = scene(
    throwError(() => new Error('no reply')),
    answer,
  )
  runTo(0)
  question.again()
  expect(states.slice(1)).toEqual([{ failure: 'no reply.' }, { failure: undefined }])
  question.again()
  expect(asked()).toBe(2)
  answer.next('now')
  leave()
  expect(states.at(-1)).toEqual({ value: 'now', failure: undefined })
})

it('asks nothing after everybody has looked away', () => {
  const { asked, runTo, leave } = scene(of('first'))
  runTo(0)
  leave()
  runTo(10_000)
  expect(asked()).toBe(1)
})
