import type { Request, Steps } from '@bercon/core'

/** Carries an operation out by exchanges that block. */
export function performSync<T>(begin: () => Steps<T>, exchange: (request: Request) => string): T {
  const steps = begin()
  let step = steps.next()
  while (!step.done) {
    let reply: string
    try {
      reply = exchange(step.value)
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(reply)
  }
  return step.value
}
