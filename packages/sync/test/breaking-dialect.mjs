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
  // The caller says when: once it has the reply.
  'crash later': () => {
    new BroadcastChannel('crash').onmessage = fail
  },
  hang: () => {
    for (;;);
  },
}

function fail() {
  throw new TypeError('a defect')
}
