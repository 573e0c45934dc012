import { battleye } from '@bercon/core/kit'
/** BattlEye's, but three commands break the thread in which it runs. */
export const dialect = {
  ...battleye,
  name: 'breaking',
  module: import.meta.url,
  createSession: (options) => {
    const session = battleye.createSession(options)
    const send = session.sendCommand.bind(session)
    session.sendCommand = (text, ...others) => {
      BREAKING[text]?.()
      // The reply must not win the race against the end of the thread.
      return send(UNANSWERED.includes(text) ? 'silence' : text, ...others)
    }
    return session
  },
}

const UNANSWERED = ['crash', 'exit']

const BREAKING = {
  crash: () => setImmediate(() => fail()),
  exit: () => setImmediate(() => process.exit()),
  // Late enough for the reply to be with the caller, on a busy machine too.
  'crash later': () => setTimeout(fail, 1_000),
  hang: () => {
    for (;;);
  },
}

function fail() {
  throw new TypeError('a defect')
}
