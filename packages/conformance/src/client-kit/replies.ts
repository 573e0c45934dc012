import { judge, type Verdict, wrong } from '../case.js'
import type { ClientReport } from './adapter.js'
import { type ClientCase, type ClientWorld, inWords } from './client-world.js'
import { type CommandFromClient, echo } from './fake-server.js'

/** A text that no client sends by itself. */
export const QUESTION = 'question'

/** A case of one command, whose reply must be `expected` whatever else the server sends. */
export function answered(
  id: string,
  rule: string,
  title: string,
  expected: string,
  answer: (command: CommandFromClient, world: ClientWorld) => void,
): ClientCase {
  return {
    id,
    rule,
    level: 'must',
    title,
    right: expected === '' ? 'reports an empty reply' : 'reports the reply',
    async run(world) {
      await world.loggedIn()
      const normal = world.server.onCommand
      let isAnswered = false
      world.server.onCommand = (command, server) => {
        // A client that sends it again gets one answer all the same: what a repeat does is another case.
        if (command.text !== QUESTION) normal(command, server)
        else if (!isAnswered) answer(command, world)
        if (command.text === QUESTION) isAnswered = true
      }
      return judgeReply(world, await world.ask(QUESTION), expected)
    },
  }
}

async function judgeReply(
  world: ClientWorld,
  outcome: ClientReport | undefined,
  expected: string,
): Promise<Verdict> {
  if (!isReply(outcome, expected)) return wrong(inWords(outcome))
  const after = await world.ask('afterward')
  const did = expected === '' ? 'reported an empty reply' : 'reported the reply'
  return judge(isReply(after, echo('afterward')), did, `${did}, then ${inWords(after)} for the next command`)
}

/** Whether a command ended with this reply. */
export function isReply(outcome: ClientReport | undefined, text: string): boolean {
  return outcome?.report === 'reply' && outcome.text === text
}
